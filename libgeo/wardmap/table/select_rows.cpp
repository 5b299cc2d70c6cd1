#include "wardmap/table/select_rows.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/table/cell_text.hpp"

#include <unordered_set>

namespace wardmap {

Table rows_where(const Table& table, std::string_view column, std::string_view value) {
    const Column& cells = table.column(column);
    const std::string_view wanted = trimmed(value);
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < cells.size(); ++row) {
        if (cells.is_text() ? trimmed(cells.text(row)) == wanted : text_of_cell(cells, row) == wanted)
            rows.push_back(row);
    }
    if (rows.empty() && table.row_count() > 0) {
        const std::vector<std::string> there = distinct_values(table, cells.name());
        throw NameUnknown(
            "none of the " + counted(table.row_count(), "row") + " has " + cells.name() + " = '" +
                std::string(wanted) + "'",
            {.file = table.origin().file, .layer = table.origin().sheet, .column = cells.name()},
            did_you_mean(wanted, there));
    }
    return table.take(rows);
}

std::vector<std::string> distinct_values(const Table& table, std::string_view column) {
    const Column& cells = table.column(column);
    std::vector<std::string> values;
    std::unordered_set<std::string> seen;
    for (std::size_t row = 0; row < cells.size(); ++row) {
        std::string text(cells.is_text() ? std::string(trimmed(cells.text(row))) : text_of_cell(cells, row));
        if (seen.insert(text).second) values.push_back(std::move(text));
    }
    return values;
}

}  // namespace wardmap
