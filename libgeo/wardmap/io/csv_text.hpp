/// \file
/// Cells of delimited text, as we write them (RFC 4180).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wardmap {

/// A row of one empty cell would be an empty line, so it is quoted.
enum class CsvCell : std::uint8_t { among_others, alone };

/// Appends the text, in quotes where it holds the delimiter, a quote or a line end, or begins or ends with a
/// blank.
void append_csv_cell(std::string& out, std::string_view text, CsvCell cell = CsvCell::among_others,
                     char delimiter = ',');

}  // namespace wardmap
