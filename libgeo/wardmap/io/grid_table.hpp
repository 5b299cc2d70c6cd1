/// \file
/// Raw cells, as a file or sheet has them, to a table: where the header is, where the rows end.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

struct GridTableOptions {
    std::string file{};   ///< for messages
    std::string sheet{};  ///< for messages; empty for CSV
    /// 1-based row of the column names; without it the row is guessed.
    std::optional<std::size_t> header_row{};
};

struct GridTable {
    /// Text columns, cells without the white space round them; origin has the rows of the file.
    Table table{};
    Problems problems{};
    std::vector<std::string> guesses{};
    std::size_t header_row = 0;              ///< 1-based; of a header in two rows the upper one
    std::vector<std::string> texts_above{};  ///< title and note rows, cells joined by a space
    std::vector<std::string> texts_below{};
};

/// Finds the table in a grid of cells.
///
/// The header is the first row that fills most of the columns and has rows below it; titles, notes and blank
/// rows above it, and notes below the last row, are left out, counted (note `skipped_rows`) and returned. A
/// header in two rows (period above, measure below) is joined: "YT June 2021 count". Blank rows are counted
/// (`blank_rows`), a header that comes again further down is left out (`repeated_header`). Columns without a
/// name are called `column_3` (`unnamed_column`), a name that comes again gets a number (`duplicate_column`).
/// A row shorter than the header is filled with missing cells (`short_row`); cells beyond the header in a few
/// rows are left out (`long_row`); text in the place of the header that looks like data is `no_header`. A
/// heading in a sheet that is the first day of a month is that month, which spreadsheets make a date of:
/// "June 2022".
/// \throws InputError if there is no table in it, no row below the header, or no row `header_row`.
GridTable table_from_grid(std::vector<std::vector<std::string>> cells, const GridTableOptions& options);

}  // namespace wardmap
