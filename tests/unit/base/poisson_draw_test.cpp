#include "wardmap/base/poisson_draw.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace wardmap;

TEST_CASE("draws have the mean, the spread and the zeros of a Poisson count") {
    for (const double mean : {0.3, 4.0, 9.9, 10.1, 37.0, 1200.0}) {
        CAPTURE(mean);
        constexpr int n = 40000;
        double sum = 0, squares = 0, zeros = 0;
        for (int draw = 0; draw < n; ++draw) {
            RandomStream stream(7, 1, static_cast<std::uint32_t>(draw));
            const double count = poisson_draw(stream, mean);
            REQUIRE(count >= 0);
            REQUIRE(count == std::floor(count));
            sum += count;
            squares += count * count;
            zeros += count == 0 ? 1 : 0;
        }
        const double average = sum / n, variance = squares / n - average * average;
        CHECK(std::abs(average - mean) < 5 * std::sqrt(mean / n));
        CHECK(std::abs(variance / mean - 1) < 5 * std::sqrt((2 + 1 / mean) / n));
        const double p = std::exp(-mean);
        CHECK(std::abs(zeros / n - p) <= 5 * std::sqrt(p * (1 - p) / n) + 1e-9);
    }
}

TEST_CASE("a mean of nothing gives nothing") {
    RandomStream stream(1, 1, 1);
    CHECK(poisson_draw(stream, 0) == 0);
    CHECK(poisson_draw(stream, -1) == 0);
    CHECK(poisson_draw(stream, std::numeric_limits<double>::quiet_NaN()) == 0);
    CHECK(poisson_draw(stream, std::numeric_limits<double>::infinity()) == 0);
}

TEST_CASE("the same stream draws the same") {
    RandomStream a(1, 2, 3), b(1, 2, 3);
    for (int i = 0; i < 50; ++i) CHECK(poisson_draw(a, 25) == poisson_draw(b, 25));
}
