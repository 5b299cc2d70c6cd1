#include "wardmap/base/error.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/io/gdal/module_parts.hpp"
#include "wardmap/io/gdal/vector_file.hpp"

#include <limits>
#include <optional>
#include <utility>

namespace wardmap {
namespace {

/// The point a geometry is; nothing for lines, polygons and more than one point.
std::optional<Point> only_point(OGRGeometryH geometry) {
    switch (OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))) {
        case wkbPoint:
            return Point{OGR_G_GetX(geometry, 0), OGR_G_GetY(geometry, 0)};
        case wkbMultiPoint:
        case wkbGeometryCollection:
            if (OGR_G_GetGeometryCount(geometry) != 1) return std::nullopt;
            return only_point(OGR_G_GetGeometryRef(geometry, 0));
        default:
            return std::nullopt;
    }
}

RawPoints read_features(OGRLayerH layer, const std::string& path, GdalErrors& errors) {
    RawPoints out;
    out.name = OGR_L_GetName(layer);
    const OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(layer);
    out.crs = crs_text(srs);
    const AxisOrder order = axis_order(srs);
    const OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    std::vector<OGRFieldType> types;
    for (int f = 0; f < OGR_FD_GetFieldCount(definition); ++f) {
        const OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, f);
        out.field_names.push_back(readable(OGR_Fld_GetNameRef(field)));
        types.push_back(OGR_Fld_GetType(field));
    }
    out.fields.resize(types.size());
    errors.clear();
    OGR_L_ResetReading(layer);
    while (FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        still_wanted();
        for (std::size_t f = 0; f < types.size(); ++f)
            out.fields[f].push_back(field_text(feature.get(), static_cast<int>(f), types[f]));
        constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
        Point point{nowhere, nowhere};
        const OGRGeometryH geometry = OGR_F_GetGeometryRef(feature.get());
        if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
            ++out.without_shape;
        } else if (const auto found = only_point(geometry)) {
            point = *found;
            if (order == AxisOrder::y_first) std::swap(point.x, point.y);
        } else {
            ++out.not_points;
        }
        out.x.push_back(point.x);
        out.y.push_back(point.y);
    }
    if (errors.failed()) {
        throw InputError("the layer cannot be read to its end" + errors.text(),
                         {.file = path, .layer = out.name}, "is the file damaged or incomplete?");
    }
    return out;
}

}  // namespace

RawPoints gdal_read_points(const std::string& path, const std::string& layer) {
    GdalErrors errors;
    const VectorFiles opened(path, GeoJsonFiles::read, errors);
    const LayerPlace& place = opened.place_of(layer);
    RawPoints out = read_features(opened.layer(place), path, errors);
    if (opened.file(place).driver() == "TopoJSON") out.crs.clear();  // the format names none
    return out;
}

}  // namespace wardmap
