/// \file
/// The faces that a set of shapes cuts the plane into, as far as they tell of gaps and overlaps.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace wardmap {

/// A connected piece of the plane that lies in none, or in more than one, of the shapes.
struct OddFace {
    MultiPolygon shape{};               ///< one polygon
    Point inside{};                     ///< a point in it
    std::vector<std::size_t> shapes{};  ///< that contain that point, ascending; empty: a gap
};

/// Faces that lie in no shape but are enclosed by shapes, and faces in several. Vertices that differ by
/// rounding only are taken as one. Borders that two shapes share need no looking at: nothing changes across
/// them. \pre shapes are valid and oriented (geometry/validity.hpp) \throws GeometryError if GEOS cannot cut
/// the plane
std::vector<OddFace> odd_faces(std::span<const MultiPolygon> shapes);

}  // namespace wardmap
