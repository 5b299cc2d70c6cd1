#include "wardmap/io/read_areas.hpp"

#include "support/temp_file.hpp"
#include "wardmap/area/coverage.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/crs/transform.hpp"
#include "wardmap/geometry/geos/module_interface.hpp"
#include "wardmap/geometry/geos_module.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/io/write_layer.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

using namespace wardmap;

namespace {

const std::string shared = WARDMAP_SOURCE_DIR "/../shared/data/boundaries/";

/// A feature with a square of side 0.01 degrees at x, y.
std::string feature(const std::string& properties, double x, double y) {
    const auto at = [&](double dx, double dy) {
        return "[" + std::to_string(x + dx) + "," + std::to_string(y + dy) + "]";
    };
    return R"({"type":"Feature","properties":{)" + properties +
           R"(},"geometry":{"type":"Polygon","coordinates":[[)" + at(0, 0) + "," + at(0.01, 0) + "," +
           at(0.01, 0.01) + "," + at(0, 0.01) + "," + at(0, 0) + "]]}}";
}

std::string collection(const std::string& features, const std::string& extra = {}) {
    return R"({"type":"FeatureCollection",)" + extra + R"("features":[)" + features + "]}";
}

ReadAreas read_text(const std::string& text, const ReadAreasOptions& options = {}) {
    const TempFile file("areas.geojson", text);
    return read_areas(file.path(), options);
}

}  // namespace

TEST_CASE("read areas: the eighteen wards of Coventry cover the published area") {
    const ReadAreas read = read_areas("coventry-wards");
    CHECK(read.areas.size() == 18);
    CHECK(read.areas.codes().front() == "E05001218");
    CHECK(read.areas.names().front() == "Bablake");
    CHECK(read.areas.parents().front() == "E08000026");
    CHECK(read.areas.noun() == "ward");
    CHECK(read.areas.vintage() == "December 2013");
    const AreaSet flat = reproject(read.areas, mapping_crs(read.areas));
    CHECK(flat.crs() == british_national_grid);
    double area_m2 = 0;
    for (const MultiPolygon& shape : flat.shapes()) area_m2 += area_of(shape);
    // 98.624 km2 by geopandas on the publisher's file (shared/data/SOURCES.md); ours is rounded to six
    // decimals.
    CHECK(area_m2 / 1e6 == doctest::Approx(98.624).epsilon(2e-4));
}

TEST_CASE("read areas: the publisher's wards come to 98.624 km2") {
    if (!std::filesystem::exists(shared)) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const ReadAreas read = read_areas(shared + "coventry_wards.geojson");
    CHECK(read.problems.empty());
    REQUIRE(read.guesses.size() == 1);
    CHECK(read.guesses[0] == "the code of each area is in ward_code, its name in ward_name");
    double area_m2 = 0;
    const AreaSet flat = reproject(read.areas, british_national_grid);
    for (const MultiPolygon& shape : flat.shapes()) area_m2 += area_of(shape);
    CHECK(area_m2 / 1e6 == doctest::Approx(98.624).epsilon(1e-5));
}

TEST_CASE(
    "read areas: of the wards of England, those that GEOS finds valid come as they stand, the others are "
    "named") {
    const std::string file = shared + "england_wards.fgb";
    if (!std::filesystem::exists(file) || gdal_versions().empty()) {
        MESSAGE("skipped: the shared data or the GDAL module are not here");
        return;
    }
    const RawLayer raw = read_layer(file, "");
    const ReadAreas read = read_areas(file);
    REQUIRE(read.areas.size() == raw.shapes.size());
    std::size_t others = 0;
    for (std::size_t i = 0; i < raw.shapes.size(); ++i) {
        if (geos_module().is_valid(raw.shapes[i])) {
            CHECK(read.areas.shapes()[i] == raw.shapes[i]);
        } else {
            ++others;
            CHECK(geos_module().is_valid(read.areas.shapes()[i]));
        }
    }
    CHECK(read.problems.count("self_touching_ring") + read.repaired.size() == others);
}

TEST_CASE("read areas: fields are guessed in file order, the first whose values all differ") {
    const ReadAreas read = read_text(collection(
        feature(R"("LAD23CD":"E08000026","LAD23NM":"Coventry","WD23CD":"E05000001","WD23NM":"North")", -1.5,
                52.4) +
        "," +
        feature(R"("LAD23CD":"E08000026","LAD23NM":"Coventry","WD23CD":"E05000002","WD23NM":"South")", -1.5,
                52.3)));
    CHECK(read.code_field == "WD23CD");
    CHECK(read.name_field == "WD23NM");
    CHECK(read.areas.parents()[1] == "E08000026");
    CHECK(read.areas.whole() == "Coventry");
    CHECK(read.areas.noun() == "ward");
    CHECK(read.areas.vintage() == "2023");
    CHECK(read.guesses[0] == "the code of each area is in WD23CD, its name in WD23NM");
    CHECK(same_crs(read.areas.crs(), longitude_latitude));
}

