#include "wardmap/io/read_areas.hpp"

#include "wardmap/area/code_fields.hpp"
#include "wardmap/area/vintage.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/crs/transform.hpp"
#include "wardmap/geometry/validity.hpp"
#include "wardmap/io/builtin_areas.hpp"
#include "wardmap/io/gdal_module.hpp"
#include "wardmap/io/geojson_reader.hpp"
#include "wardmap/io/input_file.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace wardmap {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const std::size_t first = text.find_first_not_of(white);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

enum class Format : unsigned char { geojson, other };

struct Loaded {
    RawLayer layer{};
    Format format = Format::other;
};

bool has_ending(const std::string& path, std::string_view ending) {
    return lower(path).ends_with(ending);
}

Loaded load(const std::string& path, const std::string& layer, std::vector<std::string>& guesses) {
    Loaded out;
    if (has_ending(path, ".geojson") || has_ending(path, ".json") || has_ending(path, ".topojson")) {
        std::string text = read_input(path);
        if (!is_topojson(text)) {
            out.layer = read_geojson(std::move(text), path);
            out.format = Format::geojson;
            if (!layer.empty() && lower(layer) != lower(out.layer.name)) {
                throw NameUnknown("there is no layer '" + layer + "'", {.file = path},
                                  "a GeoJSON file has one layer; leave --area-layer out");
            }
            return out;
        }
    }
    out.layer = read_layer(path, layer);
    const std::vector<std::string>& layers = out.layer.layers;
    if (layer.empty() && layers.size() > 1) {
        std::string others;
        for (const std::string& name : layers) {
            if (name != out.layer.name) others += (others.empty() ? "" : ", ") + name;
        }
        guesses.push_back("the layer is " + out.layer.name + ", the first of " +
                          std::to_string(layers.size()) + " (others: " + others + ")");
    }
    return out;
}

std::vector<FieldInfo> describe(const RawLayer& layer) {
    std::vector<FieldInfo> out;
    for (std::size_t f = 0; f < layer.field_names.size(); ++f) {
        FieldInfo info;
        info.name = layer.field_names[f];
        std::unordered_set<std::string_view> different(layer.fields.size());
        std::string_view before;  // runs of one value, such as a district's, are looked up once
        for (const auto& row : layer.fields) {
            const std::string_view value = trimmed(row[f]);
            if (value.empty()) continue;
            if (info.present == 0) info.example = value;
            ++info.present;
            if (value != before) different.insert(value);
            before = value;
        }
        info.different = different.size();
        out.push_back(std::move(info));
    }
    return out;
}

std::size_t field(const RawLayer& layer, const std::string& wanted, const std::string& file) {
    const std::size_t found = find_field(layer.field_names, wanted);
    if (found == no_field) {
        throw NameUnknown("there is no field '" + wanted + "'", {.file = file, .layer = layer.name},
                          did_you_mean(wanted, layer.field_names));
    }
    return found;
}

struct Fields {
    std::size_t code = no_field;
    std::size_t name = no_field;  ///< no_field: names are the codes
};

Fields choose_fields(const RawLayer& layer, std::span<const FieldInfo> infos, const ReadAreasOptions& options,
                     const std::string& file, std::vector<std::string>& guesses) {
    const std::span<const std::string> names = layer.field_names;
    const auto keys = [&](std::size_t f) {
        return infos[f].present == layer.fields.size() && infos[f].different == layer.fields.size();
    };
    Fields out;
    std::size_t nearest = no_field;  // a field of codes by its name whose values repeat
    if (!options.code.empty()) {
        out.code = field(layer, options.code, file);
    } else {
        for (std::size_t f = 0; f < names.size() && out.code == no_field; ++f) {
            if (code_field_stem(names[f]).empty()) continue;
            if (keys(f)) out.code = f;
            if (nearest == no_field) nearest = f;
        }
        if (nearest == no_field) {  // a field of codes whose values repeat is not passed over for its names
            for (const std::string_view plain : {"code", "id", "name", "nm"}) {
                const std::size_t f = find_field(names, plain);
                if (out.code == no_field && f != no_field && keys(f)) out.code = f;
            }
            for (std::size_t f = 0; f < names.size() && out.code == no_field; ++f) {
                if (is_name_field(names[f]) && keys(f)) out.code = f;
            }
        }
    }
    if (out.code == no_field) {
        std::string what = "no field has a different code for every area";
        std::string remedy = "name one with --area-code";
        if (nearest != no_field) {
            what += ": " + names[nearest] + " has " + counted(infos[nearest].different, "different value") +
                    " in " + counted(infos[nearest].present, "feature") + " of " +
                    std::to_string(layer.fields.size());
            remedy = "--area-code " + names[nearest] + " takes it and joins features with one code";
        }
        std::string list;
        for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
        remedy += list.empty() ? "; the file has no fields" : "; there are: " + list;
        throw InputError(what, {.file = file, .layer = layer.name}, remedy);
    }
    out.name =
        options.name.empty() ? name_field_of(names, names[out.code]) : field(layer, options.name, file);
    if (options.code.empty() || options.name.empty()) {
        std::string text = "the code of each area is in " + names[out.code];
        text += out.name == no_field ? ", there is no field of names" : ", its name in " + names[out.name];
        guesses.push_back(std::move(text));
    }
    return out;
}

