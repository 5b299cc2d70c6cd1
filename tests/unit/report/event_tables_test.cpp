#include "wardmap/report/event_tables.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/io/read_areas.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace wardmap;

namespace {

using Texts = std::vector<std::string>;

Texts texts(const Table& table, const char* name) {
    const auto cells = table.column(name).texts();
    return {cells.begin(), cells.end()};
}

/// One period, two kinds (one blank), two markers that overlap: Bablake, the first ward, has 3 thefts marked
/// alcohol, 1 of them drug too; one theft marked alcohol lies outside, one without a kind has no place.
CountCube small_cube() {
    CountCube cube;
    cube.areas = read_areas("coventry-wards", {}).areas;
    cube.periods = {{"2022", parse_period("2022")}};
    cube.by = {"Offence"};
    cube.kinds = {{""}, {"THEFT"}};
    cube.markers = {"alcohol", "drug", "both", "either", "all"};
    cube.counts.assign(cube.area_rows() * 2 * 5, 0);
    const auto set = [&](std::size_t area, std::size_t kind, std::vector<double> counts) {
        for (std::size_t m = 0; m < 5; ++m) cube.counts[(area * 2 + kind) * 5 + m] = counts[m];
    };
    set(0, 1, {3, 1, 1, 3, 4});
    set(cube.outside_row(), 1, {1, 0, 0, 1, 1});
    set(cube.not_located_row(), 0, {1, 0, 0, 1, 1});
    return cube;
}

}  // namespace

TEST_CASE("event groups: one for each marker and kind, a marker's together, and none of sums of markers") {
    const std::vector<EventGroup> groups = event_groups(small_cube());
    REQUIRE(groups.size() == 4);
    CHECK(groups[0].values == Texts{"alcohol", "offence not stated"});
    CHECK(groups[1].values == Texts{"alcohol", "THEFT"});
    CHECK(groups[2].values == Texts{"drug", "offence not stated"});
    CHECK(groups[3].values == Texts{"drug", "THEFT"});
    CHECK(groups[0].in_areas == 0);
    CHECK(groups[1].in_areas == 3);
    CHECK(groups[3].in_areas == 1);
}

TEST_CASE("event groups: without markers and kinds there is one, without values") {
    CountCube cube = small_cube();
    cube.by.clear();
    cube.kinds = {{}};
    cube.markers.clear();
    cube.counts.assign(cube.area_rows(), 2);
    const std::vector<EventGroup> groups = event_groups(cube);
    REQUIRE(groups.size() == 1);
    CHECK(groups[0].values.empty());
    CHECK(groups[0].in_areas == 36);
}

TEST_CASE("event groups: the long table holds every area, zeros too, and what lies in none is said apart") {
    const CountCube cube = small_cube();
    const std::vector<EventGroup> groups = event_groups(cube);
    const std::vector<EventGroup> thefts{groups[1], groups[3]};
    const Table table = table_of_groups(cube, thefts);
    CHECK(table.names() == Texts{"area_code", "area_name", "group", "period", "count"});
    REQUIRE(table.row_count() == 2 * 18);
    CHECK(table.column("area_name").text(0) == "Bablake");
    CHECK(table.column("count").number(0) == 3);
    CHECK(table.column("count").number(1) == 0);
    CHECK(table.column("group").text(17) == "0");
    CHECK(table.column("group").text(18) == "1");
    CHECK(table.column("count").number(18) == 1);
    CHECK(left_out_of(cube, thefts[0]).outside == known_count(1));
    CHECK(left_out_of(cube, thefts[0]).not_located == known_count(0));
    CHECK(left_out_of(cube, groups[0]).not_located == known_count(1));
}

TEST_CASE("table of the whole: all areas added up, then Outside and Not located, of one marker") {
    const Table all = table_of_whole(small_cube(), "");
    CHECK(all.names() == Texts{"area_code", "area_name", "period", "Offence", "marker", "count"});
    CHECK(texts(all, "area_name") ==
          Texts{"Coventry", "Coventry", "Outside", "Outside", "Not located", "Not located"});
    CHECK(texts(all, "area_code") == Texts{"all", "all", "", "", "", ""});
    CHECK(texts(all, "marker") == Texts(6, "all"));
    CHECK(all.column("count").number(1) == 4);
    CHECK(all.column("count").number(3) == 1);
    CHECK(all.column("count").number(4) == 1);
    CHECK(table_of_whole(small_cube(), "Alcohol").column("count").number(1) == 3);
}

TEST_CASE("table of the whole: a marker that is not there is refused, naming the nearest") {
    CHECK_THROWS_WITH_AS(table_of_whole(small_cube(), "alcool"),
                         "no events have the marker 'alcool'; did you mean 'alcohol'?", NameUnknown);
    CountCube cube = small_cube();
    cube.markers.clear();
    CHECK_THROWS_AS(table_of_whole(cube, "alcohol"), NameUnknown);
}
