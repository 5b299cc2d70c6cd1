/// \file
/// Numbers as somebody printed them: what true values they can stand for.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// From the least to the greatest value that is possible. One that is known exactly has both alike.
struct ValueRange {
    double lower = 0;
    double upper = 0;

    bool exact() const noexcept { return lower == upper; }
};

/// True if the two have a value in common, to nine digits.
bool overlap(const ValueRange& a, const ValueRange& b) noexcept;

/// All values that print as `printed` at so many decimals, halves away from zero.
ValueRange values_printed_as(double printed, int decimals) noexcept;

/// True if some value of `range` prints as `printed` at so many decimals, halves away from zero: 63.5 prints
/// as 64 and not as 63, −63.5 as −64.
bool can_print_as(const ValueRange& range, double printed, int decimals) noexcept;

/// One column of a table as it was printed.
struct PrintedColumn {
    std::string name{};
    std::vector<double> numbers{};  ///< NaN where there is none
    std::vector<CellState> states{};
    std::vector<std::size_t> no_numbers{};  ///< rows whose text is no number and no sign for a missing one
    int decimals = 0;                       ///< the most that any cell shows: trailing zeros get lost

    bool known(std::size_t row) const noexcept { return states[row] == CellState::value; }
};

/// \throws NameUnknown for a column that is not there, naming the nearest.
PrintedColumn printed_column(const Table& table, std::string_view name);

}  // namespace wardmap
