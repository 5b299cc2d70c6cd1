/// \file
/// Getis and Ord's G: whether high (or low) values gather about an area.
#pragma once

#include "wardmap/area/neighbours.hpp"
#include "wardmap/cluster/weight_style.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

enum class GetisOrdKind : std::uint8_t {
    gi,       ///< the neighbours without the area; mean and variance of the others
    gi_star,  ///< the area counts as its own neighbour; mean and variance of all
};

struct GetisOrdOptions {
    GetisOrdKind kind = GetisOrdKind::gi_star;
    WeightStyle style = WeightStyle::binary;  ///< z is the same with either
    std::uint32_t permutations = 0;           ///< 0: p from the normal distribution
    std::uint64_t seed = 1;
    unsigned threads = 0;  ///< 0: one a core. The result does not depend on it.
};

/// One entry an area in each; NaN where the area has no value or no neighbour with one, and throughout where
/// all values are equal.
struct GetisOrd {
    std::vector<double> z{};            ///< above 0: high values about the area
    std::vector<double> p_two_sided{};  ///< of z, or by conditional permutation where there are permutations
    std::string method{};               ///< every convention that was chosen, and what was left out
};

/// (sum w x - W m) / (s sqrt((N sum w^2 - W^2) / (N - 1))), s with divisor N; Gi*: N is all areas; Gi: all
/// others. Missing values and areas without neighbours as in known_values.hpp. Source: Getis and Ord 1992;
/// Ord and Getis 1995. \throws UsageError if there are not as many values as areas.
GetisOrd getis_ord(std::span<const double> values, const Neighbours& neighbours,
                   const GetisOrdOptions& options = {});

}  // namespace wardmap
