#include "wardmap/io/grid_table.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/table/cell_text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

namespace wardmap {
namespace {

using Rows = std::span<const std::vector<std::string>>;  // cells without white space round them

/// What one row of the grid is made of.
struct RowShape {
    std::size_t filled = 0;  ///< cells with anything in them
    std::size_t end = 0;     ///< one past the last of them
    std::size_t first = 0;   ///< the first of them
};

std::string_view cell_at(Rows rows, std::size_t row, std::size_t column) {
    return column < rows[row].size() ? std::string_view(rows[row][column]) : std::string_view{};
}

/// A number that is no year: years name columns.
bool is_plain_number(std::string_view cell) {
    const auto parsed = parse_cell(cell);
    return parsed && parsed->state == CellState::value && !(cell.size() == 4 && parse_period(cell));
}

/// Filled cells of a row that hold a number which is no year.
std::size_t numbers_in(Rows rows, std::size_t row) {
    std::size_t numbers = 0;
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
        if (is_plain_number(cell_at(rows, row, column))) ++numbers;
    }
    return numbers;
}

std::vector<RowShape> shapes_of(Rows rows) {
    std::vector<RowShape> shapes(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        RowShape& shape = shapes[row];
        for (std::size_t column = 0; column < rows[row].size(); ++column) {
            if (cell_at(rows, row, column).empty()) continue;
            if (shape.filled == 0) shape.first = column;
            ++shape.filled;
            shape.end = column + 1;
        }
    }
    return shapes;
}

/// The number of filled cells that most rows of two or more have; 1 if there are none.
std::size_t usual_width(const std::vector<RowShape>& shapes) {
    std::map<std::size_t, std::size_t> rows_of;
    for (const RowShape& shape : shapes) {
        if (shape.filled >= 2) ++rows_of[shape.filled];
    }
    std::size_t best = 1;
    std::size_t most = 0;
    for (const auto& [width, rows] : rows_of) {
        if (rows >= most) {
            best = width;
            most = rows;
        }
    }
    return best;
}

std::size_t next_filled(const std::vector<RowShape>& shapes, std::size_t from) {
    while (from < shapes.size() && shapes[from].filled == 0) ++from;
    return from;
}

std::size_t block_start(const std::vector<RowShape>& shapes, std::size_t row) {
    while (row > 0 && shapes[row - 1].filled > 0) --row;
    return row;
}

std::size_t block_end(const std::vector<RowShape>& shapes, std::size_t row) {
    while (row < shapes.size() && shapes[row].filled > 0) ++row;
    return row;
}

/// "Source: police", "Generated  2022-07-01" and the like above a narrow table: a block of at least two pairs
/// of words round `row`, and below it a block of its own with a heading and numbers.
bool in_block_of_words(Rows rows, const std::vector<RowShape>& shapes, std::size_t row) {
    const std::size_t end = block_end(shapes, row);
    std::size_t pairs = 0;
    for (std::size_t r = block_start(shapes, row); r < end; ++r) {
        if (numbers_in(rows, r) > 0) return false;
        if (shapes[r].filled >= 2) ++pairs;
    }
    if (pairs < 2) return false;
    for (std::size_t start = next_filled(shapes, end); start < shapes.size();
         start = next_filled(shapes, block_end(shapes, start))) {
        for (std::size_t r = start; r < block_end(shapes, start); ++r) {
            if (shapes[r].filled >= 2 && numbers_in(rows, r) > 0) return r > start;
        }
    }
    return false;
}

/// Where the header is; shapes.size() if nothing is filled.
std::size_t guess_header(Rows rows, const std::vector<RowShape>& shapes) {
    const std::size_t width = usual_width(shapes);
    if (width < 2) return next_filled(shapes, 0);
    const std::size_t enough = std::max<std::size_t>(2, (width * 3 + 4) / 5);
    for (std::size_t row = 0; row < shapes.size(); ++row) {
        if (shapes[row].filled < enough) continue;
        if (width <= 3) {
            const std::string_view first = cell_at(rows, row, shapes[row].first);
            if (first.back() == ':') continue;
            if (in_block_of_words(rows, shapes, row)) {
                row = block_end(shapes, row);
                continue;
            }
        }
        // A title with commas in it is several cells without a hole, and the true header, wider, comes right
        // below.
        const std::size_t below = next_filled(shapes, row + 1);
        if (below < shapes.size() && shapes[row].filled < width && shapes[row].end == shapes[row].filled &&
            shapes[below].filled >= width && numbers_in(rows, row) == 0 && numbers_in(rows, below) == 0) {
            const std::size_t data = next_filled(shapes, below + 1);
            if (data < shapes.size() && numbers_in(rows, data) > 0) return below;
        }
        return row;
    }
    return next_filled(shapes, 0);
}

/// A heading that a spreadsheet turned into a date, "June 2022" into 2022-06-01, said as the month it was;
/// else nothing.
std::string month_of_date(const std::string& heading) {
    if (heading.size() != 10 || heading.substr(7) != "-01") return {};
    const auto month = parse_period(heading.substr(0, 7));
    return month && month->kind == PeriodKind::month ? month->words() : std::string{};
}

struct Header {
    std::size_t upper = 0;
    std::size_t lower = 0;  ///< the last row of the header
    std::vector<std::string> names{};
};

bool has_duplicates(Rows rows, std::size_t row) {
    std::set<std::string_view> seen;
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
        const std::string_view cell = cell_at(rows, row, column);
        if (!cell.empty() && !seen.insert(cell).second) return true;
    }
    return false;
}

