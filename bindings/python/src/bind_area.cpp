#include "arrow.hpp"
#include "convert.hpp"
#include "wkb.hpp"

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/neighbours.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/io/builtin_areas.hpp"
#include "wardmap/io/geojson_reader.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/write_layer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace wardmap {
namespace {

py::tuple tuple_of(std::span<const std::string> texts) {
    py::tuple out(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) out[i] = py::str(texts[i]);
    return out;
}

py::tuple answer(const ReadAreas& read) {
    return py::make_tuple(read.areas, list_of(read.problems), read.guesses);
}

py::list ring_list(std::span<const Point> ring) {
    py::list out(ring.size());
    for (std::size_t i = 0; i < ring.size(); ++i) out[i] = py::make_tuple(ring[i].x, ring[i].y);
    return out;
}

py::object geometry_dict(const MultiPolygon& shape) {
    if (shape.polygon_count() == 0) return py::none();
    py::list polygons;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        py::list rings;
        for (std::uint32_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r)
            rings.append(ring_list(shape.ring(r)));
        polygons.append(rings);
    }
    py::dict out;
    out["type"] = polygons.size() == 1 ? "Polygon" : "MultiPolygon";
    out["coordinates"] = polygons.size() == 1 ? py::object(polygons[0]) : py::object(polygons);
    return out;
}

/// A FeatureCollection in the areas' own coordinates, as GeoPandas gives it; a "crs" member says which
/// unless they are longitude and latitude.
py::dict geo_interface(const AreaSet& areas) {
    py::list features;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        py::dict properties;
        properties["area_code"] = areas.codes()[i];
        properties["area_name"] = areas.names()[i];
        py::dict feature;
        feature["id"] = areas.codes()[i];
        feature["type"] = "Feature";
        feature["properties"] = properties;
        feature["geometry"] = geometry_dict(areas.shapes()[i]);
        features.append(feature);
    }
    py::dict out;
    out["type"] = "FeatureCollection";
    out["features"] = features;
    if (areas.crs().known() && areas.crs() != longitude_latitude) {
        py::dict name, crs;
        name["name"] = areas.crs().definition;
        crs["type"] = "name";
        crs["properties"] = name;
        out["crs"] = crs;
    }
    return out;
}

py::list wkb_list(const AreaSet& areas) {
    py::list out(areas.size());
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const MultiPolygon& shape = areas.shapes()[i];
        out[i] = shape.empty() ? py::object(py::none()) : py::object(py::bytes(to_wkb(shape)));
    }
    return out;
}

/// What is known of the areas beyond codes, names and shapes.
py::dict words_of(const AreaSet& areas) {
    py::dict out;
    out["whole"] = areas.whole();
    out["noun"] = areas.noun();
    out["vintage"] = areas.vintage();
    out["source"] = areas.source();
    out["attribution"] = py::list(tuple_of(areas.attribution()));
    return out;
}

AreaSet with_words(const AreaSet& areas, const py::dict& words) {
    AreaSetParts parts = areas.parts();
    const auto take = [&](const char* key, auto& into) {
        if (words.contains(key)) into = words[key].cast<std::decay_t<decltype(into)>>();
    };
    take("whole", parts.whole);
    take("noun", parts.noun);
    take("vintage", parts.vintage);
    take("source", parts.source);
    take("attribution", parts.attribution);
    return AreaSet(std::move(parts));
}

py::object to_geopandas(const AreaSet& areas) {
    const py::module_ geopandas = py::module_::import("geopandas");
    const py::object crs =
        areas.crs().known() ? py::object(py::str(areas.crs().definition)) : py::object(py::none());
    py::dict columns;
    columns["area_code"] = py::list(tuple_of(areas.codes()));
    columns["area_name"] = py::list(tuple_of(areas.names()));
    const py::object shapes =
        geopandas.attr("GeoSeries").attr("from_wkb")(wkb_list(areas), py::arg("crs") = crs);
    const py::object frame = geopandas.attr("GeoDataFrame")(columns, py::arg("geometry") = shapes);
    frame.attr("attrs")["wardmap_areas"] = words_of(areas);
    return frame;
}

