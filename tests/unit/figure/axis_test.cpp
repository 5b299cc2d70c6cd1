#include "wardmap/figure/axis.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmap;

TEST_CASE("axis: ticks are round and reach the largest value") {
    CHECK(ticks_from_zero(1116, 6) == std::vector<double>{0, 200, 400, 600, 800, 1000, 1200});
    CHECK(ticks_from_zero(7, 6) == std::vector<double>{0, 2, 4, 6, 8});
    CHECK(ticks_from_zero(0, 6) == std::vector<double>{0, 1});
    CHECK(tick_decimals(0.25) == 2);
    CHECK(tick_decimals(50) == 0);
}

TEST_CASE("axis: change ticks have 0% first and keep their distance") {
    CHECK(change_ticks(0.5, 4, 60, 6) == std::vector<double>{-50, -25, 0, 50, 100, 200, 300});
    const auto wide = change_ticks(0.02, 20, 60, 6);
    CHECK(std::find(wide.begin(), wide.end(), 0.0) != wide.end());
    CHECK(wide.size() >= 5);
}
