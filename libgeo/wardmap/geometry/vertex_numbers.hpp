/// \file
/// Distinct points numbered as they come.
#pragma once

#include "wardmap/geometry/point.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace wardmap {

using VertexId = std::uint32_t;

/// A table of places in memory and nothing else: for a country, several times as fast as std::unordered_map.
class VertexNumbers {
public:
    /// \param expected  how many calls there may be
    explicit VertexNumbers(std::size_t expected);
    /// The number of this point; the next free one if it is new. \pre neither coordinate is NaN
    VertexId of(Point point);
    std::optional<VertexId> find(Point point) const;
    const std::vector<Point>& points() const noexcept { return points_; }
    std::vector<Point> take_points() noexcept { return std::move(points_); }

private:
    /// Where this point's number stands, or may stand.
    std::size_t slot_of(Point point) const;

    static constexpr VertexId none = ~VertexId{0};
    std::vector<Point> points_{};
    std::vector<VertexId> slots_{};  ///< a power of two of them, half of them free at least
};

}  // namespace wardmap
