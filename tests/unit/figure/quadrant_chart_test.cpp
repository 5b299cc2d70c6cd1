#include "wardmap/figure/quadrant_chart.hpp"

#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/svg.hpp"
#include "wardmap/table/cell_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <set>

using namespace wardmap;
using wardmap::testing::coventry_meta;
using wardmap::testing::dashed_lines;
using wardmap::testing::published_ward_tables;
using wardmap::testing::words_of;

namespace {

Table small_table(const std::vector<double>& before, const std::vector<double>& after,
                  const std::string& name = "Ward ", const std::vector<double>& people = {}) {
    AreaCounts counts;
    for (std::size_t i = 0; i < before.size(); ++i) {
        counts.codes.push_back("E0500" + std::to_string(1000 + i));
        counts.names.push_back(name + std::to_string(i + 1));
    }
    counts.before = Column::numbers("before", before);
    counts.after = Column::numbers("after", after);
    counts.population =
        Column::numbers("people", people.empty() ? std::vector<double>(before.size(), 10000) : people);
    Problems problems;
    return ward_table(counts, {}, coventry_meta("drug", "ROBBERY"), problems);
}

void check_boxes(const Figure& figure) {
    const auto lines = dashed_lines(figure.scene.nodes);
    for (std::size_t i = 0; i < figure.labels.size(); ++i) {
        const Box& box = figure.labels[i].box;
        CAPTURE(figure.labels[i].text);
        CHECK(box.min_x >= 0);
        CHECK(box.max_x <= figure.scene.width_mm);
        for (std::size_t j = i + 1; j < figure.labels.size(); ++j) {
            CAPTURE(figure.labels[j].text);
            CHECK_FALSE(box.overlaps(figure.labels[j].box));
        }
        for (const LineShape& line : lines) {
            Box of_line;
            of_line.add(Point{line.x1, line.y1});
            of_line.add(Point{line.x2, line.y2});
            CHECK_FALSE(box.overlaps(of_line));
        }
    }
}

}  // namespace

TEST_CASE("quadrant chart: all nine published tables have all 18 names, none over another or over a cut") {
    const auto tables = published_ward_tables();
    for (std::size_t i = 0; i < tables.size(); ++i) {
        CAPTURE(i);
        const Figure figure = quadrant_chart(tables[i], {}, liberation_sans());
        CHECK(figure.scene.width_mm == 159);
        CHECK(figure.scene.height_mm < 120);
        std::set<std::string> codes;
        for (const PlacedLabel& label : figure.labels) {
            if (!label.code.empty()) {
                codes.insert(label.code);
            }
        }
        CHECK(codes.size() == 18);
        CHECK(figure.labels.size() == 18 + 6);  // four corners, two lines
        check_boxes(figure);
        CHECK(figure.alt.size() <= 160);
        CHECK(figure.data.row_count() == 18);
        CHECK(figure.class_of_area.size() == 18);
    }
}

TEST_CASE("quadrant chart: the same table gives the same bytes, in whatever order its rows stand") {
    for (const Table& table : published_ward_tables()) {
        const std::string once = to_svg(quadrant_chart(table, {}, liberation_sans()).scene);
        std::vector<std::size_t> rows(table.row_count());
        std::iota(rows.begin(), rows.end(), std::size_t{0});
        std::reverse(rows.begin(), rows.end());
        std::swap(rows[3], rows[11]);
        CHECK(to_svg(quadrant_chart(table.take(rows), {}, liberation_sans()).scene) == once);
    }
}

TEST_CASE("quadrant chart: a table read from a file, all text, draws the same") {
    for (const Table& table : published_ward_tables()) {
        std::vector<Column> columns;
        for (const Column& column : table.columns()) {
            std::vector<std::string> cells;
            for (std::size_t row = 0; row < table.row_count(); ++row) {
                cells.push_back(text_of_cell(column, row));
            }
            columns.push_back(Column::text(column.name(), cells));
        }
        TableMeta meta = table.meta();
        meta.cuts.clear();  // a table without its metadata has its cuts from the total row
        meta.cut_rate.reset();
        meta.cut_change_pct.reset();
        CHECK(to_svg(quadrant_chart(Table(columns, meta), {}, liberation_sans()).scene) ==
              to_svg(quadrant_chart(table, {}, liberation_sans()).scene));
    }
}

TEST_CASE("quadrant chart: possession of drugs fell in St Michael's, and nothing calls that growth") {
    const auto tables = published_ward_tables();
    if (tables.size() < 7) {
        return;
    }
    const Figure figure = quadrant_chart(tables[6], {}, liberation_sans());
    std::string words =
        figure.title + figure.subtitle + figure.alt + figure.description + words_of(figure.scene.nodes);
    for (const auto& note : figure.notes) {
        words += note;
    }
    CHECK(words.find("possession of drugs") != std::string::npos);
    CHECK(words.find("St Michael\u2019s: 379 per 100,000, down 18% (189 to 155)") != std::string::npos);
    for (const std::string wrong :
         {"growth", "growing", "grew", "rise", "rose", "rising", "increase", "emerging"}) {
        CHECK(words.find(wrong) == std::string::npos);
    }
}

