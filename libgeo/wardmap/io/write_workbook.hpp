/// \file
/// Excel workbooks out.
#pragma once

#include "wardmap/io/write_table.hpp"
#include "wardmap/table/table.hpp"

#include <span>
#include <string>

namespace wardmap {

struct NamedTable {
    std::string name{};  ///< of the sheet; shortened and cleaned as Excel asks
    Table table{};
};

/// An Excel workbook: a sheet for each table, real numbers under a fixed bold header, and behind them a sheet
/// "About" with title, source, periods, method, notes and the meaning of the columns of each table of which
/// any are known. Numbers keep every digit and show as published tables print them; cells without a value are
/// as in CSV. Text is never a formula. The same input gives the same bytes.
/// \throws OutputError if a table is larger than a sheet or a text longer than a cell, or no
///         temporary file can be made.
std::string workbook_bytes(std::span<const NamedTable> tables, const WriteTableOptions& options = {});

}  // namespace wardmap
