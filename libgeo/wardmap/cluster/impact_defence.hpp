/// \file
/// Would another analyst have drawn the same areas? The choice made again under every variation that can be
/// argued for, and on resampled counts.
#pragma once

#include "wardmap/area/area_parts.hpp"
#include "wardmap/cluster/impact_choice.hpp"
#include "wardmap/cluster/impact_score.hpp"

#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// One variation of the definition, and what it chooses.
struct ImpactScenario {
    /// "measure", "denominator", "years", "budget", "method", "deprivation", "kinds", "gravest offence", "top
    /// unit", "units"
    std::string varied{};
    std::string to{};  ///< "harm", "year to June 2021", "C, scan statistic"
    ImpactDefinition definition{};
    ImpactView view{};
    std::vector<std::vector<AreaIndex>> areas{};  ///< of units, or of the other units where those vary
    /// Of each unit the share of its surface that is chosen: 0 or 1, but where the units vary.
    std::vector<double> chosen{};
    double resident_share = 0;  ///< that its areas hold
    double event_share = 0;     ///< of the definition's own events
    /// Units chosen by both over units chosen by either (Jaccard), by surface where the units vary; 1 where
    /// neither chose any.
    double overlap = 0;
};

/// Other units to choose among, and how they lie to those of the proposal.
struct ImpactOtherUnits {
    std::string to{};  ///< "hexagons of 600 m"
    ImpactEvidence evidence{};
    AreaParts parts{};  ///< of the proposal's units (sources) in these (targets)
};

enum class ImpactStanding : unsigned char { robust, arguable, fragile };
std::string_view name_of(ImpactStanding standing) noexcept;

struct ImpactDefence {
    std::vector<ImpactScenario> scenarios{};
    std::vector<double> chosen_share{};  ///< of the scenarios: how often each unit is chosen
    /// Of the scenarios that choose at least half of an area's residents: robust from 80%, arguable from 50%.
    std::vector<double> area_share{};
    std::vector<ImpactStanding> standing{};
    std::vector<std::string> left_out{};  ///< variations that could not be run, and why
};

/// Reruns over measure, denominator, years, budget, method, deprivation, kinds left out (where none are:
/// those found by police activity, and drugs), units, one gravest offence less in each area, and without the
/// top unit. Each is the definition with one thing changed.
ImpactDefence defend(const ImpactEvidence& evidence, const ImpactGround& ground,
                     const ImpactDefinition& definition, const ImpactChoice& choice,
                     std::span<const ImpactOtherUnits> others = {});

/// Year by year, and one year ahead.
struct ImpactStability {
    std::vector<std::string> years{};
    std::vector<std::vector<bool>> chosen{};  ///< years x units: whether a choice on that year alone holds it
    /// Areas x years: whether a choice on that year alone holds at least half of the area's residents.
    std::vector<std::vector<bool>> in_year{};
    /// persistent (every year), emerging (the last year or years only), former (not the last), intermittent;
    /// empty with one year.
    std::vector<std::string> lasting{};
    /// Between each year and the one before: Spearman's correlation of the units' rates, overlap (Jaccard) of
    /// lists.
    std::vector<double> rank_correlation{};
    std::vector<double> overlap{};
};
ImpactStability stability(const ImpactEvidence& evidence, const ImpactGround& ground,
                          const ImpactDefinition& definition, const ImpactChoice& choice);

/// Chosen on all years but the last, scored on the last: a list is not judged by the events it was drawn
/// from.
struct ImpactForward {
    bool possible = false;  ///< two years or more
    std::string chosen_on{}, scored_on{};
    std::vector<bool> chosen{};  ///< a unit: whether it was, on all years but the last
    double event_share = 0;      ///< of the last year's events, captured
    double area_share = 0;
    double pai = 0;       ///< event_share / area_share
    double best_pai = 0;  ///< of as many units, by the last year's events per surface
    double pei = 0;       ///< pai / best_pai
};
ImpactForward forward(const ImpactEvidence& evidence, const ImpactGround& ground,
                      const ImpactDefinition& definition);

/// Probability of each unit to be chosen when counts are drawn again: each count from a Poisson distribution
/// around what was observed. Streams keyed by (seed, unit, draw).
std::vector<double> membership(const ImpactEvidence& evidence, const ImpactGround& ground,
                               const ImpactDefinition& definition, std::size_t draws);

/// A unit near the line.
struct ImpactBorderline {
    AreaIndex unit = no_area;
    bool inside = false;
    double score = 0;
    double margin = 0;  ///< score over the cut, less 1
};
/// The `each_side` units nearest above and below the score of the last unit taken: those in, and
/// those that would have come next. Units given up for another reason are in neither.
std::vector<ImpactBorderline> borderline(const ImpactChoice& choice, std::size_t units,
                                         std::size_t each_side);

}  // namespace wardmap
