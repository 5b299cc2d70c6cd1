/// \file
/// A long table made wide.
#pragma once

#include "wardmap/table/table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

struct SpreadOptions {
    /// Columns that tell the rows of the result apart. Empty: every column left of the first one that holds
    /// numbers.
    std::vector<std::string> keys{};
    /// Columns that are spread. Empty: all but the keys.
    std::vector<std::string> values{};
};

/// One row for each different key, and for each value of `column` a column of what stood beside it: named by
/// that value ("2014-01") if one column is spread, else "count_BURGLARY". Rows and columns come in the order
/// of their first appearance; combinations that are not there are missing.
/// \throws NameUnknown for a column that is not there, InputError if two rows claim one cell or
///         nothing is left to spread.
Table spread_column(const Table& table, std::string_view column, const SpreadOptions& options = {});

}  // namespace wardmap
