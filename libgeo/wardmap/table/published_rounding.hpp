/// \file
/// How many decimals published tables print.
#pragma once

#include "wardmap/table/table.hpp"

namespace wardmap {

/// Decimals that a published table gives a column of numbers: none for counts, percentages and rates; two for
/// ratios; three for p-values and for shares written as fractions of one; one for other numbers that are not
/// whole.
int published_decimals(const Column& column);

/// The table with its numbers rounded half away from zero to published_decimals.
Table rounded_as_published(const Table& table);

}  // namespace wardmap
