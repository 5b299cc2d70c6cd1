/// \file
/// The functions the module is put together from, one file each.
#pragma once

#include "wardmap/io/gdal/module_interface.hpp"

#include <string>
#include <vector>

namespace wardmap {

std::vector<RawSheet> gdal_read_workbook(const std::string& path);
std::vector<std::string> gdal_list_layers(const std::string& path);
RawLayer gdal_read_layer(const std::string& path, const std::string& layer);
RawPoints gdal_read_points(const std::string& path, const std::string& layer);
std::string gdal_layer_bytes(const FlatLayer& layer, LayerFormat format, const std::string& date);

}  // namespace wardmap