/// True if `upper` groups the columns named in `lower`: some of its labels stand over several names.
bool is_group_row(Rows rows, const std::vector<RowShape>& shapes, std::size_t upper, std::size_t lower) {
    if (shapes[upper].filled == 0 || shapes[lower].filled == 0) return false;
    if (numbers_in(rows, upper) > 0 || numbers_in(rows, lower) > 0) return false;
    if (!cell_at(rows, upper, 0).empty() && !cell_at(rows, lower, 0).empty()) return false;
    bool spans = false;
    for (std::size_t column = 0; column + 1 < shapes[lower].end; ++column) {
        const bool label = !cell_at(rows, upper, column).empty() && !cell_at(rows, lower, column).empty();
        spans = spans || (label && cell_at(rows, upper, column + 1).empty() &&
                          !cell_at(rows, lower, column + 1).empty());
    }
    return spans;
}

/// Names of the columns from the group row and the row of measures below it.
std::vector<std::string> joined_names(Rows rows, std::size_t upper, std::size_t lower, std::size_t width) {
    std::vector<std::string> names;
    std::string group;
    for (std::size_t column = 0; column < width; ++column) {
        const std::string above = on_one_line(cell_at(rows, upper, column));
        const std::string below = on_one_line(cell_at(rows, lower, column));
        if (!above.empty()) group = below.empty() ? std::string{} : above;
        if (below.empty()) {
            names.push_back(above);
        } else {
            names.push_back(group.empty() ? below : group + " " + below);
        }
    }
    return names;
}

bool names_a_period(Rows rows, std::size_t row) {
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
        if (parse_period(cell_at(rows, row, column))) return true;
    }
    return false;
}

Header header_at(Rows rows, const std::vector<RowShape>& shapes, std::size_t row, bool guessed) {
    Header header{row, row, {}};
    if (guessed) {
        const std::size_t data = next_filled(shapes, row + 2);
        if (row > 0 && (names_a_period(rows, row - 1) || has_duplicates(rows, row)) &&
            is_group_row(rows, shapes, row - 1, row)) {
            header.upper = row - 1;
        } else if (row + 1 < rows.size() && is_group_row(rows, shapes, row, row + 1) && data < rows.size() &&
                   numbers_in(rows, data) > 0) {
            header.lower = row + 1;
        }
    }
    const std::size_t width = std::max(shapes[header.upper].end, shapes[header.lower].end);
    if (header.upper != header.lower) {
        header.names = joined_names(rows, header.upper, header.lower, width);
    } else {
        for (std::size_t column = 0; column < width; ++column)
            header.names.push_back(on_one_line(cell_at(rows, row, column)));
    }
    return header;
}

/// The words of a note rather than the name of an area.
bool reads_like_note(std::string_view cell) {
    const std::string text = lower_ascii(cell);
    for (const std::string_view start :
         {"source", "note", "*", "(", "[", "this ", "these ", "figures", "data ", "contact", "last updated",
          "published", "copyright", "\u00a9", "produced", "created by"}) {
        if (text.compare(0, start.size(), start) == 0) return true;
    }
    return text.size() > 60 || text.find(". ") != std::string::npos || text.back() == '.';
}

