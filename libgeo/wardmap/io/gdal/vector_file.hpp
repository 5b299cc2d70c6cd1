/// \file
/// A vector file opened through GDAL: its layers, their coordinate systems, the text of their fields.
#pragma once

#include "wardmap/io/gdal/gdal_handle.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace wardmap {

/// Whether GeoJSON outside a .zip is read: for polygons the library has a reader of its own, the only one.
enum class GeoJsonFiles : unsigned char { left_to_the_library, read };

/// A file opened for reading. GML is read from a copy in memory, because the driver leaves a .gfs
/// file beside what it opens.
class VectorFile {
public:
    /// \param file  what GDAL opens: the path, or a place inside the .zip of that path
    /// \throws InputError naming the path
    VectorFile(const std::string& file, const std::string& path, GeoJsonFiles geojson,
               const GdalErrors& errors);

    int layer_count() const { return GDALDatasetGetLayerCount(dataset_.get()); }
    OGRLayerH layer(int number) const { return GDALDatasetGetLayer(dataset_.get(), number); }
    std::string driver() const { return GDALGetDriverShortName(GDALGetDatasetDriver(dataset_.get())); }

private:
    std::unique_ptr<MemoryFile> copy_{};
    DatasetHandle dataset_{};
};

/// A layer of one of several files, by its place in it.
struct LayerPlace {
    std::size_t file = 0;
    int number = 0;
    std::string name{};
};

/// A file, or every vector file inside a .zip, opened once for the names of its layers and for reading one.
class VectorFiles {
public:
    /// \throws InputError
    VectorFiles(const std::string& path, GeoJsonFiles geojson, const GdalErrors& errors);

    std::vector<std::string> layer_names() const;
    /// The layer of that name; the first where it is empty. \throws InputError if there is none, NameUnknown
    const LayerPlace& place_of(const std::string& layer) const;
    const VectorFile& file(const LayerPlace& place) const { return files_[place.file]; }
    OGRLayerH layer(const LayerPlace& place) const { return file(place).layer(place.number); }

private:
    std::string path_{};
    std::vector<VectorFile> files_{};
    std::vector<LayerPlace> places_{};
};

/// Windows-1252 text that GDAL took as Latin-1 or passed as it is, as UTF-8.
std::string readable(const char* text);

/// null is "", dates are ISO ("2022-06-01", "2022-06-01T17:05:30Z" with the zone where one is named).
std::string field_text(OGRFeatureH feature, int field, OGRFieldType type);

/// "EPSG:27700" or, without a code, WKT; empty if there is none.
std::string crs_text(OGRSpatialReferenceH srs);

enum class AxisOrder : unsigned char { x_first, y_first };
AxisOrder axis_order(OGRSpatialReferenceH srs);

}  // namespace wardmap
