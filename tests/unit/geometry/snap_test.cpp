#include "wardmap/geometry/snap.hpp"

#include "support/shapes.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("snap: vertices within the tolerance become the first of them") {
    const std::vector<MultiPolygon> shapes{box_shape(0, 0, 1, 1), box_shape(1.0000001, -0.0000001, 1, 1)};
    const auto snapped = snap_vertices(shapes, 1e-6);
    CHECK(snapped[0] == shapes[0]);
    CHECK(snapped[1].points[0] == Point{1, 0});
    CHECK(snapped[1].points[3] == Point{1, 1});
    CHECK(snap_vertices(shapes, 0) == shapes);
}

TEST_CASE("snap: a ring smaller than the tolerance stays as it was") {
    const std::vector<MultiPolygon> shapes{box_shape(0, 0, 0.1, 0.1)};
    CHECK(snap_vertices(shapes, 1) == shapes);
}

TEST_CASE("snap: noise is a billionth of the coordinates") {
    const std::vector<MultiPolygon> shapes{box_shape(433000, 278000, 1, 1)};
    CHECK(coordinate_noise(shapes) == doctest::Approx(0.000433001));
    CHECK(coordinate_noise({}) == 0);
}
