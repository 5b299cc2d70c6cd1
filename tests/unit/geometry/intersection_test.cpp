#include "wardmap/geometry/intersection.hpp"

#include "support/shapes.hpp"
#include "wardmap/geometry/measure.hpp"

#include <doctest/doctest.h>

#include <numbers>

using namespace wardmap;

TEST_CASE("what two shapes have in common, and what one has alone, add up to it") {
    const MultiPolygon a = box_shape(0, 0, 4, 4), b = box_shape(3, 3, 4, 4);
    CHECK(intersection_area(a, b) == doctest::Approx(1));
    CHECK(area_of(difference(a, b)) == doctest::Approx(15));
    CHECK(intersection_area(box_shape(0, 0, 1, 1), box_shape(5, 5, 1, 1)) == 0);
    CHECK(intersection_area({}, b) == 0);
    CHECK(difference(a, {}) == a);
    CHECK(intersection(a, box_shape(4, 0, 4, 4)).empty());  // they only touch
}

TEST_CASE("grown by a distance: the box, its sides and a disc of corners") {
    const double area = area_of(grown_by(box_shape(0, 0, 10, 10), 2));
    const double exact = 100 + 4 * 10 * 2 + std::numbers::pi * 4;
    CHECK(area < exact);
    CHECK(area > exact - 0.01 * std::numbers::pi * 4);
    CHECK(grown_by({}, 2).empty());
}
