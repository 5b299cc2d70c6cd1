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

struct ImpactRequest {
    AreaSet units{};  ///< empty: hexagons over `areas`
    /// What hexagons are laid over; with units of their own, what areas are named after (the units where
    /// empty).
    AreaSet areas{};
    double hexagon_m = 0;  ///< "hex:METRES"; 0: as the definition says
    /// columns.by: none, or the column of kinds; columns.markers: those whose shares are given.
    EventSource source{};
    CounterOptions counter{};
    /// Counts events that are in no file, by month, in these areas and with these markers; empty: of
    /// `source`.
    std::function<CountResult(const AreaSet& areas, const std::vector<std::string>& markers)> count{};
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
};

struct ImpactInputs {
    ImpactEvidence evidence{};
    bool on_hexagons = false;  ///< then people, deprivation and needle finds are shared out from the wards
    AreaSet wards{};           ///< what areas are named after, in the units' system
    AreaParts parts{};         ///< of the units (sources) in the wards (targets)
    std::string last_month{};  ///< of the last year: "2022-06"
    /// A marker, a unit: events with it in the years used; names beside.
    std::vector<std::string> markers{};
    std::vector<std::vector<double>> marked{};
    std::vector<std::string> nominated{};  ///< beside units: what partners say; empty: not named
    CountResult counted{};
    std::string population_words{};  ///< "resident population, mid-2020"
    std::vector<std::string> guesses{};
    Problems problems{};  ///< also the counter's
};

/// Reads and counts the events once, and matches everything else to the units.
///
/// Years are windows of twelve months, the latest first; a window with a month that has no event at all is
/// not full. Fewer than two are the warning `one_year`. Warnings besides: `police_points` (events snapped to
/// points that hold eight or more addresses, with units smaller than small areas), `people_missing` (units
/// with events and nobody living there), `kinds_without_weight`, `broad_harm` (weights on the 14 public
/// categories), `imd_missing`, `unknown_exclusion`. \throws UsageError, InputError as count_events,
/// population_of_areas, make_lookup; InputError without one full year
ImpactInputs impact_inputs(const ImpactRequest& request);

/// Events of the definition in each of `areas` in its latest years up to `last_month`, oldest first: read
/// again, for areas that are not made of units.
std::vector<std::vector<double>> events_within(const ImpactRequest& request, const AreaSet& areas,
                                               const std::string& last_month, std::size_t years);

}  // namespace wardmap