py::object take(const AreaSet& areas,
                const py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>& where) {
    py::list out(static_cast<std::size_t>(where.size()));
    const auto size = static_cast<std::int64_t>(areas.size());
    std::vector<py::str> codes;
    for (const std::string& code : areas.codes()) codes.emplace_back(code);
    for (py::ssize_t i = 0; i < where.size(); ++i) {
        const std::int64_t at = where.data()[i];
        if (at < -1 || at >= size) throw py::index_error("there is no area number " + std::to_string(at));
        out[static_cast<std::size_t>(i)] =
            at < 0 ? py::object(py::none()) : py::object(codes[static_cast<std::size_t>(at)]);
    }
    return py::module_::import("numpy")
        .attr("array")(out, py::arg("dtype") = "object")
        .attr("reshape")(where.attr("shape"));
}

py::tuple state_of(const AreaSet& areas) {
    const AreaSetParts& p = areas.parts();
    return py::make_tuple(p.codes, p.names, wkb_list(areas), p.parents, p.crs.definition, p.whole, p.noun,
                          p.vintage, p.source, p.attribution);
}

AreaSet restored(const py::tuple& state) {
    AreaSetParts p;
    p.codes = state[0].cast<std::vector<std::string>>();
    p.names = state[1].cast<std::vector<std::string>>();
    for (const py::handle wkb : state[2]) {
        p.shapes.emplace_back();
        if (!wkb.is_none()) add_wkb(wkb.cast<std::string_view>(), p.shapes.back());
    }
    p.parents = state[3].cast<std::vector<std::string>>();
    p.crs.definition = state[4].cast<std::string>();
    p.whole = state[5].cast<std::string>();
    p.noun = state[6].cast<std::string>();
    p.vintage = state[7].cast<std::string>();
    p.source = state[8].cast<std::string>();
    p.attribution = state[9].cast<std::vector<std::string>>();
    return AreaSet(std::move(p));
}

/// Areas from the columns of a frame: texts of each field, and a WKB shape (or None) a row.
py::tuple areas_from_wkb(const std::vector<std::string>& names,
                         const std::vector<std::vector<std::string>>& columns, const py::list& shapes,
                         const std::string& crs, const std::string& source, const ReadAreasOptions& options) {
    RawLayer layer;
    layer.field_names = names;
    layer.crs = crs;
    std::size_t row = 0;
    for (const py::handle wkb : shapes) {
        std::vector<std::string> fields;
        for (const auto& column : columns) fields.push_back(column.at(row));
        layer.fields.push_back(std::move(fields));
        layer.shapes.emplace_back();
        const WkbKind kind =
            wkb.is_none() ? WkbKind::empty : add_wkb(wkb.cast<std::string_view>(), layer.shapes.back());
        if (kind == WkbKind::empty) ++layer.without_shape;
        if (kind == WkbKind::other) ++layer.not_polygons;
        ++row;
    }
    ReadAreas read;
    {
        const Unlocked unlocked;
        read = areas_of_layer(std::move(layer), source, options);
    }
    return answer(read);
}

/// Areas of an Arrow stream, or of the pair of capsules of one array. \param crs_of  the coordinate system
/// that the metadata of the column of shapes say
py::tuple areas_from_arrow(const py::object& capsules, const py::function& crs_of, const std::string& source,
                           const ReadAreasOptions& options) {
    ArrowColumns read = read_arrow(capsules, ArrowShapes::read);
    if (read.shape_column.empty())
        throw InputError(
            "no column holds shapes", {.file = source},
            "pass a table with one column of Well-Known Binary, best of the extension geoarrow.wkb");
    RawLayer layer;
    layer.crs = crs_of(read.shape_meta).cast<std::string>();
    layer.without_shape = read.without_shape;
    layer.not_polygons = read.not_polygons;
    layer.fields.resize(read.shapes.size());
    layer.shapes = std::move(read.shapes);
    for (const Column& column : read.columns) {
        layer.field_names.push_back(column.name());
        for (std::size_t row = 0; row < column.size(); ++row) {
            std::string cell;
            if (column.state(row) == CellState::value)
                cell = column.is_text() ? column.text(row) : fmt::format("{}", column.number(row));
            layer.fields[row].push_back(std::move(cell));
        }
    }
    ReadAreas made;
    {
        const Unlocked unlocked;
        made = areas_of_layer(std::move(layer), source, options);
    }
    return answer(made);
}

