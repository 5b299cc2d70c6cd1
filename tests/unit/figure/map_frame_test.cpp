#include "wardmap/figure/map_frame.hpp"

#include "map_material.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmap;
using namespace wardmap::testing;

TEST_CASE("map frame: x and y have one scale, y runs down, the width is kept") {
    const MapFrame map = fit_map(project_for_map(square_areas(4, 2)), 100.5);
    CHECK(map.width_mm == doctest::Approx(100.5));
    CHECK(map.height_mm == doctest::Approx(50.5));
    CHECK(map.metres_per_mm == doctest::Approx(40));
    CHECK(scale_text(map) == "1:40,000");
    CHECK(map.shapes[0].box().max_y > map.shapes[4].box().max_y);  // the southern row is lower on the page
}

TEST_CASE("map frame: borders between areas are no part of the outline") {
    const MapFrame map = fit_map(project_for_map(square_areas(3, 3)), 90.5);
    const auto moves = std::count(map.outline.ops.begin(), map.outline.ops.end(), PathOp::move);
    CHECK(moves == 1);
    for (const auto& [x, y] : map.outline.points) {
        const bool on_edge = x < 0.3 || x > 90.2 || y < 0.3 || y > 90.2;
        CHECK(on_edge);
    }
}

TEST_CASE("map frame: borders that miss each other by a hair are still inner borders") {
    AreaSetParts parts = square_areas(2, 1).parts();
    for (Point& p : parts.shapes[1].points)
        p.x += p.x < 431500 ? 1.5 : 0;  // a gap of 1.5 m, 0.02 mm on paper
    const MapFrame map = fit_map(project_for_map(AreaSet(parts)), 100.5);
    for (const auto& [x, y] : map.outline.points) {
        const bool on_edge = x < 0.3 || x > 100.2 || y < 0.3 || y > 50.2;
        CHECK(on_edge);
    }
}

TEST_CASE("map frame: districts are parted by lines, islands are outlined") {
    AreaSetParts parts = square_areas(2, 1).parts();
    parts.parents = {"E1", "E2"};
    const MapFrame map = fit_map(project_for_map(AreaSet(parts)), 100.5);
    CHECK(map.district_lines.points.size() == 2);
    parts.parents.clear();
    for (Point& p : parts.shapes[1].points) p.x += 500;
    const MapFrame apart = fit_map(project_for_map(AreaSet(parts)), 100.5);
    CHECK(std::count(apart.outline.ops.begin(), apart.outline.ops.end(), PathOp::move) == 2);
}

TEST_CASE("map frame: the silhouette knows where there is room") {
    AreaSetParts parts = square_areas(2, 2).parts();
    parts.codes.erase(parts.codes.begin() + 1);  // the lower right square
    parts.names.erase(parts.names.begin() + 1);
    parts.shapes.erase(parts.shapes.begin() + 1);
    const Silhouette shape = silhouette_of(project_for_map(AreaSet(parts)));
    CHECK(shape.aspect == doctest::Approx(1));
    CHECK(shape.bottom_between(0.55, 1) == doctest::Approx(0.5));
    CHECK(shape.bottom_between(0, 0.45) == doctest::Approx(1));
    CHECK(shape.top_between(0, 1) == doctest::Approx(0));
}

TEST_CASE("map frame: areas without a coordinate system are drawn as they are, without scale") {
    AreaSetParts parts = square_areas(2, 1).parts();
    parts.crs = {};
    const ProjectedAreas projected = project_for_map(AreaSet(parts));
    CHECK(projected.metres_per_unit == 0);
    CHECK(projected.log.size() == 1);
    CHECK(scale_text(fit_map(projected, 100)).empty());
}
