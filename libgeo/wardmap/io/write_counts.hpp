/// \file
/// A cube of counts as CSV, row by row: a country's cube has millions of rows.
#pragma once

#include "wardmap/event/count_cube.hpp"

#include <functional>
#include <string_view>

namespace wardmap {

/// Gives the bytes of table_csv(count_table(cube, unlocated)) to `write`, in pieces, without making the
/// table.
void write_count_csv(const CountCube& cube, Unlocated unlocated,
                     const std::function<void(std::string_view)>& write);

}  // namespace wardmap
