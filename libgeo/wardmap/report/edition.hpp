/// \file
/// One edition of a report as its folder holds it, to be set beside another.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/io/write_workbook.hpp"
#include "wardmap/report/run_log.hpp"
#include "wardmap/table/table.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// Whether a table's file is the one that the manifest lists.
enum class TableFile : std::uint8_t { as_published, altered, missing };

struct EditionTable {
    std::string id{};  ///< tables/ID.csv
    Table table{};     ///< text columns, each cell as the file has it; its metadata
    TableFile file = TableFile::as_published;
};

struct Edition {
    std::string name{};     ///< "Years to June 2021 and June 2022"; empty: not known
    std::string version{};  ///< of the program that made it
    std::string sha256{};   ///< of its manifest
    std::vector<LogInput> inputs{};
    std::vector<LogParameter> parameters{};
    std::vector<EditionTable> tables{};  ///< without that of changes
    std::vector<std::string> figures{};  ///< ids
    Problems problems{};                 ///< `previous_altered`, `previous_missing`: files of its tables
};

/// Reads the folder that a report was written into: manifest.json, and of every table the file and its
/// metadata. A table that was changed since, or is gone, is kept as such and is a problem.
/// \throws FileMissing if no folder or no manifest is there; InputError if it is no manifest of a report, or
///         of a later form than this program reads
Edition read_edition(const std::filesystem::path& folder);

/// The same of a report that is being made. \param figures  ids
Edition edition_of(std::span<const NamedTable> tables, std::vector<std::string> figures, const RunLog& log);

/// The id of the table of changes: tables/changes.csv.
inline constexpr const char* changes_id = "changes";

}  // namespace wardmap
