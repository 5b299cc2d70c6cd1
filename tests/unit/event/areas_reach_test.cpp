#include "wardmap/event/areas_reach.hpp"

#include "made_events.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace wardmap;

namespace {

const Crs degrees{"EPSG:4326"};
const Crs british_grid{"EPSG:27700"};

Problems said(const AreaSet& areas, const std::vector<double>& x, const std::vector<double>& y,
              const Crs& crs) {
    std::vector<AreaIndex> places(x.size());
    Locator(areas).locate(x, y, crs, places);
    Problems problems;
    say_misplaced(placed_events(areas, x, y, crs, places), areas, problems);
    return problems;
}

}  // namespace

TEST_CASE("areas' reach: latitude given for longitude is said, where all of it and where some of it is") {
    // Inside Ash by the Ordnance Survey's formulas, and the same changed over.
    CHECK(said(three_squares(), {-1.552933}, {52.421645}, degrees).empty());
    const Problems all = said(three_squares(), {52.421645, 52.42164}, {-1.552933, -1.55293}, degrees);
    CHECK(all.count("coordinates_swapped") == 2);
    const Problems some = said(three_squares(), {-1.552933, 52.421645}, {52.421645, -1.552933}, degrees);
    CHECK(some.count("coordinates_swapped") == 1);
}

TEST_CASE(
    "areas' reach: events elsewhere are nothing odd beside some that are found, and odd where none is") {
    CHECK(said(three_squares(), {-1.552933, -71.06}, {52.421645, 42.36}, degrees).empty());
    const Problems none = said(three_squares(), {-71.06}, {42.36}, degrees);
    CHECK(none.count("nothing_located") == 1);
    CHECK(none.count("coordinates_swapped") == 0);
}

TEST_CASE("areas' reach: points without a location are not outside") {
    const double nan = nowhere.x;
    CHECK(said(three_squares(), {nan}, {nan}, british_grid).empty());
    CHECK(said(three_squares(), {}, {}, british_grid).empty());
}

TEST_CASE("areas' reach: eastings changed over are told only where nothing else is located") {
    // North and east of one country are like each other, so one such point alone may be right.
    CHECK_FALSE(reach_of(three_squares(), british_grid).tells_swapped);
    CHECK(reach_of(three_squares(), degrees).tells_swapped);
}
