/// \file
/// From files' tables and events to what impact areas are chosen from.
#pragma once

#include "wardmap/area/area_parts.hpp"
#include "wardmap/area/lookup.hpp"
#include "wardmap/cluster/impact_evidence.hpp"
#include "wardmap/report/count_call.hpp"
#include "wardmap/report/indicator_call.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// "hex:500" -> 500, metres between opposite sides; nothing for a name of areas. \throws UsageError for
/// "hex:" and no size
std::optional<double> hexagon_size(const std::string& units);

/// Who lives in the units and what of their events is marked, beside what areas are chosen from.
enum class ImpactMixes : unsigned char { read, left_out };

struct ImpactRequest {
    AreaSet units{};  ///< empty: hexagons over `areas`
    /// What hexagons are laid over; with units of their own, what areas are named after (the units where
    /// empty).
    AreaSet areas{};
    double hexagon_m = 0;  ///< "hex:METRES"; 0: as the definition says
    /// police.uk's events are refused where half of the units or more have fewer residents: small areas of
    /// the census have 1,000 and more, and its points stand for eight addresses or more.
    double least_residents = 1000;
    double hexagon_east_m = 0, hexagon_north_m = 0;  ///< the grid's offset: area/hexagons.hpp
    /// columns.by: none, or the column of kinds; columns.markers: those whose shares are given.
    EventSource source{};
    CounterOptions counter{};
    /// Counts events that are in no file, by month, in each of these sets of areas and with these markers;
    /// empty: of `source`.
    std::function<std::vector<CountResult>(const std::vector<AreaSet>& sets,
                                           const std::vector<std::string>& markers)>
        count{};
    ImpactDefinition definition{};
    /// Last month of the last year, "2022-06"; empty: of the latest twelve months that are all there.
    std::string last_month{};
    std::optional<PopulationInput> population{};
    std::optional<PopulationInput> workday{};
    /// Small areas with their decile of deprivation: the units themselves, or with a column (or `imd_lookup`)
    /// of the areas they lie in.
    std::optional<Table> imd{};
    std::optional<Lookup> imd_lookup{};
    std::optional<Table> harm{};               ///< columns kind and weight
    std::optional<PopulationInput> needles{};  ///< finds by area; `column` is their count
    std::optional<Table> nominations{};        ///< units named by partners, with whatever they say of them
    ImpactMixes mixes = ImpactMixes::read;
};

/// What areas are joined of and named after, in metres.
struct ImpactUnits {
    AreaSet units{};
    AreaSet wards{};
    bool on_hexagons = false;  ///< laid over the wards
};

struct ImpactInputs {
    ImpactEvidence evidence{};
    bool on_hexagons = false;  ///< then people, deprivation and needle finds are shared out from the wards
    AreaSet wards{};           ///< what areas are named after, in the units' system
    AreaParts parts{};         ///< of the units (sources) in the wards (targets)
    std::string last_month{};  ///< of the last year: "2022-06"
    /// Markers that are known of the events; what an empty cell of each means beside.
    std::vector<std::string> markers{};
    std::vector<MarkerCells> marker_cells{};
    /// A marker, a unit: events of the years and kinds used with it, without it, and those of which it is not
    /// recorded; all three are also of events that the definition's own markers leave out.
    std::vector<std::vector<double>> marked{}, unmarked{}, left_open{};
    /// A band of ages, a unit: residents; bands beside. Empty where the table of people has no ages.
    std::vector<std::string> age_bands{};  ///< "0_14", "65_plus"
    std::vector<std::vector<double>> ages{};
    /// A pair of deciles of deprivation (1 and 2, to 9 and 10), a unit: residents. Empty without deprivation.
    std::vector<std::vector<double>> deciles{};
    std::vector<std::string> nominated{};  ///< beside units: what partners say; empty: not named
    CountResult counted{};
    std::string population_words{};  ///< "resident population, mid-2020"
    std::vector<std::string> guesses{};
    Problems problems{};  ///< also the counter's
};

/// The units that a request means. \throws as hexagon_grid and reproject
ImpactUnits impact_units(const ImpactRequest& request);

/// Events of the request in each of the sets of areas, by month: however many sets, they are read once.
/// \throws as count_events
std::vector<CountResult> impact_counts(const ImpactRequest& request, const std::vector<AreaSet>& sets);

/// Matches everything to the units.
///
/// Years are windows of twelve months, the latest first; a window with a month that has no event at all is
/// not full. Fewer than two are the warning `one_year`. Warnings besides: `people_missing` (units with events
/// and nobody living there), `recording_change` (a kind of event begins or ends inside the years),
/// `marker_change` (the share with a marker moves by more than a quarter), `marker_recording_change` (how
/// often it is filled in by more than 10 percentage points), `kind_without_weight`, `broad_kinds` (weights on
/// the 14 public categories), `imd_missing`, `crime_domain` (deciles that hold crime itself).
/// \param counted  of impact_counts, in the units
/// \throws UsageError, InputError as population_of_areas, make_lookup; InputError without one full year, and
/// for police.uk's events, which are snapped to points of eight addresses or more, on units smaller than
/// small areas; NameUnknown for a marker or unit of the definition that is not there
ImpactInputs impact_inputs(const ImpactRequest& request, ImpactUnits units, CountResult counted);

/// Events of the definition in each area that was counted, in its latest years up to `last_month`, oldest
/// first: of areas that are not made of units.
std::vector<std::vector<double>> events_within(const ImpactRequest& request, const CountResult& counted,
                                               const std::string& last_month, std::size_t years);

}  // namespace wardmap
