#include "wardmap/base/error.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/io/gdal/gdal_handle.hpp"
#include "wardmap/io/gdal/module_parts.hpp"
#include "wardmap/io/gdal/vector_file.hpp"

#include <algorithm>

namespace wardmap {
namespace {

double twice_signed_area(std::span<const Point> ring) {
    // Relative to the first point: large coordinates would cancel digits away.
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        sum += (ring[i - 1].x - ring[0].x) * (ring[i].y - ring[0].y) -
               (ring[i].x - ring[0].x) * (ring[i - 1].y - ring[0].y);
    }
    return sum;
}

class ShapeReader {
public:
    ShapeReader(AxisOrder order, std::size_t& broken_rings) : order_(order), broken_(broken_rings) {}

    /// True if the geometry holds any polygon.
    bool add(OGRGeometryH geometry, MultiPolygon& shape) {
        switch (OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))) {
            case wkbPolygon:
            case wkbTriangle:
                add_polygon(geometry, shape);
                return true;
            case wkbMultiPolygon:
            case wkbGeometryCollection:
            case wkbPolyhedralSurface:
            case wkbTIN: {
                bool any = false;
                for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i) {
                    any = add(OGR_G_GetGeometryRef(geometry, i), shape) || any;
                }
                return any;
            }
            default:
                return false;
        }
    }

private:
    void add_polygon(OGRGeometryH polygon, MultiPolygon& shape) {
        bool any = false;
        for (int r = 0; r < OGR_G_GetGeometryCount(polygon); ++r) {
            const bool usable = read_ring(OGR_G_GetGeometryRef(polygon, r), r == 0);
            if (!usable) {
                ++broken_;
                if (r == 0) return;
                continue;
            }
            shape.add_ring(ring_);
            any = true;
        }
        if (any) shape.end_polygon();
    }

    bool read_ring(OGRGeometryH ring, bool outer) {
        const int points = OGR_G_GetPointCount(ring);
        ring_.resize(static_cast<std::size_t>(points));
        if (points > 0) {
            OGR_G_GetPoints(ring, &ring_[0].x, sizeof(Point), &ring_[0].y, sizeof(Point), nullptr, 0);
        }
        if (order_ == AxisOrder::y_first) {
            for (Point& p : ring_) std::swap(p.x, p.y);
        }
        if (!ring_.empty() && ring_.front() != ring_.back()) ring_.push_back(Point(ring_.front()));
        if (ring_.size() < 4) return false;
        if ((twice_signed_area(ring_) < 0) == outer) std::reverse(ring_.begin(), ring_.end());
        return true;
    }

    AxisOrder order_;
    std::size_t& broken_;
    std::vector<Point> ring_{};
};

RawLayer read_features(OGRLayerH layer, const std::string& path, GdalErrors& errors) {
    RawLayer out;
    out.name = OGR_L_GetName(layer);
    const OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(layer);
    out.crs = crs_text(srs);
    const OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    std::vector<OGRFieldType> types;
    for (int f = 0; f < OGR_FD_GetFieldCount(definition); ++f) {
        const OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, f);
        out.field_names.push_back(readable(OGR_Fld_GetNameRef(field)));
        types.push_back(OGR_Fld_GetType(field));
    }
    ShapeReader shapes(axis_order(srs), out.broken_rings);
    errors.clear();
    OGR_L_ResetReading(layer);
    while (FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        still_wanted();
        std::vector<std::string> fields(types.size());
        for (std::size_t f = 0; f < types.size(); ++f)
            fields[f] = field_text(feature.get(), static_cast<int>(f), types[f]);
        out.fields.push_back(std::move(fields));
        MultiPolygon shape;
        const OGRGeometryH geometry = OGR_F_GetGeometryRef(feature.get());
        if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
            ++out.without_shape;
        } else if (OGR_G_HasCurveGeometry(geometry, 0) != 0) {
            const GeometryHandle lines{OGR_G_GetLinearGeometry(geometry, 0, nullptr)};
            if (!lines || !shapes.add(lines.get(), shape)) ++out.not_polygons;
        } else if (!shapes.add(geometry, shape)) {
            ++out.not_polygons;
        }
        out.shapes.push_back(std::move(shape));
    }
    if (errors.failed()) {
        throw InputError("the layer cannot be read to its end" + errors.text(),
                         {.file = path, .layer = out.name}, "is the file damaged or incomplete?");
    }
    return out;
}

}  // namespace

std::vector<std::string> gdal_list_layers(const std::string& path) {
    const GdalErrors errors;
    return VectorFiles(path, GeoJsonFiles::left_to_the_library, errors).layer_names();
}

RawLayer gdal_read_layer(const std::string& path, const std::string& layer) {
    GdalErrors errors;
    const VectorFiles opened(path, GeoJsonFiles::left_to_the_library, errors);
    const LayerPlace& place = opened.place_of(layer);
    RawLayer out = read_features(opened.layer(place), path, errors);
    if (opened.file(place).driver() == "TopoJSON") out.crs.clear();  // the format names none
    out.layers = opened.layer_names();
    return out;
}

}  // namespace wardmap