TEST_CASE("read areas: without a field of names, names are the codes") {
    const ReadAreas read =
        read_text(collection(feature(R"("wd11cd":"A")", 0, 50) + "," + feature(R"("wd11cd":"B")", 1, 50)));
    CHECK(read.code_field == "wd11cd");
    CHECK(read.areas.names()[1] == "B");
    CHECK(read.guesses[0] == "the code of each area is in wd11cd, there is no field of names");
}

TEST_CASE("read areas: plain names serve where there are no codes") {
    const ReadAreas read = read_text(collection(feature(R"("name":"North","note":"x")", 0, 50) + "," +
                                                feature(R"("name":"South","note":"x")", 1, 50)));
    CHECK(read.areas.codes()[0] == "North");
    CHECK_THROWS_AS(
        read_text(collection(feature(R"("note":"x")", 0, 50) + "," + feature(R"("note":"x")", 1, 50))),
        InputError);
}

TEST_CASE("read areas: features with one code become one area, and it is said") {
    const std::string text = collection(feature(R"("ward_code":"A","ward_name":"North")", 0, 50) + "," +
                                        feature(R"("ward_code":"A","ward_name":"North")", 1, 50) + "," +
                                        feature(R"("ward_code":"B","ward_name":"South")", 2, 50));
    CHECK_THROWS_WITH_AS(read_text(text), doctest::Contains("--area-code ward_code"), InputError);
    const ReadAreas read = read_text(text, {.code = "ward_code"});
    CHECK(read.areas.size() == 2);
    CHECK(read.areas.shapes()[0].polygon_count() == 2);
    CHECK(read.problems.count("code_twice") == 1);
    CHECK(read.in_areas == 3);
}

TEST_CASE("read areas: conditions keep some features, and unknown ones suggest") {
    const std::string text = collection(feature(R"("ward_code":"A","lad_code":"X")", 0, 50) + "," +
                                        feature(R"("ward_code":"B","lad_code":"Y")", 1, 50));
    const ReadAreas read = read_text(text, {.where = {"lad_code=Y"}});
    CHECK(read.areas.size() == 1);
    CHECK(read.filtered == 1);
    CHECK_THROWS_WITH_AS(read_text(text, {.where = {"lad_cod=Y"}}), doctest::Contains("lad_code"),
                         NameUnknown);
    CHECK_THROWS_AS(read_text(text, {.where = {"lad_code=Z"}}), InputError);
    CHECK_THROWS_AS(read_text(text, {.where = {"lad_code"}}), UsageError);
    CHECK_THROWS_WITH_AS(read_text(text, {.code = "wardcode"}), doctest::Contains("ward_code"), NameUnknown);
    CHECK_THROWS_AS(read_text(text, {.layer = "wards"}), NameUnknown);
}

TEST_CASE("read areas: coordinate systems are read, told by range, or asked for") {
    const std::string grid = collection(
        R"({"type":"Feature","properties":{"ward_code":"A"},"geometry":{"type":"Polygon","coordinates":[[[430000,280000],[431000,280000],[431000,281000],[430000,281000],[430000,280000]]]}})");
    const ReadAreas guessed = read_text(grid);
    CHECK(guessed.areas.crs() == british_national_grid);
    REQUIRE(guessed.guesses.size() == 2);
    CHECK(guessed.guesses[1].find("EPSG:27700") != std::string::npos);
    CHECK(area_of(guessed.areas.shapes()[0]) == 1e6);

    const ReadAreas named = read_text(collection(
        grid.substr(grid.find(R"({"type":"Feature",)"), grid.size() - grid.find(R"({"type":"Feature",)") - 2),
        R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},)"));
    CHECK(named.areas.crs() == british_national_grid);
    CHECK(named.guesses.size() == 1);

    const std::string mercator = collection(
        R"({"type":"Feature","properties":{"ward_code":"A"},"geometry":{"type":"Polygon","coordinates":[[[-170000,6800000],[-169000,6800000],[-169000,6801000],[-170000,6800000]]]}})");
    CHECK_THROWS_WITH_AS(read_text(mercator), doctest::Contains("--area-crs"), CrsError);
    CHECK(read_text(mercator, {.crs = "EPSG:3857"}).areas.crs() == Crs{"EPSG:3857"});
    CHECK_THROWS_WITH_AS(read_text(grid, {.crs = "EPSG:4326"}), doctest::Contains("no degrees"), CrsError);
    CHECK_THROWS_WITH_AS(read_text(grid, {.crs = "EPSG:99"}), doctest::Contains("--area-crs"), CrsError);
}

