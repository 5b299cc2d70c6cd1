#include "wardmap/io/write_layer.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/io/gdal_module.hpp"
#include "wardmap/io/layer_style.hpp"
#include "wardmap/io/read_areas.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

using namespace wardmap;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Table rates() {
    return Table({Column::text("area_code", {"E05001225", "E05001224", ""}),
                  Column::numbers("count_after", {7, 12, 19}),
                  Column::numbers("rate", {none, 402.25, 300},
                                  {CellState::suppressed, CellState::value, CellState::value}),
                  Column::text("quadrant", {"low_slower", "high \"faster\" & <more>", ""})});
}

LayerToWrite coventry() {
    LayerToWrite layer;
    layer.name = "rates";
    layer.areas = read_areas("coventry-wards").areas;
    layer.columns = rates();
    layer.style.column = "rate";
    layer.style.classes = {{"100 to 249", color_from_hex("#deebf7"), 100, 250, {}},
                           {"250 to 499", color_from_hex("#3182bd"), 250, 500, {}}};
    return layer;
}

class TempFolder {
public:
    TempFolder()
        : path_(std::filesystem::temp_directory_path() /
                ("wardmap-write-layer-" + std::to_string(std::rand()))) {
        std::filesystem::create_directories(path_);
    }
    ~TempFolder() { std::filesystem::remove_all(path_); }
    std::filesystem::path operator/(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

std::size_t place(const RawLayer& layer, const std::string& field) {
    for (std::size_t f = 0; f < layer.field_names.size(); ++f) {
        if (layer.field_names[f] == field) return f;
    }
    FAIL("no field " << field);
    return 0;
}

}  // namespace

TEST_CASE("write layer: GeoPackage and FlatGeobuf read back with the same areas, order, cells and system") {
    const TempFolder folder;
    const LayerToWrite layer = coventry();
    for (const char* name : {"rates.gpkg", "rates.fgb"}) {
        CAPTURE(name);
        const std::string path = (folder / name).string();
        write_layer(path, layer, Overwrite::refuse);
        const RawLayer back = read_layer(path, "");
        CHECK(back.name == "rates");
        CHECK(back.crs == layer.areas.crs().definition);
        REQUIRE(back.fields.size() == layer.areas.size());
        const std::size_t code = place(back, "area_code"), count = place(back, "count_after"),
                          rate = place(back, "rate");
        for (std::size_t a = 0; a < back.fields.size(); ++a) {
            CHECK(back.fields[a][code] == layer.areas.codes()[a]);
            CHECK(back.shapes[a].box() == layer.areas.shapes()[a].box());
            CHECK(back.shapes[a].points.size() == layer.areas.shapes()[a].points.size());
        }
        const auto michaels = static_cast<std::size_t>(layer.areas.index_of("E05001224"));
        CHECK(back.fields[michaels][count] == "12");
        CHECK(back.fields[michaels][rate] == "402.25");
        const auto suppressed = static_cast<std::size_t>(layer.areas.index_of("E05001225"));
        CHECK(back.fields[suppressed][rate].empty());
    }
}

TEST_CASE("write layer: the same input gives the same bytes in every format") {
    for (const LayerFormat format :
         {LayerFormat::geopackage, LayerFormat::flatgeobuf, LayerFormat::geojson}) {
        CHECK(layer_bytes(coventry(), format) == layer_bytes(coventry(), format));
    }
}

TEST_CASE("write layer: a GeoPackage holds the style table that QGIS looks for") {
    const TempFolder folder;
    const std::string path = (folder / "rates.gpkg").string();
    write_layer(path, coventry(), Overwrite::refuse);
    CHECK(list_layers(path) == std::vector<std::string>{"rates", "layer_styles"});
    const RawLayer styles = read_layer(path, "layer_styles");
    REQUIRE(styles.fields.size() == 1);
    CHECK(styles.fields[0][place(styles, "f_table_name")] == "rates");
    CHECK(styles.fields[0][place(styles, "useAsDefault")] == "1");
    CHECK(styles.fields[0][place(styles, "styleQML")].find("graduatedSymbol") != std::string::npos);
    // Reading areas from it takes the layer of shapes.
    CHECK(read_areas(path).areas.size() == 18);
}

TEST_CASE(
    "write layer: GeoJSON is in longitude and latitude, outer rings counter-clockwise, without a crs "
    "member") {
    LayerToWrite layer = coventry();
    const nlohmann::json json = nlohmann::json::parse(layer_bytes(layer, LayerFormat::geojson));
    CHECK(json["type"] == "FeatureCollection");
    CHECK(!json.contains("crs"));
    REQUIRE(json["features"].size() == 18);
    std::size_t suppressed = 0;
    for (const auto& feature : json["features"]) {
        if (feature["properties"]["area_code"] == "E05001225") {
            CHECK(feature["properties"]["rate"].is_null());
            ++suppressed;
        }
        if (feature["properties"]["area_code"] == "E05001224") {
            CHECK(feature["properties"]["count_after"] == 12);
            CHECK(feature["properties"]["quadrant"] == "high \"faster\" & <more>");
        }
        const auto& geometry = feature["geometry"];
        const auto& ring =
            geometry["type"] == "Polygon" ? geometry["coordinates"][0] : geometry["coordinates"][0][0];
        double twice_area = 0;
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const double x0 = ring[i - 1][0], y0 = ring[i - 1][1], x1 = ring[i][0], y1 = ring[i][1];
            CHECK(x0 > -1.7);
            CHECK(x0 < -1.3);
            twice_area += x0 * y1 - x1 * y0;
        }
        CHECK(twice_area > 0);
        CHECK(ring.front() == ring.back());
    }
    CHECK(suppressed == 1);
}

