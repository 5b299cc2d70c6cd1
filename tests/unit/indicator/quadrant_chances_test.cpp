#include "wardmap/indicator/quadrant_chances.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/indicator/distributions.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <vector>

using namespace wardmap;

namespace {

constexpr std::size_t high_faster = 0, high_slower = 1, low_faster = 2, low_slower = 3;

Cuts fixed(double rate, double change_pct) {
    return {.kind = CutKind::fixed, .rate = rate, .change_pct = change_pct};
}

}  // namespace

TEST_CASE("quadrant chances: add up to 1, and are the same on any number of threads") {
    const std::vector<double> before{30, 5, 0, 120, 12}, after{45, 5, 3, 100, 0};
    const std::vector<double> people{1000, 900, 800, 2000, 1100};
    const auto one = quadrant_chances(before, after, people, {.draws = 3001, .threads = 1});
    const auto many = quadrant_chances(before, after, people, {.draws = 3001, .threads = 4});
    CHECK(one == many);
    for (const QuadrantChance& area : one)
        CHECK(std::accumulate(area.begin(), area.end(), 0.0) == doctest::Approx(1));
    CHECK(one != quadrant_chances(before, after, people, {.draws = 3001, .seed = 2}));
}

TEST_CASE("quadrant chances: at a fixed cut they are those of the gamma distribution") {
    // 20 later events among 1,000 people against 24 per 1,000: P(gamma(20.5) >= 24), by its own quantile.
    double tail = 0;
    for (double low = 0, high = 1; high - low > 1e-12;) {
        tail = (low + high) / 2;
        (gamma_point_above(20.5, tail) > 24 ? low : high) = tail;
    }
    const auto made =
        quadrant_chances(std::vector<double>{20}, std::vector<double>{20}, std::vector<double>{1000},
                         {.cuts = fixed(2400, -99.9), .draws = 40000});
    const double high = made[0][high_faster] + made[0][high_slower];
    CHECK(std::abs(high - tail) < 4 * std::sqrt(tail * (1 - tail) / 40000));
    CHECK(made[0][high_slower] == 0);
    // As many events before as after: faster than no change in half of all draws.
    const auto even = quadrant_chances(std::vector<double>{50}, std::vector<double>{50},
                                       std::vector<double>{1000}, {.cuts = fixed(1, 0), .draws = 40000});
    CHECK(std::abs(even[0][high_faster] - 0.5) < 4 * 0.5 / 200);
}

TEST_CASE("quadrant chances: what is far from both cuts is sure, what lies on them is not") {
    const std::vector<double> before{1000, 1000, 1000, 1000}, after{4000, 500, 1000, 1000};
    const std::vector<double> people{1000, 100000, 21769, 21769};
    const auto made = quadrant_chances(before, after, people, {.draws = 2000});
    CHECK(made[0][high_faster] > 0.999);
    CHECK(made[1][low_slower] > 0.999);
    // The whole area as the cut of itself: an area alone lies on its own cut in every draw.
    const auto alone = quadrant_chances(std::vector<double>{100}, std::vector<double>{100},
                                        std::vector<double>{1000}, {.draws = 500});
    CHECK(alone[0][high_faster] + alone[0][high_slower] + alone[0][low_faster] + alone[0][low_slower] ==
          doctest::Approx(1));
}

TEST_CASE("quadrant chances: no events leave the change open but the rate low") {
    const std::vector<double> before{0, 200, 210}, after{0, 220, 190}, people{1000, 1000, 1000};
    const auto made = quadrant_chances(before, after, people, {.cuts = {.kind = CutKind::zero}});
    CHECK(made[0][low_faster] + made[0][low_slower] > 0.999);
    CHECK(std::abs(made[0][low_faster] - 0.5) < 0.05);
    const auto median = quadrant_chances(before, after, people, {.cuts = {.kind = CutKind::median}});
    CHECK(median[0][low_faster] + median[0][low_slower] > 0.999);
}

TEST_CASE("quadrant chances: areas without people or counts have none; what makes no sense is refused") {
    const std::vector<double> before{10, 10, std::nan("")}, after{10, 12, 5}, people{0, 100, 100};
    const auto made = quadrant_chances(before, after, people, {.draws = 100});
    CHECK(std::isnan(made[0][high_faster]));
    CHECK(std::isnan(made[2][low_slower]));
    CHECK_FALSE(std::isnan(made[1][high_faster]));
    CHECK(quadrant_chances({}, {}, {}).empty());
    const std::vector<double> negative{-1, 1, 1};
    CHECK_THROWS_AS(quadrant_chances(negative, after, people), UsageError);
    CHECK_THROWS_AS(quadrant_chances(before, after, std::vector<double>{1}), UsageError);
    CHECK_THROWS_AS(quadrant_chances(before, after, people, {.draws = 0}), UsageError);
    CHECK_THROWS_AS(quadrant_chances(before, after, people, {.pool = 0}), UsageError);
}
