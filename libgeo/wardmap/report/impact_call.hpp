/// \file
/// The "events to impact areas" call that the command and Python share.
#pragma once

#include "wardmap/cluster/impact_defence.hpp"
#include "wardmap/cluster/impact_monitor.hpp"
#include "wardmap/cluster/impact_score.hpp"
#include "wardmap/indicator/concentration.hpp"
#include "wardmap/indicator/funnel.hpp"
#include "wardmap/report/impact_disclosure.hpp"
#include "wardmap/report/impact_inputs.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wardmap {

enum class DefencePack : unsigned char { left_out, made };

struct ImpactAsk {
    ImpactRequest inputs{};
    std::string measure{"events"};  ///< what the events are, for titles: "recorded crime"
    std::string source{};           ///< who published them
    DefencePack defence = DefencePack::made;
    std::size_t draws = 200;  ///< of counts, for the probability of membership
    /// Areas that are there already: scored by the same measures, and monitored over the last two years.
    std::optional<AreaSet> existing{};
    double ring_m = 300;  ///< around the existing areas
    double level = 0.95;
    SmallNumberRule small_numbers{};  ///< withheld in everything that is made of the result
};

/// Who lives in some units, and what of their events is marked: counts.
struct ImpactMix {
    double events = 0, residents = 0;
    /// Beside ImpactInputs::markers: events with it, without it, and those of which it is not recorded.
    std::vector<double> marked{}, unmarked{}, left_open{};
    std::vector<double> ages{};     ///< beside ImpactInputs::age_bands
    std::vector<double> deciles{};  ///< pairs of deciles of deprivation, the most deprived first

    /// Share with a marker of the events of which it is recorded; NaN of none.
    double marked_share(std::size_t marker) const;
    /// Share of all events of which it is recorded whether they have the marker; NaN without events.
    double recorded_share(std::size_t marker) const;
};

/// An area in words and numbers.
struct ImpactAreaReport {
    std::string code{};   ///< "IA1"
    std::string name{};   ///< after the areas it spans: "Foleshill with Longford"
    std::string spans{};  ///< "Foleshill 60%, Longford 40% of residents"
    std::vector<AreaIndex> units{};
    ImpactArea area{};
    ImpactScore score{};
    ImpactMix mix{};
    double p_adjusted = 0;  ///< of its ratio to the rest, false discoveries among the areas controlled
    FunnelClass funnel = FunnelClass::none;           ///< its rate against the whole's
    FunnelClass funnel_adjusted = FunnelClass::none;  ///< with the spread between units beyond chance
    std::string lasting{};
    std::size_t years_in = 0;
    double probability = 0;   ///< mean of its units' membership; NaN if not drawn
    double chosen_share = 0;  ///< of the defence's reruns
    std::optional<ImpactStanding> standing{};
};

struct ImpactResult {
    ImpactInputs inputs{};
    ImpactDefinition definition{};
    std::string measure{};  ///< as asked
    std::string source{};
    ImpactChoice choice{};
    ImpactScores scores{};
    std::vector<ImpactAreaReport> areas{};
    ImpactMix set_mix{}, rest_mix{}, whole_mix{};
    double not_located = 0;                        ///< events of the years that could not be placed
    std::optional<Concentration> concentration{};  ///< of events over the units
    double phi = 0;   ///< overdispersion of the units' rates: indicator/funnel.hpp
    double tau2 = 0;  ///< variance between units beyond chance
    ImpactStability stability{};
    ImpactForward forward{};
    std::optional<ImpactDefence> defence{};
    std::vector<std::string>
        scenario_lists{};              ///< beside the defence's scenarios: what their areas are called
    std::vector<double> membership{};  ///< a unit; empty without the defence
    std::size_t draws = 0;             ///< that membership is a share of
    std::vector<ImpactBorderline> borderline{};
    std::optional<Monitored> monitored{};
    std::vector<ImpactScore> existing_scores{};
    std::vector<std::string> existing_names{};
    ImpactWithheld withheld{};

    AreaSet layer{};          ///< the areas, dissolved; no areas: empty
    Table table{};            ///< one row an area, the set, the rest, not located, total: impact_table
    Table units{};            ///< one row a unit
    Table scenarios{};        ///< one row a variation of the defence
    Table summary{};          ///< one row a figure of all areas together
    std::string paragraph{};  ///< "4 areas hold 9% of residents and 24% of events ..."
    std::vector<std::string> warnings{};  ///< what must be said beside them
};

/// "three years to June 2022", or of one "year to June 2022".
std::string years_words(const ImpactResult& result);

/// \throws as impact_inputs and choose_impact_areas
ImpactResult find_impact_areas(const ImpactAsk& ask);

}  // namespace wardmap
