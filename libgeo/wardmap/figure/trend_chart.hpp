/// \file
/// One indicator of many areas as lines over periods: some in focus, references named, the others pale.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/range_axis.hpp"
#include "wardmap/indicator/area_values.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

namespace wardmap {

struct TrendChartOptions {
    FigureOptions figure{};
    AreaValueColumns columns{};
    AreaRoles roles{};  ///< at most four are highlighted; without any all of at most four areas are
    AxisStart start = AxisStart::near;
};

/// A line for each area; those highlighted have their limits as a band, and their names stand at the right
/// end as those of references (dashed) do. Periods stand as far apart as they are in time; a line breaks
/// where a value is missing or withheld, and that is said. \throws what read_area_values throws; InputError
/// for fewer than two periods; UsageError for more than four
///         highlighted areas, or none among many.
Figure trend_chart(const Table& table, const TrendChartOptions& options, const TextMeasure& measure,
                   Problems& problems);

}  // namespace wardmap
