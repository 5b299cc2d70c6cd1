/// \file
/// How the events of whole years are spread over the twelve months.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/indicator/month_series.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

namespace wardmap {

enum class SeasonStyle : unsigned char {
    columns,  ///< share of all the years' events
    dots,     ///< range and median over the years, the latest year as a ring: where years differ
};
enum class SeasonStart : unsigned char { january, april };

struct SeasonChartOptions {
    FigureOptions figure{};
    MonthSeriesOptions series{};  ///< the small-number rule is applied to the twelve sums
    SeasonStyle style = SeasonStyle::columns;
    SeasonStart start = SeasonStart::january;
};

/// Each calendar month's share of the events of a kind (of all events without one), with a line at 1/12.
/// Where the months are not all there equally often, the problem `uneven_months` and a note say so. \throws
/// what month_series throws; InputError where a calendar month has no known count, where there are no
///         events, or, of dots, where there are not two whole years.
Figure season_chart(const Table& table, const SeasonChartOptions& options, const TextMeasure& measure,
                    Problems& problems);

}  // namespace wardmap
