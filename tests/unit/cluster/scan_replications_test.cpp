#include "wardmap/cluster/scan_replications.hpp"

#include "wardmap/base/binomial_draw.hpp"
#include "wardmap/cluster/conditional_draws.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

using namespace wardmap;

TEST_CASE("scan replications: looking at few circles finds the strongest of all") {
    std::vector<double> x, y, population;
    for (std::uint32_t i = 0; i < 60; ++i) {
        x.push_back(i * 7919 % 101);
        y.push_back(i * 7919 % 97);
        population.push_back(i % 9 == 0 ? 0 : 100 + i * 7919 % 83);
    }
    const double people = std::accumulate(population.begin(), population.end(), 0.0);
    const ScanCircles circles = scan_circles(x, y, population, people / 2, 1);
    for (const std::uint32_t total : {2U, 3U, 40U, 5000U, 2'000'000U}) {
        CAPTURE(total);
        ReplicationOptions options;
        options.replications = 37;
        const std::vector<double> got = scan_replications(circles, population, total, options);
        REQUIRE(got.size() == 37);
        for (std::uint32_t r = 0; r < 37; ++r) {
            // Dealt area by area; the last with people takes the rest.
            RandomStream random(options.seed, whole_map, r);
            std::vector<double> dealt(60);
            double left = people;
            std::uint32_t events = total;
            for (std::size_t i = 0; i < 60; ++i) {
                const std::uint32_t here =
                    i == 59 ? events : binomial_draw(random, events, population[i] / left);
                dealt[i] = here;
                events -= here;
                left -= population[i];
            }
            double best = 0;
            for (std::size_t c = 0; c < circles.centres.size(); ++c) {
                double count = 0;
                for (std::size_t s = circles.starts[c]; s < circles.starts[c + 1]; ++s) {
                    count += dealt[circles.areas[s]];
                    if (circles.people[s] > 0) {
                        best = std::max(
                            best, scan_likelihood_ratio(count, total * circles.people[s] / people, total));
                    }
                }
            }
            CHECK(got[r] == best);
        }
    }
}

TEST_CASE("scan replications: the likelihood ratio by hand") {
    // 100 of 552 where 58.2827 were due: 100 ln(100/58.2827) + 452 ln(452/493.7173) = 53.98 - 39.90.
    CHECK(scan_likelihood_ratio(100, 58.28270930618443, 552) == doctest::Approx(14.083511).epsilon(1e-7));
    CHECK(scan_likelihood_ratio(5, 5, 10) == 0);
    CHECK(scan_likelihood_ratio(4, 5, 10) == 0);
    CHECK(scan_likelihood_ratio(10, 5, 10) == doctest::Approx(10 * std::log(2.0)));
}
