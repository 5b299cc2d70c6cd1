#include "wardmap/figure/table_layout.hpp"

#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <cmath>

namespace wardmap {
namespace {

constexpr double mark_gap_mm = 0.7;
constexpr double header_wrap_mm = 17;
constexpr double least_name_mm = 24;
constexpr double total_gap_mm = 1.0;

TextStyle style_of(const TableCell& cell, const TypeSizes& sizes) {
    return cell.is_bold ? bold(sizes.label) : regular(sizes.label);
}

double widest(const std::vector<std::string>& lines, const TextStyle& style, const TextMeasure& measure) {
    double width = 0;
    for (const std::string& line : lines) {
        width = std::max(width, measure.width_mm(line, style));
    }
    return width;
}

}  // namespace

TableLayout lay_out_table(std::vector<TableColumn> columns, std::vector<std::string> row_codes,
                          std::size_t totals, double top_mm, double width_mm, const TypeSizes& sizes,
                          const TextMeasure& measure, double pitch_mm) {
    TableLayout layout;
    layout.row_pitch = pitch_mm * sizes.label / 9;
    layout.row_codes = std::move(row_codes);
    layout.totals = totals;
    layout.top = top_mm;
    layout.sizes = sizes;
    layout.places.resize(columns.size());
    const std::size_t rows = layout.row_codes.size();
    const TextStyle head = bold(sizes.label);

    struct Need {
        double text = 0;  ///< digits or words
        double marks = 0;
    };
    std::vector<Need> needs(columns.size());
    const double scale = sizes.label / 9;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const TableColumn& column = columns[c];
        double cells = 0;
        for (const TableCell& cell : column.cells) {
            cells = std::max(cells, measure.width_mm(cell.text, style_of(cell, sizes)));
            if (!cell.mark.empty()) {
                needs[c].marks =
                    std::max(needs[c].marks, mark_gap_mm + measure.width_mm(cell.mark, regular(sizes.note)));
            }
        }
        const double header_width = std::max(cells, header_wrap_mm * scale);
        layout.places[c].header_lines = wrap_text(column.header, head, header_width, measure, Wrap::balanced);
        needs[c].text =
            column.indent_mm + std::max(cells, widest(layout.places[c].header_lines, head, measure));
        if (column.cells.empty()) {
            needs[c].text = 0;
        }
    }
    const auto used = [&] {
        double sum = 0;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (columns[c].cells.empty()) {
                continue;
            }
            sum += needs[c].text + needs[c].marks + (c > 0 ? columns[c].gap_mm : 0);
        }
        return sum;
    };
    // Words too wide for the page: text columns wrap, the widest first.
    const auto is_words = [&](std::size_t c) {
        return columns[c].anchor == TextAnchor::start && !columns[c].cells.empty();
    };
    double drawn_least = 0;
    for (const TableColumn& column : columns) {
        if (column.cells.empty()) {
            drawn_least += column.least_mm + column.gap_mm;
        }
    }
    for (const double room : {width_mm - drawn_least, width_mm}) {
        for (int step = 0; step < 400 && used() > room; ++step) {
            std::size_t most = columns.size();
            for (std::size_t c = 0; c < columns.size(); ++c) {
                const double least = columns[c].indent_mm + (room < width_mm ? 40.0 : least_name_mm) * scale;
                if (is_words(c) && needs[c].text > least &&
                    (most == columns.size() || needs[c].text > needs[most].text)) {
                    most = c;
                }
            }
            if (most == columns.size()) {
                break;
            }
            needs[most].text -= 1;
        }
        if (used() <= room) {
            break;
        }
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (!is_words(c)) {
            continue;
        }
        auto& place = layout.places[c];
        place.header_lines =
            wrap_text(columns[c].header, head, needs[c].text - columns[c].indent_mm, measure, Wrap::balanced);
        for (const TableCell& cell : columns[c].cells) {
            place.cell_lines.push_back(wrap_text(cell.text, style_of(cell, sizes),
                                                 needs[c].text - columns[c].indent_mm + 1e-6, measure));
        }
    }
    // What is left over goes to the columns to draw in; without any, to the gaps.
    double left_over = std::max(0.0, width_mm - used());
    std::vector<bool> hidden(columns.size(), false);
    double shares = 0;
    for (std::size_t c = columns.size(); c-- > 0;) {
        if (!columns[c].cells.empty()) {
            continue;
        }
        double wanted = 0;
        for (std::size_t d = 0; d < columns.size(); ++d) {
            if (columns[d].cells.empty() && !hidden[d]) {
                wanted += columns[d].least_mm + columns[d].gap_mm;
            }
        }
        if (wanted > left_over + 1e-9) {
            // The first of several goes: the last (the rate's) says most.
            for (std::size_t d = 0; d < columns.size(); ++d) {
                if (columns[d].cells.empty() && !hidden[d]) {
                    hidden[d] = true;
                    break;
                }
            }
        }
    }
    std::size_t gaps = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (columns[c].cells.empty() && !hidden[c]) {
            shares += columns[c].share;
            left_over -= columns[c].gap_mm;
        }
        gaps += c > 0 && !columns[c].cells.empty();
    }
    const double wider_gap = shares > 0 || gaps == 0 ? 0 : left_over / static_cast<double>(gaps);
    double x = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        auto& place = layout.places[c];
        if (columns[c].cells.empty()) {
            const double width = hidden[c] ? 0 : left_over * columns[c].share / shares;
            if (!hidden[c]) {
                x += columns[c].gap_mm;
            }
            place.left = x;
            place.right = place.mark_right = x + width;
        } else {
            if (c > 0) {
                x += columns[c].gap_mm + wider_gap;
            }
            place.left = x;
            place.right = x + needs[c].text;
            place.mark_right = place.right + needs[c].marks;
        }
        x = place.mark_right;
    }
    layout.width = std::max(x, width_mm);

    std::size_t header_lines = 0;
    for (const auto& place : layout.places) {
        const bool any = std::any_of(place.header_lines.begin(), place.header_lines.end(),
                                     [](const std::string& line) { return !line.empty(); });
        if (any) {
            header_lines = std::max(header_lines, place.header_lines.size());
        }
    }
    const double line = line_pitch_mm(sizes.label);
    layout.header_bottom = top_mm + static_cast<double>(header_lines) * line + (header_lines > 0 ? 1.0 : 0.0);
    double y = layout.header_bottom;
    for (std::size_t row = 0; row < rows; ++row) {
        std::size_t lines = 1;
        for (const auto& place : layout.places) {
            if (row < place.cell_lines.size()) {
                lines = std::max(lines, place.cell_lines[row].size());
            }
        }
        if (totals > 0 && row + totals == rows && rows > totals) {
            y += total_gap_mm;
        }
        layout.row_tops.push_back(y);
        layout.row_heights.push_back(layout.row_pitch + static_cast<double>(lines - 1) * line);
        y += layout.row_heights.back();
    }
    layout.bottom = y;
    layout.columns = std::move(columns);
    return layout;
}

