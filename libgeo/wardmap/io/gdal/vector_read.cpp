#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/io/gdal/gdal_handle.hpp"
#include "wardmap/io/gdal/module_parts.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <string_view>

namespace wardmap {
namespace {

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

bool ends_with(std::string_view text, std::string_view ending) {
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

/// The vector files inside a .zip as paths GDAL opens, in the order of their names.
std::vector<std::string> members_of(const std::string& zip) {
    const std::string root = "/vsizip/{" + zip + "}";
    const CplList listing{VSIReadDirRecursive(root.c_str())};
    std::vector<std::string> members;
    for (int i = 0; i < CSLCount(listing.get()); ++i) {
        const std::string name = listing.get()[i];
        const std::string low = lower_case(name);
        if (low.rfind("__macosx/", 0) == 0) continue;
        for (const std::string_view ending :
             {".shp", ".gpkg", ".fgb", ".geojson", ".json", ".topojson", ".kml", ".gml", ".tab", ".mif"}) {
            if (ends_with(low, ending)) members.push_back(root + "/" + name);
        }
    }
    std::sort(members.begin(), members.end());
    return members;
}

/// The files to open for `path`: itself, or what lies in the .zip.
std::vector<std::string> files_of(const std::string& path) {
    if (!ends_with(lower_case(path), ".zip")) return {path};
    std::vector<std::string> members = members_of(path);
    if (members.empty()) {
        throw InputError("there is no layer inside this .zip", {.file = path},
                         "it should hold a .shp with its .dbf and .shx, a .gpkg, .fgb or .geojson");
    }
    return members;
}

/// A file opened for reading. GML is read from a copy in memory, because the driver leaves a .gfs
/// file beside what it opens.
class OpenVector {
public:
    OpenVector(const std::string& file, const std::string& path, const GdalErrors& errors)
        : copy_(ends_with(lower_case(file), ".gml") ? std::make_unique<MemoryFile>("layer.gml") : nullptr) {
        // Types are not guessed from text: codes keep their zeros.
        const GdalOptions options{{"GML_FIELDTYPES", "ALWAYS_STRING"}};
        if (copy_ && CPLCopyFile(copy_->path().c_str(), file.c_str()) != 0) refuse(path, errors);
        const std::string& opened = copy_ ? copy_->path() : file;
        std::vector<const char*> drivers{"GPKG", "ESRI Shapefile", "FlatGeobuf",  "TopoJSON", "LIBKML", "KML",
                                         "GML",  "MapInfo File",   "OpenFileGDB", "SQLite"};
        // GeoJSON outside a .zip has the library's own reader, the only one.
        if (file != path) drivers.push_back("GeoJSON");
        drivers.push_back(nullptr);
        dataset_.reset(GDALOpenEx(opened.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                  drivers.data(), nullptr, nullptr));
        if (!dataset_) refuse(path, errors);
    }

    int layer_count() const { return GDALDatasetGetLayerCount(dataset_.get()); }
    OGRLayerH layer(int number) const { return GDALDatasetGetLayer(dataset_.get(), number); }
    std::string driver() const { return GDALGetDriverShortName(GDALGetDatasetDriver(dataset_.get())); }

private:
    [[noreturn]] static void refuse(const std::string& path, const GdalErrors& errors) {
        throw InputError(
            "this is not a layer that can be read" + errors.text(), {.file = path},
            "GeoJSON, TopoJSON, GeoPackage, Shapefile (with its .shx and .dbf), FlatGeobuf, KML and GML are");
    }

    std::unique_ptr<MemoryFile> copy_{};
    DatasetHandle dataset_{};
};

/// Windows-1252 text that GDAL took as Latin-1 or passed as it is, as UTF-8.
std::string readable(const char* text) {
    const std::string_view bytes = text;
    if (std::none_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return text;
    if (CPLIsUTF8(text, -1) == 0) {
        const CplText recoded{CPLRecode(text, "CP1252", CPL_ENC_UTF8)};
        return recoded ? recoded.get() : text;
    }
    // C1 controls (U+0080 to U+009F: C2 80 to C2 9F) mean that Windows-1252 was read as Latin-1.
    std::string out;
    for (const char* c = text; *c != '\0'; ++c) {
        const auto next = static_cast<unsigned char>(c[1]);
        if (static_cast<unsigned char>(*c) == 0xC2 && next >= 0x80 && next <= 0x9F) {
            const char one[2] = {c[1], '\0'};
            const CplText recoded{CPLRecode(one, "CP1252", CPL_ENC_UTF8)};
            if (recoded) out += recoded.get();
            ++c;
        } else {
            out += *c;
        }
    }
    return out;
}

std::string date_text(OGRFeatureH feature, int field, OGRFieldType type) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second, &zone);
    char text[40];
    if (type == OFTDate) {
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    } else if (type == OFTTime) {
        std::snprintf(text, sizeof text, "%02d:%02d:%02d", hour, minute, static_cast<int>(second));
    } else {
        std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute,
                      static_cast<int>(second));
    }
    return text;
}

std::string field_text(OGRFeatureH feature, int field, OGRFieldType type) {
    if (OGR_F_IsFieldSetAndNotNull(feature, field) == 0) return {};
    switch (type) {
        case OFTInteger:
        case OFTInteger64:
            return std::to_string(OGR_F_GetFieldAsInteger64(feature, field));
        case OFTReal:
            return full_precision(OGR_F_GetFieldAsDouble(feature, field));
        case OFTDate:
        case OFTTime:
        case OFTDateTime:
            return date_text(feature, field, type);
        default:
            return readable(OGR_F_GetFieldAsString(feature, field));
    }
}

double twice_signed_area(std::span<const Point> ring) {
    // Relative to the first point: large coordinates would cancel digits away.
    double sum = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        sum += (ring[i - 1].x - ring[0].x) * (ring[i].y - ring[0].y) -
               (ring[i].x - ring[0].x) * (ring[i - 1].y - ring[0].y);
    }
    return sum;
}

