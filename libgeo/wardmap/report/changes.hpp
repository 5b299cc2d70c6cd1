/// \file
/// What differs between two editions of a report, number by number.
#pragma once

#include "wardmap/report/edition.hpp"
#include "wardmap/table/table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// In the order in which tables/changes.csv lists them.
enum class ChangeKind : std::uint8_t {
    revised,       ///< a number of the same measure, row and period that is not what it was
    moved,         ///< a quadrant, or a comparison with the cut
    area,          ///< an area that is new, gone or called otherwise
    row,           ///< a row of one table that is new or gone
    period,        ///< a table of later or earlier periods than before
    boundaries,    ///< another file of areas, or another content of it
    denominator,   ///< the people that rates divide by
    input,         ///< any other file that was read
    method,        ///< settings, definitions, sources, the program
    table,         ///< a table that is new, gone or called otherwise
    figure,        ///< a figure that is new or gone
    altered,       ///< a file of the older report that is not the one it was written with
    not_compared,  ///< columns that have no partner in the other edition
};
std::string_view name_of(ChangeKind kind) noexcept;  ///< "revised", "not_compared"

struct EditionChange {
    ChangeKind kind = ChangeKind::revised;
    std::string table{};      ///< id of the table or figure; empty: of the whole report
    std::string area_code{};  ///< of the row, where it has one
    std::string row{};        ///< name of the area or row; of an input its path
    std::string column{};     ///< as the newer table calls it, or what of a setting or file changed
    std::string period{};     ///< of the number, in words
    std::string before{};     ///< as the older file has it; empty where it had none or must not be repeated
    std::string after{};
    std::optional<double> difference{};  ///< newer minus older, of two numbers
    std::string note{};
};

/// Numbers are paired by table, row, measure and period: where the periods moved on, the earlier period of
/// the newer edition is set beside the later of the older one, and that the period moved is no revision.
/// Numbers that differ by less than a part in 10^9 are the same. What is withheld now is not repeated from
/// before. Sorted by kind, table, row and column.
std::vector<EditionChange> compare_editions(const Edition& before, const Edition& now);

/// True of a number that is worked out from others (a rate, a limit, a share, a rank), false of one that was
/// counted.
bool is_worked_out(std::string_view column) noexcept;

/// tables/changes.csv: kind, table, area_code, row, column, period, old, new, difference, note.
Table changes_table(const std::vector<EditionChange>& changes);

}  // namespace wardmap
