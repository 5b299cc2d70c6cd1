/// \file
/// Excel workbooks by libxlsxwriter.
#pragma once

#include "wardmap/io/office/module_interface.hpp"

namespace wardmap {

/// For one thread at a time: libxlsxwriter writes its time through gmtime(), which has one answer for all.
void write_xlsx(const Workbook& book, const std::string& path);

}  // namespace wardmap
