/// \file
/// One kind's share of all events, month by month, with its trend.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/month_axis.hpp"
#include "wardmap/indicator/month_series.hpp"
#include "wardmap/indicator/trend.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <vector>

namespace wardmap {

enum class TrendShown : unsigned char { yes, no };

struct ShareChartOptions {
    FigureOptions figure{};
    MonthSeriesOptions series{};
    std::vector<TimeBand> bands{};
    TrendShown trend_shown = TrendShown::yes;
    TrendOptions trend{};
};

/// Percentage of all events of the same marker: a point a month, the fitted exponential trend with its band,
/// and in the notes the model in words. A month without any event has no share. A last month that is not
/// whole is drawn and not fitted. Nothing is drawn beyond the months of the table. \throws what month_series
/// throws; UsageError without a kind or for a level out of range; InputError where no
///         month has a share.
Figure share_chart(const Table& table, const ShareChartOptions& options, const TextMeasure& measure,
                   Problems& problems);

}  // namespace wardmap
