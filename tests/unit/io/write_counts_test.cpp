#include "wardmap/io/write_counts.hpp"

#include "support/shapes.hpp"
#include "wardmap/event/counter.hpp"
#include "wardmap/io/write_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace wardmap;

namespace {

AreaSet named_areas(const std::vector<std::string>& codes, const std::vector<std::string>& names) {
    AreaSetParts parts;
    parts.codes = codes;
    parts.names = names;
    for (std::size_t a = 0; a < codes.size(); ++a)
        parts.shapes.push_back(box_shape(430000 + 1000.0 * static_cast<double>(a), 280000, 1000, 1000));
    parts.crs = {"EPSG:27700"};
    return AreaSet(parts);
}

std::string streamed(const CountCube& cube, Unlocated unlocated) {
    std::string out;
    write_count_csv(cube, unlocated, [&](std::string_view piece) { out += piece; });
    return out;
}

void check_same_as_table(const CountCube& cube) {
    for (const Unlocated unlocated : {Unlocated::keep, Unlocated::drop}) {
        const std::string ours = streamed(cube, unlocated);
        const std::string table = table_csv(count_table(cube, unlocated));
        CHECK(ours.size() == table.size());
        const auto differ = std::mismatch(ours.begin(), ours.end(), table.begin(), table.end());
        const auto at = static_cast<std::size_t>(differ.first - ours.begin());
        CHECK(ours.substr(at, 30) == table.substr(at, 30));
    }
}

/// Every cell has another count, some of them odd.
void fill(CountCube& cube) {
    const std::vector<double> odd{0, 1, 9, 10, 0.1, 0.000001, 1e15, 9007199254740992.0, 9.2e12, 2.5, 1e6};
    cube.counts.clear();
    const std::size_t cells =
        cube.area_rows() * cube.periods.size() * cube.kinds.size() * cube.marker_count();
    for (std::size_t i = 0; i < cells; ++i)
        cube.counts.push_back(i < odd.size() ? odd[i] : static_cast<double>(i));
}

}  // namespace

TEST_CASE("counts as CSV: header, areas, then outside and not located, by hand") {
    CountCube cube;
    cube.areas = named_areas({"E1", "E2"}, {"Ash", "Beech"});
    cube.periods = {{.label = "2014-01"}, {.label = "2014-02"}};
    cube.kinds = {{}};
    cube.counts = {1, 0, 12, 0.5, 3, 4, 5, 6};
    CHECK(streamed(cube, Unlocated::keep) ==
          "area_code,area_name,period,count\n"
          "E1,Ash,2014-01,1\n"
          "E1,Ash,2014-02,0\n"
          "E2,Beech,2014-01,12\n"
          "E2,Beech,2014-02,0.5\n"
          ",Outside,2014-01,3\n"
          ",Outside,2014-02,4\n"
          ",Not located,2014-01,5\n"
          ",Not located,2014-02,6\n");
    CHECK(streamed(cube, Unlocated::drop) ==
          "area_code,area_name,period,count\n"
          "E1,Ash,2014-01,1\n"
          "E1,Ash,2014-02,0\n"
          "E2,Beech,2014-01,12\n"
          "E2,Beech,2014-02,0.5\n");
    check_same_as_table(cube);
}

TEST_CASE("counts as CSV: names that need quotation marks, columns called like ours") {
    CountCube cube;
    cube.areas = named_areas({"E1", "E,2", "\"E3\""}, {"Ash \"Green\"", "Beech, and\nElm", " Cedar "});
    cube.periods = {{.label = "2014-01"}, {.label = "a, \"period\""}};
    cube.by = {"count", "Period", "kind,\r\n\"of\"", "marker"};
    cube.kinds = {
        {"", "", "", ""}, {"a,b", "\"", "\r\n", " "}, {"one", "two", std::string(200, 'x'), "caf\xC3\xA9"}};
    cube.markers = {"alcohol, or \"drink\"", "all"};
    fill(cube);
    check_same_as_table(cube);
    CHECK(
        streamed(cube, Unlocated::keep)
            .starts_with(
                "area_code,area_name,period,count_,Period_,\"kind,\r\n\"\"of\"\"\",marker_,marker,count\n"));
}

