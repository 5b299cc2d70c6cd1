/// \file
/// Rows that add up the others.
#pragma once

#include <string_view>

namespace wardmap {

/// True for the name of a row that sums the others: "Total", "TOTAL", "Grand total", "Coventry total", "Total
/// (all wards)", "All wards", "All areas", "Overall", "Sum". "All Saints" and other places are not.
bool is_total_name(std::string_view name);

}  // namespace wardmap
