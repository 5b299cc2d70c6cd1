/// \file
/// Counts month by month, and their change since a named month.
#pragma once

#include "wardmap/base/period.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/month_axis.hpp"
#include "wardmap/indicator/month_series.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <vector>

namespace wardmap {

struct MonthsChartOptions {
    FigureOptions figure{};
    MonthSeriesOptions series{};
    std::vector<TimeBand> bands{};
};

/// A long table of counts (`wardmap count --period month`) as lines: the kind, and all other kinds of the
/// same marker. Where one is more than five times the other they stand in two panels. One series of at most
/// 24 months is drawn as columns. Months without data break the lines. \throws what month_series throws;
/// UsageError for bands that check_time_band refuses.
Figure months_chart(const Table& table, const MonthsChartOptions& options, const TextMeasure& measure,
                    Problems& problems);

enum class IndexAgainst : unsigned char {
    month,        ///< one named month for all
    year_before,  ///< the same month of the year before: for series with a season
};

struct IndexChartOptions {
    FigureOptions figure{};
    MonthSeriesOptions series{};
    std::vector<TimeBand> bands{};
    IndexAgainst against = IndexAgainst::month;
    std::optional<Period> baseline{};  ///< of `month`; empty: the first month that has counts
};

inline constexpr double small_baseline = 20;

/// Change in % since the baseline, of both lines of months_chart. A line whose baseline is 0 or not known is
/// not drawn, and that is said; under 20 the problem `small_base` and a note. \throws what month_series
/// throws; UsageError for a baseline that is no month of the table; InputError where
///         nothing can be compared.
Figure index_chart(const Table& table, const IndexChartOptions& options, const TextMeasure& measure,
                   Problems& problems);

}  // namespace wardmap
