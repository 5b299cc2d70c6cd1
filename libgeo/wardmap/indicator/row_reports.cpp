#include "wardmap/indicator/row_reports.hpp"

#include <stdexcept>

namespace wardmap {

void check_rows(const RowsInAreas& rows, const Column& column) {
    if (rows.codes.size() != rows.names.size()) throw std::invalid_argument("one name for each area");
    if (column.size() != rows.area_of_row.size() || (column.size() > 0 && column.is_text())) {
        throw std::invalid_argument("a column of numbers, one for each row of small areas");
    }
    for (const AreaIndex area : rows.area_of_row) {
        if (area != no_area && (area < 0 || static_cast<std::size_t>(area) >= rows.codes.size())) {
            throw std::invalid_argument("a row lies in an area that is not there");
        }
    }
}

Where where_of(const RowsInAreas& rows, std::size_t row, std::string_view column) {
    Where where;
    where.file = rows.origin.file;
    where.layer = rows.origin.sheet;
    if (row < rows.origin.rows.size()) where.row = rows.origin.rows[row];
    where.column = std::string(column);
    return where;
}

void report_row(Problems& problems, const RowsInAreas& rows, std::size_t row, Severity severity,
                std::string_view code, std::string_view message, std::string_view column,
                std::string_view detail) {
    std::string example = row < rows.row_names.size() ? rows.row_names[row] : std::string();
    if (!detail.empty()) example += (example.empty() ? "" : ": ") + std::string(detail);
    problems.add(severity, code, message, where_of(rows, row, column), example);
}

}  // namespace wardmap
