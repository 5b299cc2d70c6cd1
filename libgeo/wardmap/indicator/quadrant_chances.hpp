/// \file
/// How sure an area's quadrant is: the chance of each, given that counts are drawn by chance.
#pragma once

#include "wardmap/indicator/ward_table.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace wardmap {

struct QuadrantChanceOptions {
    Cuts cuts{};
    double per = 100000;  ///< unit of a fixed rate cut
    double pool = 1;      ///< years added up in each count
    std::uint32_t draws = 10000;
    std::uint64_t seed = 1;
    unsigned threads = 0;  ///< 0: one a core
};

/// Chances from 0 to 1 in the order of quadrant_codes (words.hpp): high_faster, high_slower, low_faster,
/// low_slower. NaN in an area that has no quadrant.
using QuadrantChance = std::array<double, 4>;

/// Draws each area's underlying numbers of events in both periods, and the cuts made of them, again and
/// again, and counts how often it falls in each quadrant.
///
/// The underlying number behind a count of n is drawn from a gamma distribution of shape n + 1/2 (Jeffreys'
/// prior), so that also an area without events may have some. The cut of all together is drawn with the
/// areas, scaled so that it is right on average; medians are taken anew in each draw; zero and fixed cuts
/// stand still. The same seed gives the same chances on any number of threads; with 10,000 draws a chance
/// near one half is good to 1 percentage point (two standard errors).
/// \param population  people of each area; NaN or 0: no quadrant
/// \throws UsageError for spans of different length, negative numbers or no draws
std::vector<QuadrantChance> quadrant_chances(std::span<const double> before, std::span<const double> after,
                                             std::span<const double> population,
                                             const QuadrantChanceOptions& options = {});

}  // namespace wardmap
