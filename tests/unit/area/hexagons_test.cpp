#include "wardmap/area/hexagons.hpp"

#include "support/shapes.hpp"
#include "wardmap/area/area_parts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/geometry/measure.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <set>
#include <vector>

using namespace wardmap;

namespace {

AreaSet two_boxes() {
    AreaSetParts parts;
    parts.codes = {"W", "E"};
    parts.names = {"West", "East"};
    parts.shapes = {box_shape(400000, 300000, 3000, 4000), box_shape(403000, 300000, 2000, 4000)};
    parts.crs = Crs("EPSG:27700");
    return AreaSet(std::move(parts));
}

double surface(const AreaSet& areas) {
    double sum = 0;
    for (const MultiPolygon& shape : areas.shapes()) sum += area_of(shape);
    return sum;
}

}  // namespace

TEST_CASE("hexagons cover the areas, without gap or overlap, and hold all that is shared out") {
    const AreaSet areas = two_boxes();
    const AreaSet units = hexagon_grid(areas, {.size_m = 500});
    CHECK(surface(units) == doctest::Approx(20e6).epsilon(1e-9));
    const AreaParts parts = parts_by_surface(areas, units);
    const std::vector<double> values{1000, 30};
    const std::vector<double> shared = interpolate(values, parts, Interpolation::sum).values;
    CHECK(std::accumulate(shared.begin(), shared.end(), 0.0) == doctest::Approx(1030).epsilon(1e-9));
    // A whole hexagon within one area has that area's share of surface.
    const double full = 500 * 500 * std::numbers::sqrt3 / 2;
    bool one_within = false;
    for (const AreaPart& part : parts.parts) {
        if (part.source != 0 || std::abs(part.weight - full) > 1) continue;
        one_within = true;
        CHECK(shared[static_cast<std::size_t>(part.target)] ==
              doctest::Approx(1000 * full / 12e6).epsilon(1e-6));
    }
    CHECK(one_within);
}

TEST_CASE("no unit is a sliver: edge pieces under half a hexagon join a neighbour") {
    const AreaSet units = hexagon_grid(two_boxes(), {.size_m = 500});
    const double full = 500 * 500 * std::numbers::sqrt3 / 2;
    std::set<std::string> codes, names;
    for (std::size_t u = 0; u < units.size(); ++u) {
        CHECK(area_of(units.shapes()[u]) >= full / 2 - 1e-6);
        CHECK(codes.insert(units.codes()[u]).second);
        CHECK(names.insert(units.names()[u]).second);
    }
}

TEST_CASE("the grid stands still: the same place is in the same hexagon of another city") {
    const AreaSet both = hexagon_grid(two_boxes(), {.size_m = 500});
    AreaSetParts west;
    west.codes = {"W"};
    west.names = {"West"};
    west.shapes = {box_shape(400000, 300000, 3000, 4000)};
    west.crs = Crs("EPSG:27700");
    const AreaSet one = hexagon_grid(AreaSet(std::move(west)), {.size_m = 500});
    std::size_t alike = 0;
    for (std::size_t u = 0; u < one.size(); ++u) {
        const AreaIndex other = both.index_of(one.codes()[u]);
        if (other == no_area) continue;
        ++alike;
        const Point a = centroid(one.shapes()[u]),
                    b = centroid(both.shapes()[static_cast<std::size_t>(other)]);
        CHECK(std::hypot(a.x - b.x, a.y - b.y) < 500);
    }
    CHECK(alike > 20);
}

TEST_CASE("sizes that make no sense are refused") {
    CHECK_THROWS_WITH_AS(hexagon_grid(two_boxes(), {.size_m = 10}), doctest::Contains("50 m"), UsageError);
    AreaSetParts huge;
    huge.codes = {"H"};
    huge.names = {"Huge"};
    huge.shapes = {box_shape(0, 0, 700000, 1200000)};
    huge.crs = Crs("EPSG:27700");
    CHECK_THROWS_WITH_AS(hexagon_grid(AreaSet(std::move(huge)), {.size_m = 60}), doctest::Contains("million"),
                         UsageError);
}
