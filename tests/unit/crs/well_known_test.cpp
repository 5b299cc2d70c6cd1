#include "wardmap/crs/well_known.hpp"

#include "wardmap/crs/crs.hpp"
#include "wardmap/crs/proj/module_interface.hpp"
#include "wardmap/crs/proj_module.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace wardmap;

TEST_CASE("well-known systems: PROJ itself says the same of each") {
    const ProjModule& proj = proj_module();
    for (const std::string definition :
         {"EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84",
          "EPSG:27700", "EPSG:3857", "urn:ogc:def:crs:EPSG::27700"}) {
        CAPTURE(definition);
        const WellKnownCrs* known = well_known(definition);
        REQUIRE(known != nullptr);
        std::string why;
        CHECK(proj.name(definition, why) == std::string(known->name));
        CHECK(proj.authority_code(definition) == known->authority_code);
        CHECK(proj.is_geographic(definition) == known->geographic);
        CHECK(proj.equivalent(definition, std::string(known->same_as)));
    }
}

TEST_CASE(
    "well-known systems: what the house calls by name is among them, and nothing else is taken for one") {
    CHECK(well_known(longitude_latitude.definition) != nullptr);
    CHECK(well_known(british_national_grid.definition) != nullptr);
    for (const char* other : {"", "EPSG:4258", "EPSG:29903", "epsg:27700", "EPSG:277000", "27700"})
        CHECK(well_known(other) == nullptr);
}
