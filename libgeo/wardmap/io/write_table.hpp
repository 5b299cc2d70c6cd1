/// \file
/// Tables out: CSV, JSON and Excel, each with its metadata beside it.
#pragma once

#include "wardmap/base/output_file.hpp"
#include "wardmap/table/table.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace wardmap {

enum class TableFormat : std::uint8_t { csv, json, xlsx };

/// By the ending of the file's name.
/// \throws UsageError naming the endings there are.
TableFormat table_format_of(const std::filesystem::path& file);

/// Every digit, or what published tables print (table/published_rounding.hpp).
enum class Precision : std::uint8_t { full, published };

struct WriteTableOptions {
    Precision precision = Precision::full;
    std::string wide{};  ///< column to be spread (table/spread_column.hpp); empty: none
    /// Time that a workbook says it was made, seconds since 1970: the caller's, so that bytes repeat. 1
    /// January 1980.
    std::int64_t created = 315532800;
};

/// UTF-8 with a header, RFC 4180 with "\n". A suppressed cell is `[c]`, every other cell without a value is
/// empty (infinite numbers too). Text stays as it is.
std::string table_csv(const Table& table, const WriteTableOptions& options = {});

/// An array of records, one a line. A number cell without a value is null, whatever the reason (`flags` has
/// it); text is always a string.
std::string table_json(const Table& table, const WriteTableOptions& options = {});

/// One table in a format (write_workbook.hpp has the workbook); its metadata is not in it.
std::string table_bytes(const Table& table, TableFormat format, const WriteTableOptions& options = {});

/// One file written.
struct WrittenFile {
    std::filesystem::path path{};
    std::string bytes{};
};

/// Writes the table, by the ending of the name, and `FILE-metadata.json` beside it. Gives back both.
/// \throws OutputError as write_output does, before anything is written; UsageError for an unknown
///         ending.
std::vector<WrittenFile> write_table(const std::filesystem::path& file, const Table& table,
                                     const WriteTableOptions& options, Overwrite overwrite);

}  // namespace wardmap
