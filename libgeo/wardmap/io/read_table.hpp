/// \file
/// Tables as they are sent: CSV in all its kinds, Excel and OpenDocument workbooks.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wardmap {

struct ReadTableOptions {
    std::string sheet{};  ///< of a workbook: its name, or its number from 1; empty: guessed
    std::optional<std::size_t> header_row{};  ///< 1-based; without it guessed
    /// COLUMN and VALUE of every `--where`: rows for which all hold are kept.
    std::vector<std::pair<std::string, std::string>> where{};
};

struct ReadTable {
    Table table{};  ///< text columns; meta from `FILE-metadata.json` if that is there
    Problems problems{};
    std::vector<std::string> guesses{};      ///< "header row of counts.xlsx, sheet Data: 5"
    std::size_t rows_read = 0;               ///< rows of data in the file
    std::size_t rows_filtered = 0;           ///< of them left out by `where`
    std::vector<std::string> texts_above{};  ///< title and note rows above the header
    std::vector<std::string> texts_below{};  ///< notes below the last row
    std::string sha256{};                    ///< of the file
};

/// Reads a table. `.xlsx .xlsm .xls .ods` (and files that begin like one) are workbooks, read through the
/// GDAL module; everything else is delimited text (csv_reader.hpp); "-" is delimited text from standard
/// input. grid_table.hpp says how the header is found. Of several sheets, the first with a table of numbers
/// is taken, and said.
///
/// A text "Source: ..." above or below the table becomes meta().source, unless the metadata has one.
/// \throws FileMissing, InputError, NameUnknown (sheet, column or value of `where`), each naming what
///         there is.
ReadTable read_table(const std::string& path, const ReadTableOptions& options = {});

}  // namespace wardmap