enum class AxisOrder : unsigned char { x_first, y_first };

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

std::string crs_text(OGRSpatialReferenceH srs) {
    if (srs == nullptr) return {};
    const auto code_of = [](OGRSpatialReferenceH s) -> std::string {
        const char* const authority = OSRGetAuthorityName(s, nullptr);
        const char* const code = OSRGetAuthorityCode(s, nullptr);
        return authority == nullptr || code == nullptr ? std::string() : std::string(authority) + ":" + code;
    };
    std::string code = code_of(srs);
    if (!code.empty()) return code;
    const SrsHandle guess{OSRClone(srs)};
    if (OSRAutoIdentifyEPSG(guess.get()) == OGRERR_NONE) code = code_of(guess.get());
    if (!code.empty()) return code;
    int found = 0;
    int* confidence = nullptr;
    OGRSpatialReferenceH* const matches = OSRFindMatches(srs, nullptr, &found, &confidence);
    if (found > 0 && confidence[0] >= 90) code = code_of(matches[0]);
    OSRFreeSRSArray(matches);
    CPLFree(confidence);
    if (!code.empty()) return code;
    char* wkt = nullptr;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    OSRExportToWktEx(srs, &wkt, options);
    const CplText owner{wkt};
    return wkt == nullptr ? std::string() : std::string(wkt);
}

AxisOrder axis_order(OGRSpatialReferenceH srs) {
    if (srs == nullptr || OSRGetAxisMappingStrategy(srs) != OAMS_AUTHORITY_COMPLIANT)
        return AxisOrder::x_first;
    const bool y_first = OSREPSGTreatsAsLatLong(srs) != 0 || OSREPSGTreatsAsNorthingEasting(srs) != 0;
    return y_first ? AxisOrder::y_first : AxisOrder::x_first;
}

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

/// A layer of one of the files, by its place in it.
struct LayerPlace {
    std::size_t file = 0;  ///< of OpenFiles::files
    int number = 0;
    std::string name{};
};

/// A path's files, open, and the layers in them.
struct OpenFiles {
    std::vector<OpenVector> files{};
    std::vector<LayerPlace> places{};

    OpenFiles(const std::string& path, const GdalErrors& errors) {
        for (const std::string& file : files_of(path)) {
            const OpenVector& opened = files.emplace_back(file, path, errors);
            for (int i = 0; i < opened.layer_count(); ++i)
                places.push_back({files.size() - 1, i, OGR_L_GetName(opened.layer(i))});
        }
    }
    std::vector<std::string> names() const {
        std::vector<std::string> out;
        for (const LayerPlace& place : places) out.push_back(place.name);
        return out;
    }
};

const LayerPlace& place_of(const OpenFiles& open, const std::string& layer, const std::string& path) {
    if (layer.empty()) return open.places.front();
    for (const LayerPlace& place : open.places) {
        if (place.name == layer) return place;
    }
    const LayerPlace* only = nullptr;
    std::size_t same = 0;
    for (const LayerPlace& place : open.places) {
        if (lower_case(place.name) != lower_case(layer)) continue;
        only = &place;
        ++same;
    }
    if (same == 1) return *only;
    throw NameUnknown("there is no layer '" + layer + "'", {.file = path}, did_you_mean(layer, open.names()));
}

}  // namespace

std::vector<std::string> gdal_list_layers(const std::string& path) {
    const GdalErrors errors;
    return OpenFiles(path, errors).names();
}

RawLayer gdal_read_layer(const std::string& path, const std::string& layer) {
    GdalErrors errors;
    const OpenFiles open(path, errors);
    if (open.places.empty())
        throw InputError("there is no layer in this file", {.file = path}, "is it the right file?");
    const LayerPlace& place = place_of(open, layer, path);
    const OpenVector& file = open.files[place.file];
    RawLayer out = read_features(file.layer(place.number), path, errors);
    if (file.driver() == "TopoJSON") out.crs.clear();  // the format names none
    out.layers = open.names();
    return out;
}

}  // namespace wardmap
