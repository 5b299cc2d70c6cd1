/// \file
/// Fewer points, the same map.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <span>
#include <vector>

namespace wardmap {

/// Whether vertices that mean one point are one.
enum class Vertices : unsigned char {
    with_noise,  ///< those that differ by rounding only are taken as one
    on_a_grid,   ///< they are rounded alike already, and no ring repeats a point at once: nothing to look for
};

/// The shapes with fewer points: no border moves by more than `tolerance` (in the units of the coordinates).
///
/// A border between two areas is simplified once, so neighbours go on sharing every vertex, and points
/// where three borders meet stay. Rings keep at least four points and their direction, and borders that did
/// not cross before do not cross after: where the tolerance would make them, it is halved there until they do
/// not. Douglas and Peucker's method (1973) for
/// each stretch between meeting points; the result does not depend on the order of the points in a ring.
std::vector<MultiPolygon> simplify_shared(std::span<const MultiPolygon> shapes, double tolerance,
                                          Vertices vertices = Vertices::with_noise);

}  // namespace wardmap
