#include "wardmap/event/count_cube.hpp"

#include "made_events.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

Counted two_months() {
    Counter counter(three_squares(), {.by = {"kind"}});
    const MadeEvents made({{.at = in_ash, .time = "2014-01", .by = {"Drugs"}},
                           {.at = in_ash, .time = "2014-02", .by = {"Arson"}},
                           {.at = far_outside, .time = "2014-02", .by = {"Drugs"}},
                           {.at = nowhere, .time = "2014-01", .by = {"Arson"}}});
    counter.add(made.batch());
    return counter.finish({.bins = PeriodBins::month});
}

using Texts = std::vector<std::string>;

Texts texts(const Table& table, const char* name) {
    const auto cells = table.column(name).texts();
    return {cells.begin(), cells.end()};
}

}  // namespace

TEST_CASE("count table: the columns and rows of the contract, zeros there, outside and not located last") {
    const Table table = count_table(two_months().cube, Unlocated::keep);
    CHECK(table.names() == Texts{"area_code", "area_name", "period", "kind", "count"});
    REQUIRE(table.row_count() == 5 * 2 * 2);
    CHECK(table.column("area_code").text(0) == "E05000001");
    CHECK(texts(table, "period") == Texts{"2014-01", "2014-01", "2014-02", "2014-02", "2014-01",
                                          "2014-01", "2014-02", "2014-02", "2014-01", "2014-01",
                                          "2014-02", "2014-02", "2014-01", "2014-01", "2014-02",
                                          "2014-02", "2014-01", "2014-01", "2014-02", "2014-02"});
    const auto counts = table.column("count").numbers();
    CHECK(std::vector<double>(counts.begin(), counts.end()) ==
          std::vector<double>{0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0});
    CHECK(texts(table, "area_name")[12] == "Outside");
    CHECK(texts(table, "area_name")[16] == "Not located");
    CHECK(texts(table, "area_code")[12].empty());
    CHECK(texts(table, "area_code")[16].empty());
}

TEST_CASE("count table: without the rows that lie in no area") {
    const Table table = count_table(two_months().cube, Unlocated::drop);
    CHECK(table.row_count() == 3 * 2 * 2);
    CHECK(texts(table, "area_name").back() == "Cedar");
}

TEST_CASE("count table: kinds called like its own columns, or alike, get a line behind the name") {
    CountCube cube;
    cube.by = {"count", "period", "marker", "kind", "kind"};
    CHECK(count_columns(cube) ==
          Texts{"area_code", "area_name", "period", "count_", "period_", "marker", "kind", "kind_", "count"});
    cube.markers = {"alcohol", "all"};
    CHECK(count_columns(cube) == Texts{"area_code", "area_name", "period", "count_", "period_", "marker_",
                                       "kind", "kind_", "marker", "count"});
    cube.by = {"Count", "count", "AREA_NAME"};
    CHECK(count_columns(cube) ==
          Texts{"area_code", "area_name", "period", "Count_", "count__", "AREA_NAME_", "marker", "count"});
}

TEST_CASE("count table: its meta says what is counted, and of one period which") {
    CountCube cube = two_months().cube;
    CHECK(count_meta(cube).measure == "events");
    CHECK(count_meta(cube).whole == "Three Squares");
    CHECK(count_meta(cube).area_noun == "ward");
    CHECK(count_meta(cube).period_after.empty());
    cube.periods.resize(1);
    CHECK(count_meta(cube).period_after == "January 2014");
}

TEST_CASE("count table: no period at all is a table without rows") {
    Counter counter(three_squares(), {.by = {"kind"}});
    const Table table = count_table(counter.finish({.bins = PeriodBins::month}).cube, Unlocated::keep);
    CHECK(table.row_count() == 0);
    CHECK(table.names() == Texts{"area_code", "area_name", "period", "kind", "count"});
}
