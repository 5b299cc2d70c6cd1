#include "wardmap/area/coverage.hpp"

#include "support/shapes.hpp"
#include "wardmap/io/read_areas.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace wardmap;

namespace {

const std::string shared = WARDMAP_SOURCE_DIR "/../shared/data/boundaries/";

AreaSet set_of(std::vector<MultiPolygon> shapes) {
    AreaSetParts parts;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        parts.codes.push_back(std::string(1, static_cast<char>('a' + i)));
    parts.names = parts.codes;
    parts.shapes = std::move(shapes);
    parts.crs = british_national_grid;
    parts.noun = "ward";
    return AreaSet(std::move(parts));
}

}  // namespace

TEST_CASE("coverage: neighbours without gap or overlap are in order") {
    const AreaSet areas = set_of({box_shape(400000, 300000, 10, 10), box_shape(400010, 300000, 10, 10),
                                  box_shape(400000, 300010, 20, 10)});
    const CoverageReport report = check_coverage(areas);
    CHECK(report.area_m2 == doctest::Approx(400));
    CHECK(report.gaps.empty());
    CHECK(report.overlaps.empty());
    CHECK(report.invalid.empty());
    CHECK(coverage_problems(report, areas).empty());
    CHECK(coverage_text(report, areas) == "area: 400 m²\ninvalid shapes: none\ngaps: none\noverlaps: none\n");
}

TEST_CASE("coverage: an overlap is measured and its areas named") {
    const AreaSet areas = set_of({box_shape(0, 0, 10, 10), box_shape(9, 0, 10, 10), box_shape(9, 10, 10, 5)});
    const CoverageReport report = check_coverage(areas);
    REQUIRE(report.overlaps.size() == 1);
    CHECK(report.overlaps[0].first == 0);
    CHECK(report.overlaps[0].second == 1);
    CHECK(report.overlaps[0].area_m2 == doctest::Approx(10));
    CHECK(report.overlap_m2 == doctest::Approx(10));
    CHECK(report.gaps.empty());
    CHECK(coverage_problems(report, areas).count("area_overlaps") == 1);
}

TEST_CASE("coverage: an area that comes twice, or lies in another, overlaps with all of itself") {
    const CoverageReport twice = check_coverage(set_of({box_shape(0, 0, 10, 10), box_shape(0, 0, 10, 10)}));
    REQUIRE(twice.overlaps.size() == 1);
    CHECK(twice.overlaps[0].area_m2 == doctest::Approx(100));
    const CoverageReport inside = check_coverage(set_of({box_shape(0, 0, 10, 10), box_shape(2, 2, 3, 3)}));
    REQUIRE(inside.overlaps.size() == 1);
    CHECK(inside.overlaps[0].area_m2 == doctest::Approx(9));
}

TEST_CASE("coverage: a gap is measured and the areas round it named") {
    // Four strips round a square of 4 by 4, one corner of it cut by a fifth area.
    const AreaSet areas = set_of({box_shape(0, 0, 10, 3), box_shape(0, 7, 10, 3), box_shape(0, 3, 3, 4),
                                  box_shape(7, 3, 3, 4), box_shape(3, 3, 1, 1)});
    const CoverageReport report = check_coverage(areas);
    REQUIRE(report.gaps.size() == 1);
    CHECK(report.gaps[0].area_m2 == doctest::Approx(15));
    CHECK(report.gaps[0].around == std::vector<AreaIndex>{0, 1, 2, 3, 4});
    CHECK(report.overlaps.empty());
    CHECK(check_coverage(areas, 16).gaps.empty());
    CHECK(coverage_problems(report, areas).all()[0].examples[0] == "15 m² between a, b, c and 2 more");
}

TEST_CASE("coverage: an open bay is no gap, a hole with an island is one around it") {
    const AreaSet bay = set_of({box_shape(0, 0, 10, 3), box_shape(0, 3, 3, 7), box_shape(7, 3, 3, 7)});
    CHECK(check_coverage(bay).gaps.empty());
    const AreaSet lake = set_of(
        {shape_of({{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{2, 2}, {2, 8}, {8, 8}, {8, 2}, {2, 2}}}}),
         box_shape(4, 4, 2, 2)});
    const CoverageReport report = check_coverage(lake);
    REQUIRE(report.gaps.size() == 1);
    CHECK(report.gaps[0].area_m2 == doctest::Approx(32));
}

TEST_CASE("coverage: broken shapes and areas without shape are said") {
    const AreaSet areas =
        set_of({shape_of({{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}}}), {}, box_shape(5, 5, 1, 1)});
    const CoverageReport report = check_coverage(areas);
    REQUIRE(report.invalid.size() == 1);
    CHECK(report.invalid[0].area == 0);
    CHECK(report.without_shape == 1);
    CHECK(coverage_problems(report, areas).count("invalid_shape") == 1);
}

TEST_CASE("coverage: the published layers have neither gaps nor overlaps") {
    if (!std::filesystem::exists(shared)) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    // Expected sums by geopandas, see shared/data/SOURCES.md.
    const struct {
        const char* file;
        double km2;
    } layers[] = {{"coventry_wards.geojson", 98.624},
                  {"coventry_lsoa11.geojson", 98.610},
                  {"coventry_oa11.geojson", 98.610}};
    for (const auto& layer : layers) {
        CAPTURE(layer.file);
        const ReadAreas read = read_areas(shared + layer.file);
        const CoverageReport report = check_coverage(read.areas);
        CHECK(report.gaps.empty());
        CHECK(report.overlaps.empty());
        CHECK(report.invalid.empty());
        CHECK(report.area_m2 / 1e6 == doctest::Approx(layer.km2).epsilon(1e-5));
    }
    CHECK(check_coverage(read_areas("coventry-wards").areas).gaps.empty());
}
