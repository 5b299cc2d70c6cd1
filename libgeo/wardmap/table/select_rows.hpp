/// \file
/// Rows by the text of a column, and the different texts of a column.
#pragma once

#include "wardmap/table/table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// The rows whose cell is `value`, both compared as trimmed text, letter case included; numbers as they print
/// in full.
/// \throws NameUnknown if there is no such column, or no row has that value (naming the nearest that
///         are there). A table without rows comes back as it is.
Table rows_where(const Table& table, std::string_view column, std::string_view value);

/// The different trimmed texts of a column in the order of their first appearance; empty cells count as one
/// more.
/// \throws NameUnknown if there is no such column.
std::vector<std::string> distinct_values(const Table& table, std::string_view column);

}  // namespace wardmap