TEST_CASE("quadrant chart: undefined and whole falls stand in strips, areas without a place in the notes") {
    const Table table = small_table({0, 12, 0, 30, 40}, {3, 0, 0, 45, 20});
    const Figure figure = quadrant_chart(table, {}, liberation_sans());
    const std::string words = words_of(figure.scene.nodes);
    CHECK(words.find("From 0") != std::string::npos);
    CHECK(words.find("Fell to 0") != std::string::npos);
    CHECK(words.find("Ward 1: 30 per 100,000, from none to 3") != std::string::npos);
    CHECK(words.find("No offences in either period: Ward 3.") != std::string::npos);
    CHECK(figure.description.find("Ward 1 (0 to 3)") != std::string::npos);
    check_boxes(figure);
}

TEST_CASE(
    "quadrant chart: every change undefined, one area, no population, withheld counts: still a picture") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    check_boxes(quadrant_chart(small_table({0, 0, 0}, {1, 2, 3}), {}, liberation_sans()));
    check_boxes(quadrant_chart(small_table({0, 0, 0}, {0, 0, 0}), {}, liberation_sans()));
    const Figure one = quadrant_chart(small_table({5}, {8}), {}, liberation_sans());
    CHECK(one.title.find("Only") == std::string::npos);
    const Figure none = quadrant_chart(small_table({5, 6}, {8, 9}, "Ward ", {0, nan}), {}, liberation_sans());
    CHECK(words_of(none.scene.nodes).find("No rate, so no place: Ward 1 and Ward 2.") != std::string::npos);

    AreaCounts counts;
    counts.codes = {"a", "b", "c"};
    counts.names = {"A", "B", "C"};
    counts.before =
        Column::numbers("before", {nan, 10, 20}, {CellState::suppressed, CellState::value, CellState::value});
    counts.after = Column::numbers("after", {4, 30, 20});
    counts.population = Column::numbers("people", {1000, 2000, 3000});
    Problems problems;
    const Table withheld = ward_table(counts, {}, coventry_meta("drug", "ROBBERY"), problems);
    const std::string words = words_of(quadrant_chart(withheld, {}, liberation_sans()).scene.nodes);
    CHECK(words.find("Withheld: A.") != std::string::npos);
}

TEST_CASE("quadrant chart: without an area, or without a needed column, it says so") {
    const Table table = small_table({5}, {8});
    CHECK_THROWS_AS(quadrant_chart(table.take(std::vector<std::size_t>{1}), {}, liberation_sans()),
                    InputError);
    CHECK_THROWS_WITH_AS(
        quadrant_chart(table.select(std::vector<std::string>{"area_code", "area_name", "rate"}), {},
                       liberation_sans()),
        doctest::Contains("count_before"), InputError);
}

TEST_CASE("quadrant chart: sixty areas and very long names leave no two texts over each other") {
    std::vector<double> before, after;
    for (int i = 0; i < 60; ++i) {
        before.push_back(20 + (i * 37) % 91);
        after.push_back(15 + (i * 53) % 113);
    }
    const Figure figure = quadrant_chart(small_table(before, after), {}, liberation_sans());
    check_boxes(figure);
    const auto named = std::count_if(figure.labels.begin(), figure.labels.end(),
                                     [](const PlacedLabel& label) { return !label.code.empty(); });
    CHECK(named >= 9);
    CHECK(named <= 40);
    CHECK(words_of(figure.scene.nodes).find(" of 60 wards are named") != std::string::npos);
    check_boxes(quadrant_chart(
        small_table(
            {10, 20, 30, 25}, {30, 20, 10, 40},
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and the Hundred of Saint Mary "),
        {}, liberation_sans()));
}

TEST_CASE("quadrant chart: every slot, theme, scale and kind of cut draws within its page") {
    const auto tables = published_ward_tables();
    if (tables.empty()) {
        return;
    }
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            QuadrantChartOptions options;
            options.figure.slot = slot;
            options.figure.theme = theme;
            CAPTURE(static_cast<int>(slot));
            CAPTURE(static_cast<int>(theme));
            check_boxes(quadrant_chart(tables[0], options, liberation_sans()));
        }
    }
    QuadrantChartOptions options;
    options.rate_scale = RateScale::square_root;
    options.change_scale = ChangeScale::linear;
    const Figure linear = quadrant_chart(tables[8], options, liberation_sans());  // one ward at +1,500%
    CHECK(std::any_of(linear.log.begin(), linear.log.end(),
                      [](const std::string& line) { return line.find("warning") == 0; }));
    check_boxes(linear);
    for (const char* cuts : {"median", "zero", "300,25"}) {
        IndicatorOptions indicator;
        indicator.cuts = parse_cuts(cuts);
        const auto cut_tables = published_ward_tables(indicator);
        check_boxes(quadrant_chart(cut_tables[0], {}, liberation_sans()));
        check_boxes(quadrant_chart(cut_tables[6], {}, liberation_sans()));
    }
}
