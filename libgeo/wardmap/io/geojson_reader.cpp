#include "wardmap/io/geojson_reader.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/base/number_text.hpp"

#include <simdjson.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <unordered_map>

namespace wardmap {
namespace {

namespace dom = simdjson::dom;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Where the text stops being JSON, in words. Slow and exact: only for files that are refused.
std::string fault_in(std::string_view text) {
    std::size_t at = text.size();
    try {
        const auto drop = [](int, nlohmann::json::parse_event_t, nlohmann::json&) { return false; };
        const auto parsed = nlohmann::json::parse(text.begin(), text.end(), drop);
        static_cast<void>(parsed);
    } catch (const nlohmann::json::parse_error& error) {
        at = error.byte > 0 ? error.byte - 1 : 0;
    } catch (const nlohmann::json::exception&) {
        at = 0;
    }
    if (at + 1 >= text.size()) {
        return "it ends in the middle, after " + counted(text.size(), "byte");
    }
    std::size_t line = 1;
    for (std::size_t i = 0; i < at; ++i) line += text[i] == '\n' ? 1 : 0;
    return "it breaks off being JSON at byte " + with_thousands(static_cast<double>(at + 1), 0) + ", line " +
           with_thousands(static_cast<double>(line), 0);
}

std::string_view string_member(const dom::object& object, std::string_view key) {
    std::string_view text;
    if (object[key].get(text) != simdjson::SUCCESS) return {};
    return text;
}

Point point_of(const dom::element& position) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    Point point{none, none};
    dom::array numbers;
    if (position.get(numbers) != simdjson::SUCCESS) return point;
    auto number = numbers.begin();
    if (number == numbers.end()) return point;
    double x = none;
    double y = none;
    if ((*number).get(x) != simdjson::SUCCESS) return point;
    ++number;
    if (number == numbers.end() || (*number).get(y) != simdjson::SUCCESS) return point;
    return {x, y};
}

void add_polygon(MultiPolygon& shape, const dom::element& coordinates, std::vector<Point>& ring) {
    dom::array rings;
    if (coordinates.get(rings) != simdjson::SUCCESS) return;
    bool any = false;
    for (const dom::element positions : rings) {
        ring.clear();
        dom::array points;
        if (positions.get(points) == simdjson::SUCCESS) {
            for (const dom::element position : points) ring.push_back(point_of(position));
        }
        shape.add_ring(ring);
        any = true;
    }
    if (any) shape.end_polygon();
}

enum class Found : std::uint8_t { nothing, polygons, others };

Found add_geometry(MultiPolygon& shape, const dom::element& geometry, std::vector<Point>& ring) {
    dom::object object;
    if (geometry.get(object) != simdjson::SUCCESS) return Found::nothing;
    const std::string_view type = string_member(object, "type");
    if (type == "GeometryCollection") {
        dom::array parts;
        if (object["geometries"].get(parts) != simdjson::SUCCESS) return Found::nothing;
        Found found = Found::nothing;
        for (const dom::element part : parts) {
            const Found here = add_geometry(shape, part, ring);
            if (here == Found::polygons || found == Found::nothing) found = here;
        }
        return found;
    }
    dom::element coordinates;
    const bool has_coordinates = object["coordinates"].get(coordinates) == simdjson::SUCCESS;
    if (type != "Polygon" && type != "MultiPolygon") return Found::others;
    if (!has_coordinates) return Found::nothing;
    const std::size_t before = shape.polygon_count();
    if (type == "Polygon") {
        add_polygon(shape, coordinates, ring);
    } else {
        dom::array polygons;
        if (coordinates.get(polygons) == simdjson::SUCCESS) {
            for (const dom::element polygon : polygons) add_polygon(shape, polygon, ring);
        }
    }
    return shape.polygon_count() > before ? Found::polygons : Found::nothing;
}

std::string text_of(const dom::element& value) {
    switch (value.type()) {
        case dom::element_type::STRING:
            return std::string(value.get_string().value_unsafe());
        case dom::element_type::INT64:
            return std::to_string(value.get_int64().value_unsafe());
        case dom::element_type::UINT64:
            return std::to_string(value.get_uint64().value_unsafe());
        case dom::element_type::DOUBLE:
            return full_precision(value.get_double().value_unsafe());
        case dom::element_type::BOOL:
            return value.get_bool().value_unsafe() ? "true" : "false";
        case dom::element_type::NULL_VALUE:
            return {};
        case dom::element_type::ARRAY:
        case dom::element_type::OBJECT:
            break;
    }
    return simdjson::minify(value);
}

/// Gathers features into columns of text; fields appear in the order they are first met.
class Gathered {
public:
    explicit Gathered(RawLayer& layer) : layer_(layer) {}

