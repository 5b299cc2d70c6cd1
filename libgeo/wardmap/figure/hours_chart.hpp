/// \file
/// When in the day, or in the week, events happen.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/indicator/count_rows.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <string>

namespace wardmap {

struct HoursChartOptions {
    FigureOptions figure{};
    CountRowsOptions rows{};  ///< the kind; empty: all events
    SmallNumberRule small_numbers{};
    std::string palette{"Blues"};  ///< of the week
};

/// A midnight this many times its neighbours' mean is taken for a filled-in time.
inline constexpr double midnight_spike = 3;

/// A long table of counts by hour (`wardmap count --period hour`) as columns, or by weekday and hour as a
/// table of seven rows shaded by class. The share of events without a time stands in the notes; an hour 00
/// that is more than three times the mean of 23 and 01 is the problem `midnight_spike`. \throws what
/// hour_counts throws
Figure hours_chart(const Table& table, const HoursChartOptions& options, const TextMeasure& measure,
                   Problems& problems);

}  // namespace wardmap