TEST_CASE("counts as CSV: names of every length about a step of copying") {
    for (std::size_t length = 0; length < 70; ++length) {
        CountCube cube;
        cube.areas = named_areas({"E1", "E2"}, {std::string(length + 1, 'a'), "b"});
        cube.periods = {{.label = std::string(length, 'p')}, {.label = "q"}};
        cube.by = {"kind"};
        cube.kinds = {{std::string(69 - length, 'k')}, {"l"}};
        fill(cube);
        check_same_as_table(cube);
    }
}

TEST_CASE("counts as CSV: pieces are cut anywhere and lose nothing") {
    CountCube cube;
    std::vector<std::string> codes, names;
    for (int a = 0; a < 60; ++a) {
        codes.push_back("E" + std::to_string(a));
        names.push_back("Area " + std::string(static_cast<std::size_t>(a * 50), 'n'));
    }
    cube.areas = named_areas(codes, names);
    for (int p = 0; p < 60; ++p) cube.periods.push_back({.label = "period " + std::to_string(p)});
    cube.by = {"kind"};
    for (int k = 0; k < 10; ++k) cube.kinds.push_back({"kind " + std::to_string(k)});
    fill(cube);
    std::size_t pieces = 0;
    write_count_csv(cube, Unlocated::keep, [&](std::string_view) { ++pieces; });
    CHECK(pieces > 10);
    check_same_as_table(cube);
}

TEST_CASE("counts as CSV: one name longer than a piece") {
    CountCube cube;
    cube.areas = named_areas({"E1", "E2"}, {"Ash", std::string(3'000'000, 'n')});
    cube.periods = {{.label = "all"}};
    cube.by = {"kind"};
    cube.kinds = {{"a"}, {std::string(1'500'000, 'k')}};
    fill(cube);
    check_same_as_table(cube);
}

TEST_CASE("counts as CSV: no period is a header alone") {
    CountCube cube;
    cube.areas = named_areas({"E1"}, {"Ash"});
    cube.kinds = {{}};
    CHECK(streamed(cube, Unlocated::keep) == "area_code,area_name,period,count\n");
    check_same_as_table(cube);
}

TEST_CASE("counts as CSV: what a counter makes of random events with weights") {
    std::mt19937_64 random(8);
    std::uniform_real_distribution<double> x(429000, 435000), y(279500, 281500);
    std::vector<double> xs, ys;
    std::vector<EventTime> times;
    std::vector<std::int64_t> weights;
    std::vector<std::uint32_t> kinds;
    const std::vector<std::string> names{"", "a,b", "plain", "\"quoted\""};
    for (int i = 0; i < 5000; ++i) {
        xs.push_back(x(random));
        ys.push_back(y(random));
        times.push_back(
            parse_event_time("20" + std::to_string(14 + i % 3) + "-0" + std::to_string(1 + i % 9)).time);
        weights.push_back(static_cast<std::int64_t>(random() % 3'000'000));
        kinds.push_back(static_cast<std::uint32_t>(random() % names.size()));
    }
    Counter counter(named_areas({"E1", "E2", "E3"}, {"Ash", "Beech", "Cedar"}), {.by = {"kind"}});
    EventBatch batch;
    batch.size = xs.size();
    batch.crs = {"EPSG:27700"};
    batch.x = xs;
    batch.y = ys;
    batch.time = times;
    batch.weight = weights;
    batch.by = {{.codes = kinds, .names = names}};
    counter.add(batch);
    check_same_as_table(counter.finish({.bins = PeriodBins::month}).cube);
}