    void add_feature(const dom::object& feature) {
        layer_.fields.emplace_back(layer_.field_names.size());
        dom::object properties;
        if (feature["properties"].get(properties) == simdjson::SUCCESS) {
            for (const auto& [key, value] : properties) set(key, text_of(value));
        }
        dom::element id;
        const bool has_id = feature["id"].get(id) == simdjson::SUCCESS;
        ids_.push_back(has_id ? text_of(id) : std::string{});
        dom::element geometry;
        if (feature["geometry"].get(geometry) == simdjson::SUCCESS) {
            add_shape(geometry);
        } else {
            add_shape({});
        }
    }

    void add_shape(const dom::element& geometry) {
        MultiPolygon shape;
        switch (add_geometry(shape, geometry, ring_)) {
            case Found::nothing:
                ++layer_.without_shape;
                break;
            case Found::others:
                ++layer_.not_polygons;
                break;
            case Found::polygons:
                break;
        }
        layer_.shapes.push_back(std::move(shape));
    }

    void finish() {
        bool any_id = false;
        for (const std::string& id : ids_) any_id = any_id || !id.empty();
        if (any_id && !index_.contains("id")) {
            layer_.field_names.emplace_back("id");
            for (std::size_t i = 0; i < layer_.fields.size(); ++i) {
                layer_.fields[i].resize(layer_.field_names.size());
                layer_.fields[i].back() = ids_[i];
            }
        }
        for (auto& row : layer_.fields) row.resize(layer_.field_names.size());
    }

private:
    void set(std::string_view key, std::string value) {
        const auto [found, fresh] = index_.emplace(std::string(key), layer_.field_names.size());
        if (fresh) layer_.field_names.emplace_back(key);
        auto& row = layer_.fields.back();
        if (row.size() < layer_.field_names.size()) row.resize(layer_.field_names.size());
        row[found->second] = std::move(value);
    }

    RawLayer& layer_;
    std::unordered_map<std::string, std::size_t> index_{};
    std::vector<std::string> ids_{};
    std::vector<Point> ring_{};
};

std::string crs_member(const dom::object& root) {
    dom::object crs;
    if (root["crs"].get(crs) != simdjson::SUCCESS) return {};
    dom::object properties;
    if (crs["properties"].get(properties) != simdjson::SUCCESS) return {};
    std::string_view text;
    if (properties["name"].get(text) == simdjson::SUCCESS) return std::string(text);
    std::int64_t code = 0;  // the form of 2008: {"type": "EPSG", "properties": {"code": 27700}}
    if (properties["code"].get(code) == simdjson::SUCCESS) return "EPSG:" + std::to_string(code);
    return {};
}

}  // namespace

bool is_topojson(std::string_view text) noexcept {
    constexpr std::size_t near = 4096;
    const std::string_view head = text.substr(0, near);
    const std::string_view tail = text.substr(text.size() - std::min(near, text.size()));
    const auto says = [](std::string_view part, std::string_view word) {
        return part.find(word) != part.npos;
    };
    if (says(head, "\"FeatureCollection\"")) return false;
    return says(head, "\"Topology\"") || (says(tail, "\"Topology\"") && says(text, "\"arcs\""));
}

RawLayer read_geojson(std::string text, const std::string& file) {
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    if (text.find_first_not_of(" \t\r\n") == text.npos) throw InputError("the file is empty", {.file = file});
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    dom::parser parser;
    dom::element root_element;
    const simdjson::error_code error = parser.parse(text).get(root_element);
    if (error == simdjson::UTF8_ERROR) {
        throw InputError("the text is not UTF-8", {.file = file}, "save it as UTF-8");
    }
    if (error != simdjson::SUCCESS) {
        throw InputError("the file is damaged: " + fault_in(text), {.file = file},
                         "download or export it again");
    }
    dom::object root;
    if (root_element.get(root) != simdjson::SUCCESS) {
        throw InputError("this is JSON but no GeoJSON", {.file = file},
                         "a boundary file holds a FeatureCollection");
    }
    RawLayer layer;
    layer.name = string_member(root, "name");
    layer.crs = crs_member(root);
    Gathered gathered(layer);
    const std::string_view type = string_member(root, "type");
    if (type == "FeatureCollection") {
        dom::array features;
        if (root["features"].get(features) != simdjson::SUCCESS) {
            throw InputError("the FeatureCollection has no list of features", {.file = file});
        }
        std::size_t number = 0;
        for (const dom::element element : features) {
            still_wanted();
            ++number;
            dom::object feature;
            if (element.get(feature) != simdjson::SUCCESS) {
                throw InputError("feature " + std::to_string(number) + " is no object", {.file = file});
            }
            gathered.add_feature(feature);
        }
        if (number == 0) throw InputError("the layer has no features", {.file = file});
    } else if (type == "Feature") {
        gathered.add_feature(root);
    } else if (type == "Polygon" || type == "MultiPolygon" || type == "GeometryCollection") {
        layer.fields.emplace_back();
        gathered.add_shape(root_element);
    } else {
        throw InputError(type.empty() ? std::string("this is JSON but no GeoJSON")
                                      : "this is JSON of the type '" + std::string(type) + "'",
                         {.file = file}, "a boundary file holds a FeatureCollection of polygons");
    }
    gathered.finish();
    return layer;
}

}  // namespace wardmap
