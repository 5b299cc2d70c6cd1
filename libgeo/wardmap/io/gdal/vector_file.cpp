#include "wardmap/io/gdal/vector_file.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
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

[[noreturn]] void refuse(const std::string& path, const GdalErrors& errors) {
    throw InputError(
        "this is not a layer that can be read" + errors.text(), {.file = path},
        "GeoJSON, TopoJSON, GeoPackage, Shapefile (with its .shx and .dbf), FlatGeobuf, KML and GML are");
}

/// GDAL counts zones in quarters of an hour from 100, which is UTC; 0 and 1 name none.
std::string zone_text(int zone) {
    constexpr int utc = 100;
    if (zone <= 1) return {};
    if (zone == utc) return "Z";
    const int minutes = std::abs(zone - utc) * 15;
    char text[16];
    std::snprintf(text, sizeof text, "%c%02d:%02d", zone < utc ? '-' : '+', minutes / 60, minutes % 60);
    return text;
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
    return text + (type == OFTDateTime ? zone_text(zone) : std::string());
}

}  // namespace

VectorFile::VectorFile(const std::string& file, const std::string& path, GeoJsonFiles geojson,
                       const GdalErrors& errors)
    : copy_(ends_with(lower_case(file), ".gml") ? std::make_unique<MemoryFile>("layer.gml") : nullptr) {
    // Types are not guessed from text: codes keep their zeros.
    const GdalOptions options{{"GML_FIELDTYPES", "ALWAYS_STRING"}};
    if (copy_ && CPLCopyFile(copy_->path().c_str(), file.c_str()) != 0) refuse(path, errors);
    const std::string& opened = copy_ ? copy_->path() : file;
    std::vector<const char*> drivers{"GPKG", "ESRI Shapefile", "FlatGeobuf",  "TopoJSON", "LIBKML", "KML",
                                     "GML",  "MapInfo File",   "OpenFileGDB", "SQLite"};
    if (geojson == GeoJsonFiles::read || file != path) drivers.push_back("GeoJSON");
    drivers.push_back(nullptr);
    dataset_.reset(GDALOpenEx(opened.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                              drivers.data(), nullptr, nullptr));
    if (!dataset_) refuse(path, errors);
}

VectorFiles::VectorFiles(const std::string& path, GeoJsonFiles geojson, const GdalErrors& errors)
    : path_(path) {
    for (const std::string& file : files_of(path)) {
        const VectorFile& opened = files_.emplace_back(file, path, geojson, errors);
        for (int i = 0; i < opened.layer_count(); ++i)
            places_.push_back({files_.size() - 1, i, OGR_L_GetName(opened.layer(i))});
    }
}

std::vector<std::string> VectorFiles::layer_names() const {
    std::vector<std::string> names;
    for (const LayerPlace& place : places_) names.push_back(place.name);
    return names;
}

const LayerPlace& VectorFiles::place_of(const std::string& layer) const {
    if (places_.empty())
        throw InputError("there is no layer in this file", {.file = path_}, "is it the right file?");
    if (layer.empty()) return places_.front();
    for (const LayerPlace& place : places_) {
        if (place.name == layer) return place;
    }
    const LayerPlace* only = nullptr;
    std::size_t same = 0;
    for (const LayerPlace& place : places_) {
        if (lower_case(place.name) != lower_case(layer)) continue;
        only = &place;
        ++same;
    }
    if (same == 1) return *only;
    throw NameUnknown("there is no layer '" + layer + "'", {.file = path_},
                      did_you_mean(layer, layer_names()));
}

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

}  // namespace wardmap
