#include "unit/io/packed_files.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/io/gdal_module.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

using Texts = std::vector<std::string>;

const std::string layers = WARDMAP_SOURCE_DIR "/tests/data/layers/";

const Texts& field(const RawPoints& points, const std::string& name) {
    for (std::size_t f = 0; f < points.field_names.size(); ++f) {
        if (points.field_names[f] == name) return points.fields[f];
    }
    FAIL("no field " << name);
    return points.fields[0];
}

void check_nowhere(const RawPoints& points, std::size_t feature) {
    CAPTURE(feature);
    CHECK(std::isnan(points.x[feature]));
    CHECK(std::isnan(points.y[feature]));
}

}  // namespace

TEST_CASE("read points: a GeoPackage gives every feature its row, with a point where it has one") {
    const RawPoints points = read_points(layers + "finds.gpkg", "");
    CHECK(points.name == "finds");
    CHECK(points.crs == "EPSG:27700");
    REQUIRE(points.x.size() == 6);
    REQUIRE(points.y.size() == 6);
    CHECK(points.x[0] == 433000.5);
    CHECK(points.y[0] == 279000.25);
    CHECK(points.x[1] == 433100);  // several points that are one
    CHECK(points.y[1] == 279100);
    check_nowhere(points, 2);
    check_nowhere(points, 3);
    check_nowhere(points, 4);
    CHECK(points.x[5] == 433200);  // with a height
    CHECK(points.without_shape == 1);
    CHECK(points.not_points == 2);
}

TEST_CASE("read points: fields are columns of text, dates in ISO form with the zone they name") {
    const RawPoints points = read_points(layers + "finds.gpkg", "FINDS");
    REQUIRE(points.fields.size() == points.field_names.size());
    for (const Texts& column : points.fields) CHECK(column.size() == points.x.size());
    CHECK(field(points, "ref") == Texts{"001", "002", "003", "004", "005", "006"});
    CHECK(field(points, "kind") == Texts{"needle", "caf\xC3\xA9", "", "path", "two", "high"});
    CHECK(field(points, "found") == Texts{"2014-01-05", "", "2014-01-06", "", "", "2014-01-07"});
    CHECK(field(points, "at") == Texts{"2014-07-05T17:05:30Z", "", "", "", "", ""});
    CHECK(field(points, "needles") == Texts{"3", "", "1", "1", "2", "1"});
    CHECK(field(points, "depth") == Texts{"0.5", "", "", "", "", "12"});
}

TEST_CASE("read points: a Shapefile gives points, dates and the features without a shape") {
    const RawPoints points = read_points(layers + "finds.shp", "");
    CHECK(points.crs == "EPSG:27700");
    REQUIRE(points.x.size() == 3);
    CHECK(points.x[0] == 433000.5);
    CHECK(points.y[2] == 279100);
    check_nowhere(points, 1);
    CHECK(points.without_shape == 1);
    CHECK(field(points, "REF") == Texts{"001", "002", "003"});
    CHECK(field(points, "FOUND") == Texts{"2014-01-05", "2014-01-06", ""});
}

TEST_CASE("read points: GeoJSON gives longitude and latitude, and keeps the zeros of its texts") {
    const TestFolder folder;
    const std::string text =
        R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"ref":"001","Month":"2014-01","n":2,"found":"2014-01-05"},"geometry":{"type":"Point","coordinates":[-1.51,52.41]}},
        {"type":"Feature","properties":{"ref":"002","Month":"2014-02","n":3},"geometry":null},
        {"type":"Feature","properties":{"ref":"003","extra":"x"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}},
        {"type":"Feature","properties":{"ref":"004"},"geometry":{"type":"MultiPoint","coordinates":[[-1.5,52.4,88]]}}]})";
    for (const std::string& path : {folder.write("finds.geojson", text),
                                    folder.write("finds.zip", zipped({{"in/finds.geojson", text}}))}) {
        CAPTURE(path);
        const RawPoints points = read_points(path, "");
        CHECK(points.crs.find("4326") != std::string::npos);
        REQUIRE(points.x.size() == 4);
        CHECK(points.x[0] == -1.51);
        CHECK(points.y[0] == 52.41);
        CHECK(points.x[3] == -1.5);
        CHECK(points.y[3] == 52.4);
        CHECK(points.without_shape == 1);
        CHECK(points.not_points == 1);
        CHECK(field(points, "ref") == Texts{"001", "002", "003", "004"});
        CHECK(field(points, "Month") == Texts{"2014-01", "2014-02", "", ""});
        CHECK(field(points, "n") == Texts{"2", "3", "", ""});
        CHECK(field(points, "found") == Texts{"2014-01-05", "", "", ""});
        CHECK(field(points, "extra") == Texts{"", "", "x", ""});
    }
}

TEST_CASE("read points: x is the longitude where a file puts the latitude first") {
    const TestFolder folder;
    const std::string path = folder.write(
        "finds.gml",
        R"(<?xml version="1.0"?><c:FeatureCollection xmlns:c="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" xmlns:f="http://example.org/f">
        <gml:featureMember><f:find gml:id="f1"><f:ref>007</f:ref><f:place><gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>52.41 -1.51</gml:pos></gml:Point></f:place></f:find></gml:featureMember>
        </c:FeatureCollection>)");
    const RawPoints points = read_points(path, "");
    REQUIRE(points.x.size() == 1);
    CHECK(points.x[0] == -1.51);
    CHECK(points.y[0] == 52.41);
    CHECK(field(points, "ref") == Texts{"007"});
}

TEST_CASE("read points: of a layer of all kinds only the points are points") {
    const RawPoints points = read_points(layers + "one_place.kml", "");
    CHECK(points.x.size() == 3);
    CHECK(points.not_points == 1);
    CHECK(points.without_shape == 1);
}

TEST_CASE("read points: what cannot be read is refused, naming the file or the layers there are") {
    const TestFolder folder;
    CHECK_THROWS_AS(read_points("nowhere/finds.gpkg", ""), FileMissing);
    CHECK_THROWS_AS(read_points(folder.write("damaged.geojson", "{\"type\":"), ""), InputError);
    CHECK_THROWS_AS(read_points(WARDMAP_SOURCE_DIR "/CMakeLists.txt", ""), InputError);
    try {
        read_points(layers + "finds.gpkg", "needles");
        FAIL("no error");
    } catch (const NameUnknown& error) {
        CHECK(std::string(error.what()).find("finds") != std::string::npos);
    }
}
