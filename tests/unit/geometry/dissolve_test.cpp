#include "wardmap/geometry/dissolve.hpp"

#include "support/shapes.hpp"
#include "wardmap/geometry/measure.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace wardmap;

TEST_CASE("dissolve: borders that differ by rounding leave no sliver, real holes stay") {
    const double x = 400000;
    const double y = 300000;
    const double noise = 1e-5;  // a hundredth of a millimetre
    const std::vector<MultiPolygon> shapes{box_shape(x, y, 10, 3), box_shape(x + noise, y + 7 - noise, 10, 3),
                                           box_shape(x, y + 3 + noise, 3, 4),
                                           box_shape(x + 7 - noise, y + 3, 3, 4)};
    const MultiPolygon joined = dissolve(shapes);
    CHECK(joined.polygon_count() == 1);
    CHECK(joined.ring_count() == 2);
    CHECK(area_of(joined) == doctest::Approx(100 - 16).epsilon(1e-4));
    CHECK(signed_area(joined.ring(0)) > 0);
    CHECK(signed_area(joined.ring(1)) < 0);
}

TEST_CASE("dissolve: nothing, one, and shapes apart") {
    CHECK(dissolve({}).empty());
    const std::vector<MultiPolygon> none(2);
    CHECK(dissolve(none).empty());
    const std::vector<MultiPolygon> apart{box_shape(0, 0, 1, 1), box_shape(5, 5, 1, 1)};
    CHECK(dissolve(apart).polygon_count() == 2);
}
