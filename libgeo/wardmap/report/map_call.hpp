/// \file
/// The "table to map" call that the command, Python and reports share.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/report/run_log.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

/// "choropleth", "circles", "quadrant". \throws UsageError naming the nearest.
MapKind parse_map_kind(std::string_view text);

/// Whether the figures of several groups have one scale, or each its own.
enum class FigureScale : unsigned char { shared, each };

/// Whether groups become figures of their own, or small maps on one page.
enum class Facets : unsigned char { no, yes };

struct MapRequest {
    Table table{};
    AreaSet areas{};
    std::string area_column{};  ///< empty: guessed
    MapKind kind = MapKind::choropleth;
    MapOptions options{};
    std::vector<std::string> by{};  ///< one map for each different value
    FigureScale scale = FigureScale::shared;
    Facets facets = Facets::no;
    SmallNumberRule small_numbers{};
};

/// A figure, and the group it is of: column and value, in the order of `by`.
struct GroupFigure {
    std::vector<std::pair<std::string, std::string>> group{};
    Figure figure{};
};

struct FigureResult {
    std::vector<GroupFigure> figures{};
    std::vector<MatchReport> matches{};
    std::vector<std::string> guesses{};
    Problems problems{};
    Ledger ledger{};
};

/// One map of a table that has `area_code`, by the request's kind. \throws what the maps throw
Figure draw_single_map(const MapRequest& request, const Table& table, const MapOptions& options,
                       const TextMeasure& measure);

/// Rows matched to areas, the total kept apart, small numbers withheld, one map a group drawn, or one page of
/// them all. \throws what match_rows and the maps throw; InputError if a group has no row that fits an area;
/// UsageError for facets without `by`, with a scale for each, or with labels set by hand.
FigureResult draw_maps(const MapRequest& request, const TextMeasure& measure);

/// The matched rows of a table with `area_code` and `area_name` of their areas (the first total row: no code,
/// "Total"). Rows of no area are left out: `matched` counts them.
Table with_areas(const Table& table, const AreaSet& areas, const Matched& matched);

/// Counts the rows of `matched` into a ledger.
Ledger ledger_of(const Matched& matched);

}  // namespace wardmap
