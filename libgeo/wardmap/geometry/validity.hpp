/// \file
/// Shapes as files hold them made into shapes one can rely on.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <string>

namespace wardmap {

/// A shape in order, and what had to be done to it.
struct Repaired {
    MultiPolygon shape{};  ///< valid; empty if nothing with an area was left
    bool changed = false;  ///< true if something was broken, so that a reader should be told
    bool touched = false;  ///< a ring met itself, which is no fault, and was taken apart there
    std::string reason{};  ///< "a ring crosses itself near 433,210.5, 278,940.2"; empty if not changed
};

/// Closes rings, runs outer rings counter-clockwise and holes clockwise, drops repeated points: all that
/// in silence, for it changes no area. Rings that touch themselves are taken apart at the touch, also in
/// silence. Points without coordinates, rings of fewer than four points, spikes, rings that cross
/// themselves or each other are mended (GEOS MakeValid, structure method; only what has an area stays)
/// and `changed` says so.
///
/// Rings may come unclosed, in any direction, with any points: this is the door for untrusted shapes.
/// \throws GeometryError only if GEOS cannot mend the shape.
Repaired repair(MultiPolygon raw);

/// What is wrong with a shape, in words; empty if it is valid. Rings that touch themselves are valid.
std::string validity_fault(const MultiPolygon& shape);

}  // namespace wardmap
