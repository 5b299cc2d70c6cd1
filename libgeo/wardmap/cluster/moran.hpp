/// \file
/// Moran's I: whether areas are like their neighbours.
#pragma once

#include "wardmap/area/neighbours.hpp"
#include "wardmap/cluster/weight_style.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace wardmap {

struct MoranOptions {
    std::uint32_t permutations = 9999;  ///< 0: no p by permutation
    std::uint64_t seed = 1;
    WeightStyle style = WeightStyle::row;
    unsigned threads = 0;  ///< 0: one a core. The result does not depend on it.
};

/// NaN where it is not defined: no links, all values equal; moments under four areas.
struct Moran {
    double i = 0;
    double expected = 0;       ///< -1 / (n - 1)
    double variance = 0;       ///< under randomisation
    double z = 0;              ///< (i - expected) / sqrt(variance)
    double p_two_sided = 0;    ///< of z, by the normal distribution
    double p_permutation = 0;  ///< two-sided: twice the smaller tail, at most 1
    std::string method{};      ///< every convention that was chosen, and what was left out
};

/// I = n / S0 * sum w_ij d_i d_j / sum d_i^2. n is every area with a value, islands among them. Each
/// permutation deals all values out anew. Source: Cliff and Ord 1981. \throws UsageError if there are not as
/// many values as areas.
Moran moran(std::span<const double> values, const Neighbours& neighbours, const MoranOptions& options = {});

}  // namespace wardmap