/// Which features the conditions keep.
std::vector<bool> kept_by(const RawLayer& layer, const ReadAreasOptions& options, const std::string& file) {
    std::vector<bool> keep(layer.fields.size(), true);
    for (const std::string& condition : options.where) {
        const std::size_t equals = condition.find('=');
        if (equals == condition.npos || equals == 0) {
            throw UsageError("'" + condition + "' is no condition", {}, "write it as FIELD=VALUE");
        }
        const std::string_view text = condition;
        const std::size_t f = field(layer, std::string(trimmed(text.substr(0, equals))), file);
        const std::string wanted(trimmed(text.substr(equals + 1)));
        bool any = false;
        std::vector<std::string> values;
        for (std::size_t i = 0; i < keep.size(); ++i) {
            const std::string_view value = trimmed(layer.fields[i][f]);
            const bool equal = value == wanted;
            any = any || equal;
            keep[i] = keep[i] && equal;
            if (!equal && std::find(values.begin(), values.end(), value) == values.end() &&
                values.size() < 1000) {
                values.emplace_back(value);
            }
        }
        if (!any) {
            throw InputError("no feature has " + layer.field_names[f] + " = " + wanted,
                             {.file = file, .layer = layer.name}, did_you_mean(wanted, values));
        }
    }
    if (std::find(keep.begin(), keep.end(), true) == keep.end()) {
        throw InputError("no feature meets all the conditions", {.file = file, .layer = layer.name},
                         "leave one --area-where out");
    }
    return keep;
}

void keep_only(RawLayer& layer, const std::vector<bool>& keep) {
    std::size_t to = 0;
    for (std::size_t i = 0; i < keep.size(); ++i) {
        if (!keep[i]) continue;
        if (to != i) {
            layer.fields[to] = std::move(layer.fields[i]);
            layer.shapes[to] = std::move(layer.shapes[i]);
        }
        ++to;
    }
    layer.fields.resize(to);
    layer.shapes.resize(to);
}

std::string range_text(const Box& box) {
    return "x from " + with_thousands(box.min_x, 1) + " to " + with_thousands(box.max_x, 1) + ", y from " +
           with_thousands(box.min_y, 1) + " to " + with_thousands(box.max_y, 1);
}

Crs choose_crs(const Loaded& loaded, const Box& box, const ReadAreasOptions& options, const std::string& file,
               std::vector<std::string>& guesses) {
    const Where where{.file = file, .layer = loaded.layer.name};
    const std::string given = options.crs.empty() ? loaded.layer.crs : options.crs;
    if (!given.empty()) {
        Crs crs{given};
        bool degrees = false;
        try {
            const std::string code = crs_authority_code(crs);
            if (!code.empty()) crs.definition = code == "OGC:CRS84" ? longitude_latitude.definition : code;
            degrees = is_geographic(crs);
        } catch (const CrsError& error) {
            throw CrsError(error.what_happened(), where, "name the right one with --area-crs");
        }
        constexpr double most_degrees = 361;  // some files count longitudes from 0 to 360
        const bool fits = box.empty() || (box.min_x >= -most_degrees && box.max_x <= most_degrees &&
                                          box.min_y >= -most_degrees && box.max_y <= most_degrees);
        if (degrees && !fits) {
            throw CrsError("the coordinates are no degrees (" + range_text(box) +
                               "), but the system is said to be " + crs_name(crs),
                           where, "name the right one with --area-crs, such as --area-crs EPSG:27700");
        }
        return crs;
    }
    const std::optional<Crs> guess = guess_crs(box);
    if (!guess && !box.empty()) {
        throw CrsError(
            "the file names no coordinate system, and its numbers tell none (" + range_text(box) + ")", where,
            "name it with --area-crs, such as --area-crs EPSG:27700");
    }
    if (!guess) return {};
    const bool said_by_format = loaded.format == Format::geojson && *guess == longitude_latitude;
    if (!said_by_format) {
        guesses.push_back("the file names no coordinate system; by its numbers it is " + guess->definition +
                          " (" + crs_name(*guess) + ")");
    }
    return *guess;
}

