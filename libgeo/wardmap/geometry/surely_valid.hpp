/// \file
/// A quick proof that a shape is in order, so that GEOS need not be asked.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

namespace wardmap {

/// True only if the shape is valid as GEOS' IsValid means it, and no ring touches itself or another: edges
/// meet nowhere but where one follows the other, holes lie in their outer ring and in no other hole, parts
/// lie outside each other. False says nothing: the shape may be broken, may touch itself, or is too near to
/// it for a quick answer. \pre rings are closed and finite and have at least four points, none equal to the
/// one before it
bool surely_valid(const MultiPolygon& shape);

}  // namespace wardmap
