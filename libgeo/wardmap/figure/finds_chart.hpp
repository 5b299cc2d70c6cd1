/// \file
/// Small counts by area and year: needle finds.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <string>
#include <vector>

namespace wardmap {

struct FindsChartOptions {
    FigureOptions figure{};
    std::vector<std::string>
        periods{};  ///< columns of the periods; empty: those between `area_name` and `total`
};

/// Draws a table that period_table made: one row an area, a small column of marks for each period on one
/// common scale from 0, then total and share of all. Largest total first, the total row below. \throws
/// NameUnknown for a missing column, InputError for a table without areas or periods.
Figure finds_chart(const Table& table, const FindsChartOptions& options, const TextMeasure& measure);

}  // namespace wardmap
