/// \file
/// Vertices that mean one point made one point.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <span>
#include <vector>

namespace wardmap {

/// The distance below which two vertices of these shapes cannot be told apart: a billionth of the largest
/// coordinate (0.5 mm in the British National Grid). Files that round borders twice differ by less.
double coordinate_noise(std::span<const MultiPolygon> shapes) noexcept;

/// The shapes with every vertex moved to the first vertex, in the order of shapes and points, that lies
/// within `tolerance` of it. Repeated points go; rings that fall below four points stay as they were. \pre
/// tolerance >= 0 (0: nothing moves)
std::vector<MultiPolygon> snap_vertices(std::span<const MultiPolygon> shapes, double tolerance);

}  // namespace wardmap
