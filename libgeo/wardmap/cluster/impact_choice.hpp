/// \file
/// Choosing impact areas: five methods under one set of bounds.
#pragma once

#include "wardmap/cluster/impact_definition.hpp"
#include "wardmap/cluster/impact_evidence.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// Which evidence a choice is made on: the definition's own, or one of the defence's variations of it.
struct ImpactView {
    std::size_t first_year = 0;
    std::size_t last_year = 0;  ///< inclusive
    /// Kinds that count, by place in the evidence.
    std::vector<std::size_t> kinds{};
    /// Units left out besides the excluded ones.
    std::vector<AreaIndex> without{};
    /// Events by unit and kind instead of the evidence's own sums (resampled ones); empty: none.
    std::vector<double> drawn{};
};

/// The view the definition asks for: its years (the latest that there are) and kinds.
ImpactView view_of(const ImpactEvidence& evidence, const ImpactDefinition& definition);

/// Events and harm of every unit under a view.
struct ImpactMeasures {
    std::vector<double> crime{};
    std::vector<double> harm{};  ///< empty without weights
};
ImpactMeasures measures_of(const ImpactEvidence& evidence, const ImpactDefinition& definition,
                           const ImpactView& view);

/// One area: its units, ascending.
struct ImpactArea {
    std::vector<AreaIndex> units{};
    double residents = 0;
    double deprived = 0;              ///< share of residents; NaN if not known
    double compactness = 0;           ///< 4 pi surface / perimeter squared
    bool over_population = false;     ///< a single unit above the limit
    std::optional<double> p_value{};  ///< of its cluster, by the scan
};

/// A unit that was offered and given up.
struct ImpactRefusal {
    AreaIndex unit = no_area;
    std::string reason{};
};

struct ImpactChoice {
    std::vector<ImpactArea> areas{};  ///< in the order they were found
    std::vector<ImpactRefusal> refused{};
    /// What units were ranked by, NaN where not eligible: the rate against the whole's (A, D, E), z (B).
    std::vector<double> score{};
    /// Score of the last unit taken; NaN if none was.
    double cut = 0;

    /// Place of the area of each unit, -1 outside all.
    std::vector<int> area_of_unit(std::size_t units) const;
};

/// Areas by the definition's method, on what the view shows. The same on any number of threads.
///
/// Bounds hold for every method. Units are taken in the method's order; a unit joins a chosen neighbour (the
/// one it shares most border with) unless the area would be over population_max or under compactness_min,
/// else it begins an area. The first unit that does not fit the budget ends the list. An area under
/// population_min takes its best neighbours until it is not; where it cannot, the unit it began with is given
/// up. An area that is not deprived enough gives up its least deprived unit. What a unit held of the budget
/// goes to the next in order. \throws UsageError if harm is asked for and there are no weights, deprivation
/// and there is none, or daytime
///         people and there are none; InputError if residents are asked for and no unit has any
ImpactChoice choose_impact_areas(const ImpactEvidence& evidence, const ImpactGround& ground,
                                 const ImpactDefinition& definition, const ImpactView& view);

}  // namespace wardmap
