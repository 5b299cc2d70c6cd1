/// \file
/// The small-number rule over everything impact areas are printed with.
#pragma once

#include "wardmap/indicator/disclosure.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace wardmap {

struct ImpactResult;
struct MonitorCounts;

/// Which rows of the table of areas withhold one kind of count.
struct ImpactRowsWithheld {
    std::vector<bool> areas{};
    bool set = false, rest = false, not_located = false, total = false;

    bool any() const;
};

/// What a rule withholds. Everything derived from a withheld count is withheld with it.
struct ImpactWithheld {
    SmallNumberRule rule{};
    ImpactRowsWithheld events{};  ///< with harm, shares, ratios, limits, p, funnel classes
    ImpactRowsWithheld needles{};
    ImpactRowsWithheld change{};  ///< events of the first and the last year, and what follows from them
    std::vector<ImpactRowsWithheld> marked{};  ///< beside ImpactInputs::markers
    std::vector<bool> units{};                 ///< empty without a rule
    std::vector<bool> existing{};              ///< beside ImpactResult::existing_scores
    bool monitored = false;

    bool unit(std::size_t u) const { return !units.empty() && units[u]; }
};

/// Counts of one kind in rows that add up: the areas to their set, set, rest and what could not be placed to
/// the total. \param forced  areas, then set and rest, that must be withheld whatever their count
ImpactRowsWithheld withhold_rows(const std::vector<double>& areas, double rest, double not_located,
                                 const SmallNumberRule& rule, const std::vector<bool>& forced = {});

/// Withholds by the rule: counts that are small, and as many others as keep them from being worked out from
/// the set, the rest, the total or the units; the others are rounded if the rule says so, and shares and
/// ratios made again from the rounded ones. Withheld numbers become NaN in scores, scenarios and reports, so
/// that no table, text or picture made afterwards can hold them. Shares of reruns and of the year ahead,
/// whose differences from the areas' own could give a unit away, become whole percents, or nothing where a
/// percent is fewer than twice the threshold. \pre everything but tables and words is there
void withhold_impact(ImpactResult& result, const SmallNumberRule& rule, double level);

/// How many counts of areas and units are 1 to 4: what a run without a rule says.
std::size_t small_impact_counts(const ImpactResult& result);

/// "Counts under 5, and those from which they could be worked out, are withheld: [c]."; empty without a rule.
std::string withheld_words(const SmallNumberRule& rule);

/// True where the counts of the areas and the rest must not be told.
bool monitor_withheld(const MonitorCounts& counts, const SmallNumberRule& rule);

}  // namespace wardmap
