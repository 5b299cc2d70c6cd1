#include "wardmap/figure/table_figure.hpp"

#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace wardmap;
using wardmap::testing::table_rows;
using wardmap::testing::words_of;

TEST_CASE("table: text and numbers of any table, one number of decimals a column, a total last") {
    const Table table({Column::text("area_name", {"Total", "Alpha", "Beta"}),
                       Column::text("count", {"1,234", "1,000", "234"}),
                       Column::numbers("share", {100, 81.04, 18.96}, "%")});
    const auto rows = table_rows(table_figure(table, {}, liberation_sans()).scene.nodes);
    REQUIRE(rows.size() == 4);
    CHECK(rows[0] == std::vector<std::string>{"Area", "Count", "Share (%)"});
    CHECK(rows[1] == std::vector<std::string>{"Alpha", "1,000", "81.0"});
    CHECK(rows[3] == std::vector<std::string>{"Total", "1,234", "100.0"});
}

TEST_CASE("table: columns without room are left out and named") {
    std::vector<Column> columns{Column::text("area_name", {"Alpha"})};
    for (int i = 0; i < 30; ++i) {
        columns.push_back(Column::numbers("measure_number_" + std::to_string(i), {123456.0}));
    }
    const Figure figure = table_figure(Table(columns), {}, liberation_sans());
    CHECK(figure.scene.width_mm == 159);
    CHECK(words_of(figure.scene.nodes).find("Not shown for want of room:") != std::string::npos);
    CHECK(figure.log.size() == 1);
}

TEST_CASE("table: an empty table, an unknown column and states without a number") {
    CHECK_THROWS_AS(table_figure(Table{}, {}, liberation_sans()), InputError);
    const Table table({Column::text("area_name", {"A", "B", "C"}),
                       Column::numbers("n", {NAN, NAN, NAN},
                                       {CellState::suppressed, CellState::undefined, CellState::missing})});
    TableFigureOptions options;
    options.columns = {"area_nam"};
    CHECK_THROWS_WITH_AS(table_figure(table, options, liberation_sans()), doctest::Contains("area_name"),
                         NameUnknown);
    const std::string words = words_of(table_figure(table, {}, liberation_sans()).scene.nodes);
    for (const char* key : {"[c]: withheld.", "[z]: not calculated.", "[x]: not known."}) {
        CHECK(words.find(key) != std::string::npos);
    }
}

TEST_CASE("table: an indicators table shows the columns people read") {
    const auto tables = testing::published_ward_tables();
    if (tables.empty()) {
        return;
    }
    const auto rows = table_rows(table_figure(tables[0], {}, liberation_sans()).scene.nodes);
    CHECK(rows.size() == 20);
    CHECK(rows[0][1] == "Year to June 2021");
}
