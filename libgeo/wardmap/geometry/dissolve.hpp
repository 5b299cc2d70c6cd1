/// \file
/// Several shapes made into one.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <span>

namespace wardmap {

/// Everything that lies in any of the shapes, borders between them gone. Vertices that differ by rounding
/// only (geometry/snap.hpp) are taken as one, and the slivers that borders rounded twice would leave are
/// closed; real holes stay.
/// \throws GeometryError if GEOS cannot join them; shapes that went through repair() it can.
MultiPolygon dissolve(std::span<const MultiPolygon> shapes);

}  // namespace wardmap
