#include "wardmap/area/lookup.hpp"

#include "support/shapes.hpp"
#include "wardmap/area/merge.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <string>

using namespace wardmap;

namespace {

const std::string shared = WARDMAP_SOURCE_DIR "/../shared/data/";

AreaSet row_of_four() {
    AreaSetParts parts;
    parts.codes = {"w1", "w2", "w3", "w4"};
    parts.names = {"North", "East", "South", "West"};
    for (int i = 0; i < 4; ++i) parts.shapes.push_back(box_shape(400000 + i, 300000, 1, 1));
    parts.crs = british_national_grid;
    parts.noun = "ward";
    parts.attribution = {"a line"};
    return AreaSet(std::move(parts));
}

Table two_columns(const std::string& a, std::vector<std::string> from, const std::string& b,
                  std::vector<std::string> to) {
    return Table({Column::text(a, std::move(from)), Column::text(b, std::move(to))}, {},
                 {.file = "lookup.csv"});
}

}  // namespace

TEST_CASE("lookup: wards by name go to localities, and faults are counted") {
    Problems problems;
    const Lookup lookup =
        make_lookup(two_columns("ward", {"North", "east", "South", "North", "South", "Hamlet", "West", ""},
                                "locality", {"A", "A", "B", "A", "A", "B", "", ""}),
                    row_of_four(), problems);
    CHECK(lookup.size() == 3);
    CHECK(lookup.target_of("w2") == "A");
    CHECK(lookup.target_of("w3") == "B");
    CHECK(lookup.target_of("w4").empty());
    CHECK(problems.count("lookup_repeats") == 1);
    CHECK(problems.count("lookup_conflict") == 1);
    CHECK(problems.count("lookup_unknown") == 1);
    CHECK(problems.count("lookup_empty") == 1);
    CHECK(problems.count("not_in_lookup") == 1);
    REQUIRE(lookup.guesses().size() == 1);
    CHECK(lookup.guesses()[0] == "the lookup goes from column ward to column locality");
}

TEST_CASE("lookup: what is no lookup is refused") {
    Problems problems;
    CHECK_THROWS_AS(make_lookup(two_columns("a", {"x"}, "b", {"y"}), row_of_four(), problems), InputError);
    CHECK_THROWS_AS(
        make_lookup(two_columns("a", {"w1"}, "b", {"y"}), LookupOptions{.from_column = "c"}, problems),
        NameUnknown);
    CHECK_THROWS_AS(make_lookup(Table{}, LookupOptions{}, problems), InputError);
}

TEST_CASE("merge: joined areas lose their inner borders and keep their area") {
    Problems problems;
    const AreaSet merged = merge_areas(
        row_of_four(), make_lookup(two_columns("ward", {"w1", "w2", "w3"}, "locality", {"A", "A", "B"}),
                                   row_of_four(), problems));
    REQUIRE(merged.size() == 3);
    CHECK(merged.codes()[0] == "A");
    CHECK(merged.codes()[1] == "B");
    CHECK(merged.codes()[2] == "w4");  // not in the lookup: stays
    CHECK(merged.names()[2] == "West");
    CHECK(area_of(merged.shapes()[0]) == doctest::Approx(2));
    CHECK(merged.shapes()[0].polygon_count() == 1);
    CHECK(perimeter_of(merged.shapes()[0]) == doctest::Approx(6));
    CHECK(merged.attribution().size() == 1);
    CHECK(merged.noun() == "area");
}

TEST_CASE("merge: parts that do not touch stay parts") {
    Problems problems;
    const AreaSet merged = merge_areas(
        row_of_four(), make_lookup(two_columns("ward", {"w1", "w4", "w2", "w3"}, "to", {"A", "A", "B", "B"}),
                                   row_of_four(), problems));
    CHECK(merged.shapes()[0].polygon_count() == 2);
    CHECK(area_of(merged.shapes()[0]) == doctest::Approx(2));
}

TEST_CASE("lookup: the official best fit leads Coventry's small areas to its wards") {
    if (!std::filesystem::exists(shared)) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const AreaSet wards = read_areas("coventry-wards").areas;
    Problems problems;
    const Table table = read_table(shared + "lookups/england_lsoa11_ward2017_bestfit.csv", {}).table;
    const Lookup lookup = make_lookup(table, LookupOptions{}, problems, nullptr, &wards);
    CHECK(lookup.size() == 195);
    CHECK(lookup.targets().size() == 18);
    CHECK(lookup.guesses()[0] == "the lookup goes from column lsoa_code to column ward_code");
    CHECK_FALSE(problems.serious());
    CHECK(problems.count("lookup_elsewhere") == 32844 - 195);

    // Rows of a national table: those of Coventry are matched, the others are elsewhere, and that is no
    // fault.
    const Table deprivation = read_table(shared + "imd/england_imd2019_lsoa11.csv", {}).table;
    const Matched matched = match_rows_through(deprivation, lookup, wards);
    CHECK(matched.report.by_code == 195);
    CHECK(matched.report.outside_rows == 32844 - 195);
    CHECK(matched.report.unmatched == 0);
    CHECK_FALSE(matched.problems.serious());
}

TEST_CASE("merge: output areas make the wards of the derived lookup, and no sliver is left") {
    if (!std::filesystem::exists(shared)) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const AreaSet small = read_areas(shared + "boundaries/coventry_oa11.geojson").areas;
    Problems problems;
    const Table table = read_table(shared + "lookups/coventry_oa11_ward_derived.csv", {}).table;
    const Lookup lookup =
        make_lookup(table, {.from_column = "oa_code", .to_column = "ward_code"}, problems, &small);
    CHECK_FALSE(problems.serious());
    const AreaSet merged = merge_areas(small, lookup);
    REQUIRE(merged.size() == 18);
    CHECK(merged.noun() == "ward");
    CHECK(merged.names()[0] == "Bablake");
    const AreaSet before = reproject(small, british_national_grid);
    const AreaSet after = reproject(merged, british_national_grid);
    double sum_before = 0;
    double sum_after = 0;
    for (const MultiPolygon& shape : before.shapes()) sum_before += area_of(shape);
    for (const MultiPolygon& shape : after.shapes()) {
        sum_after += area_of(shape);
        // Two output areas have a part of some hundred square metres inside another ward; slivers would be
        // far smaller.
        for (std::size_t r = 0; r < shape.ring_count(); ++r)
            CHECK(std::abs(signed_area(shape.ring(r))) > 100);
    }
    CHECK(sum_after == doctest::Approx(sum_before).epsilon(1e-9));
}
