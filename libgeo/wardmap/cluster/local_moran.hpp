/// \file
/// Local Moran: which areas lie among their like, and which among others.
#pragma once

#include "wardmap/area/neighbours.hpp"
#include "wardmap/cluster/weight_style.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// What the sum of squared deviations is divided by in m2, which scales every statistic alike.
enum class MomentDivisor : std::uint8_t {
    n,            ///< Anselin 1995; R's spdep
    n_minus_one,  ///< GeoDa, esda
};

/// "n", "n-1". \throws UsageError naming the nearest.
MomentDivisor parse_moment_divisor(std::string_view text);
std::string_view name_of(MomentDivisor divisor) noexcept;

struct LocalMoranOptions {
    std::uint32_t permutations = 9999;  ///< 0: no p
    std::uint64_t seed = 1;
    MomentDivisor divisor = MomentDivisor::n;
    WeightStyle style = WeightStyle::row;
    unsigned threads = 0;  ///< 0: one a core. The result does not depend on it.
};

/// An area and its neighbours, each above (high) or below (low) the mean of all areas.
enum class LocalPattern : std::uint8_t {
    none,  ///< no statistic, or one of the two is exactly the mean
    high_high,
    low_low,
    high_low,  ///< a high area among low ones
    low_high,
};

/// "HH", "LL", "HL", "LH"; "" for none.
std::string_view name_of(LocalPattern pattern) noexcept;

/// One entry an area in each; NaN where the area has no value or no neighbour with one, and throughout where
/// all values are equal.
struct LocalMoran {
    std::vector<double> i{};              ///< d / m2 * lag, d the deviation of the area from the mean
    std::vector<double> z{};              ///< (i - E) / sqrt V under conditional randomisation
    std::vector<double> lag{};            ///< weighted sum of the neighbours' deviations from the mean
    std::vector<LocalPattern> pattern{};  ///< by the signs of the deviation and the lag, significant or not
    std::vector<double> p_greater{};      ///< share of draws whose statistic is at least i
    std::vector<double> p_less{};
    std::vector<double> p_two_sided{};  ///< twice the smaller of the two, at most 1
    std::string method{};               ///< every convention that was chosen, and what was left out
};

/// Values that are not finite are left out, areas without neighbours have no statistic (known_values.hpp). p
/// by conditional permutation without replacement (conditional_draws.hpp). Source: Anselin 1995; moments
/// Sokal, Oden and Thomson 1998. \throws UsageError if there are not as many values as areas.
LocalMoran local_moran(std::span<const double> values, const Neighbours& neighbours,
                       const LocalMoranOptions& options = {});

}  // namespace wardmap
