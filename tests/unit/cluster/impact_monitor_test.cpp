#include "wardmap/cluster/impact_monitor.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

using namespace wardmap;

TEST_CASE("with controls as large as the areas the difference is Wheeler and Ratcliffe's") {
    // Wheeler and Ratcliffe 2018: (T1 - T0) - (K1 - K0), variance T0 + T1 + K0 + K1; here 100 to 80 against
    // 100 to 110.
    const Monitored made =
        monitor({100, 80, 0, 0, 100, 110}, "the area", "year to June 2021", "year to June 2022");
    CHECK(made.displacement_difference.value == doctest::Approx(-30));
    const double half = 1.959963984540054 * std::sqrt(100.0 + 80 + 100 + 110);
    CHECK(made.displacement_difference.lower == doctest::Approx(-30 - half));
    CHECK(made.displacement_difference.upper == doctest::Approx(-30 + half));
    CHECK(made.areas.ratio == doctest::Approx(0.8));
    CHECK(made.rest.ratio == doctest::Approx(1.1));
    CHECK(made.against_rest.ratio == doctest::Approx(0.8 / 1.1));
}

TEST_CASE("a rest larger than the areas is scaled to them, and events moved into the ring count against") {
    const Monitored kept = monitor({200, 100, 0, 0, 2000, 2000}, "the areas", "a", "b");
    CHECK(kept.displacement_difference.value == doctest::Approx(-100));
    CHECK(kept.displacement_difference.upper < 0);
    CHECK(kept.sentence.find("fell 50% (from 200 to 100)") != std::string::npos);
    CHECK(kept.sentence.find("100 events fewer") != std::string::npos);
    const Monitored moved = monitor({200, 100, 50, 150, 2000, 2000}, "the areas", "a", "b");
    CHECK(moved.displacement_difference.value == doctest::Approx(0));
    CHECK(moved.sentence.find("no clear difference") != std::string::npos);
}

TEST_CASE("nothing before, nothing at all, and a rest without events are said, not divided by") {
    const Monitored from_zero = monitor({0, 12, 0, 0, 100, 100}, "the area", "a", "b");
    CHECK(std::isinf(from_zero.areas.ratio));
    CHECK(from_zero.sentence.find("went from 0 to 12") != std::string::npos);
    const Monitored nothing = monitor({0, 0, 0, 0, 0, 0}, "the area", "a", "b");
    CHECK(std::isnan(nothing.displacement_difference.value));
    CHECK(nothing.sentence.find("stayed at 0") != std::string::npos);
    CHECK_THROWS_AS(monitor({-1, 0, 0, 0, 0, 0}, "x", "a", "b"), UsageError);
}
