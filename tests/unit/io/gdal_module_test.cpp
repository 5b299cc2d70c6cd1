#include "wardmap/io/gdal_module.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace wardmap;

namespace {

const std::string layers = WARDMAP_SOURCE_DIR "/tests/data/layers/";
const std::string shared_boundaries = WARDMAP_SOURCE_DIR "/../shared/data/boundaries/";

bool present(const std::string& path) {
    if (std::filesystem::exists(path)) return true;
    MESSAGE("not there, so not tried: " << path);
    return false;
}

}  // namespace

TEST_CASE("gdal module: it is opened and says its version") {
    const auto versions = gdal_versions();
    REQUIRE(!versions.empty());
    CHECK(versions[0].first == "GDAL");
    CHECK(versions[0].second.substr(0, 2) >= "3.");
}

TEST_CASE("gdal module: a file that is not there is said to be missing") {
    CHECK_THROWS_AS(read_layer("nowhere/wards.gpkg", ""), FileMissing);
    CHECK_THROWS_AS(read_workbook("nowhere/wards.xlsx"), FileMissing);
    CHECK_THROWS_AS(list_layers("nowhere/wards.shp"), FileMissing);
}

TEST_CASE("gdal module: a file that is no layer is refused, naming it") {
    const std::string path = WARDMAP_SOURCE_DIR "/CMakeLists.txt";
    CHECK_THROWS_AS(read_layer(path, ""), InputError);
    CHECK_THROWS_AS(read_workbook(path), InputError);
    try {
        read_layer(path, "");
    } catch (const Error& error) {
        CHECK(std::string(error.what()).find("CMakeLists.txt") != std::string::npos);
    }
}

TEST_CASE("gdal module: all wards of England come with codes, names and closed rings") {
    const std::string path = shared_boundaries + "england_wards.fgb";
    if (!present(path)) return;
    const RawLayer layer = read_layer(path, "");
    CHECK(layer.crs.substr(0, 5) == "EPSG:");
    CHECK(layer.shapes.size() > 7000);
    CHECK(layer.fields.size() == layer.shapes.size());
    CHECK(layer.without_shape == 0);
    CHECK(layer.not_polygons == 0);
    for (const MultiPolygon& shape : layer.shapes) {
        REQUIRE(shape.polygon_count() > 0);
        for (std::size_t r = 0; r < shape.ring_count(); ++r)
            REQUIRE(shape.ring(r).front() == shape.ring(r).back());
    }
}

TEST_CASE("gdal module: a Shapefile without .prj and in Windows-1252 comes with readable names and no CRS") {
    const RawLayer layer = read_layer(layers + "no_prj_cp1252.shp", "");
    CHECK(layer.name == "no_prj_cp1252");
    CHECK(layer.crs.empty());
    CHECK(layer.field_names == std::vector<std::string>{"WD23CD", "WD23NM", "people", "area_km2", "since"});
    REQUIRE(layer.fields.size() == 2);
    CHECK(layer.fields[0] ==
          std::vector<std::string>{"E05001224", "St Michael\u2019s", "34051", "0.96", "2013-12-01"});
    CHECK(layer.fields[1] == std::vector<std::string>{"E05001225", "Ynys M\u00f4n", "34052", "0.96", ""});
    CHECK(layer.shapes[0].polygon_count() == 1);
    CHECK(layer.shapes[0].ring_count() == 2);
    CHECK(layer.shapes[1].polygon_count() == 2);
}

TEST_CASE("gdal module: outer rings run counter-clockwise and holes clockwise, whatever the file does") {
    const RawLayer layer = read_layer(layers + "no_prj_cp1252.shp", "");
    const auto twice_area = [](std::span<const Point> ring) {
        double sum = 0;
        for (std::size_t i = 1; i < ring.size(); ++i)
            sum += (ring[i - 1].x * ring[i].y) - (ring[i].x * ring[i - 1].y);
        return sum;
    };
    CHECK(twice_area(layer.shapes[0].ring(0)) == doctest::Approx(2e6));
    CHECK(twice_area(layer.shapes[0].ring(1)) == doctest::Approx(-2 * 200 * 200));
}

