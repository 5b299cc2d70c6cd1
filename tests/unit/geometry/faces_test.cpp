#include "wardmap/geometry/faces.hpp"

#include "support/shapes.hpp"
#include "wardmap/geometry/measure.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace wardmap;

TEST_CASE("faces: only what lies in none or in several is odd") {
    const std::vector<MultiPolygon> grid{box_shape(0, 0, 1, 1), box_shape(1, 0, 1, 1), box_shape(0, 1, 2, 1)};
    CHECK(odd_faces(grid).empty());
    const std::vector<MultiPolygon> crossing{box_shape(0, 0, 4, 4), box_shape(3, 3, 4, 4),
                                             box_shape(2, 2, 4, 4)};
    double in_three = 0;
    double in_two = 0;
    for (const OddFace& face : odd_faces(crossing)) {
        if (face.shapes.size() == 3) in_three += area_of(face.shape);
        if (face.shapes.size() == 2) in_two += area_of(face.shape);
    }
    CHECK(in_three == doctest::Approx(1));
    CHECK(in_two == doctest::Approx(3 + 8));
    CHECK(odd_faces({}).empty());
}
