#include "wardmap/report/map_call.hpp"

#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/choropleth.hpp"
#include "wardmap/figure/circle_map.hpp"
#include "wardmap/figure/map_facets.hpp"
#include "wardmap/figure/quadrant_map.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/report/row_groups.hpp"

namespace wardmap {
namespace {

/// The column drawn, where none was named.
std::string drawn_column(MapKind kind, const std::string& named) {
    return !named.empty() ? named : kind == MapKind::circles ? "count_after" : "rate";
}

/// The rows of a group, its measure named by the group too.
Table rows_of_group(const Table& table, const RowGroup& group) {
    Table rows = table.take(group.rows);
    TableMeta meta = rows.meta();
    meta.measure = meta.measure.empty() ? group.words() : meta.measure + ", " + group.words();
    return rows.with(meta);
}

void add_map_problems(const Figure& figure, Problems& problems) {
    if (figure.facts.shades_counts)
        problems.add(Severity::warning, "count_as_choropleth",
                     "counts are shaded: large areas look important for their size; circles (--kind circles) "
                     "suit counts better",
                     {}, figure.id);
    if (figure.facts.circles_of_rates)
        problems.add(Severity::warning, "rate_as_circles",
                     "rates are drawn as circles: shading (--kind choropleth) suits rates better", {},
                     figure.id);
    for (const std::string& label : figure.facts.labels_of_no_area)
        problems.add(Severity::warning, "label_without_area",
                     "a label in the file of positions is of no area on this map", {}, label);
}

Figure draw_facets(const MapRequest& request, const Table& table, const MapOptions& options,
                   const TextMeasure& measure) {
    if (request.by.empty())
        throw UsageError("facets need a column whose values make the maps", {}, "name it with --by COLUMN");
    if (request.scale == FigureScale::each)
        throw UsageError("facets have one scale, which is what makes them comparable", {},
                         "leave out --facets for a figure each with a scale of its own");
    if (!options.label_positions.empty())
        throw UsageError("places of labels are those of a single map, and facets have many", {},
                         "leave out --label-file, or --facets");
    std::vector<MapPanel> panels;
    for (const RowGroup& group : row_groups(table, request.by))
        panels.push_back({sentence_case(group.words()), group.values, table.take(group.rows)});
    return facet_maps(request.kind, panels, request.areas, options, measure);
}

}  // namespace

Figure draw_single_map(const MapRequest& request, const Table& table, const MapOptions& options,
                       const TextMeasure& measure) {
    switch (request.kind) {
        case MapKind::choropleth:
            return choropleth(table, request.areas, options, measure);
        case MapKind::circles:
            return circle_map(table, request.areas, options, measure);
        case MapKind::quadrant:
            break;
    }
    return quadrant_map(table, request.areas, options, measure);
}

MapKind parse_map_kind(std::string_view text) {
    const std::vector<std::string> known{"choropleth", "circles", "quadrant"};
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (text == known[i]) return static_cast<MapKind>(i);
    }
    throw UsageError("there is no map of kind '" + std::string(text) + "'", {}, did_you_mean(text, known));
}

Table with_areas(const Table& table, const AreaSet& areas, const Matched& matched) {
    std::vector<std::size_t> rows;
    std::vector<std::string> codes, names;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const AreaIndex area = matched.area_of_row[row];
        if (area != no_area) {
            codes.push_back(areas.codes()[static_cast<std::size_t>(area)]);
            names.push_back(areas.names()[static_cast<std::size_t>(area)]);
        } else if (matched.is_total(row)) {
            codes.emplace_back();
            names.emplace_back("Total");
        } else {
            continue;
        }
        rows.push_back(row);
    }
    TableMeta meta = table.meta();
    if (meta.whole.empty()) meta.whole = areas.whole();
    if (meta.area_noun.empty()) meta.area_noun = areas.noun();
    return table.take(rows)
        .with(Column::text("area_code", codes))
        .with(Column::text("area_name", names))
        .with(meta);
}

Ledger ledger_of(const Matched& matched) {
    Ledger ledger;
    ledger.rows_read = matched.row_match.size();
    for (const RowMatch match : matched.row_match) {
        switch (match) {
            case RowMatch::code:
            case RowMatch::name:
                ++ledger.located;
                ++ledger.counted;
                break;
            case RowMatch::total:
                ledger.reject("total_row", 1);
                break;
            case RowMatch::unmatched:
            case RowMatch::ambiguous:
            case RowMatch::outside:
                ++ledger.outside;
                break;
        }
    }
    return ledger;
}

FigureResult draw_maps(const MapRequest& request, const TextMeasure& measure) {
    FigureResult result;
    const Matched matched = match_rows(request.table, request.areas, {.area_column = request.area_column});
    result.matches.push_back(matched.report);
    result.guesses = matched.guesses;
    result.problems.merge(matched.problems);
    result.ledger = ledger_of(matched);
    Table table = with_areas(request.table, request.areas, matched);
    // Of tables that are no ward tables the column drawn is taken as counts.
    const std::vector<std::string> counts{drawn_column(request.kind, request.options.value)};
    table = suppress_small_numbers(table, counts, request.small_numbers, result.problems);

    MapOptions shared = request.options;
    if (!request.by.empty() && request.scale == FigureScale::shared)
        shared = with_shared_scale(request.kind, table, request.areas, shared);
    if (request.facets == Facets::yes) {
        result.figures.push_back({{}, draw_facets(request, table, shared, measure)});
        add_map_problems(result.figures.back().figure, result.problems);
        return result;
    }
    for (const RowGroup& group : row_groups(table, request.by)) {
        MapOptions options = shared;
        if (!request.by.empty()) options.figure.id = request.options.figure.id + "-" + group.id();
        const Table rows = request.by.empty() ? table.take(group.rows) : rows_of_group(table, group);
        GroupFigure made{group.values, draw_single_map(request, rows, options, measure)};
        add_map_problems(made.figure, result.problems);
        result.figures.push_back(std::move(made));
    }
    return result;
}

}  // namespace wardmap
