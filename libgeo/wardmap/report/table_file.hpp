/// \file
/// A table as a file of any kind there is: those of io/write_table.hpp, and Word documents.
#pragma once

#include "wardmap/io/write_table.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

struct TableFileOptions {
    WriteTableOptions table{};
    std::string template_file{};  ///< of Word documents: see DocxOptions
};

/// \throws UsageError naming the endings there are, if it is none of them
void check_table_file(std::string_view file);

/// Writes the table, by the ending of the name, and `FILE-metadata.json` beside it, except beside a document.
/// Gives back what was written. \throws as write_table(), table_docx()
std::vector<WrittenFile> write_table_file(const std::filesystem::path& file, const Table& table,
                                          const TableFileOptions& options, Overwrite overwrite);

}  // namespace wardmap
