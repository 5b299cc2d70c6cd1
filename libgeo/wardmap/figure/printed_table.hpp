/// \file
/// Any table as people read it: rows in order with a total last, numbers as printed, headings in words.
#pragma once

#include "wardmap/figure/table_layout.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

struct PrintedTable {
    std::string title{};
    std::string subtitle{};
    std::vector<TableColumn> columns{};    ///< one number of decimals a column
    std::vector<std::size_t> rows{};       ///< of the table, in the order of the cells
    std::vector<std::string> row_codes{};  ///< beside rows
    std::size_t totals = 0;                ///< the last rows
    std::vector<std::string> keys{};       ///< "[c]: withheld." for the signs that are in cells
};

/// \param columns  in this order; empty: all but `area_code` beside names, of an `indicators` table those
///                 people read
/// \throws NameUnknown for a column that is not there, InputError for a table without rows or columns
PrintedTable printed_table(const Table& table, std::span<const std::string> columns = {});

/// A column's heading on one line.
std::string heading_line(const TableColumn& column);

}  // namespace wardmap
