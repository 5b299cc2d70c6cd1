/// \file
/// What is read through GDAL: vector layers other than GeoJSON, layers of points, and workbooks. GDAL itself
/// lies in a module of its own, `wardmap_gdal`, opened on first need from beside the library.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace wardmap {

/// One sheet of a workbook as it stands: cells[0] is row 1 of the sheet, leading empty rows and
/// columns are kept, all rows have one length, an empty cell is "". Numbers have no needless ".0" and
/// no digits that a double does not need; dates are ISO ("2022-06-01"); formulas give their stored
/// value.
struct RawSheet {
    std::string name{};
    std::vector<std::vector<std::string>> cells{};
};

/// Every sheet of an .xlsx or .ods file, in the file's order; empty sheets have no cells.
/// \throws FileMissing; InputError if it is no workbook or damaged; Error without the GDAL module.
std::vector<RawSheet> read_workbook(const std::string& path);

/// One layer of polygons as it stands in the file. Vectors have one entry a feature, in file order.
struct RawLayer {
    std::string name{};
    std::vector<std::string> layers{};  ///< all layers of the file; empty if the format has one only
    std::string crs{};  ///< "EPSG:27700" or, without a code, WKT; empty if the file names none
    std::vector<std::string> field_names{};
    std::vector<std::vector<std::string>> fields{};  ///< of each feature, beside field_names; null is ""
    /// Flat, curves as lines, rings closed and turned as MultiPolygon asks; x is easting or longitude.
    std::vector<MultiPolygon> shapes{};
    std::size_t without_shape = 0;  ///< features with no geometry; their shape is empty
    std::size_t not_polygons = 0;   ///< features whose geometry is points or lines; their shape is empty
    std::size_t broken_rings = 0;   ///< rings of fewer than four points, left out
};

/// Names of the layers of a vector file; of every vector file inside a .zip.
/// \throws as read_layer
std::vector<std::string> list_layers(const std::string& path);

/// Reads GeoPackage, Shapefile, FlatGeobuf, TopoJSON, KML, GML and other formats of polygons GDAL
/// knows, also inside a .zip (there GeoJSON too). TopoJSON names no CRS. Text is UTF-8: Shapefiles in
/// Windows-1252 are converted.
/// \param layer  name of the layer, letter case ignored where that is unambiguous; empty: the first
/// \throws FileMissing; NameUnknown naming the layers there are; InputError if it cannot be read;
///         Error without the GDAL module.
RawLayer read_layer(const std::string& path, const std::string& layer);

/// One layer of points as it stands in the file, in columns: one entry a feature, in file order.
struct RawPoints {
    std::string name{};
    std::string crs{};  ///< as in RawLayer
    std::vector<std::string> field_names{};
    /// Of each field, beside field_names, one text a feature; null is "", dates are ISO with the zone they
    /// name.
    std::vector<std::vector<std::string>> fields{};
    std::vector<double> x{};  ///< easting or longitude; NaN where there is no point
    std::vector<double> y{};
    std::size_t without_shape = 0;  ///< features with no geometry
    std::size_t not_points = 0;     ///< features of lines, polygons or several points
};

/// Reads a layer of points from what read_layer reads, and from GeoJSON; a height is left out.
/// \param layer  as for read_layer
/// \throws as read_layer
RawPoints read_points(const std::string& path, const std::string& layer);

/// {"GDAL", "3.6.2"} and the formats it can read and write; empty if there is no GDAL module.
/// Never throws: `wardmap doctor` asks.
std::vector<std::pair<std::string, std::string>> gdal_versions();

}  // namespace wardmap
