#include "wardmap/cluster/empirical_bayes.hpp"

#include "support/coventry_small_areas.hpp"
#include "support/links.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <map>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::linked;
using wardmap::testing::number_in;

namespace {
constexpr double missing = std::numeric_limits<double>::quiet_NaN();
}

TEST_CASE("empirical bayes: three areas by hand") {
    // 10 of 100, 10 of 200, 40 of 200: b = 60/500 = 0.12; s2 = (100 x 0.02^2 + 200 x 0.07^2 + 200 x 0.08^2) /
    // 500 = 0.0046; a = 0.0046 - 0.12 / (500/3) = 0.00388.
    const std::vector<double> count{10, 10, 40}, people{100, 200, 200};
    const SmoothedRates got = empirical_bayes(count, people);
    CHECK(got.rates[0] ==
          doctest::Approx(0.12 + 0.00388 * (0.10 - 0.12) / (0.00388 + 0.12 / 100)).epsilon(1e-12));
    CHECK(got.rates[1] ==
          doctest::Approx(0.12 + 0.00388 * (0.05 - 0.12) / (0.00388 + 0.12 / 200)).epsilon(1e-12));
    CHECK(got.rates[2] ==
          doctest::Approx(0.12 + 0.00388 * (0.20 - 0.12) / (0.00388 + 0.12 / 200)).epsilon(1e-12));
    // Where all are neighbours of all, local is global.
    const SmoothedRates local = empirical_bayes(count, people, linked(3, {{0, 1}, {1, 2}, {0, 2}}));
    for (std::size_t i = 0; i < 3; ++i) CHECK(local.rates[i] == doctest::Approx(got.rates[i]).epsilon(1e-12));
}

TEST_CASE("empirical bayes: Coventry's small areas as R's spdep has them") {
    const auto areas = testing::coventry_small_areas();
    if (areas.codes.empty()) return;
    std::map<std::string, double> people;
    for (const auto& row : csv_rows("../shared/data/population/coventry_lsoa11_mid2019_5year.csv"))
        people[row.at("lsoa_code")] = number_in(row, "all_ages");
    std::vector<double> count, population;
    for (std::size_t i = 0; i < areas.codes.size(); ++i) {
        count.push_back(std::floor(areas.scores[i]));  // any counts: deprivation scores cut to whole numbers
        population.push_back(people.at(areas.codes[i]));
    }
    const std::size_t places[] = {0, 1, 99, 194};
    // spdep 1.2-7, EBest(k, n)$estmm.
    const double global[] = {0.01550936641680509, 0.01070342958032954, 0.02012335076977078,
                             0.00633425754450038};
    const SmoothedRates got = empirical_bayes(count, population);
    for (std::size_t k = 0; k < 4; ++k)
        CHECK(got.rates[places[k]] == doctest::Approx(global[k]).epsilon(1e-12));
    // EBlocal(k, n, nb, geoda = TRUE)$est: its other default is not Marshall's estimator.
    const double local[] = {0.01456598405368632, 0.00939483794767131, 0.02030672657169547,
                            0.00591280623146894};
    const SmoothedRates near = empirical_bayes(count, population, areas.queen);
    for (std::size_t k = 0; k < 4; ++k)
        CHECK(near.rates[places[k]] == doctest::Approx(local[k]).epsilon(1e-9));
}

TEST_CASE("empirical bayes: rates that differ by chance alone are all the whole's") {
    const SmoothedRates got =
        empirical_bayes(std::vector<double>{9, 10, 11}, std::vector<double>{100, 100, 100});
    for (const double rate : got.rates) CHECK(rate == doctest::Approx(0.1));
    CHECK(got.method.find("by chance") != std::string::npos);
    const SmoothedRates none = empirical_bayes(std::vector<double>{0, 0}, std::vector<double>{100, 100});
    CHECK(none.rates == std::vector<double>{0, 0});
}

TEST_CASE("empirical bayes: no people, missing numbers, islands") {
    const std::vector<double> count{10, 10, 40, 7, missing, 3}, people{100, 200, 200, 0, 50, 60};
    const SmoothedRates got = empirical_bayes(count, people);
    CHECK(std::isnan(got.rates[3]));
    CHECK(std::isnan(got.rates[4]));
    const SmoothedRates without =
        empirical_bayes(std::vector<double>{10, 10, 40, 3}, std::vector<double>{100, 200, 200, 60});
    CHECK(got.rates[0] == without.rates[0]);
    CHECK(got.rates[5] == without.rates[3]);
    CHECK(got.method.find(
              "2 areas without people or with a missing number have no rate, 1 of them with events") !=
          std::string::npos);
    const SmoothedRates local = empirical_bayes(count, people, linked(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}));
    CHECK(local.rates[5] == doctest::Approx(0.05));  // an island keeps its rate
    CHECK(local.method.find("1 area without neighbours keeps its own rate") != std::string::npos);
    CHECK(empirical_bayes({}, {}).rates.empty());
}

TEST_CASE("empirical bayes: negative numbers and differing lengths are refused") {
    const std::vector<double> one{1}, two{1, 2}, negative{-1, 2};
    CHECK_THROWS_AS(empirical_bayes(one, two), UsageError);
    CHECK_THROWS_AS(empirical_bayes(negative, two), UsageError);
    CHECK_THROWS_AS(empirical_bayes(two, negative), UsageError);
    CHECK_THROWS_AS(empirical_bayes(two, two, linked(3, {})), UsageError);
}
