/// \file
/// Rate against change: which areas are higher, which changed more than the whole.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

namespace wardmap {

enum class RateScale : unsigned char {
    linear,
    square_root,  ///< for one area far above all others; ticks stay plain rates
};
enum class ChangeScale : unsigned char {
    log_ratio,  ///< halving and doubling are equally far from 0%
    linear,     ///< as published reports draw it; a warning in the log above +300%
};

struct QuadrantChartOptions {
    FigureOptions figure{};
    RateScale rate_scale = RateScale::linear;
    ChangeScale change_scale = ChangeScale::log_ratio;
};

/// Draws an `indicators` table (contract.md, section 3) and nothing else: x is `rate` from 0, y is
/// `change_pct`.
///
/// Quadrants, limits and flags are the table's own. Markers are hollow where `rate_compared` is "similar",
/// names bold where `change_compared` is not. Areas whose change is not defined because they came from zero
/// stand in a strip above, those that fell to none in one below; others without a place are named in the
/// notes. Up to 40 areas all are named; beyond, the extremes and the upper right quadrant. \throws
/// InputError naming the columns that are missing, or if the table has no area.
Figure quadrant_chart(const Table& table, const QuadrantChartOptions& options, const TextMeasure& measure);

}  // namespace wardmap
