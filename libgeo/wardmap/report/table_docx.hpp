/// \file
/// One table as a Word document.
#pragma once

#include "wardmap/report/docx.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <string>

namespace wardmap {

/// A real table with a numbered caption, a repeated header row, numbers as printed_table() prints them, notes
/// and sources below. Of an `indicators` table it has the columns that people read; a table too wide for the
/// page stands on a page turned round. The same table gives the same bytes.
/// \throws InputError for a table without rows or columns; as DocxPackage
std::string table_docx(const Table& table, const TextMeasure& measure, const DocxOptions& options = {});

}  // namespace wardmap
