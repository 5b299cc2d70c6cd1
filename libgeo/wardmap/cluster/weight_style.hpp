/// \file
/// How much each neighbour of an area weighs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wardmap {

enum class WeightStyle : std::uint8_t {
    row,     ///< 1 / number of neighbours: the lag of an area is their mean
    binary,  ///< 1: the lag of an area is their sum
};

/// "row", "binary". \throws UsageError naming the nearest.
WeightStyle parse_weight_style(std::string_view text);
std::string_view name_of(WeightStyle style) noexcept;

/// Weight of each of `neighbours` neighbours.
double weight_of_each(WeightStyle style, std::size_t neighbours) noexcept;

}  // namespace wardmap
