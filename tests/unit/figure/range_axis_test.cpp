#include "wardmap/figure/range_axis.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmap;

TEST_CASE("range axis: it begins at 0 unless all numbers lie far from it, and ends at ticks") {
    const RangeAxis near_zero(120, 480, 5, AxisScale::linear, AxisStart::near);
    CHECK(near_zero.ticks() == std::vector<double>{0, 100, 200, 300, 400, 500});
    const RangeAxis far(78.1, 83.9, 5, AxisScale::linear, AxisStart::near);
    CHECK(far.ticks() == std::vector<double>{78, 80, 82, 84});
    CHECK_FALSE(far.starts_at_zero());
    CHECK(RangeAxis(78.1, 83.9, 5, AxisScale::linear, AxisStart::zero).starts_at_zero());
}

TEST_CASE("range axis: numbers below 0 have their place, and 0 is among the ticks") {
    const RangeAxis axis(-12, 31, 5, AxisScale::linear, AxisStart::near);
    CHECK(axis.lowest() <= -12);
    CHECK(std::find(axis.ticks().begin(), axis.ticks().end(), 0.0) != axis.ticks().end());
}

TEST_CASE("range axis: on a log axis a doubling is as long wherever it stands") {
    RangeAxis axis(3, 700, 5, AxisScale::log, AxisStart::near);
    axis.set_place(0, 100);
    CHECK(axis.at(20) - axis.at(10) == doctest::Approx(axis.at(400) - axis.at(200)));
    CHECK(axis.ticks().front() <= 3);
    CHECK(axis.ticks().back() >= 700);
    CHECK(RangeAxis(0.02, 0.9, 5, AxisScale::log, AxisStart::near).words(0.02) == "0.02");
}

TEST_CASE("range axis: by square root, a quarter of the value stands at half the way") {
    RangeAxis axis(0, 100, 5, AxisScale::square_root, AxisStart::near);
    axis.set_place(10, 110);
    CHECK(axis.at(0) == 10);
    CHECK(axis.at(25) == doctest::Approx(60));
}

TEST_CASE("range axis: one number alone has an axis round it") {
    for (const double value : {0.0, 5.0, -3.0}) {
        RangeAxis axis(value, value, 5, AxisScale::linear, AxisStart::near);
        CHECK(axis.ticks().size() >= 2);
        CHECK(axis.ticks().front() <= value);
        CHECK(axis.ticks().back() >= value);
    }
}

TEST_CASE("range axis: a scale that is none is refused with those there are") {
    CHECK(parse_axis_scale("sqrt") == AxisScale::square_root);
    CHECK_THROWS_WITH_AS(parse_axis_scale("cube"), doctest::Contains("square-root"), UsageError);
}
