#include "wardmap/geometry/validity.hpp"

#include "support/shapes.hpp"
#include "wardmap/geometry/measure.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

using namespace wardmap;

TEST_CASE("validity: a good shape comes back as it is") {
    const MultiPolygon square = box_shape(0, 0, 2, 2);
    const Repaired repaired = repair(square);
    CHECK_FALSE(repaired.changed);
    CHECK(repaired.shape == square);
    CHECK(validity_fault(square).empty());
}

TEST_CASE("validity: direction and repeated points are put right in silence") {
    const Repaired repaired = repair(shape_of({{{{0, 0}, {0, 4}, {0, 4}, {4, 4}, {4, 0}, {0, 0}, {0, 0}},
                                                {{1, 1}, {2, 1}, {2, 2}, {1, 2}, {1, 1}}}}));
    CHECK_FALSE(repaired.changed);
    CHECK(repaired.shape.ring(0).size() == 5);
    CHECK(signed_area(repaired.shape.ring(0)) == 16);
    CHECK(signed_area(repaired.shape.ring(1)) == -1);
}

TEST_CASE("validity: a bow-tie is mended and said") {
    const Repaired repaired = repair(shape_of({{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}}}));
    CHECK(repaired.changed);
    CHECK(repaired.reason.find("crosses itself") != std::string::npos);
    CHECK(repaired.reason.find("near 1, 1") != std::string::npos);
    CHECK(validity_fault(repaired.shape).empty());
    CHECK(area_of(repaired.shape) == doctest::Approx(2));
}

TEST_CASE("validity: a spike is cut off and said") {
    const Repaired repaired = repair(shape_of({{{{0, 0}, {4, 0}, {4, 4}, {4, 9}, {4, 4}, {0, 4}, {0, 0}}}}));
    CHECK(repaired.changed);
    CHECK(area_of(repaired.shape) == doctest::Approx(16));
    CHECK(validity_fault(repaired.shape).empty());
    CHECK(repaired.shape.box().max_y == 4);
}

TEST_CASE("validity: an unclosed ring is closed and said") {
    const Repaired repaired = repair(shape_of({{{{0, 0}, {4, 0}, {4, 4}, {0, 4}}}}));
    CHECK(repaired.changed);
    CHECK(repaired.reason == "a ring is not closed");
    CHECK(area_of(repaired.shape) == 16);
}

TEST_CASE("validity: rings of too few points go, with their holes, and it is said") {
    const Repaired nothing = repair(shape_of({{{{0, 0}, {4, 0}, {0, 0}}}}));
    CHECK(nothing.changed);
    CHECK(nothing.shape.empty());
    CHECK(nothing.reason == "a ring has fewer than four points");
    const Repaired kept =
        repair(shape_of({{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, {{1, 1}, {2, 2}, {1, 1}}}}));
    CHECK(kept.changed);
    CHECK(kept.shape.ring_count() == 1);
    const Repaired empty_ring = repair(shape_of({{Ring{}}}));
    CHECK(empty_ring.shape.empty());
}

TEST_CASE("validity: points without coordinates are left out and said") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    const Repaired repaired =
        repair(shape_of({{{{0, 0}, {4, 0}, {nan, 1}, {4, 4}, {infinite, 4}, {0, 4}, {0, 0}}}}));
    CHECK(repaired.changed);
    CHECK(repaired.reason == "a point has no coordinates");
    CHECK(area_of(repaired.shape) == 16);
}

TEST_CASE("validity: a ring with all points on one line leaves nothing, and it is said") {
    const Repaired repaired = repair(shape_of({{{{0, 0}, {1, 1}, {2, 2}, {3, 3}, {0, 0}}}}));
    CHECK(repaired.changed);
    CHECK(repaired.shape.empty());
    CHECK_FALSE(repaired.reason.empty());
}

TEST_CASE("validity: rings that touch themselves are accepted without complaint") {
    // The outer ring comes back to (2, 0) and so encloses a hole.
    const MultiPolygon hole_by_touch =
        shape_of({{{{0, 0}, {2, 0}, {1, 1}, {2, 2}, {3, 1}, {2, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}}});
    CHECK(validity_fault(hole_by_touch).empty());
    const Repaired inverted = repair(hole_by_touch);
    CHECK_FALSE(inverted.changed);
    CHECK(area_of(inverted.shape) == 14);
    // Two lobes that meet in one point.
    const MultiPolygon eight =
        shape_of({{{{0, 0}, {2, 0}, {2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2}, {0, 2}, {0, 0}}}});
    CHECK(validity_fault(eight).empty());
    const Repaired lobes = repair(eight);
    CHECK_FALSE(lobes.changed);
    CHECK(area_of(lobes.shape) == 8);
    CHECK(lobes.shape.polygon_count() == 2);
}

TEST_CASE("validity: parts that overlap become one, and it is said") {
    const Repaired repaired = repair(
        shape_of({{{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}}}, {{{1, 0}, {3, 0}, {3, 2}, {1, 2}, {1, 0}}}}));
    CHECK(repaired.changed);
    CHECK(area_of(repaired.shape) == doctest::Approx(6));
}

TEST_CASE("validity: a hole outside its ring makes no hole, and it is said") {
    const Repaired repaired = repair(
        shape_of({{{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}}, {{5, 5}, {5, 6}, {6, 6}, {6, 5}, {5, 5}}}}));
    CHECK(repaired.changed);
    CHECK(validity_fault(repaired.shape).empty());
}

TEST_CASE("validity: a ring that no polygon took up is left out") {
    MultiPolygon shape = box_shape(0, 0, 1, 1);
    shape.add_ring(box_shape(5, 5, 1, 1).ring(0));
    CHECK(repair(shape).shape == box_shape(0, 0, 1, 1));
}

TEST_CASE("validity: a shape without polygons is no fault") {
    CHECK_FALSE(repair({}).changed);
    CHECK(validity_fault({}).empty());
}

TEST_CASE("validity: whatever rings come, what goes out is valid and lies within them") {
    // Few whole coordinates, so that rings cross, touch, repeat and fold back all the time.
    std::mt19937 random(20221);
    const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
    for (int round = 0; round < 3000; ++round) {
        CAPTURE(round);
        std::vector<Rings> polygons(1 + below(2));
        for (Rings& rings : polygons) {
            rings.resize(1 + below(3));
            for (Ring& ring : rings) {
                ring.resize(below(9));
                for (Point& p : ring) p = {static_cast<double>(below(5)), static_cast<double>(below(5))};
                if (!ring.empty() && below(3) > 0) ring.push_back(ring.front());
            }
        }
        const Repaired repaired = repair(shape_of(polygons));
        CHECK(validity_fault(repaired.shape).empty());
        CHECK(area_of(repaired.shape) >= 0);
        CHECK(area_of(repaired.shape) <= 16 + 1e-9);
        for (std::size_t r = 0; r < repaired.shape.ring_count(); ++r) {
            CHECK(repaired.shape.ring(r).front() == repaired.shape.ring(r).back());
            CHECK(repaired.shape.ring(r).size() >= 4);
        }
        for (std::size_t p = 0; p < repaired.shape.polygon_count(); ++p) {
            for (std::size_t r = repaired.shape.polygon_starts[p]; r < repaired.shape.polygon_starts[p + 1];
                 ++r) {
                CHECK((signed_area(repaired.shape.ring(r)) > 0) == (r == repaired.shape.polygon_starts[p]));
            }
        }
    }
}
