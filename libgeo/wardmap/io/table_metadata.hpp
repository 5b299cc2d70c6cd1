/// \file
/// What a table's numbers mean, beside the file: `FILE-metadata.json` as CSV on the Web has it.
#pragma once

#include "wardmap/table/table.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace wardmap {

/// "wards.csv" -> "wards.csv-metadata.json"
std::filesystem::path metadata_path(const std::filesystem::path& table);

/// CSV on the Web metadata (W3C, 2015) of the table: `url`, `tableSchema` with each column's name, datatype,
/// unit and meaning, and what TableMeta holds under its own names (`title`, `measure`, `periods`, `unit`,
/// `per`, `denominator`, `denominator_year`, `source`, `attribution`, `method`, ...). What is not known is
/// left out.
/// \param file_name  of the table, without its folder
std::string table_metadata_json(const Table& table, std::string_view file_name);

struct TableMetadata {
    TableMeta meta{};
    std::map<std::string, std::string> units{};  ///< of columns that have one
};

/// Reads what table_metadata_json wrote; of metadata by others the title, source and licence (`dc:title`,
/// `dc:source`, `dc:rights`).
/// \throws InputError if it is no JSON object.
TableMetadata parse_table_metadata(std::string_view json);

}  // namespace wardmap
