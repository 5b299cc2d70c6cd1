/// \file
/// Round numbers along an axis.
#pragma once

#include <vector>

namespace wardmap {

/// Distance between ticks (1, 2, 2.5 or 5 times a power of ten; whole numbers from 1 up) so that about
/// `count` of them reach from 0 to `most`. \pre most > 0, count >= 1
double tick_step(double most, int count);

/// 0, step, ... up to the first tick at or above `most`.
std::vector<double> ticks_from_zero(double most, int count);

/// Decimals that tell ticks of that step apart.
int tick_decimals(double step);

/// Changes in percent worth a tick on a log-ratio axis from ratio `lowest` to `highest` of `length_mm`: 0
/// first, then doubling and halving, no two nearer than `apart_mm`. Ascending.
std::vector<double> change_ticks(double lowest, double highest, double length_mm, double apart_mm);

}  // namespace wardmap
