#include "wardmap/area/reproject.hpp"

#include "support/shapes.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/crs/transform.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace wardmap;

namespace {

AreaSet at(double x, double y, const std::string& code, const Crs& crs) {
    AreaSetParts parts;
    parts.codes = {code};
    parts.names = {code};
    parts.shapes = {box_shape(x, y, 0.01, 0.01)};
    parts.crs = crs;
    return AreaSet(std::move(parts));
}

}  // namespace

TEST_CASE("reproject: each country is drawn in its own grid") {
    CHECK(mapping_crs(at(-1.5, 52.4, "E05001218", longitude_latitude)) == british_national_grid);
    CHECK(mapping_crs(at(-4.1, 53.2, "W05000001", longitude_latitude)) == british_national_grid);
    CHECK(mapping_crs(at(-5.9, 54.6, "N08000101", longitude_latitude)) == Crs{"EPSG:2157"});
    CHECK(mapping_crs(at(-6.3, 53.3, "D1", longitude_latitude)) == Crs{"EPSG:2157"});
    CHECK(mapping_crs(at(-6.2, 57.5, "S13000001", longitude_latitude)) == british_national_grid);  // Skye
    CHECK(mapping_crs(at(-71.06, 42.36, "1", longitude_latitude)) == Crs{"EPSG:32619"});           // Boston
    CHECK(mapping_crs(at(151.2, -33.9, "1", longitude_latitude)) == Crs{"EPSG:32756"});            // Sydney
}

TEST_CASE("reproject: projected areas stay, but for Web Mercator, whose areas are not true") {
    CHECK(mapping_crs(at(430000, 280000, "E1", british_national_grid)) == british_national_grid);
    const Point p = Transform(longitude_latitude, Crs{"EPSG:3857"})({-1.5, 52.4});
    CHECK(mapping_crs(at(p.x, p.y, "E1", Crs{"EPSG:3857"})) == british_national_grid);
}

TEST_CASE("reproject: nothing is guessed for areas without a system, and faults name the area") {
    CHECK_THROWS_WITH_AS(mapping_crs(at(0, 0, "a", Crs{})), doctest::Contains("--area-crs"), CrsError);
    CHECK_THROWS_AS(reproject(at(0, 0, "a", Crs{}), british_national_grid), CrsError);
    CHECK_THROWS_WITH_AS(
        reproject(at(433000, 278000, "E05001218", longitude_latitude), british_national_grid),
        doctest::Contains("E05001218"), CrsError);
    const AreaSet same = at(430000, 280000, "E1", british_national_grid);
    CHECK(reproject(same, Crs{"EPSG:27700"}).shapes().data() == same.shapes().data());
}
