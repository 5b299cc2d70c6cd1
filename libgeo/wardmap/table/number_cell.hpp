/// \file
/// A number, or why there is none.
#pragma once

#include "wardmap/table/column.hpp"

#include <limits>

namespace wardmap {

struct NumberCell {
    double number = std::numeric_limits<double>::quiet_NaN();
    CellState state = CellState::missing;

    bool known() const noexcept { return state == CellState::value; }
    friend bool operator==(const NumberCell&, const NumberCell&) = default;
};

/// The cell of a column of numbers.
inline NumberCell number_cell(const Column& column, std::size_t row) noexcept {
    return {column.number(row), column.state(row)};
}

}  // namespace wardmap
