#include "wardmap/base/binomial_draw.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

using namespace wardmap;

TEST_CASE("binomial draw: nothing of none, all for certain, within bounds") {
    RandomStream stream(1, 0, 0);
    CHECK(binomial_draw(stream, 0, 0.5) == 0);
    CHECK(binomial_draw(stream, 9, 0) == 0);
    CHECK(binomial_draw(stream, 9, -1) == 0);
    CHECK(binomial_draw(stream, 9, 1) == 9);
    for (int i = 0; i < 1000; ++i) {
        CHECK(binomial_draw(stream, 3, 0.999999) <= 3);
    }
    std::uint32_t rare = 0;
    for (int i = 0; i < 1000; ++i) rare += binomial_draw(stream, 4'000'000'000U, 1e-12);
    CHECK(rare <= 12);  // 4 are expected
}

TEST_CASE("binomial draw: by inversion and by rejection, frequencies are those of the distribution") {
    // Chi-squared of 200,000 draws against n! / (k! (n - k)!) p^k (1 - p)^(n - k), a few degrees above its
    // mean.
    const struct {
        std::uint32_t trials;
        double share;
    } cases[] = {{8, 0.3}, {40, 0.1}, {60, 0.45}, {1000, 0.02}, {1000, 0.9}, {30, 0.5}};
    for (const auto& one : cases) {
        CAPTURE(one.trials);
        CAPTURE(one.share);
        constexpr int draws = 200'000;
        std::map<std::uint32_t, int> seen;
        RandomStream stream(7, one.trials, 0);
        for (int i = 0; i < draws; ++i) ++seen[binomial_draw(stream, one.trials, one.share)];
        double chi_squared = 0, degrees = 0, rest = draws, rest_seen = draws;
        for (std::uint32_t k = 0; k <= one.trials; ++k) {
            const double n = one.trials;
            const double log_chance = std::lgamma(n + 1) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1) +
                                      k * std::log(one.share) + (n - k) * std::log1p(-one.share);
            const double expected = draws * std::exp(log_chance);
            if (expected < 20) continue;
            const double found = seen.count(k) != 0 ? seen[k] : 0;
            chi_squared += (found - expected) * (found - expected) / expected;
            degrees += 1;
            rest -= expected;
            rest_seen -= found;
        }
        if (rest > 5) chi_squared += (rest_seen - rest) * (rest_seen - rest) / rest;
        CHECK(chi_squared < degrees + 4 * std::sqrt(2 * degrees));
    }
}

TEST_CASE("binomial draw: the mean and variance of large counts") {
    RandomStream stream(3, 0, 0);
    constexpr int draws = 100'000;
    double sum = 0, squares = 0;
    for (int i = 0; i < draws; ++i) {
        const double k = binomial_draw(stream, 5'000'000, 0.0003);
        sum += k;
        squares += k * k;
    }
    const double mean = sum / draws;
    CHECK(mean == doctest::Approx(1500).epsilon(4 * std::sqrt(1500.0 / draws) / 1500));
    CHECK(squares / draws - mean * mean == doctest::Approx(1499.55).epsilon(4 * std::sqrt(2.0 / draws)));
}
