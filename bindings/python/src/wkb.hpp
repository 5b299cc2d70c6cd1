/// \file
/// Shapes as Well-Known Binary, the tongue of GeoPandas, shapely and GeoArrow.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <string>
#include <string_view>

namespace wardmap {

/// Little-endian ISO WKB: a Polygon if there is one part, else a MultiPolygon.
std::string to_wkb(const MultiPolygon& shape);

enum class WkbKind : unsigned char { polygons, empty, other };

/// Adds the polygons of a WKB or EWKB geometry, either byte order, Z and M left out. `other`: points or
/// lines only. \throws InputError if it is cut short or not WKB.
WkbKind add_wkb(std::string_view wkb, MultiPolygon& shape);

}  // namespace wardmap
