/// \file
/// Fewer points, the same map.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <span>
#include <vector>

namespace wardmap {

/// The shapes with fewer points: no border moves by more than `tolerance` (in the units of the coordinates).
///
/// A border between two areas is simplified once, so neighbours go on sharing every vertex, and points
/// where three borders meet stay. Rings keep at least four points and their direction, and borders that did
/// not cross before do not cross after: where the tolerance would make them, it is halved there until they do
/// not. Vertices that differ by rounding only are taken as one. Douglas and Peucker's method (1973) for
/// each stretch between meeting points; the result does not depend on the order of the points in a ring.
std::vector<MultiPolygon> simplify_shared(std::span<const MultiPolygon> shapes, double tolerance);

}  // namespace wardmap
