#include "wardmap/base/error.hpp"
#include "wardmap/io/gdal/gdal_handle.hpp"
#include "wardmap/io/gdal/module_parts.hpp"

#include <cmath>
#include <string_view>

namespace wardmap {
namespace {

SrsHandle srs_of(const std::string& crs) {
    if (crs.empty()) return {};
    SrsHandle srs{OSRNewSpatialReference(nullptr)};
    if (OSRSetFromUserInput(srs.get(), crs.c_str()) != OGRERR_NONE) {
        throw CrsError("GDAL does not know the coordinate system '" + crs + "'");
    }
    OSRSetAxisMappingStrategy(srs.get(), OAMS_TRADITIONAL_GIS_ORDER);
    return srs;
}

GeometryHandle geometry_of(const MultiPolygon& shape) {
    GeometryHandle all{OGR_G_CreateGeometry(wkbMultiPolygon)};
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        GeometryHandle polygon{OGR_G_CreateGeometry(wkbPolygon)};
        for (std::uint32_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
            const std::span<const Point> points = shape.ring(r);
            GeometryHandle ring{OGR_G_CreateGeometry(wkbLinearRing)};
            OGR_G_SetPoints(ring.get(), static_cast<int>(points.size()), &points[0].x, sizeof(Point),
                            &points[0].y, sizeof(Point), nullptr, 0);
            OGR_G_AddGeometryDirectly(polygon.get(), ring.release());
        }
        OGR_G_AddGeometryDirectly(all.get(), polygon.release());
    }
    return all;
}

OGRFieldType field_type(LayerColumn::Kind kind) {
    switch (kind) {
        case LayerColumn::Kind::text:
            return OFTString;
        case LayerColumn::Kind::integer:
            return OFTInteger64;
        case LayerColumn::Kind::real:
            return OFTReal;
    }
    return OFTString;
}

void set_field(OGRFeatureH feature, int field, const LayerColumn& column, std::size_t row) {
    if (column.kind == LayerColumn::Kind::text) {
        if (column.texts[row].empty())
            OGR_F_SetFieldNull(feature, field);
        else
            OGR_F_SetFieldString(feature, field, column.texts[row].c_str());
    } else if (!std::isfinite(column.numbers[row])) {
        OGR_F_SetFieldNull(feature, field);
    } else if (column.kind == LayerColumn::Kind::integer) {
        OGR_F_SetFieldInteger64(feature, field, static_cast<GIntBig>(column.numbers[row]));
    } else {
        OGR_F_SetFieldDouble(feature, field, column.numbers[row]);
    }
}

[[noreturn]] void fail(const FlatLayer& layer, const GdalErrors& errors) {
    throw OutputError("the layer cannot be written" + errors.text(), {.layer = layer.name});
}

void add_features(OGRLayerH target, const FlatLayer& layer, const GdalErrors& errors) {
    for (const LayerColumn& column : layer.columns) {
        const FieldDefnHandle field{OGR_Fld_Create(column.name.c_str(), field_type(column.kind))};
        if (OGR_L_CreateField(target, field.get(), 0) != OGRERR_NONE) fail(layer, errors);
    }
    for (std::size_t row = 0; row < layer.shapes.size(); ++row) {
        const FeatureHandle feature{OGR_F_Create(OGR_L_GetLayerDefn(target))};
        for (std::size_t c = 0; c < layer.columns.size(); ++c) {
            set_field(feature.get(), static_cast<int>(c), layer.columns[c], row);
        }
        if (!layer.shapes[row].empty()) {
            OGR_F_SetGeometryDirectly(feature.get(), geometry_of(layer.shapes[row]).release());
        }
        if (OGR_L_CreateFeature(target, feature.get()) != OGRERR_NONE) fail(layer, errors);
    }
}

/// The table QGIS takes the style of a GeoPackage layer from.
void add_styles(GDALDatasetH dataset, const FlatLayer& layer, const std::string& date,
                const GdalErrors& errors) {
    const char* const options[] = {"ASPATIAL_VARIANT=GPKG_ATTRIBUTES", "FID=id", nullptr};
    const OGRLayerH styles = GDALDatasetCreateLayer(dataset, "layer_styles", nullptr, wkbNone, options);
    if (styles == nullptr) fail(layer, errors);
    const std::pair<const char*, std::string> cells[] = {{"f_table_catalog", ""},
                                                         {"f_table_schema", ""},
                                                         {"f_table_name", layer.name},
                                                         {"f_geometry_column", "geom"},
                                                         {"styleName", layer.name},
                                                         {"styleQML", layer.style_qml},
                                                         {"styleSLD", layer.style_sld},
                                                         {"useAsDefault", "1"},
                                                         {"description", "made by wardmap"},
                                                         {"owner", ""},
                                                         {"ui", ""},
                                                         {"update_time", date}};
    for (const auto& [name, text] : cells) {
        const std::string_view is(name);
        const FieldDefnHandle field{OGR_Fld_Create(name, is == "update_time"    ? OFTDateTime
                                                         : is == "useAsDefault" ? OFTInteger
                                                                                : OFTString)};
        if (is == "useAsDefault") OGR_Fld_SetSubType(field.get(), OFSTBoolean);
        if (OGR_L_CreateField(styles, field.get(), 0) != OGRERR_NONE) fail(layer, errors);
    }
    const FeatureHandle row{OGR_F_Create(OGR_L_GetLayerDefn(styles))};
    int field = 0;
    for (const auto& [name, text] : cells) OGR_F_SetFieldString(row.get(), field++, text.c_str());
    if (OGR_L_CreateFeature(styles, row.get()) != OGRERR_NONE) fail(layer, errors);
}

}  // namespace

std::string gdal_layer_bytes(const FlatLayer& layer, LayerFormat format, const std::string& date) {
    const bool geopackage = format == LayerFormat::geopackage;
    const GdalOptions now{{"OGR_CURRENT_DATE", date.c_str()}};
    GdalErrors errors;
    const GDALDriverH driver = GDALGetDriverByName(geopackage ? "GPKG" : "FlatGeobuf");
    if (driver == nullptr) {
        throw OutputError(std::string("this GDAL cannot write ") + (geopackage ? "GeoPackage" : "FlatGeobuf"),
                          {}, "write GeoJSON instead");
    }
    const MemoryFile file(geopackage ? "layer.gpkg" : "layer.fgb");
    {
        DatasetHandle dataset{GDALCreate(driver, file.path().c_str(), 0, 0, 0, GDT_Unknown, nullptr)};
        if (!dataset) fail(layer, errors);
        const SrsHandle srs = srs_of(layer.crs);
        // FlatGeobuf without an index keeps the order of the areas, which decides ties.
        const char* const as_geopackage[] = {"GEOMETRY_NAME=geom", "FID=fid", nullptr};
        const char* const as_flatgeobuf[] = {"SPATIAL_INDEX=NO", nullptr};
        const OGRLayerH target =
            GDALDatasetCreateLayer(dataset.get(), layer.name.c_str(), srs.get(), wkbMultiPolygon,
                                   geopackage ? as_geopackage : as_flatgeobuf);
        if (target == nullptr) fail(layer, errors);
        add_features(target, layer, errors);
        if (geopackage && !layer.style_qml.empty()) add_styles(dataset.get(), layer, date, errors);
        if (errors.failed()) fail(layer, errors);
    }
    if (errors.failed()) fail(layer, errors);
    std::string bytes = file.bytes();
    if (bytes.empty()) fail(layer, errors);
    return bytes;
}

}  // namespace wardmap
