#include "wardmap/event/locator.hpp"

#include "made_events.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <numbers>

using namespace wardmap;

namespace {

const Crs degrees{"EPSG:4326"};
const Crs british_grid{"EPSG:27700"};

std::vector<AreaIndex> places(const AreaSet& areas, const std::vector<Point>& points, const Crs& crs,
                              unsigned threads = 1) {
    std::vector<double> x, y;
    for (const Point& point : points) {
        x.push_back(point.x);
        y.push_back(point.y);
    }
    std::vector<AreaIndex> out(points.size(), 99);
    Locator(areas).locate(x, y, crs, out, threads);
    return out;
}

/// One box in degrees near Coventry.
AreaSet degree_box() {
    AreaSetParts parts;
    parts.codes = {"A"};
    parts.names = {"Box"};
    parts.shapes = {box_shape(-1.5, 52.4, 0.01, 0.01)};
    parts.crs = degrees;
    return AreaSet(parts);
}

}  // namespace

TEST_CASE("locator: inside, outside and not located are three things, in any coordinate system") {
    const double nan = nowhere.x;
    const double inf = std::numeric_limits<double>::infinity();
    CHECK(places(three_squares(), {in_ash, in_cedar, far_outside, {nan, 280500}, {430500, inf}, {-inf, nan}},
                 british_grid) ==
          std::vector<AreaIndex>{0, 2, outside_areas, not_located, not_located, not_located});
    // In Ash by the Ordnance Survey's formulas; Boston, and two places that the British grid cannot show.
    CHECK(places(three_squares(),
                 {{-1.552933, 52.421645}, {-71.06, 42.36}, {178, 0}, {88, 0}, {nan, 52}, {0, inf}},
                 degrees) ==
          std::vector<AreaIndex>{0, outside_areas, outside_areas, outside_areas, not_located, not_located});
}

TEST_CASE("locator: points without coordinates are outside for those who do not tell them apart") {
    const double nan = nowhere.x;
    const std::vector<double> x{in_ash.x, far_outside.x, nan}, y{in_ash.y, far_outside.y, 280500};
    std::vector<AreaIndex> out(3, 99);
    Locator(three_squares()).locate(x, y, british_grid, out, 1, Nowhere::outside);
    CHECK(out == std::vector<AreaIndex>{0, outside_areas, outside_areas});
}

TEST_CASE("locator: no points are no trouble, and a system that is not known is the areas' own") {
    CHECK(places(three_squares(), {}, degrees).empty());
    CHECK(places(three_squares(), {in_beech}, {}) == std::vector<AreaIndex>{1});
}

TEST_CASE("locator: a coordinate system that does not exist is an error") {
    CHECK_THROWS_AS(places(three_squares(), {in_ash}, {"EPSG:999999"}), CrsError);
}

TEST_CASE("locator: many points on several threads lie where they do on one") {
    std::vector<Point> points;
    for (int i = 0; i < 200'000; ++i)
        points.push_back({429000.0 + (i * 37) % 7000, 279500.0 + (i * 91) % 2000});
    CHECK(places(three_squares(), points, british_grid, 4) ==
          places(three_squares(), points, british_grid, 1));
}

TEST_CASE("locator: the nearest area within a distance, that distance included") {
    const Locator locator(three_squares());
    const NearestArea near = locator.nearest({430500, 281002.5}, british_grid, 2.5);
    CHECK(near.area == 0);
    CHECK(near.distance_m == doctest::Approx(2.5).epsilon(1e-12));
    CHECK(locator.nearest({430500, 281002.5}, british_grid, 2.4999).area == no_area);
    CHECK(locator.nearest(in_beech, british_grid, 0).area == 1);
    CHECK(locator.nearest(in_beech, british_grid, 0).distance_m == 0);
    CHECK(locator.nearest(nowhere, british_grid).area == no_area);
    // Past the corner: 3, 4, 5.
    CHECK(locator.nearest({435003, 281004}, british_grid).distance_m == doctest::Approx(5).epsilon(1e-12));
    // As far from Beech as from Cedar: the first.
    CHECK(locator.nearest({433000, 280500}, british_grid).area == 1);
    CHECK(locator.nearest({433000, 280500}, british_grid).distance_m == doctest::Approx(1000));
}

TEST_CASE("locator: distances from areas in degrees are metres on the ground") {
    const Locator locator(degree_box());
    // A thousandth of a degree north is 111.27 m there (a degree of latitude at 52.41 is 111,268 m by the
    // series of the geodesy textbooks); east it is 68.06 m (68,065 m a degree at 52.405).
    CHECK(locator.nearest({-1.495, 52.411}, degrees).distance_m == doctest::Approx(111.27).epsilon(0.0005));
    CHECK(locator.nearest({-1.489, 52.405}, degrees).distance_m == doctest::Approx(68.06).epsilon(0.001));
    // A point on the grid, measured in degrees all the same: 430500, 280500 lies west of the box.
    CHECK(locator.nearest(in_ash, british_grid).distance_m ==
          doctest::Approx(std::hypot(0.052933 * 68'040, 0.011645 * 111'268)).epsilon(0.002));
}

TEST_CASE("locator: areas whose system is not known can hold points, but measure nothing") {
    AreaSetParts parts = three_squares().parts();
    parts.crs = {};
    parts.source = "wards.geojson";
    const Locator locator{AreaSet(parts)};
    CHECK(places(AreaSet(parts), {in_ash}, {}) == std::vector<AreaIndex>{0});
    try {
        (void)locator.nearest(far_outside, {}, 50);
        FAIL("measured");
    } catch (const CrsError& error) {
        CHECK(std::string(error.what()).find("--area-crs") != std::string::npos);
    }
}
