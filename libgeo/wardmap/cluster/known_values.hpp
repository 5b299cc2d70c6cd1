/// \file
/// The areas that a neighbours' statistic is made of: those whose value is known, and the links among them.
#pragma once

#include "wardmap/area/neighbours.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// A value that is not finite is left out as if its area were not there: it is no neighbour, and counts in no
/// mean. An area without (known) neighbours keeps its value, which counts in the mean and the variance and
/// may be drawn for others, but has no statistic of its own.
struct KnownValues {
    std::vector<std::size_t> place{};  ///< of each known value in the input
    std::vector<double> values{};
    Neighbours neighbours{};  ///< among the known ones
    std::size_t missing = 0;
    std::size_t islands = 0;

    std::size_t size() const noexcept { return values.size(); }
    double mean() const noexcept;
    bool all_equal() const noexcept;  ///< also where there are none
    /// "; 2 missing values are left out; 1 area without neighbours has none", or empty.
    std::string left_out() const;
};

/// \throws UsageError if there are not as many values as areas in `neighbours`.
KnownValues known_values(std::span<const double> values, const Neighbours& neighbours);

}  // namespace wardmap
