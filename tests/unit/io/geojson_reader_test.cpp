#include "wardmap/io/geojson_reader.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

using namespace wardmap;

namespace {

const std::string square =
    R"({"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[1,1]]]})";

std::string with_geometry(const std::string& geometry) {
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":)" +
           geometry + "}]}";
}

}  // namespace

TEST_CASE("geojson: polygons with holes, several parts and collections of both") {
    const MultiPolygon one = read_geojson(with_geometry(square), "f").shapes[0];
    CHECK(one.polygon_count() == 1);
    CHECK(one.ring_count() == 2);
    const MultiPolygon two =
        read_geojson(
            with_geometry(
                R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]})"),
            "f")
            .shapes[0];
    CHECK(two.polygon_count() == 2);
    const MultiPolygon three =
        read_geojson(
            with_geometry(
                R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[0,0]},)" +
                square + "," + square + "]}"),
            "f")
            .shapes[0];
    CHECK(three.polygon_count() == 2);
}

TEST_CASE("geojson: properties of every kind become text, and fields are those of all features") {
    const RawLayer layer = read_geojson(R"({"type":"FeatureCollection","name":"w","features":[
        {"type":"Feature","id":7,"properties":{"a":"x","n":12,"f":0.1,"t":true,"z":null,"l":[1,{"k":"v"}]},"geometry":null},
        {"type":"Feature","properties":{"late":"y","a":"caf\u00e9"},"geometry":null},
        {"type":"Feature","properties":null,"geometry":null}]})",
                                        "f");
    CHECK(layer.name == "w");
    CHECK(layer.field_names == std::vector<std::string>{"a", "n", "f", "t", "z", "l", "late", "id"});
    CHECK(layer.fields[0] ==
          std::vector<std::string>{"x", "12", "0.1", "true", "", R"([1,{"k":"v"}])", "", "7"});
    CHECK(layer.fields[1] == std::vector<std::string>{"café", "", "", "", "", "", "y", ""});
    CHECK(layer.fields[2] == std::vector<std::string>(8));
    CHECK(layer.without_shape == 3);
}

TEST_CASE("geojson: heights are left out, positions without numbers are kept as holes in the line") {
    const MultiPolygon shape =
        read_geojson(
            with_geometry(
                R"({"type":"Polygon","coordinates":[[[0,0,120.5],[4,0,1],[null,3],[4],["a","b"],[4,4,2],[0,0,3]]]})"),
            "f")
            .shapes[0];
    REQUIRE(shape.points.size() == 7);
    CHECK(shape.points[1] == Point{4, 0});
    CHECK(std::isnan(shape.points[2].x));
    CHECK(std::isnan(shape.points[3].x));
    CHECK(std::isnan(shape.points[4].x));
}

TEST_CASE("geojson: a byte order mark, a bare feature and a bare geometry are read") {
    CHECK(read_geojson("\xEF\xBB\xBF" + with_geometry(square), "f").shapes.size() == 1);
    CHECK(read_geojson(R"({"type":"Feature","properties":{"a":"b"},"geometry":)" + square + "}", "f")
              .fields[0][0] == "b");
    CHECK(read_geojson(square, "f").shapes[0].polygon_count() == 1);
}

TEST_CASE("geojson: the crs member of older files is kept") {
    const auto crs = [](const std::string& member) {
        return read_geojson(R"({"type":"FeatureCollection",)" + member +
                                R"("features":[{"type":"Feature","properties":{},"geometry":null}]})",
                            "f")
            .crs;
    };
    CHECK(crs(R"("crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},)") ==
          "urn:ogc:def:crs:EPSG::27700");
    CHECK(crs(R"("crs":{"type":"EPSG","properties":{"code":27700}},)") == "EPSG:27700");
    CHECK(crs(R"("crs":null,)").empty());
    CHECK(crs("").empty());
}

TEST_CASE("geojson: what is not GeoJSON is refused with the place") {
    const std::string good = with_geometry(square);
    CHECK_THROWS_WITH_AS(read_geojson(good.substr(0, good.size() / 2), "cut.geojson"),
                         doctest::Contains("it ends in the middle, after"), InputError);
    CHECK_THROWS_WITH_AS(read_geojson("{\"type\":\n\n oops}", "f"), doctest::Contains("line 3"), InputError);
    CHECK_THROWS_AS(read_geojson("", "f"), InputError);
    CHECK_THROWS_AS(read_geojson("  \n", "f"), InputError);
    CHECK_THROWS_AS(read_geojson("[]", "f"), InputError);
    CHECK_THROWS_AS(read_geojson("{}", "f"), InputError);
    CHECK_THROWS_AS(read_geojson(R"({"type":"FeatureCollection"})", "f"), InputError);
    CHECK_THROWS_AS(read_geojson(R"({"type":"FeatureCollection","features":[3]})", "f"), InputError);
    CHECK_THROWS_WITH_AS(read_geojson("{\"type\":\"caf\xE9\"}", "f"), doctest::Contains("UTF-8"), InputError);
    CHECK_THROWS_AS(read_geojson(with_geometry(R"({"type":"Polygon","coordinates":[[[0,NaN]]]})"), "f"),
                    InputError);
}

TEST_CASE("geojson: every cut of a good file is refused or read, never a crash") {
    const std::string good =
        R"({"type":"FeatureCollection","features":[{"type":"Feature","id":1,"properties":{"a":"b"},"geometry":)" +
        square + "}]}";
    for (std::size_t length = 0; length < good.size(); ++length)
        CHECK_THROWS_AS(read_geojson(good.substr(0, length), "f"), InputError);
    CHECK_NOTHROW(read_geojson(good, "f"));
}

TEST_CASE("geojson: odd geometries have no shape and are counted") {
    for (const char* geometry : {"{}", R"({"type":"Polygon"})", R"({"type":"Polygon","coordinates":[]})",
                                 R"({"type":"Polygon","coordinates":3})",
                                 R"({"type":"MultiPolygon","coordinates":[3]})", R"("x")", "3"}) {
        CAPTURE(geometry);
        const RawLayer layer = read_geojson(with_geometry(geometry), "f");
        CHECK(layer.shapes[0].empty());
        CHECK(layer.without_shape + layer.not_polygons == 1);
    }
    CHECK(read_geojson(with_geometry(R"({"type":"LineString","coordinates":[[0,0],[1,1]]})"), "f")
              .not_polygons == 1);
}

TEST_CASE("geojson: TopoJSON is told apart") {
    CHECK(is_topojson(R"({"type":"Topology","arcs":[],"objects":{}})"));
    CHECK(is_topojson(R"({"arcs":[],"objects":{},"type":"Topology"})"));
    CHECK_FALSE(is_topojson(with_geometry(square)));
    CHECK_FALSE(is_topojson(""));
}
