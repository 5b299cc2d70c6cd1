/// \file
/// On which side of a line a point lies, without error.
#pragma once

#include "wardmap/base/point.hpp"

namespace wardmap {

/// Above 0 if `p` lies left of the line from `a` to `b`, below 0 if right, 0 if on it: the sign is that of exact arithmetic, whatever
/// the coordinates (Shewchuk 1997: a filter decides nearly always, an exact expansion the rest). \pre all are finite
double orientation(Point a, Point b, Point p) noexcept;

}  // namespace wardmap
