/// \file
/// Any table as a picture.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <string>
#include <vector>

namespace wardmap {

struct TableFigureOptions {
    FigureOptions figure{};
    std::vector<std::string> columns{};  ///< in this order; empty: all but `area_code` beside names; of an
                                         ///< `indicators` table those people read
};

/// Words left, numbers right-aligned with one number of decimals a column; rows in the table's order, a total
/// row last and set apart. Cells without a number are [c], [z] or [x], with a key. The page is as high as
/// needed; columns for which there is no room are left out, which the notes say. \throws NameUnknown for a
/// column that is not there, InputError for a table without rows or columns.
Figure table_figure(const Table& table, const TableFigureOptions& options, const TextMeasure& measure);

}  // namespace wardmap
