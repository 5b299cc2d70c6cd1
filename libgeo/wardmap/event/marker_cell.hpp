/// \file
/// What a cell says of an event's markers: "Y", "no", "alcohol;drugs".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// true: Y yes true t 1 x; false: N no false f 0 and nothing at all (letter case and white space round it
/// ignored). Nothing for every other text.
std::optional<bool> parse_yes_no(std::string_view cell);

/// True for nothing but white space.
bool is_empty_cell(std::string_view cell);

/// The markers that a cell lists, separated by `;` `,` `|` `/` `+` or `&`, in lower case, each once:
/// "Alcohol; DRUGS" -> alcohol, drugs. None for an empty cell, "none", "n/a" and "-".
std::vector<std::string> listed_markers(std::string_view cell);

/// True if every one of a column's different cells is yes, no or empty, and one is not empty: the column is
/// one marker.
bool is_yes_no_column(std::span<const std::string> cells);

}  // namespace wardmap
