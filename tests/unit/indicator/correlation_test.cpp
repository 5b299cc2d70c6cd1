#include "wardmap/indicator/correlation.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace wardmap;

namespace {

// Motor Trend 1974, as R carries it (mtcars): miles a gallon and weight of 32 cars.
const std::vector<double> mpg{21,   21,   22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8,
                              16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5,
                              15.2, 13.3, 19.2, 27.3, 26,   30.4, 15.8, 19.7, 15,   21.4};
const std::vector<double> wt{2.62,  2.875, 2.32,  3.215, 3.44,  3.46,  3.57, 3.19,  3.15,  3.44,  3.44,
                             4.07,  3.73,  3.78,  5.25,  5.424, 5.345, 2.2,  1.615, 1.835, 2.465, 3.52,
                             3.435, 3.84,  3.845, 1.935, 2.14,  1.513, 3.17, 2.77,  3.57,  2.78};

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("correlation: Pearson's and its interval as R's cor.test prints them") {
    const Correlation r = correlation(mpg, wt, CorrelationKind::pearson);
    CHECK(r.n == 32);
    CHECK(r.coefficient == doctest::Approx(-0.8676594).epsilon(1e-7));
    CHECK(r.lower == doctest::Approx(-0.9338264).epsilon(1e-7));
    CHECK(r.upper == doctest::Approx(-0.7440872).epsilon(1e-7));
}

TEST_CASE("correlation: Spearman's with ties as R prints it, the interval by Bonett and Wright") {
    const Correlation r = correlation(mpg, wt, CorrelationKind::spearman);
    CHECK(r.coefficient == doctest::Approx(-0.886422).epsilon(1e-6));
    // By hand: z = atanh(-0.886422), standard error sqrt((1 + 0.785744 / 2) / 29).
    CHECK(r.lower == doctest::Approx(-0.9502659).epsilon(1e-5));
    CHECK(r.upper == doctest::Approx(-0.7510819).epsilon(1e-5));
}

TEST_CASE("correlation: pairs with an unknown number are left out and counted") {
    const std::vector<double> x{1, 2, unknown, 4, 5};
    const std::vector<double> y{2, 4, 6, unknown, 10};
    const Correlation r = correlation(x, y, CorrelationKind::pearson);
    CHECK(r.n == 3);
    CHECK(r.coefficient == doctest::Approx(1));
    CHECK(std::isnan(r.lower));
}

TEST_CASE("correlation: a column that does not vary has none") {
    const std::vector<double> flat(6, 3.0);
    const std::vector<double> any{1, 2, 3, 4, 5, 6};
    for (const CorrelationKind kind : {CorrelationKind::pearson, CorrelationKind::spearman}) {
        const Correlation r = correlation(flat, any, kind);
        CHECK(std::isnan(r.coefficient));
        CHECK(std::isnan(r.lower));
    }
}

TEST_CASE("correlation: columns of different length and levels that are none are refused") {
    CHECK_THROWS_AS(correlation(std::vector<double>{1}, std::vector<double>{}, CorrelationKind::pearson),
                    std::invalid_argument);
    CHECK_THROWS_AS(correlation(mpg, wt, CorrelationKind::pearson, 95), UsageError);
    CHECK_THROWS_AS(parse_correlation("kendall"), UsageError);
}
