/// \file
/// The rows of a ward table as the pictures need them: numbers, states, words; the total apart.
#pragma once

#include "wardmap/table/number_cell.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// What stands for a cell in a picture: the number by `with_thousands` (or `with_sign`), "[c]" withheld,
/// "[z]" not applicable or not defined, "[x]" not known.
enum class NumberSign : unsigned char { minus_only, always };
std::string cell_words(const NumberCell& cell, int decimals, NumberSign sign = NumberSign::minus_only);

/// One row of an `indicators` table (contract.md).
struct WardRow {
    std::size_t row = 0;  ///< in the table
    std::string code{};
    std::string name{};  ///< with the apostrophes of print
    NumberCell before{};
    NumberCell after{};
    NumberCell change{};
    NumberCell change_pct{};
    NumberCell population{};
    NumberCell rate{};
    NumberCell rate_lower{};
    NumberCell rate_upper{};
    NumberCell rank{};
    std::string quadrant{};       ///< "high_faster" ...; "none"
    std::string rate_compared{};  ///< "higher", "similar", "lower"; empty
    std::string change_compared{};
    std::string flags{};

    bool has_flag(std::string_view flag) const;
    bool from_zero() const { return has_flag("from_zero"); }
    bool to_zero() const { return has_flag("to_zero"); }
};

/// A ward table read for drawing.
struct WardRows {
    std::vector<WardRow> areas{};  ///< in the table's order
    std::optional<WardRow> total{};
    TableMeta meta{};  ///< the table's, with cuts taken from the total row where it does not say
};

/// Numbers may be text, as tables read from files have them. Rows named as a total without a code are the
/// total. \throws NameUnknown if a needed column is missing; InputError if no area is left.
WardRows read_ward_rows(const Table& table);

/// Numbers of a column, whether it holds numbers or text. \throws NameUnknown
std::vector<NumberCell> read_cells(const Table& table, std::string_view column);

/// The texts of a column; empty ones if there is no such column.
std::vector<std::string> read_texts(const Table& table, std::string_view column);

/// Names as printed: apostrophes of print; where all names shout ("VIOLENCE WITH INJURY"), in sentence case.
std::vector<std::string> printed_names(std::vector<std::string> names);

/// Largest first; those without a number last; ties by name, then code. The order of the input does not
/// matter.
void sort_by_rate(std::vector<WardRow>& rows);

}  // namespace wardmap