/// area_code, area_name and the shapes as geoarrow.wkb, with the coordinate system.
py::capsule arrow_stream(const AreaSet& areas) {
    const py::object dumps = py::module_::import("json").attr("dumps");
    ArrowLayer layer;
    layer.columns.push_back(Column::text("area_code", {areas.codes().begin(), areas.codes().end()}));
    layer.columns.push_back(Column::text("area_name", {areas.names().begin(), areas.names().end()}));
    for (const MultiPolygon& shape : areas.shapes())
        layer.wkb.push_back(shape.empty() ? std::string{} : to_wkb(shape));
    py::dict shape_meta;
    if (areas.crs().known()) {
        const std::string& crs = areas.crs().definition;
        shape_meta["crs"] = crs;
        shape_meta["crs_type"] = crs.find('[') == std::string::npos ? "authority_code" : "wkt2:2019";
    }
    layer.shape_meta = dumps(shape_meta).cast<std::string>();
    layer.meta = dumps(words_of(areas)).cast<std::string>();
    return arrow_stream_of(layer);
}

ReadAreasOptions options_of(const std::string& code, const std::string& name, const std::string& layer,
                            const std::vector<std::string>& where, const std::string& crs) {
    ReadAreasOptions options;
    options.code = code;
    options.name = name;
    options.layer = layer;
    options.where = where;
    options.crs = crs;
    return options;
}

py::tuple contiguity_of(const AreaSet& areas, const std::string& kind, std::optional<double> snap) {
    if (kind != "queen" && kind != "rook")
        throw UsageError("kind '" + kind + "' is not known", {}, "use 'queen' or 'rook'");
    if (snap && !(*snap >= 0))
        throw UsageError("snap is negative or not a number", {}, "give a distance, or None");
    Neighbours found;
    Problems problems;
    {
        const Unlocked unlocked;
        found = contiguity(areas, kind == "queen" ? Contiguity::queen : Contiguity::rook, snap);
        problems = neighbour_problems(areas, found);
    }
    const auto integers = [](const auto& from, auto as) {
        py::array_t<decltype(as)> out(static_cast<py::ssize_t>(from.size()));
        std::transform(from.begin(), from.end(), out.mutable_data(),
                       [](auto i) { return static_cast<decltype(as)>(i); });
        return out;
    };
    return py::make_tuple(integers(found.indptr, std::int64_t{}), integers(found.indices, std::int32_t{}),
                          integers(found.islands(), std::int32_t{}), list_of(problems));
}

}  // namespace

