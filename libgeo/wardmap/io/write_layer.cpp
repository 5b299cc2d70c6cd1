#include "wardmap/io/write_layer.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/crs/transform.hpp"
#include "wardmap/io/gdal/module_interface.hpp"
#include "wardmap/io/layer_style.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <limits>

namespace wardmap {
namespace {

/// The table's row of each area; nothing where an area has none.
std::vector<std::optional<std::size_t>> rows_of_areas(const LayerToWrite& layer) {
    std::vector<std::optional<std::size_t>> rows(layer.areas.size());
    const Table& table = layer.columns;
    if (table.columns().empty()) return rows;
    const Column& codes = table.column("area_code");
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string& code = codes.text(row);
        if (code.empty()) continue;
        const AreaIndex area = layer.areas.index_of(code);
        if (area == no_area) {
            throw InputError("the area '" + code + "' is not among the areas", table.where(row, "area_code"),
                             "write the layer with the areas the table was made for");
        }
        auto& place = rows[static_cast<std::size_t>(area)];
        if (place) {
            throw InputError("the area '" + code + "' comes twice", table.where(row, "area_code"),
                             "a layer holds one row an area: choose the rows of one kind first");
        }
        place = row;
    }
    return rows;
}

bool all_whole(const std::vector<double>& numbers) {
    bool any = false;
    for (const double n : numbers) {
        if (!std::isfinite(n)) continue;
        any = true;
        if (n != std::trunc(n) || std::abs(n) > 9e15) return false;
    }
    return any;
}

std::vector<LayerColumn> columns_of(const LayerToWrite& layer) {
    std::vector<LayerColumn> out;
    const auto copy = [](std::span<const std::string> texts) {
        return std::vector<std::string>(texts.begin(), texts.end());
    };
    out.push_back({"area_code", LayerColumn::Kind::text, copy(layer.areas.codes()), {}});
    out.push_back({"area_name", LayerColumn::Kind::text, copy(layer.areas.names()), {}});
    const auto rows = rows_of_areas(layer);
    for (const Column& column : layer.columns.columns()) {
        if (column.name() == "area_code" || column.name() == "area_name") continue;
        LayerColumn cells{column.name(), LayerColumn::Kind::text, {}, {}};
        for (const auto& row : rows) {
            if (column.is_text())
                cells.texts.push_back(row ? column.text(*row) : std::string());
            else
                cells.numbers.push_back(row ? column.number(*row) : std::numeric_limits<double>::quiet_NaN());
        }
        if (!column.is_text()) {
            cells.kind = all_whole(cells.numbers) ? LayerColumn::Kind::integer : LayerColumn::Kind::real;
        }
        out.push_back(std::move(cells));
    }
    return out;
}

std::string json_text(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void append_degrees(std::string& out, double degrees) {
    const std::size_t start = out.size();
    fmt::format_to(std::back_inserter(out), "{:.7f}", degrees);
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
    if (std::string_view(out).substr(start) == "-0") out.replace(start, 2, "0");
}

/// Points that round to the same 7 decimals are written once; a ring that vanishes is left out.
std::string ring_text(std::span<const Point> points) {
    std::string out;
    std::string last;
    std::size_t written = 0;
    for (const Point p : points) {
        std::string at = "[";
        append_degrees(at, p.x);
        at += ',';
        append_degrees(at, p.y);
        at += ']';
        if (at == last) continue;
        out += written++ == 0 ? "[" : ",";
        out += at;
        last = std::move(at);
    }
    return written < 4 ? std::string() : out + "]";
}

std::string geometry_text(const MultiPolygon& shape) {
    std::vector<std::string> polygons;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        std::string rings;
        for (std::uint32_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
            const std::string ring = ring_text(shape.ring(r));
            if (ring.empty() && r == shape.polygon_starts[p]) break;
            if (!ring.empty()) rings += (rings.empty() ? "" : ",") + ring;
        }
        if (!rings.empty()) polygons.push_back("[" + rings + "]");
    }
    if (polygons.empty()) return "null";
    if (polygons.size() == 1) return R"({"type":"Polygon","coordinates":)" + polygons[0] + "}";
    return fmt::format(R"({{"type":"MultiPolygon","coordinates":[{}]}})", fmt::join(polygons, ","));
}

std::string cell_text(const LayerColumn& column, std::size_t row) {
    if (column.kind == LayerColumn::Kind::text)
        return column.texts[row].empty() ? "null" : json_text(column.texts[row]);
    return std::isfinite(column.numbers[row]) ? full_precision(column.numbers[row]) : "null";
}

std::string geojson_bytes(const LayerToWrite& layer) {
    if (!layer.areas.crs().known() && layer.areas.size() > 0) {
        throw CrsError(
            "the coordinate system of the areas is not known, and GeoJSON is in longitude and latitude",
            {.layer = layer.name}, "name it with --area-crs, such as EPSG:27700");
    }
    const std::vector<LayerColumn> columns = columns_of(layer);
    std::string out = "{\"type\":\"FeatureCollection\",\"name\":" + json_text(layer.name) + ",\"features\":[";
    const bool moved = layer.areas.size() > 0 && layer.areas.crs() != longitude_latitude;
    const std::optional<Transform> to_degrees =
        moved ? std::optional<Transform>(Transform(layer.areas.crs(), longitude_latitude)) : std::nullopt;
    for (std::size_t a = 0; a < layer.areas.size(); ++a) {
        MultiPolygon shape = layer.areas.shapes()[a];
        if (to_degrees) to_degrees->apply(shape.points);
        out += a == 0 ? "\n" : ",\n";
        out += R"({"type":"Feature","properties":{)";
        for (std::size_t c = 0; c < columns.size(); ++c) {
            out += (c == 0 ? "" : ",") + json_text(columns[c].name) + ":" + cell_text(columns[c], a);
        }
        out += "},\"geometry\":" + geometry_text(shape) + "}";
    }
    return out + "\n]}\n";
}

/// "2022-11-01T00:00:00.000Z" of SOURCE_DATE_EPOCH, else of the start of 1970: never of the clock.
std::string date_for_files() {
    std::time_t when = 0;
    if (const char* const epoch = std::getenv("SOURCE_DATE_EPOCH")) {
        if (const auto seconds = parse_number(epoch)) when = static_cast<std::time_t>(*seconds);
    }
    std::tm day{};
    gmtime_r(&when, &day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000Z", day.tm_year + 1900, day.tm_mon + 1,
                       day.tm_mday, day.tm_hour, day.tm_min, day.tm_sec);
}

}  // namespace