/// One past the last row of data: notes and blank rows at the foot are not data.
std::size_t data_end(Rows rows, const std::vector<RowShape>& shapes, std::size_t from, std::size_t width) {
    std::size_t end = rows.size();
    while (end > from && shapes[end - 1].filled == 0) --end;
    if (width < 2) return end;
    const std::size_t enough = std::max<std::size_t>(2, (width * 3 + 4) / 5);
    // Rows that may be notes, upwards from the foot.
    std::size_t top = end;
    while (top > from && shapes[top - 1].filled < enough &&
           (shapes[top - 1].filled <= 1 || numbers_in(rows, top - 1) == 0))
        --top;
    for (std::size_t row = top; row < end; ++row) {
        if (shapes[row].filled == 0) return row;  // a blank row: all below it are notes
        if (reads_like_note(cell_at(rows, row, shapes[row].first))) return row;
    }
    return end;
}

std::string joined_cells(Rows rows, std::size_t row) {
    std::string text;
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
        const std::string cell = on_one_line(cell_at(rows, row, column));
        if (!cell.empty()) text += (text.empty() ? "" : " ") + cell;
    }
    return text;
}

}  // namespace

GridTable table_from_grid(std::vector<std::vector<std::string>> cells, const GridTableOptions& options) {
    for (std::vector<std::string>& row : cells) {
        for (std::string& cell : row) {
            const std::string_view inner = trimmed(cell);
            if (inner.size() != cell.size()) cell = std::string(inner);
        }
    }
    const Where file{.file = options.file, .layer = options.sheet};
    const auto at_row = [&](std::size_t row, std::string column = {}) {
        return Where{
            .file = options.file, .layer = options.sheet, .row = row + 1, .column = std::move(column)};
    };
    const std::vector<RowShape> shapes = shapes_of(cells);
    const std::size_t first_filled = next_filled(shapes, 0);
    if (first_filled == shapes.size())
        throw InputError("there is no filled cell", file, "name another file or --sheet");
    if (options.header_row && (*options.header_row == 0 || *options.header_row > cells.size())) {
        throw InputError(
            "there is no row " + std::to_string(*options.header_row) + " to take the column names from", file,
            "it has " + counted(cells.size(), "row") + ", counted from 1");
    }
    if (options.header_row && shapes[*options.header_row - 1].filled == 0) {
        throw InputError("row " + std::to_string(*options.header_row) + " is empty and names no columns",
                         file,
                         "row " + std::to_string(first_filled + 1) + " is the first with anything in it");
    }
    const std::size_t header_row = options.header_row ? *options.header_row - 1 : guess_header(cells, shapes);
    Header header = header_at(cells, shapes, header_row, !options.header_row.has_value());

    GridTable out;
    out.header_row = header.upper + 1;
    for (std::size_t row = 0; row < header.upper; ++row) {
        if (shapes[row].filled > 0) out.texts_above.push_back(joined_cells(cells, row));
    }
    const std::string place =
        options.sheet.empty() ? options.file : options.file + ", sheet " + options.sheet;
    if (!options.header_row && (header.upper > 0 || header.lower != header.upper)) {
        out.guesses.push_back(
            "header row of " + place + ": " + std::to_string(header.upper + 1) +
            (header.lower != header.upper ? " and " + std::to_string(header.lower + 1) + ", joined" : ""));
    }
    if (!options.sheet.empty()) {
        for (std::string& name : header.names) {
            const std::string month = month_of_date(name);
            if (month.empty()) continue;
            out.guesses.push_back("heading " + name + " of " + place + ": " + month);
            name = month;
        }
    }
    const std::size_t first = header.lower + 1;
    const std::size_t end = data_end(cells, shapes, first, usual_width(shapes));
    for (std::size_t row = end; row < cells.size(); ++row) {
        if (shapes[row].filled > 0) out.texts_below.push_back(joined_cells(cells, row));
    }
    const std::size_t skipped = out.texts_above.size() + out.texts_below.size();
    if (skipped > 0) {
        out.problems.add(
            Severity::note, "skipped_rows", "rows of title and notes above and below the table were left out",
            file, out.texts_above.empty() ? out.texts_below.front() : out.texts_above.front(), skipped);
    }

    std::vector<std::size_t> kept;
    for (std::size_t row = first; row < end; ++row) {
        if (shapes[row].filled == 0) {
            out.problems.add(Severity::note, "blank_rows",
                             "blank rows between the rows of the table were left out", at_row(row));
            continue;
        }
        bool repeated = header.upper == header.lower && shapes[row].filled > 1;
        for (std::size_t column = 0; repeated && column < header.names.size(); ++column) {
            repeated = cell_at(cells, row, column) == cell_at(cells, header.upper, column);
        }
        if (repeated) {
            out.problems.add(Severity::warning, "repeated_header",
                             "the column names come again further down; such rows were left out",
                             at_row(row));
            continue;
        }
        kept.push_back(row);
    }
    if (kept.empty()) {
        throw InputError(
            "there are column names in row " + std::to_string(header.lower + 1) + " but no rows below", file,
            "is it the right file or sheet? --header-row N says where the names are");
    }

    // Columns beyond the header: real ones if most rows have them, else cells too many.
    const std::size_t named = header.names.size();
    std::size_t width = named;
    for (const std::size_t row : kept) width = std::max(width, shapes[row].end);
    while (width > named) {
        const auto filled = std::count_if(kept.begin(), kept.end(), [&](std::size_t row) {
            return !cell_at(cells, row, width - 1).empty();
        });
        if (static_cast<std::size_t>(filled) * 2 > kept.size()) break;
        --width;
    }
    for (const std::size_t row : kept) {
        if (shapes[row].end > width) {
            out.problems.add(Severity::problem, "long_row",
                             "rows have cells beyond the last column; those cells were left out", at_row(row),
                             cell_at(cells, row, shapes[row].end - 1));
        }
        if (cells[row].size() < named) {
            out.problems.add(Severity::warning, "short_row",
                             "rows have fewer cells than there are columns; the rest is taken as not known",
                             at_row(row), joined_cells(cells, row));
        }
    }

    const std::size_t numbers_in_names = numbers_in(cells, header.lower);
    if (!options.header_row && header.upper == header.lower && numbers_in_names > 0 &&
        numbers_in_names * 2 >= shapes[header.lower].filled &&
        numbers_in(cells, kept.front()) == numbers_in_names) {
        const bool are_ages = [&] {  // single years: "0", "1", "2"
            double next = 0;
            for (const std::string& name : header.names) {
                const auto number = parse_number(name);
                if (number && *number != next++) return false;
            }
            return true;
        }();
        if (!are_ages) {
            out.problems.add(Severity::warning, "no_header",
                             "the first row was taken as column names, but looks like data",
                             at_row(header.lower), joined_cells(cells, header.lower));
        }
    }

    std::vector<std::vector<std::string>> texts(width);
    for (auto& column : texts) column.reserve(kept.size());
    for (const std::size_t row : kept) {
        cells[row].resize(width);
        for (std::size_t column = 0; column < width; ++column)
            texts[column].push_back(std::move(cells[row][column]));
        cells[row] = {};
    }
    std::vector<Column> columns;
    std::set<std::string> taken;
    for (std::size_t column = 0; column < width; ++column) {
        const bool any = std::any_of(texts[column].begin(), texts[column].end(),
                                     [](const std::string& text) { return !text.empty(); });
        std::string name = column < named ? header.names[column] : std::string{};
        if (name.empty() && !any) continue;
        if (name.empty()) {
            name = "column_" + std::to_string(column + 1);
            out.problems.add(Severity::note, "unnamed_column",
                             "columns without a name are called by their place", at_row(header.lower), name);
        }
        if (taken.count(name) > 0) {
            const std::string before = name;
            for (std::size_t n = 2; taken.count(name) > 0; ++n) name = before + "_" + std::to_string(n);
            out.problems.add(Severity::warning, "duplicate_column",
                             "two columns have one name; the later ones got a number",
                             at_row(header.lower, before), name);
        }
        taken.insert(name);
        columns.push_back(Column::text(std::move(name), std::move(texts[column])));
    }
    TableOrigin origin{options.file, options.sheet, {}};
    for (const std::size_t row : kept) origin.rows.push_back(row + 1);
    out.table = Table(std::move(columns), {}, std::move(origin));
    return out;
}

}  // namespace wardmap
