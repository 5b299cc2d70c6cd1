/// \file
/// Areas with their columns as a layer that map programs open.
#pragma once

#include "wardmap/base/output_file.hpp"
#include "wardmap/io/layer_to_write.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace wardmap {

/// By the file's ending: .gpkg, .fgb, .geojson (also .json); nothing for others.
std::optional<LayerFormat> layer_format_of(const std::filesystem::path& path);

/// The whole file. Fields are `area_code`, `area_name`, then the other columns of the table; cells
/// without a value, whatever the reason, are null. The same input gives the same bytes.
///
/// GeoJSON (RFC 7946) is longitude and latitude with 7 decimals (about 1 cm), outer rings
/// counter-clockwise, written here; the others keep the areas' coordinate system and go through the
/// GDAL module. GeoPackage holds a style that QGIS applies by itself; its time stamps are
/// SOURCE_DATE_EPOCH or the start of 1970.
/// \throws InputError if a row's area is not among the areas or comes twice; CrsError if GeoJSON is
///         asked for areas whose system is not known; OutputError; Error without the GDAL module.
std::string layer_bytes(const LayerToWrite& layer, LayerFormat format);

/// Writes layer_bytes beside `path` and renames. \throws UsageError for another ending; OutputError.
void write_layer(const std::filesystem::path& path, const LayerToWrite& layer, Overwrite overwrite);

}  // namespace wardmap
