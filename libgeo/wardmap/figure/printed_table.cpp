#include "wardmap/figure/printed_table.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/named_rows.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace wardmap {
namespace {

/// Whole numbers as they are; else as many decimals as tell the values apart at a glance.
int decimals_of(const std::vector<NumberCell>& cells) {
    double most = 0;
    bool whole = true;
    for (const NumberCell& cell : cells) {
        if (!cell.known()) {
            continue;
        }
        most = std::max(most, std::abs(cell.number));
        whole = whole && cell.number == std::round(cell.number);
    }
    return whole ? 0 : most < 1 ? 3 : most < 10 ? 2 : 1;
}

bool is_change(const std::string& name) {
    return name == "change" || name == "change_pct";
}

}  // namespace

std::string heading_line(const TableColumn& column) {
    std::string heading = column.header;
    std::replace(heading.begin(), heading.end(), '\n', ' ');
    return heading;
}

PrintedTable printed_table(const Table& table, std::span<const std::string> columns_wanted) {
    const TableMeta& meta = table.meta();
    std::vector<std::string> wanted(columns_wanted.begin(), columns_wanted.end());
    if (wanted.empty() && table.find("quadrant") != nullptr && table.find("rate_compared") != nullptr) {
        // An `indicators` table has more columns than a page: those people read.
        for (const char* name : {"area_name", "count_before", "count_after", "change", "change_pct", "rate",
                                 "rate_lower", "rate_upper", "share", "rank"}) {
            if (table.find(name) != nullptr) {
                wanted.emplace_back(name);
            }
        }
    }
    if (wanted.empty()) {
        for (const std::string& name : table.names()) {
            if (name != "area_code" || table.find("area_name") == nullptr) {
                wanted.push_back(name);
            }
        }
    }
    if (wanted.empty()) {
        throw InputError("the table has no columns", table.where(0), "give it at least one");
    }
    if (table.row_count() == 0) {
        throw InputError("the table has no rows to draw", table.where(0), "give it at least one row");
    }

    // The rows: those of things as they stand, a total last.
    std::vector<std::size_t> order;
    std::optional<std::size_t> total;
    std::vector<std::string> codes = read_texts(table, "area_code");
    const bool has_names = std::any_of(table.columns().begin(), table.columns().end(),
                                       [](const Column& column) { return !holds_numbers(column); });
    NamedRows rows;
    if (has_names) {
        rows = named_rows(table, std::find(wanted.begin(), wanted.end(), "area_name") != wanted.end() ||
                                         holds_numbers(table.column(wanted[0]))
                                     ? std::string_view{}
                                     : std::string_view(wanted[0]));
        order = rows.rows;
        total = rows.total;
    } else {
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            order.push_back(row);
        }
    }
    if (total) {
        order.push_back(*total);
    }

    std::vector<TableColumn> columns;
    std::array<bool, 3> keys{};  // withheld, not calculated, not known
    for (const std::string& name : wanted) {
        const Column& source = table.column(name);
        TableColumn column;
        column.header = heading_of(table, name);
        column.gap_mm = columns.empty() ? 0 : 3.0;
        const bool numbers = holds_numbers(source);
        column.anchor = numbers ? TextAnchor::end : TextAnchor::start;
        const auto cells = numbers ? read_cells(table, name) : std::vector<NumberCell>{};
        const auto texts = numbers ? std::vector<std::string>{} : read_texts(table, name);
        const int decimals = numbers ? decimals_of(cells) : 0;
        for (const std::size_t row : order) {
            TableCell cell;
            cell.is_bold = total && row == *total;
            if (numbers) {
                cell.text = cell_words(cells[row], decimals,
                                       is_change(name) ? NumberSign::always : NumberSign::minus_only);
                if (!cells[row].known()) {
                    // A total row leaves out what has no total.
                    if (cell.is_bold && cells[row].state != CellState::suppressed) {
                        cell.text.clear();
                    }
                    cell.color = ink_secondary;
                    keys[0] = keys[0] || cell.text == "[c]";
                    keys[1] = keys[1] || cell.text == "[z]";
                    keys[2] = keys[2] || cell.text == "[x]";
                }
            } else {
                cell.text = has_names && (name == "area_name") ? rows.names[row] : typographic(texts[row]);
                if (cell.is_bold && name == "area_name" && !meta.whole.empty()) {
                    cell.text = typographic(meta.whole);
                }
            }
            column.cells.push_back(std::move(cell));
        }
        columns.push_back(std::move(column));
    }

    PrintedTable out;
    out.title = meta.title.empty() ? sentence_case(meta.measure) : meta.title;
    if (out.title.empty()) {
        out.title = "Table";
    }
    std::string periods = meta.period_after;
    if (!meta.period_before.empty() && !periods.empty()) {
        periods = meta.period_before + " to " + periods;
    }
    out.subtitle = meta.title.empty() && !meta.measure.empty() ? std::string() : measure_line(meta, periods);
    if (out.subtitle.empty() && !meta.whole.empty()) {
        out.subtitle =
            typographic(meta.whole) + " " + areas_word(meta) + (periods.empty() ? "" : ", " + periods);
    }
    for (const std::size_t row : order) out.row_codes.push_back(codes[row]);
    if (keys[0]) out.keys.emplace_back("[c]: withheld.");
    if (keys[1]) out.keys.emplace_back("[z]: not calculated.");
    if (keys[2]) out.keys.emplace_back("[x]: not known.");
    out.columns = std::move(columns);
    out.rows = std::move(order);
    out.totals = total ? 1 : 0;
    return out;
}

}  // namespace wardmap
