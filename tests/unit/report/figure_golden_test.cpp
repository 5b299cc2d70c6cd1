#include "support/compare_image.hpp"
#include "unit/figure/count_tables.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/png.hpp"
#include "wardmap/report/chart_call.hpp"
#include "wardmap/report/indicator_call.hpp"
#include "wardmap/report/map_call.hpp"
#include "wardmap/table/select_rows.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace wardmap;

namespace {

const std::string data = WARDMAP_SOURCE_DIR "/examples/coventry/data/";

enum class Keep : unsigned char { shapes, texts };

std::vector<Node> only(const std::vector<Node>& nodes, Keep keep) {
    std::vector<Node> kept;
    for (const Node& one : nodes) {
        if (const auto* group = std::get_if<Group>(&one.content)) {
            Group part = *group;
            part.children = only(group->children, keep);
            kept.push_back(node(std::move(part)));
        } else if (std::holds_alternative<Text>(one.content) == (keep == Keep::texts)) {
            kept.push_back(one);
        }
    }
    return kept;
}

/// A picture of 159 mm becomes 376 pixels wide: a marker that moved is seen, and the file is a few kB.
std::string drawn(const Figure& figure, Keep keep) {
    Scene scene = figure.scene;
    scene.nodes = only(scene.nodes, keep);
    PngOptions options;
    options.dpi = 60;
    return to_png(scene, options);
}

std::string compared(const Figure& figure, const std::string& name) {
    return compare_with_golden(drawn(figure, Keep::shapes), name);
}

/// Letters are mostly edges, which may be drawn a little otherwise; a word that moved is more than
/// this.
std::string compared_texts(const Figure& figure, const std::string& name) {
    ImageTolerance tolerance;
    tolerance.share = 0.004;
    tolerance.largest = 255;
    tolerance.mean = 1;
    return compare_with_golden(drawn(figure, Keep::texts), name + "-texts", tolerance);
}

Table offences() {
    return rows_where(read_table(data + "needs_assessment/offences_by_ward.csv").table, "marker", "alcohol");
}

Table ward_tables(Table counts, std::vector<std::string> by) {
    IndicatorRequest request;
    request.table = std::move(counts);
    request.areas = read_areas("coventry-wards").areas;
    request.area_column = "ward";
    request.from = {"yt_june_2021"};
    request.to = {"yt_june_2022"};
    request.by = std::move(by);
    request.population = PopulationInput{read_table(data + "coventry_ward_population_mid2020.csv").table};
    request.meta.unit = "offences";
    return make_indicators(request).table;
}

const Table& ward_table_of_violence() {
    static const Table table = ward_tables(rows_where(offences(), "offence", "VIOLENCE WITHOUT INJURY"), {});
    return table;
}

Figure map_of(const Table& table, MapKind kind, const std::string& column) {
    MapRequest request;
    request.table = table;
    request.areas = read_areas("coventry-wards").areas;
    request.kind = kind;
    request.options.value = column;
    return draw_maps(request, liberation_sans()).figures.at(0).figure;
}

Figure chart_of(ChartRequest request) {
    return draw_charts(request, liberation_sans()).figures.at(0).figure;
}

/// Two years of two kinds by month: one that doubles, one that does not change.
Table months() {
    std::vector<double> rising;
    for (int month = 0; month < 24; ++month) rising.push_back(20 + month + (month % 3) * 4);
    return testing::months_by_kind("2020-07", {{"ROBBERY", rising}, {"THEFT", std::vector<double>(24, 60)}});
}

Table hours() {
    std::vector<std::string> codes, names, periods;
    std::vector<double> counts;
    const std::vector<std::string> days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    for (std::size_t day = 0; day < days.size(); ++day) {
        for (std::size_t hour = 0; hour < 24; ++hour) {
            codes.emplace_back("E05001218");
            names.emplace_back("Bablake");
            periods.push_back(days[day] + (hour < 10 ? " 0" : " ") + std::to_string(hour));
            counts.push_back(static_cast<double>(day * 10 + hour));
        }
    }
    return Table({Column::text("area_code", codes), Column::text("area_name", names),
                  Column::text("period", periods), Column::numbers("count", counts)});
}

ChartRequest counts_chart(ChartKind kind) {
    ChartRequest request;
    request.table = months();
    request.kind = kind;
    request.counts.kind = "ROBBERY";
    return request;
}

}  // namespace

TEST_CASE("golden: shapes of each kind of map are as they were accepted") {
    const Table& wards = ward_table_of_violence();
    CHECK(compared(map_of(wards, MapKind::choropleth, "rate"), "choropleth") == "");
    CHECK(compared(map_of(wards, MapKind::circles, "count_after"), "circles") == "");
    CHECK(compared(map_of(wards, MapKind::quadrant, "rate"), "quadrant-map") == "");
    MapRequest small;
    small.table = ward_tables(offences(), {"offence"});
    small.areas = read_areas("coventry-wards").areas;
    small.options.value = "rate";
    small.by = {"offence"};
    small.facets = Facets::yes;
    const FigureResult together = draw_maps(small, liberation_sans());
    REQUIRE(together.figures.size() == 1);
    CHECK(compared(together.figures[0].figure, "facets") == "");
}

