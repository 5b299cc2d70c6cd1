/// \file
/// On which side of a line a point lies, without error.
#pragma once

#include "wardmap/base/point.hpp"

namespace wardmap {

/// The most that rounding can change (a - p) x (b - p), as a share of the sum of its two products: (3 + 16 e)
/// e with e = 2^-53.
inline constexpr double orientation_error = 3.3306690738754716e-16;

/// Above 0 if `p` lies left of the line from `a` to `b`, below 0 if right, 0 if on it: the sign is that of
/// exact arithmetic, whatever the coordinates (Shewchuk 1997: a filter decides nearly always, an exact
/// expansion the rest). \pre all are finite
double orientation(Point a, Point b, Point p) noexcept;

}  // namespace wardmap
