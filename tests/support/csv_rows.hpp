/// \file
/// The published figures as rows of text by column name: a small reader of its own, so that tests of the
/// lower rooms need none of `io`.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace wardmap::testing {

using CsvRow = std::map<std::string, std::string>;

inline std::vector<std::vector<std::string>> csv_cells(const std::string& text) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row;
    std::string cell;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '"' && i + 1 < text.size() && text[i + 1] == '"')
                cell += text[++i];
            else if (c == '"')
                quoted = false;
            else
                cell += c;
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',' || c == '\n') {
            row.push_back(cell);
            cell.clear();
            if (c == '\n') {
                rows.push_back(row);
                row.clear();
            }
        } else if (c != '\r') {
            cell += c;
        }
    }
    if (!cell.empty() || !row.empty()) {
        row.push_back(cell);
        rows.push_back(row);
    }
    return rows;
}

/// All rows of a file under the source folder; none (with a message) where the file is not there.
inline std::vector<CsvRow> csv_rows(const std::string& path_in_project) {
    const std::string path = std::string(WARDMAP_SOURCE_DIR) + "/" + path_in_project;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        MESSAGE("not there, skipped: " << path_in_project);
        return {};
    }
    std::ostringstream text;
    text << file.rdbuf();
    const auto cells = csv_cells(text.str());
    std::vector<CsvRow> rows;
    for (std::size_t r = 1; r < cells.size(); ++r) {
        CsvRow row;
        for (std::size_t c = 0; c < cells[0].size() && c < cells[r].size(); ++c)
            row[cells[0][c]] = cells[r][c];
        rows.push_back(row);
    }
    return rows;
}

/// \throws std::out_of_range, std::invalid_argument: a published figure that is no number fails its test.
inline double number_in(const CsvRow& row, const std::string& column) {
    return std::stod(row.at(column));
}

}  // namespace wardmap::testing