/// The value all features share in a field; empty if they differ or lack it.
std::string constant_value(const RawLayer& layer, const FieldInfo& info, std::size_t f) {
    if (info.different != 1 || info.present != layer.fields.size()) return {};
    return std::string(trimmed(layer.fields.front()[f]));
}

std::string whole_name(const RawLayer& layer, std::span<const FieldInfo> infos, const Fields& fields) {
    std::string found;
    for (std::size_t f = 0; f < infos.size(); ++f) {
        if (f == fields.code || f == fields.name || !is_name_field(infos[f].name)) continue;
        std::string value = constant_value(layer, infos[f], f);
        if (value.empty()) continue;
        if (lower(infos[f].name).starts_with("lad")) return value;
        if (found.empty()) found = std::move(value);
    }
    return found;
}

/// "2023" of WD23CD: the year stands in the names of the publisher's fields.
std::string vintage_of_field(const std::string& name) {
    const std::string stem = code_field_stem(name);
    if (stem.empty() || stem.back() == '_') return {};
    return "20" + stem.substr(stem.size() - 2);
}

AreaSetParts gather(RawLayer& layer, const Fields& fields, ReadAreas& out) {
    AreaSetParts parts;
    std::unordered_map<std::string, std::size_t> area_of_code;
    std::size_t parent = no_field;
    for (std::size_t f = 0; f < layer.field_names.size() && parent == no_field; ++f) {
        if (f != fields.code && is_district_code_field(layer.field_names[f])) parent = f;
    }
    for (std::size_t i = 0; i < layer.fields.size(); ++i) {
        const auto& row = layer.fields[i];
        const std::string code(trimmed(row[fields.code]));
        std::string name(fields.name == no_field ? std::string_view{} : trimmed(row[fields.name]));
        if (code.empty()) {
            ++out.without_code;
            out.problems.add(Severity::problem, "no_code", "features have no code and were left out",
                             {.file = out.file,
                              .layer = layer.name,
                              .row = i + 1,
                              .column = layer.field_names[fields.code]},
                             name.empty() ? "feature " + std::to_string(i + 1) : name);
            continue;
        }
        ++out.in_areas;
        const auto [found, fresh] = area_of_code.emplace(code, parts.codes.size());
        if (fresh) {
            parts.codes.push_back(code);
            parts.names.push_back(name.empty() ? code : std::move(name));
            parts.shapes.push_back(std::move(layer.shapes[i]));
            if (parent != no_field) parts.parents.emplace_back(trimmed(row[parent]));
            continue;
        }
        MultiPolygon& shape = parts.shapes[found->second];
        for (std::size_t p = 0; p < layer.shapes[i].polygon_count(); ++p) {
            for (std::size_t r = layer.shapes[i].polygon_starts[p]; r < layer.shapes[i].polygon_starts[p + 1];
                 ++r) {
                shape.add_ring(layer.shapes[i].ring(r));
            }
            shape.end_polygon();
        }
        out.problems.add(Severity::warning, "code_twice",
                         "features repeat a code and were joined into one area of several parts",
                         {.file = out.file,
                          .layer = layer.name,
                          .row = i + 1,
                          .column = layer.field_names[fields.code],
                          .code = code},
                         code);
    }
    return parts;
}

Repaired repaired_or_lost(MultiPolygon shape) {
    try {
        return repair(std::move(shape));
    } catch (const GeometryError& error) {
        return {.changed = true, .reason = error.what_happened()};
    }
}

void repair_shapes(AreaSetParts& parts, ReadAreas& out) {
    for (std::size_t i = 0; i < parts.shapes.size(); ++i) {
        const auto where = [&] {
            return Where{.file = out.file, .layer = out.layer, .code = parts.codes[i]};
        };
        if (parts.shapes[i].empty()) {
            out.problems.add(Severity::warning, "no_shape", "areas have no shape", where(), parts.codes[i]);
            continue;
        }
        Repaired repaired = repaired_or_lost(std::move(parts.shapes[i]));
        parts.shapes[i] = std::move(repaired.shape);
        if (repaired.touched) {
            out.problems.add(Severity::note, "self_touching_ring",
                             "areas have a ring that meets itself; they were taken as they are meant",
                             where(), parts.codes[i]);
        }
        if (!repaired.changed) continue;
        out.repaired.push_back(parts.codes[i]);
        if (parts.shapes[i].empty()) {
            out.problems.add(Severity::problem, "lost_shape",
                             "areas have a shape that is broken beyond mending", where(),
                             parts.codes[i] + ": " + repaired.reason);
        } else {
            out.problems.add(Severity::warning, "repaired_shape", "areas had a broken shape that was mended",
                             where(), parts.codes[i] + ": " + repaired.reason);
        }
    }
}

