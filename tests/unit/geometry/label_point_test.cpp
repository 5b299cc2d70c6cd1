#include "wardmap/geometry/label_point.hpp"

#include "support/shapes.hpp"
#include "wardmap/geometry/measure.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace wardmap;

TEST_CASE("visual centre: of a box it is the middle") {
    const Point p = visual_centre(box_shape(2, 4, 10, 6), 0.01);
    CHECK(p.x == doctest::Approx(7));
    CHECK(p.y == doctest::Approx(7));
}

TEST_CASE("visual centre: in a horseshoe it lies in the shape, where the centroid does not") {
    const MultiPolygon shoe =
        shape_of({{{{0, 0}, {10, 0}, {10, 10}, {8, 10}, {8, 1}, {2, 1}, {2, 10}, {0, 10}, {0, 0}}}});
    CHECK_FALSE(contains(shoe, centroid(shoe)));
    const Point p = visual_centre(shoe, 0.01);
    CHECK(contains(shoe, p));
    CHECK(distance_to_boundary(shoe, p) >= 1.0 - 0.01);  // the legs are 2 wide
}

TEST_CASE("visual centre: a hole in the middle is kept clear of") {
    const MultiPolygon ring =
        shape_of({{{{0, 0}, {12, 0}, {12, 10}, {0, 10}, {0, 0}}, {{3, 3}, {3, 7}, {7, 7}, {7, 3}, {3, 3}}}});
    const Point p = visual_centre(ring, 0.01);
    CHECK(contains(ring, p));
    CHECK(p.x > 7);
    CHECK(distance_to_boundary(ring, p) >= 2.5);
}

TEST_CASE("visual centre: of several parts the largest counts, and it is no worse than a fine grid finds") {
    MultiPolygon shape =
        shape_of({{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}, {{{5, 0}, {11, 1}, {9, 6}, {6, 3}, {5, 0}}}});
    const Point p = visual_centre(shape, 0.001);
    CHECK(p.x > 5);
    double best = 0;
    for (double x = 5; x < 11; x += 0.05) {
        for (double y = 0; y < 6; y += 0.05) {
            if (contains(shape, {x, y})) best = std::max(best, distance_to_boundary(shape, {x, y}));
        }
    }
    CHECK(distance_to_boundary(shape, p) >= best - 0.001);
}

TEST_CASE("visual centre: nothing, and shapes without an area, do no harm") {
    CHECK(visual_centre({}, 1) == Point{});
    const Point p = visual_centre(shape_of({{{{0, 0}, {4, 0}, {2, 0}, {0, 0}}}}), 1);
    CHECK(p == Point{2, 0});
    CHECK(std::isfinite(visual_centre(box_shape(0, 0, 1e-9, 1), 0).x));
}