TEST_CASE("golden: shapes of each chart of a ward table are as they were accepted") {
    ChartRequest request;
    request.table = ward_table_of_violence();
    request.kind = ChartKind::quadrant;
    CHECK(compared(chart_of(request), "quadrant") == "");
    request.kind = ChartKind::table;
    CHECK(compared(chart_of(request), "table") == "");
    request.kind = ChartKind::compare;
    request.values = {"rate"};
    CHECK(compared(chart_of(request), "compare") == "");
    request.values.clear();
    request.kind = ChartKind::scatter;
    request.comparison.x = "rate_before";
    request.comparison.y = "rate";
    CHECK(compared(chart_of(request), "scatter") == "");
}

TEST_CASE("golden: shapes of ages, bars, finds, matrix, trend and gradient are as they were accepted") {
    ChartRequest ages;
    ages.table = read_table(data + "coventry_ward_population_mid2020.csv").table;
    ages.kind = ChartKind::ages;
    ages.bands = {{0, 14}, {15, 24}, {25, 44}, {45, 64}, {65, {}}};
    CHECK(compared(chart_of(ages), "ages") == "");

    ChartRequest bars;
    bars.table =
        rows_where(read_table(data + "needs_assessment/offences_by_type.csv").table, "marker", "drug");
    bars.kind = ChartKind::bars;
    bars.label_column = "offence";
    bars.values = {"yt_june_2021", "yt_june_2022"};
    CHECK(compared(chart_of(bars), "bars") == "");

    ChartRequest finds;
    finds.table = read_table(data + "needs_assessment/needle_finds_by_ward.csv").table;
    finds.kind = ChartKind::finds;
    finds.values = {"yt_july_2020", "yt_july_2021", "yt_july_2022"};
    CHECK(compared(chart_of(finds), "finds") == "");

    ChartRequest matrix;
    matrix.table = offences();
    matrix.kind = ChartKind::matrix;
    matrix.area_column = "ward";
    matrix.by = {"offence"};
    matrix.values = {"yt_june_2022"};
    CHECK(compared(chart_of(matrix), "matrix") == "");

    ChartRequest trend;
    trend.table = Table({Column::text("area_name", {"A", "A", "A", "B", "B", "B"}),
                         Column::text("period", {"2019", "2020", "2021", "2019", "2020", "2021"}),
                         Column::numbers("value", {40, 55, 52, 30, 31, 36})});
    trend.kind = ChartKind::trend;
    trend.values = {"value"};
    trend.comparison.roles.highlight = {"A"};
    CHECK(compared(chart_of(trend), "trend") == "");

    ChartRequest gradient;
    gradient.table = Table({Column::numbers("decile", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
                            Column::numbers("count", {310, 265, 240, 205, 170, 150, 118, 104, 96, 80}),
                            Column::numbers("people", std::vector<double>(10, 30000))});
    gradient.kind = ChartKind::gradient;
    gradient.comparison.decile = "decile";
    gradient.comparison.columns.count = "count";
    gradient.comparison.columns.people = "people";
    CHECK(compared(chart_of(gradient), "gradient") == "");
}

TEST_CASE("golden: shapes of each chart by month and hour are as they were accepted") {
    ChartRequest shaded = counts_chart(ChartKind::months);
    shaded.counts.breaks = {parse_time_band("2020-11..2021-02=Another way of recording")};
    CHECK(compared(chart_of(shaded), "months") == "");
    CHECK(compared(chart_of(counts_chart(ChartKind::index)), "index") == "");
    CHECK(compared(chart_of(counts_chart(ChartKind::share)), "share") == "");
    CHECK(compared(chart_of(counts_chart(ChartKind::season)), "season") == "");
    ChartRequest dots = counts_chart(ChartKind::season);
    dots.counts.season_style = SeasonStyle::dots;
    CHECK(compared(chart_of(dots), "season-dots") == "");
    ChartRequest week;
    week.table = hours();
    week.kind = ChartKind::hours;
    CHECK(compared(chart_of(week), "hours") == "");
}

TEST_CASE("golden: the words of a map, a chart and a table stand where they were accepted") {
    CHECK(compared_texts(map_of(ward_table_of_violence(), MapKind::choropleth, "rate"), "choropleth") == "");
    ChartRequest request;
    request.table = ward_table_of_violence();
    request.kind = ChartKind::quadrant;
    CHECK(compared_texts(chart_of(request), "quadrant") == "");
    request.kind = ChartKind::table;
    CHECK(compared_texts(chart_of(request), "table") == "");
    CHECK(compared_texts(chart_of(counts_chart(ChartKind::months)), "months") == "");
}
