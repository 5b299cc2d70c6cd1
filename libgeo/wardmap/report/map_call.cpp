#include "wardmap/report/map_call.hpp"

#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/choropleth.hpp"
#include "wardmap/figure/circle_map.hpp"
#include "wardmap/figure/quadrant_map.hpp"
#include "wardmap/indicator/class_breaks.hpp"
#include "wardmap/report/row_groups.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <algorithm>
#include <cmath>

namespace wardmap {
namespace {

Figure draw(const MapRequest& request, const Table& table, const MapOptions& options,
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

/// The numbers that maps of all groups draw, totals left out.
std::vector<double> drawn_values(const Table& table, const std::string& value) {
    Problems ignored;  // each map reports its own
    const Column numbers = read_numbers(table, value, ignored);
    const Column& codes = table.column("area_code");
    std::vector<double> values;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (!codes.text(row).empty() && std::isfinite(numbers.number(row)))
            values.push_back(numbers.number(row));
    }
    return values;
}

/// The column drawn, where none was named.
std::string drawn_column(MapKind kind, const std::string& named) {
    return !named.empty() ? named : kind == MapKind::circles ? "count_after" : "rate";
}

void share_scale(const MapRequest& request, const Table& table, MapOptions& options) {
    if (request.kind == MapKind::quadrant) return;
    const std::string value = drawn_column(request.kind, options.value);
    const std::vector<double> values = drawn_values(table, value);
    if (values.empty()) return;
    if (request.kind == MapKind::circles) {
        options.largest = *std::max_element(values.begin(), values.end());
        return;
    }
    ClassOptions classes;
    classes.scheme = options.breaks.empty() ? options.scheme.value_or(Scheme::natural) : Scheme::fixed;
    classes.k = options.k.value_or(map_class_count(request.areas.size()));
    classes.edges = options.breaks;
    classes.round = options.round_breaks;
    classes.zero = ZeroClass::yes;
    options.classes = class_breaks(values, classes);
}

}  // namespace

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
    if (!request.by.empty() && request.scale == FigureScale::shared && !shared.classes)
        share_scale(request, table, shared);
    for (const RowGroup& group : row_groups(table, request.by)) {
        MapOptions options = shared;
        Table rows = table.take(group.rows);
        if (!request.by.empty()) {
            options.figure.id = request.options.figure.id + "-" + group.id();
            TableMeta meta = rows.meta();
            meta.measure = meta.measure.empty() ? group.words() : meta.measure + ", " + group.words();
            rows = rows.with(meta);
        }
        GroupFigure made{group.values, draw(request, rows, options, measure)};
        for (const std::string& line : made.figure.log) {
            if (line.find("circles") != std::string::npos)
                result.problems.add(Severity::warning, "count_as_choropleth", line);
        }
        result.figures.push_back(std::move(made));
    }
    return result;
}

}  // namespace wardmap
