/// \file
/// Numbers of a report's tables by name, as running text quotes them: `{Foleshill.rate}`.
#pragma once

#include "wardmap/base/error.hpp"
#include "wardmap/io/write_workbook.hpp"
#include "wardmap/table/table.hpp"

#include <span>
#include <string>
#include <string_view>

namespace wardmap {

/// Reads references of the form [TABLE/]ROW.COLUMN[:DECIMALS], without the braces.
///
/// TABLE is the id of a table of the report; it may be left out where only one table has the row and the
/// column, or all that have them print the same. ROW is the code or name of an area (as people write it),
/// "Total", or what else names the rows: a type of offence, a month. COLUMN is a column of tables/TABLE.csv.
/// Its last full stop parts ROW from COLUMN, so a name may hold some.
class TableValues {
public:
    explicit TableValues(std::span<const NamedTable> tables) : tables_(tables) {}

    /// The value as the report prints it: "1,116", "+64%", "45%"; "[c]" where it is withheld, "[z]" where it
    /// cannot be calculated, "[x]" where it is not known. \param table  where to look if the reference names
    /// no table; empty: everywhere \param where  of the reference, for messages \throws NameUnknown for a
    /// table, row or column that is not there, naming the nearest; InputError for what
    ///         is no reference, or fits several tables that differ
    std::string value(std::string_view reference, std::string_view table, const Where& where) const;

private:
    std::span<const NamedTable> tables_;
};

}  // namespace wardmap
