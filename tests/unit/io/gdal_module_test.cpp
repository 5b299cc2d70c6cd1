#include "wardmap/io/gdal_module.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace wardmap;

namespace {

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
        for (std::size_t r = 0; r < shape.ring_count(); ++r) REQUIRE(shape.ring(r).front() == shape.ring(r).back());
    }
}
