#include "wardmap/io/event_columns.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace wardmap;

namespace {

EventNames names(const std::vector<std::string>& header) {
    return event_names(header);
}

}  // namespace

TEST_CASE("event names: both forms of police.uk, needles and plain coordinates are events") {
    const EventNames street = names({"Crime ID", "Month", "Reported by", "Falls within", "Longitude",
                                     "Latitude", "Location", "LSOA code", "LSOA name", "Crime type"});
    CHECK(street.events);
    CHECK(street.date == "Month");
    CHECK(street.kind == "Crime type");
    CHECK(names({"Month", "Reported by", "Easting", "Northing", "Crime type"}).events);
    CHECK(names({"case_id", "opened", "longitude", "latitude"}).date == "opened");
    const EventNames bare = names({"X", "Y"});
    CHECK(bare.events);
    CHECK(bare.date.empty());
    CHECK(bare.kind.empty());
}

TEST_CASE("event names: tables of areas are none, with their centres neither") {
    CHECK_FALSE(names({"ward", "yt_june_2021", "yt_june_2022"}).events);
    CHECK_FALSE(names({"WD23CD", "WD23NM", "LAT", "LONG"}).events);
    CHECK_FALSE(names({"area_code", "area_name", "x", "y"}).events);
    CHECK_FALSE(names({"lsoa_code", "easting", "northing", "persons"}).events);
    CHECK_FALSE(names({"date", "longitude"}).events);
    CHECK_FALSE(names({}).events);
}
