/// \file
/// The ward table as a picture: numbers, bars in the cells, limits, the whole's own row.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>

namespace wardmap {

enum class RankColumn : unsigned char { hidden, shown };

struct WardTableOptions {
    FigureOptions figure{};
    RankColumn rank = RankColumn::hidden;  ///< rows are sorted by rate, so a rank says little
    std::string decile_column{};           ///< name of a column of deciles (1 to 10) to be shown; empty: none
    /// The most that all under title and subtitle may take, in mm: for it rows come as close as 5 mm (at
    /// 9 pt), no closer. Empty: 6 mm from row to row.
    std::optional<double> height_mm{};
};

/// Draws an `indicators` table: both counts, change, change in % with bars, rate with bars and limits, sorted
/// by rate, the total below. Markers are the quadrants'. `[u]` low reliability, `[c]` withheld, `[z]` not
/// calculated, with a key. A table without rates (offence types) has the counts and the change, sorted by the
/// later count. The page is as high as the rows need. \throws NameUnknown for a missing column, InputError if
/// the table has no row but totals.
Figure ward_table_figure(const Table& table, const WardTableOptions& options, const TextMeasure& measure);

}  // namespace wardmap