TEST_CASE("write layer: GeoJSON written from the National Grid reads back where it was, to 3 cm") {
    const std::string gridded = WARDMAP_SOURCE_DIR "/tests/data/layers/zipped_shapefile.zip";
    LayerToWrite layer;
    layer.areas = read_areas(gridded).areas;
    const TempFolder folder;
    const std::string path = (folder / "back.geojson").string();
    write_layer(path, layer, Overwrite::refuse);
    const Box degrees = read_areas(path).areas.box();
    CHECK(degrees.min_x == doctest::Approx(-1.5587).epsilon(0.001));
    CHECK(degrees.min_y == doctest::Approx(52.417).epsilon(0.001));
}

TEST_CASE("write layer: areas not in the set, or there twice, are refused by name") {
    LayerToWrite layer = coventry();
    layer.columns = Table({Column::text("area_code", {"E99999999"}), Column::numbers("n", {1})});
    CHECK_THROWS_WITH_AS(layer_bytes(layer, LayerFormat::geojson), doctest::Contains("E99999999"),
                         InputError);
    layer.columns =
        Table({Column::text("area_code", {"E05001224", "E05001224"}), Column::numbers("n", {1, 2})});
    CHECK_THROWS_WITH_AS(layer_bytes(layer, LayerFormat::geojson), doctest::Contains("comes twice"),
                         InputError);
    layer.columns = Table({Column::text("ward", {"E05001224"})});
    CHECK_THROWS_AS(layer_bytes(layer, LayerFormat::geojson), NameUnknown);
}

TEST_CASE("write layer: an existing file and an unknown ending are refused before anything is done") {
    const TempFolder folder;
    const std::filesystem::path path = folder / "there.geojson";
    std::ofstream(path) << "mine";
    CHECK_THROWS_AS(write_layer(path, coventry(), Overwrite::refuse), OutputError);
    CHECK(std::filesystem::file_size(path) == 4);
    CHECK_THROWS_AS(write_layer(folder / "layer.shp", coventry(), Overwrite::refuse), UsageError);
    write_layer(path, coventry(), Overwrite::replace);
    CHECK(std::filesystem::file_size(path) > 1000);
}

TEST_CASE("layer style: classes by value are categories, labels are escaped") {
    LayerStyle style;
    style.column = "quadrant";
    style.classes = {{"Higher & faster", color_from_hex("#12436d"), {}, {}, "high_faster"}};
    const std::string qml = style_qml(style);
    CHECK(qml.find("categorizedSymbol") != std::string::npos);
    CHECK(qml.find("value=\"high_faster\" label=\"Higher &amp; faster\"") != std::string::npos);
    CHECK(qml.find("18,67,109,255") != std::string::npos);
    CHECK(style_sld(style, "areas").find("<ogc:PropertyIsEqualTo>") != std::string::npos);
}
