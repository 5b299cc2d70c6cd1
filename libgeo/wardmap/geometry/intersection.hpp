/// \file
/// What two shapes have in common.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

namespace wardmap {

/// The part of `a` that lies in `b`; empty if they only touch. \throws GeometryError if GEOS cannot tell;
/// shapes that went through repair() it can.
MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b);

/// Area of what both shapes cover. \throws GeometryError as above
double intersection_area(const MultiPolygon& a, const MultiPolygon& b);

/// Everything within `distance` of the shape, in the units of its coordinates; corners rounded.
/// \throws GeometryError as above
MultiPolygon grown_by(const MultiPolygon& shape, double distance);

/// The part of `a` that does not lie in `b`. \throws GeometryError as above
MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b);

}  // namespace wardmap
