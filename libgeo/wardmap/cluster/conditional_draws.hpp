/// \file
/// Conditional permutation: an area keeps its value, its neighbours' values are drawn from all other areas.
#pragma once

#include "wardmap/cluster/known_values.hpp"

#include <cstdint>
#include <vector>

namespace wardmap {

struct DrawOptions {
    std::uint32_t permutations = 9999;
    std::uint64_t seed = 1;
    unsigned threads = 0;  ///< 0: one a core. The result does not depend on it.
};

/// In how many draws of each area the sum of the values drawn was at least, and at most, that of its
/// neighbours. Equal within rounding counts in both.
struct DrawCounts {
    std::vector<std::uint32_t> at_least{};
    std::vector<std::uint32_t> at_most{};
};

/// Each draw takes as many different other areas as the area has neighbours, each set equally likely (without
/// replacement). The numbers of a draw are RandomStream(seed, place of the area in the input, draw). Where
/// more than half of the others are neighbours, those left out are drawn instead. Nothing for islands.
DrawCounts draw_neighbours(const KnownValues& known, const DrawOptions& options);

/// The stream of draws that belong to no area but to the whole map.
inline constexpr std::uint64_t whole_map = ~std::uint64_t{0};

/// p by permutation: (1 + draws at least as extreme) / (1 + draws). Two-sided is twice the smaller tail, at
/// most 1.
struct PermutationP {
    double greater = 0;
    double less = 0;
    double two_sided = 0;
};

/// NaN throughout without permutations.
PermutationP permutation_p(std::uint32_t at_least, std::uint32_t at_most, std::uint32_t permutations);

}  // namespace wardmap
