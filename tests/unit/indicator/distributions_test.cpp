#include "wardmap/indicator/distributions.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace wardmap;

TEST_CASE("distributions: points equal printed tables") {
    CHECK(normal_point(0.05) == doctest::Approx(1.959963984540054).epsilon(1e-14));
    CHECK(normal_point(0.002) == doctest::Approx(3.090232306167813).epsilon(1e-14));
    CHECK(normal_tails(-1.959963984540054) == doctest::Approx(0.05).epsilon(1e-13));
    CHECK(std::isnan(normal_tails(std::nan(""))));
    // Half of chi-squared with 20 degrees of freedom: 9.591 and 34.170.
    CHECK(2 * gamma_point_below(10, 0.025) == doctest::Approx(9.591).epsilon(1e-4));
    CHECK(2 * gamma_point_above(10, 0.025) == doctest::Approx(34.170).epsilon(1e-4));
    // Garwood's limits of 10 events: 4.7954 and 18.3904.
    CHECK(count_with_lower_limit(4.7954, 0.025) == doctest::Approx(10).epsilon(1e-5));
    CHECK(count_with_upper_limit(18.3904, 0.025) == doctest::Approx(10).epsilon(1e-5));
    CHECK(count_with_upper_limit(3.0, 0.025) < 0);  // even no event is not too few: exp(-3) > 0.025
}
