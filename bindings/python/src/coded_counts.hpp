/// \file
/// The long table of counts for frames that repeat a few texts many times: as codes.
#pragma once

#include "python.hpp"

#include "wardmap/event/count_cube.hpp"

namespace wardmap {

/// What `count_table` makes, without a text for each cell: ([(column, [text or None], int32 codes)], counts).
/// Counts are int64, or float64 where weights left fractions. With the interpreter's lock held.
py::tuple coded_counts(const CountCube& cube, Unlocated unlocated);

}  // namespace wardmap
