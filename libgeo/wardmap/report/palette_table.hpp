/// \file
/// Every palette with what can be computed of it: `wardmap palettes`.
#pragma once

#include "wardmap/table/table.hpp"

#include <cstddef>

namespace wardmap {

/// Whether the distances for each colour vision stand beside the contrasts.
enum class SightColumns : unsigned char { left_out, shown };

/// One row a palette at `k` classes (categorical ones: as many as they have, if those are fewer): palette,
/// kind, classes, colours, contrast_white (of the palest), contrast_neighbours (the least), contrast_ink (the
/// least of text on a class), and the least CIE 1976 distances normal, protan, deutan, tritan: of neighbours,
/// in categorical palettes of any two. \throws UsageError for a `k` under 2 or over 12
Table palette_table(std::size_t k, SightColumns sights);

}  // namespace wardmap
