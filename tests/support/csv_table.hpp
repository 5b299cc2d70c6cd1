/// \file
/// A CSV file under the source folder as a table of text, as `io` would read it.
#pragma once

#include "support/csv_rows.hpp"
#include "wardmap/table/table.hpp"

#include <utility>

namespace wardmap::testing {

/// The rows of a text; the first is the heading.
inline Table table_of_csv(const std::string& text) {
    const auto cells = csv_cells(text);
    std::vector<Column> columns;
    for (std::size_t c = 0; c < cells.at(0).size(); ++c) {
        std::vector<std::string> column;
        for (std::size_t r = 1; r < cells.size(); ++r)
            column.push_back(c < cells[r].size() ? cells[r][c] : std::string());
        columns.push_back(Column::text(cells[0][c], std::move(column)));
    }
    return Table(std::move(columns));
}

inline Table csv_table(const std::string& path_in_project) {
    std::ifstream file(std::string(WARDMAP_SOURCE_DIR) + "/" + path_in_project, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path_in_project);
    std::ostringstream text;
    text << file.rdbuf();
    return table_of_csv(text.str());
}

}  // namespace wardmap::testing
