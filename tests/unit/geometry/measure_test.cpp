#include "wardmap/geometry/measure.hpp"

#include "support/shapes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace wardmap;

TEST_CASE("measure: a square with a hole") {
    const MultiPolygon shape =
        shape_of({{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, {{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}}}});
    CHECK(area_of(shape) == 15);
    CHECK(perimeter_of(shape) == 20);
    // The square's moment less the hole's: (16 * 2 - 1 * 1.5) / 15.
    CHECK(centroid(shape).x == doctest::Approx(30.5 / 15));
    CHECK(centroid(shape).y == doctest::Approx(30.5 / 15));
    CHECK(contains(shape, {0.5, 0.5}));
    CHECK_FALSE(contains(shape, {1.5, 1.5}));
    CHECK(locate(shape, {1, 1.5}) == Location::boundary);
    CHECK(contains(shape, {1, 1.5}));
    CHECK(distance_to_boundary(shape, {0.25, 2}) == 0.25);
    CHECK(distance_to_boundary(shape, {5, 5}) == doctest::Approx(std::sqrt(2.0)));
}

TEST_CASE("measure: large coordinates lose no digits") {
    const double x = 433210.37;
    const double y = 278940.91;
    const MultiPolygon shape = shape_of({{{{x, y}, {x + 0.5, y}, {x + 0.5, y + 0.5}, {x, y + 0.5}, {x, y}}}});
    CHECK(area_of(shape) == doctest::Approx(0.25).epsilon(1e-9));
    CHECK(centroid(shape).x == doctest::Approx(x + 0.25).epsilon(1e-12));
}

TEST_CASE("measure: several parts, either way round") {
    const MultiPolygon shape = shape_of(
        {{{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}}, {{{10, 0}, {11, 0}, {11, 1}, {10, 1}, {10, 0}}}});
    CHECK(area_of(shape) == 2);
    CHECK(centroid(shape).x == doctest::Approx(5.5));
    CHECK(centroid(shape).y == doctest::Approx(0.5));
    CHECK(contains(shape, {10.5, 0.5}));
    CHECK_FALSE(contains(shape, {5, 0.5}));
}

TEST_CASE(
    "measure: points on corners and edges lie on the boundary, and level with corners are not counted "
    "twice") {
    const MultiPolygon diamond = shape_of({{{{0, -1}, {1, 0}, {0, 1}, {-1, 0}, {0, -1}}}});
    CHECK(locate(diamond, {1, 0}) == Location::boundary);
    CHECK(locate(diamond, {0.5, 0.5}) == Location::boundary);
    CHECK(locate(diamond, {0, 0}) == Location::inside);
    CHECK(locate(diamond, {-2, 0}) == Location::outside);
    CHECK(locate(diamond, {2, 0}) == Location::outside);
    CHECK(locate(diamond, {-2, 1}) == Location::outside);
}

TEST_CASE("measure: nothing has no area, and points without coordinates lie nowhere") {
    const MultiPolygon nothing;
    CHECK(area_of(nothing) == 0);
    CHECK(centroid(nothing) == Point{});
    CHECK_FALSE(contains(nothing, {0, 0}));
    CHECK(std::isinf(distance_to_boundary(nothing, {0, 0})));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(contains(shape_of({{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}), {nan, 0.2}));
}