bool looks_like_path(const std::string& text) {
    return text.find('/') != text.npos || text.find('\\') != text.npos || text.find('.') != text.npos;
}

/// Areas of a layer that was read; `out` knows the file and the guesses made so far.
ReadAreas areas_of(Loaded loaded, const ReadAreasOptions& options, const std::optional<BuiltinAreas>& builtin,
                   ReadAreas out) {
    RawLayer& layer = loaded.layer;
    out.layer = layer.name;
    out.layers = std::move(layer.layers);
    out.features_read = layer.fields.size();
    if (out.features_read == 0) {
        throw InputError("the layer has no features", {.file = out.file, .layer = layer.name},
                         "choose another with --area-layer");
    }
    const std::vector<bool> keep = kept_by(layer, options, out.file);
    keep_only(layer, keep);
    out.filtered = out.features_read - layer.fields.size();
    out.fields = describe(layer);
    const Fields fields = choose_fields(layer, out.fields, options, out.file, out.guesses);
    out.code_field = layer.field_names[fields.code];
    if (fields.name != no_field) out.name_field = layer.field_names[fields.name];

    Box box;
    for (const MultiPolygon& shape : layer.shapes) box.add(shape.box());
    const bool any_shape = std::any_of(layer.shapes.begin(), layer.shapes.end(),
                                       [](const MultiPolygon& s) { return !s.empty(); });
    if (!any_shape) {
        throw InputError("the layer holds no polygons (" + counted(layer.not_polygons, "feature") +
                             " of points or lines, " + counted(layer.without_shape, "feature") +
                             " without geometry)",
                         {.file = out.file, .layer = layer.name}, "choose a layer of areas");
    }
    if (layer.not_polygons > 0) {
        out.problems.add(Severity::warning, "not_polygon", "features are points or lines, which make no area",
                         {.file = out.file, .layer = layer.name}, {}, layer.not_polygons);
    }

    std::string whole = whole_name(layer, out.fields, fields);
    Crs crs = choose_crs(loaded, box, options, out.file, out.guesses);
    AreaSetParts parts = gather(layer, fields, out);
    if (parts.codes.empty()) {
        throw InputError("no feature has a code",
                         {.file = out.file, .layer = layer.name, .column = out.code_field},
                         "name another field with --area-code");
    }
    repair_shapes(parts, out);
    parts.crs = std::move(crs);
    parts.noun = builtin ? builtin->noun : area_noun(parts.codes);
    parts.whole = builtin && options.where.empty() ? builtin->whole : std::move(whole);
    parts.vintage = builtin ? builtin->vintage : vintage_of_field(out.code_field);
    parts.source = builtin ? builtin->source : std::filesystem::path(out.file).filename().string();
    if (builtin) parts.attribution = builtin->attribution;
    out.areas = AreaSet(std::move(parts));
    return out;
}

}  // namespace

ReadAreas read_areas(const std::string& name_or_path, const ReadAreasOptions& given) {
    ReadAreasOptions options = given;
    ReadAreas out;
    const std::optional<BuiltinAreas> builtin =
        looks_like_path(name_or_path) ? std::nullopt : find_builtin_areas(name_or_path);
    if (builtin) {
        out.file = builtin->path;
        if (options.code.empty()) options.code = builtin->code;
        if (options.name.empty() && options.code == builtin->code) options.name = builtin->area_name;
        if (options.crs.empty()) options.crs = builtin->crs;
    } else {
        std::error_code ignored;
        if (!std::filesystem::exists(name_or_path, ignored)) {
            std::vector<std::string> names;
            for (const BuiltinAreas& set : builtin_areas()) names.push_back(set.name);
            if (!looks_like_path(name_or_path)) {
                throw NameUnknown("there is neither a built-in set nor a file '" + name_or_path + "'", {},
                                  did_you_mean(name_or_path, names));
            }
            read_input(name_or_path);  // throws, naming the nearest files
        }
        out.file = name_or_path;
    }

    Loaded loaded = load(out.file, options.layer, out.guesses);
    return areas_of(std::move(loaded), options, builtin, std::move(out));
}

ReadAreas areas_of_layer(RawLayer layer, const std::string& source, const ReadAreasOptions& options) {
    ReadAreas out;
    out.file = source;
    return areas_of({std::move(layer), Format::geojson}, options, std::nullopt, std::move(out));
}

}  // namespace wardmap
