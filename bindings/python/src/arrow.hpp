/// \file
/// Tables across the Arrow C data interface (https://arrow.apache.org/docs/format/CDataInterface.html):
/// polars, pyarrow, DuckDB, pandas and others speak it, and none of them is needed here.
#pragma once

#include "python.hpp"

#include "wardmap/table/table.hpp"

#include <string>
#include <vector>

namespace wardmap {

struct ArrowColumns {
    std::vector<Column> columns{};
    std::vector<std::string> left_out{};  ///< columns of kinds that are neither text, numbers nor dates
};

/// Takes over an `arrow_array_stream` capsule and reads it to its end. Text, dictionaries of text, dates
/// (as ISO text) and null columns become text columns; numbers and true/false become number columns.
/// \throws InputError if the stream fails or is not one of tables.
ArrowColumns read_arrow_stream(const py::capsule& capsule);

/// The table as a stream of one batch; number cells without a value are null. Numbers are not copied.
py::capsule arrow_stream_of(const Table& table);

}  // namespace wardmap
