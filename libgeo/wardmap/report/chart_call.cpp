#include "wardmap/report/chart_call.hpp"

#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/age_bars.hpp"
#include "wardmap/figure/bars.hpp"
#include "wardmap/figure/finds_chart.hpp"
#include "wardmap/figure/gradient_chart.hpp"
#include "wardmap/figure/hours_chart.hpp"
#include "wardmap/figure/matrix.hpp"
#include "wardmap/figure/missing_columns.hpp"
#include "wardmap/figure/table_figure.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/trend_chart.hpp"
#include "wardmap/figure/ward_table_figure.hpp"
#include "wardmap/report/row_groups.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/spread_column.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <cctype>

namespace wardmap {
namespace {

const std::vector<std::string>& kind_names() {
    static const std::vector<std::string> names{"quadrant", "ages",    "bars",  "table",   "matrix",
                                                "finds",    "months",  "index", "share",   "season",
                                                "hours",    "compare", "trend", "scatter", "gradient"};
    return names;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool ends_in(const std::string& text, std::string_view end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// What 'wardmap indicators' makes, as far as a bar of two periods needs it.
bool is_ward_table(const Table& table) {
    return missing_columns(table, {"count_before", "count_after", "change_pct", "quadrant", "flags"}).empty();
}

/// The table with the areas' names under the name that the charts look for.
Table with_area_names(const Table& table, const std::string& given) {
    const std::string column = area_name_column(table, given);
    return column == "area_name" ? table : table.with(table.column(column).renamed("area_name"));
}

/// A long table as areas by kinds: one column for each value of `by`.
Table areas_by_kind(const Table& table, const ChartRequest& request) {
    const Table named = with_area_names(table, request.area_column);
    if (request.by.empty()) return named;
    if (request.by.size() != 1 || request.values.size() != 1) {
        throw UsageError("a matrix of a long table needs one column of kinds and one of numbers", {},
                         "give --by COLUMN --value COLUMN");
    }
    const std::vector<std::string> needed{"area_name", request.by.front(), request.values.front()};
    Problems ignored;  // cells that are no numbers were reported when the column was read below
    const Column numbers = read_numbers(named, request.values.front(), ignored);
    SpreadOptions options;
    options.keys = {"area_name"};
    options.values = {request.values.front()};
    return spread_column(named.select(needed).with(numbers), request.by.front(), options);
}

bool is_of_counts(ChartKind kind) {
    return kind == ChartKind::months || kind == ChartKind::index || kind == ChartKind::share ||
           kind == ChartKind::season || kind == ChartKind::hours;
}

bool is_by_area(const std::vector<std::string>& by) {
    return std::any_of(by.begin(), by.end(), [](const std::string& column) {
        return column == "area_name" || column == "area_code";
    });
}

/// The rows of areas: what lies in none is no chart of its own.
Table rows_of_areas(const Table& table) {
    const Column& codes = table.column("area_code");
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (!text_of_cell(codes, row).empty()) rows.push_back(row);
    }
    return table.take(rows);
}

/// \pre is_of_counts(request.kind)
Figure draw_counts(const ChartRequest& request, const Table& table, const FigureOptions& figure,
                   const TextMeasure& measure, Problems& problems) {
    if (const auto missing = missing_columns(table, {"period", "count"}); !missing.empty()) {
        throw InputError(
            "a chart of " + std::string(name_of(request.kind)) +
                " is drawn from a table that 'wardmap count' made, and this lacks " + in_words(missing),
            {.file = table.origin().file, .layer = table.origin().sheet},
            std::string("make one first: wardmap count EVENTS --areas AREAS --date COLUMN --period ") +
                (request.kind == ChartKind::hours ? "hour" : "month") + " -o counts.csv");
    }
    const CountChartOptions& given = request.counts;
    const MonthSeriesOptions series{given.kind, given.kind_column, given.last_month, request.small_numbers};
    switch (request.kind) {
        case ChartKind::index:
            return index_chart(table, {figure, series, given.breaks, given.against, given.baseline}, measure,
                               problems);
        case ChartKind::share: {
            ShareChartOptions options{figure, series, given.breaks, given.trend_shown, {}};
            options.trend.model = given.trend_model;
            return share_chart(table, options, measure, problems);
        }
        case ChartKind::season:
            return season_chart(table, {figure, series, given.season_style, given.season_start}, measure,
                                problems);
        case ChartKind::hours: {
            HoursChartOptions options;
            options.figure = figure;
            options.rows = {given.kind, given.kind_column};
            options.small_numbers = request.small_numbers;
            return hours_chart(table, options, measure, problems);
        }
        default:
            return months_chart(table, {figure, series, given.breaks}, measure, problems);
    }
}

/// \pre the kind is compare, trend, scatter or gradient
Figure draw_comparison(const ChartRequest& request, const Table& table, const FigureOptions& figure,
                       const TextMeasure& measure, Problems& problems) {
    const ComparisonOptions& given = request.comparison;
    if (request.values.size() > 1) {
        throw UsageError(
            "a chart of " + std::string(name_of(request.kind)) + " takes one column of values", {},
            request.kind == ChartKind::scatter ? "give --x COLUMN --y COLUMN" : "give --value once");
    }
    AreaValueColumns columns = given.columns;
    columns.area = request.label_column.empty() ? request.area_column : request.label_column;
    if (!request.values.empty()) columns.value = request.values.front();
    switch (request.kind) {
        case ChartKind::compare: {
            const CompareChartOptions options{figure,       columns,    given.roles,
                                              given.period, given.rows, given.keep};
            return compare_chart(table, options, measure, problems);
        }
        case ChartKind::trend:
            return trend_chart(table, {figure, columns, given.roles, given.start}, measure, problems);
        case ChartKind::scatter: {
            ScatterChartOptions options;
            options.figure = figure;
            options.label = columns.area;
            options.x = given.x;
            options.y = given.y;
            options.x_scale = given.x_scale;
            options.y_scale = given.y_scale;
            options.highlight = given.roles.highlight;
            options.whole_lines = given.whole_lines;
            options.correlation = given.correlation;
            options.level = given.level;
            options.count = columns.count;
            return scatter_chart(table, options, measure);
        }
        default:
            break;
    }
    GradientOptions gradient;
    gradient.group = given.decile;
    gradient.count = columns.count;
    gradient.people = columns.people;
    gradient.groups = given.groups;
    gradient.per = given.per;
    gradient.level = given.level;
    gradient.small_numbers = request.small_numbers;
    return gradient_chart(table, {figure, gradient}, measure, problems);
}

Figure draw(const ChartRequest& request, const Table& table, const FigureOptions& figure,
            const TextMeasure& measure, Problems& problems) {
    switch (request.kind) {
        case ChartKind::quadrant: {
            QuadrantChartOptions options;
            options.figure = figure;
            options.rate_scale = request.rate_scale;
            options.change_scale = request.change_scale;
            return quadrant_chart(table, options, measure);
        }
        case ChartKind::ages: {
            AgeBarsOptions options;
            options.figure = figure;
            return age_bars(make_age_structure(table, request.area_column, request.bands, problems), options,
                            measure);
        }
        case ChartKind::bars: {
            BarsOptions options;
            options.figure = figure;
            options.label = request.label_column;
            options.values = request.values;
            return bars(table, options, measure);
        }
        case ChartKind::matrix: {
            MatrixOptions options;
            options.figure = figure;
            if (request.by.empty()) options.columns = request.values;
            return matrix(areas_by_kind(table, request), options, measure);
        }
        case ChartKind::finds: {
            FindsChartOptions options;
            options.figure = figure;
            options.periods = request.values;
            return finds_chart(with_area_names(table, request.area_column), options, measure);
        }
        case ChartKind::months:
        case ChartKind::index:
        case ChartKind::share:
        case ChartKind::season:
        case ChartKind::hours:
            return draw_counts(request, table, figure, measure, problems);
        case ChartKind::compare:
        case ChartKind::trend:
        case ChartKind::scatter:
        case ChartKind::gradient:
            return draw_comparison(request, table, figure, measure, problems);
        case ChartKind::table:
            break;
    }
    if (is_ward_table(table) && request.values.empty()) {
        WardTableOptions options;
        options.figure = figure;
        return ward_table_figure(table, options, measure);
    }
    TableFigureOptions options;
    options.figure = figure;
    options.columns = request.values;
    return table_figure(table, options, measure);
}

}  // namespace

std::string_view name_of(ChartKind kind) noexcept {
    return kind_names()[static_cast<std::size_t>(kind)];
}

ChartKind parse_chart_kind(std::string_view text) {
    const auto& known = kind_names();
    const auto found = std::find(known.begin(), known.end(), text);
    if (found == known.end())
        throw UsageError("there is no chart '" + std::string(text) + "'", {}, did_you_mean(text, known));
    return static_cast<ChartKind>(found - known.begin());
}

std::string area_name_column(const Table& table, const std::string& given) {
    if (!given.empty()) return table.column(given).name();
    if (table.find("area_name") != nullptr) return "area_name";
    for (const Column& column : table.columns()) {
        if (column.is_text() && ends_in(lower(column.name()), "name")) return column.name();
    }
    for (const Column& column : table.columns()) {
        const std::string name = lower(column.name());
        if (column.is_text() && (name == "ward" || name == "area" || name == "locality"))
            return column.name();
    }
    for (const Column& column : table.columns()) {
        if (column.is_text() && !looks_numeric(column)) return column.name();
    }
    throw InputError("no column holds the names of areas",
                     {.file = table.origin().file, .layer = table.origin().sheet}, "name it with --area");
}

Table make_age_structure(const Table& table, const std::string& area_column, std::span<const AgeBand> bands,
                         Problems& problems) {
    const std::string name_column = area_name_column(table, area_column);
    std::string code_column;
    for (const Column& column : table.columns()) {
        if (column.is_text() && ends_in(lower(column.name()), "_code") && code_column.empty())
            code_column = column.name();
    }
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (!is_total_name(table.column(name_column).text(row))) rows.push_back(row);
    }
    const Table areas = table.take(rows);
    AgeCounts counts;
    counts.origin = areas.origin();
    for (std::size_t row = 0; row < areas.row_count(); ++row) {
        counts.names.push_back(areas.column(name_column).text(row));
        counts.codes.push_back(code_column.empty() ? counts.names.back()
                                                   : areas.column(code_column).text(row));
    }
    for (const std::string& name : age_columns(areas))
        counts.ages.push_back(read_counts(areas, name, problems));
    if (counts.ages.empty()) {
        throw InputError("no column holds people of an age", {.file = table.origin().file},
                         "columns of ages are called age_0_4, 'Aged 5-9', 90+ or the like");
    }
    if (areas.find("all_ages") != nullptr) counts.all_ages = read_counts(areas, "all_ages", problems);
    return age_structure(counts, bands, areas.meta(), problems);
}

FigureResult draw_charts(const ChartRequest& request, const TextMeasure& measure) {
    FigureResult result;
    result.ledger.rows_read = request.table.row_count();
    result.ledger.located = request.table.row_count();
    result.ledger.counted = request.table.row_count();
    Table table = request.table;
    if (request.small_numbers.applies() &&
        (request.kind == ChartKind::compare || request.kind == ChartKind::trend)) {
        throw UsageError(
            "values of indicators are drawn as they are published, and the small-number rule is of counts",
            {}, "leave out --small-numbers; withheld values stay withheld");
    }
    // Charts of sums apply the rule to the sums they show, not to the cells these are made of.
    const bool sums = is_of_counts(request.kind) || request.kind == ChartKind::gradient;
    if (request.small_numbers.applies() && !sums) {
        table = request.values.empty()
                    ? suppress_small_numbers(table, request.small_numbers, result.problems)
                    : suppress_small_numbers(table, request.values, request.small_numbers, result.problems);
    }
    const bool kinds_are_columns = request.kind == ChartKind::matrix;
    const bool places_apart = is_of_counts(request.kind) && is_by_area(request.by);
    if (places_apart) table = rows_of_areas(table);
    for (const RowGroup& group :
         row_groups(table, kinds_are_columns ? std::span<const std::string>{} : request.by)) {
        FigureOptions figure = request.figure;
        Table rows = table.take(group.rows);
        if (!group.values.empty()) {
            figure.id += "-" + group.id();
            TableMeta meta = rows.meta();
            if (places_apart) {
                meta.whole = group.words();
                meta.area_noun.clear();
            } else {
                meta.measure = meta.measure.empty() ? group.words() : meta.measure + ", " + group.words();
            }
            rows = rows.with(meta);
        }
        result.figures.push_back({group.values, draw(request, rows, figure, measure, result.problems)});
    }
    return result;
}

}  // namespace wardmap
