#include "wardmap/geometry/surely_valid.hpp"

#include "support/shapes.hpp"
#include "wardmap/geometry/geos/module_interface.hpp"
#include "wardmap/geometry/geos_module.hpp"
#include "wardmap/geometry/validity.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <random>

using namespace wardmap;

namespace {

bool geos_says_valid(const MultiPolygon& shape) {
    return geos_module().is_valid(shape);
}

/// A ring of `n` points whose distance from the middle goes in and out; simple, because it turns one way
/// round.
Ring star(std::size_t n, double x, double y, double radius, double depth) {
    Ring ring;
    for (std::size_t i = 0; i < n; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n);
        const double r = radius * (1 - depth * static_cast<double>(i % 3) / 2);
        ring.push_back({x + r * std::cos(angle), y + r * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return ring;
}

Ring square(double x, double y, double side) {
    return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
}

/// True if a ring has four points and none twice in a row: what surely_valid() asks for.
bool in_order(const Ring& ring) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
        if (ring[i] == ring[i - 1]) return false;
    }
    return ring.size() >= 4;
}

}  // namespace

TEST_CASE("surely valid: shapes without a fault are told at once, of any size") {
    CHECK(surely_valid(box_shape(0, 0, 1, 1)));
    CHECK(surely_valid(shape_of({{{{0, 0}, {1, 0}, {0, 1}, {0, 0}}}})));
    CHECK(surely_valid(box_shape(400'000, 200'000, 1e-3, 1e-3)));
    for (const std::size_t n : {5U, 7U, 8U, 9U, 15U, 16U, 17U, 63U, 64U, 65U, 500U, 20'000U}) {
        CAPTURE(n);
        CHECK(surely_valid(shape_of({{star(n, -1.5, 52.4, 0.1, 0.3)}})));
    }
    CHECK(surely_valid(shape_of({{square(0, 0, 9), square(1, 1, 1), square(3, 3, 2)}, {square(20, 0, 3)}})));
    // Two parts whose boxes overlap.
    CHECK(surely_valid(
        shape_of({{{{0, 0}, {9, 0}, {9, 9}, {8, 9}, {8, 1}, {0, 1}, {0, 0}}}, {square(2, 3, 3)}})));
    // Points on the way along a straight edge.
    CHECK(surely_valid(shape_of({{{{0, 0}, {1, 0}, {2, 0}, {2, 2}, {1, 2}, {0, 2}, {0, 0}}}})));
}

TEST_CASE("surely valid: nothing that is broken, touches itself or has no area is called valid") {
    CHECK_FALSE(surely_valid({}));
    CHECK_FALSE(surely_valid(shape_of({{{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}}})));  // bow-tie
    CHECK_FALSE(
        surely_valid(shape_of({{{{0, 0}, {4, 0}, {4, 4}, {4, 9}, {4, 4}, {0, 4}, {0, 0}}}})));  // spike
    CHECK_FALSE(surely_valid(shape_of({{{{0, 0}, {2, 0}, {1, 0}, {1, 2}, {0, 0}}}})));          // folds back
    CHECK_FALSE(surely_valid(shape_of({{{{0, 0}, {1, 1}, {2, 2}, {3, 3}, {0, 0}}}})));          // one line
    CHECK_FALSE(surely_valid(shape_of({{{{0, 0}, {1, 0}, {2, 0}, {0, 0}}}})));  // without height
    CHECK_FALSE(surely_valid(shape_of(
        {{{{0, 0}, {2, 0}, {2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2}, {0, 2}, {0, 0}}}})));  // meets itself
    CHECK_FALSE(surely_valid(shape_of({{square(0, 0, 9), square(20, 0, 1)}})));           // hole outside
    CHECK_FALSE(
        surely_valid(shape_of({{square(0, 0, 9), square(1, 1, 6), square(2, 2, 1)}})));  // hole in hole
    CHECK_FALSE(surely_valid(shape_of({{square(0, 0, 9), square(2, 2, 1), square(1, 1, 6)}})));
    CHECK_FALSE(surely_valid(shape_of({{square(0, 0, 9), square(0, 1, 1)}})));    // hole on the edge
    CHECK_FALSE(surely_valid(shape_of({{square(0, 0, 9), square(0, 0, 9)}})));    // a ring twice
    CHECK_FALSE(surely_valid(shape_of({{square(0, 0, 9)}, {square(1, 1, 1)}})));  // part in part
    CHECK_FALSE(surely_valid(shape_of({{square(1, 1, 1)}, {square(0, 0, 9)}})));
    CHECK_FALSE(surely_valid(shape_of({{square(0, 0, 2)}, {square(2, 0, 2)}})));  // parts side by side
    CHECK_FALSE(surely_valid(shape_of({{square(0, 0, 2)}, {square(1, 1, 2)}})));  // parts that overlap
    constexpr double most = std::numeric_limits<double>::max();                   // twice that is infinite
    CHECK_FALSE(surely_valid(shape_of({{{{-most, 0}, {most, 0}, {most, 1}, {-most, 1}, {-most, 0}}}})));
}

TEST_CASE("surely valid: a crossing far along a large ring is not missed") {
    for (const std::size_t n : {40U, 129U, 3'000U}) {
        for (const std::size_t at :
             {std::size_t{1}, std::size_t{7}, std::size_t{n / 2}, std::size_t{n - 2}}) {
            CAPTURE(n);
            CAPTURE(at);
            Ring ring = star(n, 0, 0, 100, 0.01);
            ring[at] = {-1.5 * ring[at].x, -1.5 * ring[at].y};  // leaves on the other side
            CHECK_FALSE(geos_says_valid(shape_of({{ring}})));
            CHECK_FALSE(surely_valid(shape_of({{ring}})));
        }
    }
}

TEST_CASE("surely valid: what it calls valid, GEOS calls valid, whatever rings come") {
    std::mt19937 random(90125);
    const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
    std::size_t told = 0;
    for (int round = 0; round < 40'000; ++round) {
        CAPTURE(round);
        // Few whole coordinates, so that rings touch and repeat all the time; in every third round moved by a
        // hair, so that they nearly do.
        const double hair = round % 3 == 0 ? 1e-16 : 0;
        const std::uint32_t size = 3 + below(5);
        std::vector<Rings> polygons(1 + below(2));
        bool usable = true;
        for (Rings& rings : polygons) {
            rings.resize(1 + below(2));
            for (Ring& ring : rings) {
                ring.resize(3 + below(5));
                for (Point& p : ring) {
                    p = {static_cast<double>(below(size)) / 7 + hair * below(3),
                         static_cast<double>(below(size)) / 7 + hair * below(3)};
                }
                ring.push_back(ring.front());
                usable = usable && in_order(ring);
            }
        }
        if (!usable) continue;
        const MultiPolygon shape = shape_of(polygons);
        const bool sure = surely_valid(shape);
        told += sure ? 1 : 0;
        if (sure) CHECK(geos_says_valid(shape));
        const Repaired repaired = repair(shape);
        if (sure) CHECK_FALSE((repaired.changed || repaired.touched));
        CHECK(geos_says_valid(repaired.shape.empty() ? box_shape(0, 0, 1, 1) : repaired.shape));
    }
    CHECK(told > 1'000);
}
