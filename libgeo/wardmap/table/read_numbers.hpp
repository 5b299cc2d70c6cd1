/// \file
/// Numbers out of the text columns that files have.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <string_view>

namespace wardmap {

/// The column as numbers (cell_text.hpp says how each cell reads); one that holds numbers already comes back
/// as it is.
///
/// Text that is no number becomes a missing cell and the problem `not_a_number` with its row; cells read with
/// a note behind them are the note `marked_numbers`; a column of which only some numbers carry a percent sign
/// is the warning `mixed_percent`. The unit is the column's own, else "%" if every number had the sign.
/// \throws NameUnknown if there is no such column.
Column read_numbers(const Table& table, std::string_view column, Problems& problems);

/// read_numbers for counts of things that happened. A count below zero becomes missing and the problem
/// `negative_count`; one with a fraction stays and is the warning `fractional_count` (weighted counts are
/// wanted so, averages are not counts).
Column read_counts(const Table& table, std::string_view column, Problems& problems);

/// True if at least half of the cells that hold anything read as numbers, and one does: the column is meant
/// as numbers.
bool looks_numeric(const Column& column);

}  // namespace wardmap