TEST_CASE("gdal module: a zipped Shapefile is read, its .prj recognised") {
    const std::string path = layers + "zipped_shapefile.zip";
    CHECK(list_layers(path) == std::vector<std::string>{"two_wards"});
    const RawLayer layer = read_layer(path, "TWO_WARDS");
    CHECK(layer.crs == "EPSG:27700");
    REQUIRE(layer.fields.size() == 2);
    CHECK(layer.fields[0][1] == "St Michael\u2019s");
}

TEST_CASE("gdal module: TopoJSON keeps shared edges and names no CRS") {
    const RawLayer layer = read_layer(layers + "two_squares.topojson", "");
    CHECK(layer.crs.empty());
    REQUIRE(layer.shapes.size() == 2);
    CHECK(layer.shapes[0].points.size() == 5);
    CHECK(layer.field_names == std::vector<std::string>{"id", "WD13CD", "WD13NM"});
    CHECK(layer.fields[1] == std::vector<std::string>{"", "E05000002", "East"});
}

TEST_CASE("gdal module: features that are points or have no shape are counted and keep their row") {
    const RawLayer layer = read_layer(layers + "one_place.kml", "");
    CHECK(layer.crs == "EPSG:4326");
    REQUIRE(layer.shapes.size() == 3);
    CHECK(layer.shapes[0].points.size() == 5);
    CHECK(layer.shapes[0].box() == Box{-1.5, 52.4, -1.4, 52.5});
    CHECK(layer.shapes[1].empty());
    CHECK(layer.not_polygons == 1);
    CHECK(layer.without_shape == 1);
}

TEST_CASE("gdal module: curves become lines, and reading GML leaves no file beside it") {
    const RawLayer layer = read_layer(layers + "curved.gml", "");
    REQUIRE(layer.shapes.size() == 2);
    CHECK(layer.crs == "EPSG:27700");
    CHECK(layer.shapes[0].points.size() > 20);
    CHECK(layer.shapes[0].box().max_y == doctest::Approx(281000));
    CHECK(layer.shapes[1].points.size() == 4);
    CHECK(!std::filesystem::exists(layers + "curved.gfs"));
}

TEST_CASE("gdal module: a layer that is not there names those that are") {
    try {
        read_layer(layers + "zipped_shapefile.zip", "two_ward");
        FAIL("no error");
    } catch (const NameUnknown& error) {
        CHECK(std::string(error.what()).find("two_wards") != std::string::npos);
    }
}

TEST_CASE("gdal module: ODS rows keep their numbers, empty rows and columns in front included") {
    const auto sheets = read_workbook(WARDMAP_SOURCE_DIR "/tests/data/tables/title_rows.ods");
    REQUIRE(sheets.size() == 2);
    CHECK(sheets[0].name == "Counts");
    REQUIRE(sheets[0].cells.size() == 8);
    CHECK(sheets[0].cells[0] == std::vector<std::string>{"", "", "", ""});
    CHECK(sheets[0].cells[2] == std::vector<std::string>{"", "Title", "", ""});
    CHECK(sheets[0].cells[4] == std::vector<std::string>{"", "0012", "1116", "2022-06-01"});
    CHECK(sheets[0].cells[7] == std::vector<std::string>{"", "Total", "0.125", ""});
    REQUIRE(sheets[1].cells.size() == 2);
    CHECK(sheets[1].cells[0] == std::vector<std::string>{"a"});
}

TEST_CASE("gdal module: XLSX rows keep their numbers, dates are ISO, an all-text sheet keeps its header") {
    const auto sheets = read_workbook(WARDMAP_SOURCE_DIR "/tests/data/tables/title_rows.xlsx");
    REQUIRE(sheets.size() == 3);
    REQUIRE(sheets[0].cells.size() == 12);
    CHECK(sheets[0].cells[2] == std::vector<std::string>{"", "Title here", "", "", ""});
    CHECK(sheets[0].cells[5] == std::vector<std::string>{"", "0012", "0.1", "2022-06-01", ""});
    CHECK(sheets[0].cells[8][4] == "0.3333333333333333");
    CHECK(sheets[1].cells.empty());
    CHECK(sheets[2].cells == std::vector<std::vector<std::string>>{{"a"}, {"b"}});
}