void draw_table(Group& into, const TableLayout& layout, const TextMeasure& measure,
                const std::string& label) {
    const TypeSizes& sizes = layout.sizes;
    const std::size_t rows = layout.row_count();
    Group rules;
    rules.role = Role::decoration;
    rules.id = "rules";
    add_line(rules, 0, layout.header_bottom, layout.width, layout.header_bottom, base_stroke());
    for (std::size_t row = 0; row + 1 < rows; ++row) {
        if (row + 1 == rows - layout.totals && layout.totals > 0) {
            continue;
        }
        const double y = layout.row_tops[row] + layout.row_heights[row];
        add_line(rules, 0, y, layout.width, y, grid_stroke());
    }
    if (layout.totals > 0 && rows > layout.totals) {
        const double y = layout.row_tops[rows - layout.totals];
        add_line(rules, 0, y, layout.width, y, base_stroke());
    }
    add_line(rules, 0, layout.bottom, layout.width, layout.bottom, base_stroke());
    into.children.push_back(node(std::move(rules)));

    Group table;
    table.role = Role::table;
    table.id = "table";
    table.label = label;
    const double line = line_pitch_mm(sizes.label);
    const auto x_in = [](const TableLayout::Place& place, TextAnchor anchor, double indent) {
        return anchor == TextAnchor::start ? place.left + indent
               : anchor == TextAnchor::end ? place.right
                                           : (place.left + place.right) / 2;
    };
    Group header;
    header.role = Role::table_row;
    for (std::size_t c = 0; c < layout.columns.size(); ++c) {
        const auto& place = layout.places[c];
        if (layout.columns[c].cells.empty()) {
            continue;
        }
        Group cell;
        cell.role = Role::header_cell;
        double y = layout.header_bottom - 1.0 - static_cast<double>(place.header_lines.size()) * line +
                   base_line_offset_mm(bold(sizes.label));
        // The first column's heading stands over the words, not over their markers.
        for (const std::string& words : place.header_lines) {
            add_text(cell, words, x_in(place, layout.columns[c].anchor, 0), y, bold(sizes.label),
                     layout.columns[c].anchor);
            y += line;
        }
        header.children.push_back(node(std::move(cell)));
    }
    table.children.push_back(node(std::move(header)));
    for (std::size_t row = 0; row < rows; ++row) {
        Group tr;
        tr.role = Role::table_row;
        tr.code = layout.row_codes[row];
        for (std::size_t c = 0; c < layout.columns.size(); ++c) {
            const TableColumn& column = layout.columns[c];
            const auto& place = layout.places[c];
            if (column.cells.empty()) {
                continue;
            }
            const TableCell& words = column.cells[row];
            const TextStyle style = style_of(words, sizes);
            Group cell;
            cell.role = c == 0 ? Role::header_cell : Role::data_cell;
            std::vector<std::string> lines{words.text};
            if (row < place.cell_lines.size()) {
                lines = place.cell_lines[row];
            }
            double y = layout.row_middle(row) + sizes.label * mm_per_pt * cap_height / 2 -
                       static_cast<double>(lines.size() - 1) * line / 2;
            for (const std::string& text : lines) {
                if (!text.empty()) {
                    add_text(cell, text, x_in(place, column.anchor, column.indent_mm), y, style,
                             column.anchor, words.color);
                }
                y += line;
            }
            if (!words.mark.empty()) {
                const double right =
                    column.anchor == TextAnchor::end
                        ? place.right
                        : x_in(place, column.anchor, column.indent_mm) + measure.width_mm(words.text, style);
                add_text(cell, words.mark, right + mark_gap_mm, y - line, regular(sizes.note),
                         TextAnchor::start, ink_secondary);
            }
            tr.children.push_back(node(std::move(cell)));
        }
        table.children.push_back(node(std::move(tr)));
    }
    into.children.push_back(node(std::move(table)));
}

void draw_row_bar(Group& into, const TableLayout& layout, std::size_t row, double x1, double x2,
                  const Color& color) {
    const double height = 0.6 * std::min(layout.row_heights[row], layout.row_pitch);
    add_rect(into, std::min(x1, x2), layout.row_middle(row) - height / 2, std::max(std::abs(x2 - x1), 0.0),
             height, color);
}

}  // namespace wardmap