std::optional<LayerFormat> layer_format_of(const std::filesystem::path& path) {
    std::string ending = path.extension().string();
    for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (ending == ".gpkg") return LayerFormat::geopackage;
    if (ending == ".fgb") return LayerFormat::flatgeobuf;
    if (ending == ".geojson" || ending == ".json") return LayerFormat::geojson;
    return std::nullopt;
}

std::string layer_bytes(const LayerToWrite& layer, LayerFormat format) {
    if (format == LayerFormat::geojson) return geojson_bytes(layer);
    FlatLayer flat;
    flat.name = layer.name;
    flat.crs = layer.areas.crs().definition;
    flat.shapes = layer.areas.shapes();
    flat.columns = columns_of(layer);
    if (format == LayerFormat::geopackage) {
        flat.style_qml = style_qml(layer.style);
        flat.style_sld = style_sld(layer.style, layer.name);
    }
    const std::string ending = format == LayerFormat::geopackage ? ".gpkg" : ".fgb";
    return gdal_module("writing " + ending).layer_bytes(flat, format, date_for_files());
}

void write_layer(const std::filesystem::path& path, const LayerToWrite& layer, Overwrite overwrite) {
    const auto format = layer_format_of(path);
    if (!format) {
        throw UsageError("'" + path.extension().string() + "' is not a layer format", {.file = path.string()},
                         "use .gpkg, .geojson or .fgb");
    }
    check_output(path, overwrite);
    write_output(path, layer_bytes(layer, *format), overwrite);
}

}  // namespace wardmap
