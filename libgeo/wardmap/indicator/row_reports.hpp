/// \file
/// Messages about single rows of small areas: where they stand and which they are.
#pragma once

#include "wardmap/indicator/aggregate.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace wardmap {

/// \throws std::invalid_argument if a column has not one number for each row, or an index is beyond the
/// areas.
void check_rows(const RowsInAreas& rows, const Column& column);

Where where_of(const RowsInAreas& rows, std::size_t row, std::string_view column);

/// Counts one row under `code`, with its name and `detail` as the example.
void report_row(Problems& problems, const RowsInAreas& rows, std::size_t row, Severity severity,
                std::string_view code, std::string_view message, std::string_view column,
                std::string_view detail = {});

}  // namespace wardmap
