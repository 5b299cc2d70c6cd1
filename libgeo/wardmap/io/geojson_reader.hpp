/// \file
/// GeoJSON (RFC 7946, and the older form with a "crs" member) as a raw layer of polygons.
#pragma once

#include "wardmap/io/gdal_module.hpp"

#include <string>
#include <string_view>

namespace wardmap {

/// True if the text is TopoJSON, which goes through GDAL.
bool is_topojson(std::string_view text) noexcept;

/// Reads a FeatureCollection, a Feature or a bare geometry. Rings come as they stand in the file, not
/// closed or turned: geometry/validity.hpp sees to that; a position that is not two numbers becomes a
/// point of NaN. A third coordinate is left out. Polygons in collections are taken; features of points
/// or lines have an empty shape. Numbers in properties come as shortest text, nested values as JSON,
/// null as "". A feature's "id" becomes the last field `id` where no property has that name.
///
/// `crs` holds the name of a "crs" member; empty if there is none or it is null.
/// \param text  read where it lies if it has some bytes of capacity to spare, as read_input() leaves them
/// \param file  for messages
/// \throws InputError if it is not JSON (with the position), not GeoJSON, or holds no feature.
RawLayer read_geojson(std::string text, const std::string& file);

}  // namespace wardmap