void bind_area(py::module_& m) {
    py::class_<AreaSet>(
        m, "AreaSet",
        "An ordered set of areas: codes, names, shapes. Immutable; any number of threads may share one.")
        .def("__len__", &AreaSet::size)
        .def_property_readonly(
            "codes", [](const AreaSet& a) { return tuple_of(a.codes()); },
            "Codes, in the order of the areas.")
        .def_property_readonly(
            "names", [](const AreaSet& a) { return tuple_of(a.names()); },
            "Names, in the order of the areas.")
        .def_property_readonly(
            "parents", [](const AreaSet& a) { return tuple_of(a.parents()); },
            "Codes of districts; () if not known.")
        .def_property_readonly(
            "crs", [](const AreaSet& a) { return a.crs().definition; },
            "'EPSG:27700', WKT, or '' if not known.")
        .def_property_readonly("whole", &AreaSet::whole, "Name of all areas together.")
        .def_property_readonly("noun", &AreaSet::noun, "What one area is: 'ward'.")
        .def_property_readonly("vintage", &AreaSet::vintage)
        .def_property_readonly("source", &AreaSet::source)
        .def_property_readonly(
            "attribution", [](const AreaSet& a) { return tuple_of(a.attribution()); },
            "Licence lines that must be printed with any picture.")
        .def_property_readonly(
            "bounds",
            [](const AreaSet& a) {
                const Box b = a.box();
                return py::make_tuple(b.min_x, b.min_y, b.max_x, b.max_y);
            },
            "(min x, min y, max x, max y) in the areas' own coordinates.")
        .def(
            "index_of",
            [](const AreaSet& a, const std::string& code) {
                const AreaIndex at = a.index_of(code);
                if (at == no_area) throw NameUnknown("there is no area '" + code + "'");
                return at;
            },
            py::arg("code"), "Place of the area of that code. Raises KeyError.")
        .def("take", &take, py::arg("where"),
             "Codes at the places that `locate` gives: an object array, None for -1 (never codes[where]).")
        .def_property_readonly("__geo_interface__", &geo_interface)
        .def("to_wkb", &wkb_list, "Shapes as Well-Known Binary; None where there is no shape.")
        .def(
            "__arrow_c_stream__", [](const AreaSet& a, const py::object&) { return arrow_stream(a); },
            py::arg("requested_schema") = py::none(),
            "Arrow: area_code, area_name, and geometry as geoarrow.wkb with its coordinate system.")
        .def("to_geopandas", &to_geopandas, "A GeoDataFrame with area_code, area_name and geometry.")
        .def("with_words", &with_words, py::arg("words"),
             "The same areas with other words: a dict of whole, noun, vintage, source, attribution.")
        .def("__repr__",
             [](const AreaSet& a) {
                 return "<wardmap.AreaSet: " + std::to_string(a.size()) + " " + a.noun() +
                        (a.size() == 1 ? "" : "s") + (a.whole().empty() ? "" : " of " + a.whole()) +
                        (a.crs().known() ? ", " + a.crs().definition.substr(0, 40) : "") + ">";
             })
        .def(py::pickle(&state_of, &restored));

    m.def("builtin_areas", [] {
        py::list out;
        for (const BuiltinAreas& set : builtin_areas())
            out.append(py::make_tuple(set.name, set.areas, set.crs, set.source));
        return out;
    });
    m.def(
        "read_areas",
        [](const std::string& path, const std::string& code, const std::string& name,
           const std::string& layer, const std::vector<std::string>& where, const std::string& crs) {
            ReadAreas read;
            {
                const Unlocked unlocked;
                read = read_areas(path, options_of(code, name, layer, where, crs));
            }
            return answer(read);
        },
        py::arg("path"), py::arg("code"), py::arg("name"), py::arg("layer"), py::arg("where"),
        py::arg("crs"));
    m.def(
        "areas_from_wkb",
        [](const std::vector<std::string>& names, const std::vector<std::vector<std::string>>& columns,
           const py::list& shapes, const std::string& own_crs, const std::string& source,
           const std::string& code, const std::string& name, const std::vector<std::string>& where,
           const std::string& crs) {
            return areas_from_wkb(names, columns, shapes, own_crs, source,
                                  options_of(code, name, "", where, crs));
        },
        py::arg("names"), py::arg("columns"), py::arg("shapes"), py::arg("own_crs"), py::arg("source"),
        py::arg("code"), py::arg("name"), py::arg("where"), py::arg("crs"));
    m.def(
        "areas_from_geojson",
        [](const std::string& text, const std::string& source, const std::string& code,
           const std::string& name, const std::vector<std::string>& where, const std::string& crs) {
            ReadAreas read;
            {
                const Unlocked unlocked;
                read = areas_of_layer(read_geojson(text, source), source,
                                      options_of(code, name, "", where, crs));
            }
            return answer(read);
        },
        py::arg("text"), py::arg("source"), py::arg("code"), py::arg("name"), py::arg("where"),
        py::arg("crs"));
    m.def(
        "areas_from_arrow",
        [](const py::object& stream, const py::function& crs_of, const std::string& source,
           const std::string& code, const std::string& name, const std::vector<std::string>& where,
           const std::string& crs) {
            return areas_from_arrow(stream, crs_of, source, options_of(code, name, "", where, crs));
        },
        py::arg("stream"), py::arg("crs_of"), py::arg("source"), py::arg("code"), py::arg("name"),
        py::arg("where"), py::arg("crs"));
    m.def("contiguity", &contiguity_of, py::arg("areas"), py::arg("kind"), py::arg("snap"));
    m.def(
        "write_layer",
        [](const std::string& path, const AreaSet& areas, const Table& table, const std::string& name,
           bool overwrite) {
            const Unlocked unlocked;
            LayerToWrite layer;
            layer.name = name;
            layer.areas = areas;
            layer.columns = table;
            write_layer(path, layer, overwrite ? Overwrite::replace : Overwrite::refuse);
        },
        py::arg("path"), py::arg("areas"), py::arg("table"), py::arg("name"), py::arg("overwrite"));
}

}  // namespace wardmap
