/// \file
/// Shapes written down in tests.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <vector>

namespace wardmap {

using Ring = std::vector<Point>;
using Rings = std::vector<Ring>;

/// A shape of polygons, each an outer ring and its holes.
inline MultiPolygon shape_of(const std::vector<Rings>& polygons) {
    MultiPolygon out;
    for (const Rings& rings : polygons) {
        for (const Ring& ring : rings) out.add_ring(ring);
        out.end_polygon();
    }
    return out;
}

/// The box from (x, y) to (x + w, y + h), counter-clockwise.
inline MultiPolygon box_shape(double x, double y, double w, double h) {
    return shape_of({{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}}});
}

}  // namespace wardmap
