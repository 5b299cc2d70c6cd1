/// \file
/// One indicator of many areas as a sorted list of dots with their limits, held against references.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/indicator/area_values.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <string>

namespace wardmap {

/// Which areas get a row. Text is never shrunk to make room.
enum class CompareRows : unsigned char {
    fit,  ///< all if the slot's height holds them; else the highest, the lowest, the highlighted and those
          ///< round them
    all,  ///< as high as need be
};

struct CompareChartOptions {
    FigureOptions figure{};
    AreaValueColumns columns{};
    AreaRoles roles{};     ///< at most four are highlighted; references are lines, never rows
    std::string period{};  ///< as written in the table; empty: the latest. Without a column of periods: words
    CompareRows rows = CompareRows::fit;
    std::size_t keep =
        0;  ///< so many of the highest, the lowest and on either side of the highlighted; 0: by `rows`
};

/// A dot for each area with a line from its lower to its upper limit, the highest first; filled where it
/// clearly differs from the first reference. A reference is a dashed line over all rows with its limits as a
/// band. Areas without a value stand last, with the reason. Rows that are not shown are counted in their
/// place and in the notes. Problems: what read_area_values finds; the note `other_periods`.
/// \throws what read_area_values throws; NameUnknown for a period that is not there; UsageError for more than
///         four highlighted areas.
Figure compare_chart(const Table& table, const CompareChartOptions& options, const TextMeasure& measure,
                     Problems& problems);

}  // namespace wardmap