TEST_CASE("read areas: features without geometry, points and broken rings are counted") {
    const ReadAreas read = read_text(collection(
        feature(R"("ward_code":"A")", 0, 50) + "," +
        R"({"type":"Feature","properties":{"ward_code":"B"},"geometry":null},)" +
        R"({"type":"Feature","properties":{"ward_code":"C"},"geometry":{"type":"Point","coordinates":[0,50]}},)" +
        R"({"type":"Feature","properties":{"ward_code":"D"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[1,51],[1,50],[0,51],[0,50]]]}},)" +
        R"({"type":"Feature","properties":{"ward_code":"E"},"geometry":{"type":"Polygon","coordinates":[[[0,50],[1,51],[0,50]]]}})"));
    CHECK(read.areas.size() == 5);
    CHECK(read.areas.shapes()[1].empty());
    CHECK(read.problems.count("not_polygon") == 1);
    CHECK(read.problems.count("no_shape") == 2);
    CHECK(read.problems.count("repaired_shape") == 1);
    CHECK(read.problems.count("lost_shape") == 1);
    CHECK(read.repaired == std::vector<std::string>{"D", "E"});
}

TEST_CASE("read areas: features without a code are left out and counted") {
    const ReadAreas read =
        read_text(collection(feature(R"("ward_code":"A","ward_name":"North")", 0, 50) + "," +
                             feature(R"("ward_code":null,"ward_name":"South")", 1, 50)),
                  {.code = "ward_code"});
    CHECK(read.areas.size() == 1);
    CHECK(read.without_code == 1);
    CHECK(read.problems.count("no_code") == 1);
    CHECK(read.features_read == read.filtered + read.without_code + read.in_areas);
}

TEST_CASE("read areas: what is not there suggests what is") {
    CHECK_THROWS_WITH_AS(read_areas("coventry-ward"), doctest::Contains("coventry-wards"), NameUnknown);
    CHECK_THROWS_AS(read_areas("no/such/file.geojson"), FileMissing);
    CHECK_THROWS_AS(read_areas("nothere.gpkg"), FileMissing);
}

TEST_CASE("read areas: a layer of points or without features is refused") {
    CHECK_THROWS_WITH_AS(read_text(R"({"type":"FeatureCollection","features":[]})"),
                         doctest::Contains("no features"), InputError);
    CHECK_THROWS_WITH_AS(
        read_text(collection(
            R"({"type":"Feature","properties":{"ward_code":"C"},"geometry":{"type":"Point","coordinates":[0,50]}})")),
        doctest::Contains("no polygons"), InputError);
}

TEST_CASE("read areas: every written format reads back as the same areas") {
    const AreaSet wards = read_areas("coventry-wards").areas;
    for (const char* name : {"wards.gpkg", "wards.fgb", "wards.geojson"}) {
        CAPTURE(name);
        const TempFile file(name);
        write_layer(file.path(), {.name = "wards", .areas = wards}, Overwrite::replace);
        const ReadAreas read = read_areas(file.path());
        CHECK(read.code_field == "area_code");
        CHECK(read.name_field == "area_name");
        CHECK(same_crs(read.areas.crs(), longitude_latitude));
        CHECK(read.problems.empty());
        REQUIRE(read.areas.size() == wards.size());
        // FlatGeobuf may order its features for its index.
        for (std::size_t i = 0; i < wards.size(); ++i) {
            const AreaIndex found = read.areas.index_of(wards.codes()[i]);
            REQUIRE(found != no_area);
            const auto f = static_cast<std::size_t>(found);
            CHECK(read.areas.names()[f] == wards.names()[i]);
            CHECK(area_of(read.areas.shapes()[f]) ==
                  doctest::Approx(area_of(wards.shapes()[i])).epsilon(1e-6));
        }
    }
}

TEST_CASE("read areas: zipped shapefiles, TopoJSON and layers without a system come through GDAL") {
    const std::string layers = WARDMAP_SOURCE_DIR "/tests/data/layers/";
    const ReadAreas zipped = read_areas(layers + "zipped_shapefile.zip");
    CHECK(zipped.areas.size() == 2);
    CHECK(zipped.layers == std::vector<std::string>{"two_wards"});
    CHECK(zipped.areas.crs().known());
    CHECK_THROWS_WITH_AS(read_areas(layers + "zipped_shapefile.zip", {.layer = "two_ward"}),
                         doctest::Contains("two_wards"), NameUnknown);

    const ReadAreas topo = read_areas(layers + "two_squares.topojson");
    CHECK(topo.areas.size() == 2);
    CHECK(topo.guesses.back().find("the file names no coordinate system") == 0);
    const CoverageReport coverage = check_coverage(topo.areas);
    CHECK(coverage.overlaps.empty());
}
