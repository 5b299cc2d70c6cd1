/// \file
/// What impact areas hold, against the rest and the whole.
#pragma once

#include "wardmap/cluster/impact_choice.hpp"
#include "wardmap/indicator/limits.hpp"

#include <string>
#include <vector>

namespace wardmap {

/// Of an area, of all areas together, of the rest, or of the whole. NaN is "not known" throughout.
struct ImpactScore {
    double events = 0;
    double harm = 0;     ///< NaN without weights
    double needles = 0;  ///< NaN where none were given
    double residents = 0;
    double square_km = 0;
    double deprived = 0;  ///< share of residents in the deciles asked for
    /// Shares of the whole, 0 to 1.
    double event_share = 0, harm_share = 0, needle_share = 0, resident_share = 0, area_share = 0;
    double pai = 0;                ///< event_share / area_share (Chainey, Tompson and Uhlig 2008)
    double harm_pai = 0;           ///< harm_share / area_share
    double against_residents = 0;  ///< event_share / resident_share
    /// Rate per resident against that of all units outside (for the set, outside the set).
    RatioLimits against_rest{};
    /// Last year of the view against the first; of one year NaN.
    RatioLimits change{};
    double events_first = 0, events_last = 0;  ///< in those years; of one year both NaN
    /// The kind with the heaviest weight that occurred, and the share of harm a single such event is.
    std::string gravest_kind{};
    double gravest_share = 0;
};

struct ImpactScores {
    std::vector<ImpactScore> areas{};
    ImpactScore set{};    ///< all areas together
    ImpactScore rest{};   ///< everything else
    ImpactScore whole{};  ///< set and rest
};

/// Shares, ratios and limits again from the counts, people and surfaces that stand in the scores: after
/// counts were rounded. Nothing that is not known is made up.
void score_again(ImpactScores& scores, double level = 0.95);

/// \param areas  units of each area
/// \param level  of the limits of ratios
ImpactScores score_areas(const ImpactEvidence& evidence, const ImpactGround& ground,
                         const ImpactDefinition& definition, const ImpactView& view,
                         const std::vector<std::vector<AreaIndex>>& areas, double level = 0.95);

/// "up 23% (95% interval 4% to 46%)", "no clear change (down 3%, 95% interval ...)", "from none to 5", "none
/// in either year".
std::string change_words(const ImpactScore& score, double level = 0.95);

}  // namespace wardmap
