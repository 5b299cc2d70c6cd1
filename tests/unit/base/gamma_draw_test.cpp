#include "wardmap/base/gamma_draw.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace wardmap;

TEST_CASE("gamma draw: mean and variance are the shape, for small and large shapes") {
    constexpr int draws = 40000;
    for (const double shape : {0.5, 1.0, 3.5, 40.0, 2500.5}) {
        CAPTURE(shape);
        double sum = 0, squares = 0;
        for (int i = 0; i < draws; ++i) {
            RandomStream stream(5, 1, static_cast<std::uint32_t>(i));
            const double x = gamma_draw(stream, shape);
            CHECK_UNARY(x > 0);
            sum += x;
            squares += (x - shape) * (x - shape);
        }
        // Four standard errors; the variance of (x - shape)^2 is 2 shape^2 + 6 shape.
        CHECK(std::abs(sum / draws - shape) < 4 * std::sqrt(shape / draws));
        CHECK(std::abs(squares / draws - shape) < 4 * std::sqrt((2 * shape * shape + 6 * shape) / draws));
    }
}

TEST_CASE("gamma draw: the lower tail is that of chi-squared") {
    // P(chi-squared with 20 degrees of freedom < 9.591) = 0.025, so half of it has shape 10.
    int below = 0;
    constexpr int draws = 40000;
    for (int i = 0; i < draws; ++i) {
        RandomStream stream(9, 0, static_cast<std::uint32_t>(i));
        if (gamma_draw(stream, 10) < 9.591 / 2) ++below;
    }
    CHECK(std::abs(below / static_cast<double>(draws) - 0.025) < 4 * std::sqrt(0.025 * 0.975 / draws));
}

TEST_CASE("gamma draw: no shape gives nothing") {
    RandomStream stream(1, 1, 1);
    for (const double shape : {0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity()})
        CHECK(gamma_draw(stream, shape) == 0);
}
