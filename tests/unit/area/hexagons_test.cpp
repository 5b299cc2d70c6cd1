#include "wardmap/area/hexagons.hpp"

#include "support/shapes.hpp"
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
    const HexagonGrid grid = hexagon_grid(areas, {.size_m = 500});
    CHECK(surface(grid.units) == doctest::Approx(20e6).epsilon(1e-9));
    const std::vector<double> values{1000, 30};
    const std::vector<double> shared = shared_out(grid, values);
    CHECK(std::accumulate(shared.begin(), shared.end(), 0.0) == doctest::Approx(1030).epsilon(1e-9));
    // A hexagon within one area has that area's share of surface.
    const double full = 500 * 500 * std::numbers::sqrt3 / 2;
    bool one_within = false;
    for (std::size_t u = 0; u < grid.units.size(); ++u) {
        if (grid.parts[u].size() != 1 || grid.parts[u][0].area != 0) continue;
        if (std::abs(area_of(grid.units.shapes()[u]) - full) > 1e-6) continue;
        one_within = true;
        CHECK(shared[u] == doctest::Approx(1000 * full / 12e6));
    }
    CHECK(one_within);
}

TEST_CASE("no unit is a sliver: edge pieces under half a hexagon join a neighbour") {
    const HexagonGrid grid = hexagon_grid(two_boxes(), {.size_m = 500});
    const double full = 500 * 500 * std::numbers::sqrt3 / 2;
    std::set<std::string> codes, names;
    for (std::size_t u = 0; u < grid.units.size(); ++u) {
        CHECK(area_of(grid.units.shapes()[u]) >= full / 2 - 1e-6);
        CHECK(codes.insert(grid.units.codes()[u]).second);
        CHECK(names.insert(grid.units.names()[u]).second);
    }
}

TEST_CASE("the grid stands still: the same place is in the same hexagon of another city") {
    const HexagonGrid both = hexagon_grid(two_boxes(), {.size_m = 500});
    AreaSetParts west;
    west.codes = {"W"};
    west.names = {"West"};
    west.shapes = {box_shape(400000, 300000, 3000, 4000)};
    west.crs = Crs("EPSG:27700");
    const HexagonGrid one = hexagon_grid(AreaSet(std::move(west)), {.size_m = 500});
    std::size_t alike = 0;
    for (std::size_t u = 0; u < one.units.size(); ++u) {
        const AreaIndex other = both.units.index_of(one.units.codes()[u]);
        if (other == no_area || both.parts[static_cast<std::size_t>(other)].size() > 1) continue;
        ++alike;
        const Point a = centroid(one.units.shapes()[u]),
                    b = centroid(both.units.shapes()[static_cast<std::size_t>(other)]);
        CHECK(std::hypot(a.x - b.x, a.y - b.y) < 250);
    }
    CHECK(alike > 20);
}

TEST_CASE("means are weighted by the people shared out; what is not known stays so") {
    const HexagonGrid grid = hexagon_grid(two_boxes(), {.size_m = 800});
    const std::vector<double> share{0.5, 0.1}, people{1000, 0};
    for (std::size_t u = 0; u < grid.units.size(); ++u) {
        const double mean = averaged(grid, share, people)[u];
        bool has_west = false;
        for (const UnitPart& part : grid.parts[u]) has_west |= part.area == 0;
        if (has_west) {
            CHECK(mean == doctest::Approx(0.5));
        } else {
            CHECK(std::isnan(mean));
        }
    }
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
