#include "wardmap/figure/table_figure.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/named_rows.hpp"
#include "wardmap/figure/table_layout.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

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

Figure table_figure(const Table& table, const TableFigureOptions& options, const TextMeasure& measure) {
    const TableMeta& meta = table.meta();
    const TypeSizes sizes = type_sizes(options.figure.theme);
    std::vector<std::string> wanted = options.columns;
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

    FigureTexts texts;
    texts.kind = "table";
    texts.title = meta.title.empty() ? sentence_case(meta.measure) : meta.title;
    if (texts.title.empty()) {
        texts.title = "Table";
    }
    std::string periods = meta.period_after;
    if (!meta.period_before.empty() && !periods.empty()) {
        periods = meta.period_before + " to " + periods;
    }
    texts.subtitle =
        meta.title.empty() && !meta.measure.empty() ? std::string() : measure_line(meta, periods);
    if (texts.subtitle.empty() && !meta.whole.empty()) {
        texts.subtitle =
            typographic(meta.whole) + " " + areas_word(meta) + (periods.empty() ? "" : ", " + periods);
    }
    const std::size_t row_count = order.size() - (total ? 1 : 0);
    texts.alt = "Table: " + texts.title + ", " + counted(row_count, "row") + ".";
    std::vector<std::string> headings;
    for (const TableColumn& column : columns) {
        std::string heading = column.header;
        std::replace(heading.begin(), heading.end(), '\n', ' ');
        headings.push_back(heading);
    }
    texts.description = texts.alt + " Columns: " + in_words(headings) + ".";
    if (keys[0]) {
        texts.notes.emplace_back("[c]: withheld.");
    }
    if (keys[1]) {
        texts.notes.emplace_back("[z]: not calculated.");
    }
    if (keys[2]) {
        texts.notes.emplace_back("[x]: not known.");
    }

    // Columns that do not fit go from the right, and the notes say so.
    const double width = slot_size(options.figure.slot).width_mm;
    std::vector<std::string> row_codes;
    for (const std::size_t row : order) {
        row_codes.push_back(codes[row]);
    }
    std::vector<std::string> left_out;
    TableLayout layout;
    for (;;) {
        layout = lay_out_table(columns, row_codes, total ? 1 : 0, 0, width, sizes, measure);
        if (layout.width <= width + 0.01 || columns.size() <= 1) {
            break;
        }
        std::string heading = columns.back().header;
        std::replace(heading.begin(), heading.end(), '\n', ' ');
        left_out.insert(left_out.begin(), heading);
        columns.pop_back();
    }
    if (!left_out.empty()) {
        texts.notes.push_back("Not shown for want of room: " + in_words(left_out) + ".");
    }
    const Frame frame(texts, meta, options.figure, measure);
    layout = lay_out_table(std::move(columns), row_codes, total ? 1 : 0, frame.top_mm(), frame.width_mm(),
                           sizes, measure);
    Group content;
    content.role = Role::layer;
    content.id = "table-figure";
    draw_table(content, layout, measure, texts.title);
    Figure figure = frame.finish(std::move(content), layout.bottom);
    figure.data = table.take(order);
    if (!left_out.empty()) {
        figure.log.push_back("warning: no room for the columns " + in_words(left_out));
    }
    return figure;
}

}  // namespace wardmap
