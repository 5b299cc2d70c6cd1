#include "wardmap/geometry/orientation.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace wardmap;

namespace {

int sign(double value) {
    return value > 0 ? 1 : value < 0 ? -1 : 0;
}

}  // namespace

TEST_CASE("orientation: left is positive, right negative, on the line nothing") {
    CHECK(orientation({0, 0}, {1, 0}, {0.5, 1}) > 0);
    CHECK(orientation({0, 0}, {1, 0}, {0.5, -1}) < 0);
    CHECK(orientation({0, 0}, {1, 0}, {7, 0}) == 0);
    CHECK(orientation({3, 4}, {3, 4}, {1, 2}) == 0);
}

TEST_CASE("orientation: one unit in the last place off a long line is seen") {
    // Kettner and others 2008, "Classroom examples of robustness problems": plain doubles get these wrong.
    const Point a{12, 12};
    const Point b{24, 24};
    for (int i = 0; i < 64; ++i) {
        for (int j = 0; j < 64; ++j) {
            const Point p{0.5 + std::ldexp(i, -53), 0.5 + std::ldexp(j, -53)};
            CHECK(sign(orientation(a, b, p)) == (j > i ? 1 : j < i ? -1 : 0));
        }
    }
}

TEST_CASE("orientation: whole numbers are as integer arithmetic has them, and swapping ends turns the sign") {
    std::mt19937_64 random(7);
    std::uniform_int_distribution<long long> near(-40, 40);
    for (int k = 0; k < 20000; ++k) {
        const long long ax = near(random), ay = near(random), bx = near(random), by = near(random),
                        px = near(random), py = near(random);
        const long long exact = (ax - px) * (by - py) - (ay - py) * (bx - px);
        // Moved far from the origin and scaled by a power of two: nothing changes, and doubles hold it
        // exactly.
        const double far = std::ldexp(1.0, 30);
        const auto at = [&](long long x, long long y) {
            return Point{far + std::ldexp(double(x), -20), far + std::ldexp(double(y), -20)};
        };
        CHECK(sign(orientation(at(ax, ay), at(bx, by), at(px, py))) == (exact > 0 ? 1 : exact < 0 ? -1 : 0));
        CHECK(sign(orientation(at(bx, by), at(ax, ay), at(px, py))) == (exact > 0 ? -1 : exact < 0 ? 1 : 0));
    }
}
