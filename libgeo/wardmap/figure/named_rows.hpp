/// \file
/// Rows of any table that are things, and the row that adds them up.
#pragma once

#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

struct NamedRows {
    std::vector<std::size_t> rows{};  ///< of the table, totals not among them
    std::optional<std::size_t> total{};
    std::vector<std::string> names{};  ///< of every row of the table, as printed
    std::vector<std::string> codes{};  ///< of every row of the table; empty where it has none
};

/// `label`: the column of names; empty: `area_name`, else the first column of text.
/// \throws NameUnknown, InputError if no row is left.
NamedRows named_rows(const Table& table, std::string_view label = {});

/// A column's heading for people: "yt_july_2021" -> "Year to July 2021", "share" with unit "%" -> "Share
/// (%)"; `count_before` and `count_after` by the table's periods.
std::string heading_of(const Table& table, std::string_view column);

/// True if at least half of the cells that hold anything are numbers.
bool holds_numbers(const Column& column);

}  // namespace wardmap
