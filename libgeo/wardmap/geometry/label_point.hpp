/// \file
/// Where a symbol or a name sits best in a shape.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

namespace wardmap {

/// The visual centre: the point of the largest polygon farthest from every edge, holes counted, to within
/// `precision` (in the units of the coordinates; 0 or less: a thousandth of the shorter side). Of points
/// equally far within `precision`, the centroid wins. Always inside for a valid shape; (0, 0) if it is empty.
/// The quadtree search of V. Agafonkin, "polylabel" (2016).
Point visual_centre(const MultiPolygon& shape, double precision);

}  // namespace wardmap
