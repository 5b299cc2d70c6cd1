/// \file
/// The "events to impact areas" call that the command and Python share.
#pragma once

#include "wardmap/cluster/impact_defence.hpp"
#include "wardmap/cluster/impact_monitor.hpp"
#include "wardmap/cluster/impact_score.hpp"
#include "wardmap/indicator/concentration.hpp"
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
};

/// An area in words and numbers.
struct ImpactAreaReport {
    std::string code{};   ///< "IA1"
    std::string name{};   ///< after the areas it spans: "Foleshill with Longford"
    std::string spans{};  ///< "Foleshill 60%, Longford 40% of residents"
    std::vector<AreaIndex> units{};
    ImpactArea area{};
    ImpactScore score{};
    std::vector<std::pair<std::string, double>> marked{};  ///< share of its events with each marker
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
    std::optional<Concentration> concentration{};  ///< of events over the units
    ImpactStability stability{};
    ImpactForward forward{};
    std::optional<ImpactDefence> defence{};
    std::vector<double> membership{};  ///< a unit; empty without the defence
    std::vector<ImpactBorderline> borderline{};
    std::optional<Monitored> monitored{};
    std::vector<ImpactScore> existing_scores{};
    std::vector<std::string> existing_names{};

    AreaSet layer{};          ///< the areas, dissolved; no areas: empty
    Table table{};            ///< one row an area, the set, the rest, not located, total: impact_table
    Table units{};            ///< one row a unit
    Table scenarios{};        ///< one row a variation of the defence
    std::string paragraph{};  ///< "4 areas hold 9% of residents and 24% of events ..."
    std::vector<std::string> warnings{};  ///< what must be said beside them
};

/// "three years to June 2022", or of one "year to June 2022".
std::string years_words(const ImpactResult& result);

/// \throws as impact_inputs and choose_impact_areas
ImpactResult find_impact_areas(const ImpactAsk& ask);

}  // namespace wardmap
