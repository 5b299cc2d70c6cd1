/// \file
/// Impact areas that are there already: two periods against the rest of the city and a ring around them.
#pragma once

#include "wardmap/indicator/limits.hpp"

#include <string>

namespace wardmap {

/// Events before and after, in the areas, around them, and elsewhere: each event in one of the three.
struct MonitorCounts {
    double areas_before = 0, areas_after = 0;
    double ring_before = 0, ring_after = 0;
    double rest_before = 0, rest_after = 0;
};

struct Monitored {
    MonitorCounts counts{};
    RatioLimits areas{};  ///< after over before
    RatioLimits ring{};
    RatioLimits rest{};
    /// The areas' ratio over the rest's: 1 where they moved as the rest did.
    RatioLimits against_rest{};
    /// Weighted displacement difference (Wheeler and Ratcliffe 2018): events fewer (below 0) or more than if
    /// the areas and their ring had moved as the rest did. The rest stands for the controls, scaled by s =
    /// (areas_before + ring_before) / rest_before, for it is larger; with s = 1 it is the paper's formula.
    /// Variance: that of sums of Poisson counts, s taken as known.
    Limits displacement_difference{};
    std::string sentence{};  ///< one for the board
};

/// \param place          subject of the sentence: "the four impact areas"
/// \param before, after  periods in words: "year to June 2021"
/// \param level          of all limits
/// \throws UsageError for negative counts or a level outside 0 to 1
Monitored monitor(const MonitorCounts& counts, const std::string& place, const std::string& before,
                  const std::string& after, double level = 0.95);

}  // namespace wardmap
