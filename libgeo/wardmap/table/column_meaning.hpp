/// \file
/// What the columns of our own tables mean, in a line for people.
#pragma once

#include "wardmap/table/table.hpp"

#include <string>

namespace wardmap {

/// "Offences in the year to June 2022" for `count_after`; nothing for a column that is not one of ours.
std::string column_meaning(const Column& column, const TableMeta& meta);

}  // namespace wardmap
