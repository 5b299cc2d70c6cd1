#include "wardmap/figure/bars.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/key_line.hpp"
#include "wardmap/figure/named_rows.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/figure/ward_words.hpp"
#include "wardmap/indicator/words.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace wardmap {
namespace {

constexpr double least_bar_mm = 2.5;
constexpr double list_height_mm = 195;  ///< beyond which rows stand closer

struct Series {
    std::string column{};
    std::string heading{};
    std::vector<NumberCell> cells{};
    Color color{};
};

std::vector<Color> series_colors(std::size_t n, Theme theme) {
    const MarkColors colors = mark_colors(theme);
    if (n == 1) {
        return {colors.bar};
    }
    if (n == 2) {
        return {colors.earlier, colors.later};
    }
    const bool mono = theme == Theme::mono;
    if (n == 3) {
        return {mono ? Color{0xa6, 0xa6, 0xa6, 1} : Color{0x6b, 0xac, 0xe6, 1}, colors.bar, colors.later};
    }
    return {mono ? Color{0xbf, 0xbf, 0xbf, 1} : Color{0x9d, 0xc9, 0xee, 1},
            mono ? Color{0x94, 0x94, 0x94, 1} : Color{0x5b, 0x93, 0xc9, 1}, colors.bar, colors.later};
}

int decimals_of(const std::vector<Series>& series, const std::vector<std::size_t>& rows) {
    double most = 0;
    bool whole = true;
    for (const Series& one : series) {
        for (const std::size_t row : rows) {
            if (!one.cells[row].known()) {
                continue;
            }
            most = std::max(most, std::abs(one.cells[row].number));
            whole = whole && one.cells[row].number == std::round(one.cells[row].number);
        }
    }
    return whole || most >= 100 ? 0 : 1;
}

std::string unit_or(const TableMeta& meta, const std::string& otherwise) {
    return meta.unit.empty() ? otherwise : meta.unit;
}

std::string whole_words(const TableMeta& meta) {
    return meta.whole.empty() ? std::string("All together") : typographic(meta.whole);
}

std::string change_text_of(const NumberCell& change) {
    return cell_words(change, change.known() ? change_decimals(change.number) : 0, NumberSign::always);
}

std::string lower_first(std::string text) {
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') {
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    }
    return text;
}

}  // namespace

Figure bars(const Table& table, const BarsOptions& options, const TextMeasure& measure) {
    const TableMeta& meta = table.meta();
    const TypeSizes sizes = type_sizes(options.figure.theme);
    const NamedRows named = named_rows(table, options.label);
    std::vector<std::string> wanted = options.values;
    if (wanted.empty()) {
        for (const Column& column : table.columns()) {
            if (holds_numbers(column) && column.name() != "area_code") {
                wanted.push_back(column.name());
                break;
            }
        }
    }
    if (wanted.empty()) {
        throw InputError("the table has no column of numbers to draw", table.where(0), "name it");
    }
    if (wanted.size() > 4) {
        throw UsageError("bars take at most four values, not " + std::to_string(wanted.size()), {},
                         "draw a table or a matrix");
    }
    const auto colors = series_colors(wanted.size(), options.figure.theme);
    std::vector<Series> series;
    for (std::size_t s = 0; s < wanted.size(); ++s) {
        series.push_back({wanted[s], heading_of(table, wanted[s]), read_cells(table, wanted[s]), colors[s]});
    }
    const bool is_change = wanted == std::vector<std::string>{"count_before", "count_after"} &&
                           table.find("change_pct") != nullptr;
    const auto changes = is_change ? read_cells(table, "change_pct") : std::vector<NumberCell>{};

    std::vector<std::size_t> rows = named.rows;
    const Series& last = series.back();
    if (options.order == BarOrder::largest_first) {
        std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
            const auto key = [&](std::size_t row) {
                return std::tuple(last.cells[row].known() ? -last.cells[row].number
                                                          : std::numeric_limits<double>::infinity(),
                                  std::string_view(named.names[row]), std::string_view(named.codes[row]));
            };
            return key(a) < key(b);
        });
    }
    const int decimals = decimals_of(series, rows);
    const std::string unit = table.column(last.column).unit();
    const bool is_percent = unit == "%" || last.column == "change_pct";
    const bool is_signed = last.column == "change" || last.column == "change_pct";
    const auto value_words = [&](const NumberCell& cell) {
        return cell_words(cell, decimals, is_signed ? NumberSign::always : NumberSign::minus_only) +
               (is_percent && cell.known() ? "%" : "");
    };

    FigureTexts texts;
    texts.kind = "bars";
    double sum = 0;
    std::size_t top = rows.front();
    for (const std::size_t row : rows) {
        if (!last.cells[row].known()) {
            continue;
        }
        sum += last.cells[row].number;
        if (!last.cells[top].known() || last.cells[row].number > last.cells[top].number) {
            top = row;
        }
    }
    const std::string what = meta.measure.empty() ? unit_or(meta, last.heading) : typographic(meta.measure);
    const bool counts = last.column.substr(0, 5) == "count";
    if (!last.cells[top].known()) {
        texts.title = sentence_case(what);
    } else if (counts && sum > 0) {
        texts.title = named.names[top] + " is " + with_thousands(100 * last.cells[top].number / sum, 0) +
                      "% of " + what;
    } else {
        texts.title = named.names[top] + (is_signed ? " has the largest change, " : " is highest at ") +
                      value_words(last.cells[top]);
        if (unit.substr(0, 4) == "per ") {
            texts.title += " " + unit;
        }
    }
    texts.subtitle = sentence_case(unit_or(meta, what));
    if (counts && !meta.measure.empty() && meta.measure != unit_or(meta, what)) {
        texts.subtitle = sentence_case(typographic(meta.measure));
    }
    if (!counts && series.size() == 1) {
        texts.subtitle = sentence_case(what) + ": " + lower_first(last.heading);
    }
    if (!meta.whole.empty()) {
        texts.subtitle += ", " + typographic(meta.whole);
    }
    if (!meta.whole.empty() && table.find("area_code") != nullptr && !named.codes[rows[0]].empty()) {
        texts.subtitle += " " + areas_word(meta);
    }
    if (series.size() == 1 && !meta.period_after.empty() &&
        texts.subtitle.find(meta.period_after) == std::string::npos) {
        texts.subtitle += ", " + meta.period_after;
    }
    const std::string periods = series.size() == 1 ? meta.period_after : periods_words(meta);
    texts.alt = "Bars of " + counted(rows.size(), "row") +
                (periods.empty() ? "" : ", " + typographic(periods)) + ": " + texts.title + ".";
    texts.description = texts.alt;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, rows.size()); ++i) {
        texts.description += " " + named.names[rows[i]] + ": " + value_words(last.cells[rows[i]]) + ".";
    }
    if (rows.size() > 3) {
        texts.description +=
            " Last is " + named.names[rows.back()] + " with " + value_words(last.cells[rows.back()]) + ".";
    }
    if (named.total) {
        std::vector<std::string> parts;
        for (const Series& one : series) {
            if (one.cells[*named.total].known()) {
                parts.push_back(value_words(one.cells[*named.total]) +
                                (series.size() > 1 ? " " + in_period(lower_first(one.heading)) : ""));
            }
        }
        if (!parts.empty()) {
            std::string note = whole_words(meta) + ": " + in_words(parts);
            if (is_change && changes[*named.total].known()) {
                note += " (" + with_sign(changes[*named.total].number, 0) + "%)";
            }
            texts.notes.push_back(note + ".");
        }
    }
    if (options.order == BarOrder::largest_first && series.size() > 1) {
        texts.notes.push_back("Sorted by the " + lower_first(last.heading) + ".");
    }
    bool keys[3] = {false, false, false};
    for (const std::size_t row : rows) {
        for (const Series& one : series) {
            keys[0] |= one.cells[row].state == CellState::suppressed;
            keys[1] |= one.cells[row].state == CellState::undefined ||
                       one.cells[row].state == CellState::not_applicable;
            keys[2] |= one.cells[row].state == CellState::missing;
        }
        keys[1] |= is_change && !changes[row].known();
    }
    if (keys[0]) {
        texts.notes.emplace_back("[c]: withheld.");
    }
    if (keys[1]) {
        texts.notes.emplace_back("[z]: cannot be calculated (from 0).");
    }
    if (keys[2]) {
        texts.notes.emplace_back("[x]: not known.");
    }
    const Frame frame(texts, meta, options.figure, measure);

    // Sizes: bars at least 2.5 mm; closer rows where the list is long.
    const double width = frame.width_mm();
    const double scale = sizes.label / 9;
    const TextStyle plain = regular(sizes.label);
    const TextStyle value_style = regular(series.size() > 1 ? sizes.value : sizes.label);
    const double label_line = line_pitch_mm(sizes.label);
    const double n = static_cast<double>(series.size());
    double thick = (series.size() > 1 ? 3.0 : 4.0) * scale;
    double between = 0.43 * thick * n;
    const double names_most = width * 0.4;
    double names_width = 0;
    for (const std::size_t row : rows) {
        names_width = std::max(names_width, measure.width_mm(named.names[row], plain));
    }
    names_width = std::min(names_width, names_most) + 2.0;
    std::vector<std::vector<std::string>> lines;
    for (const std::size_t row : rows) {
        lines.push_back(wrap_text(named.names[row], plain, names_width - 2.0, measure, Wrap::balanced));
    }
    if ((thick * n + between) * static_cast<double>(rows.size()) > list_height_mm) {
        thick =
            std::max(least_bar_mm * std::max(1.0, scale * 0.9), line_pitch_mm(value_style.size_pt) * 0.72);
        between = std::max(1.1, label_line * 0.96 - thick * n);
    }

    double low = 0;
    double high = options.reference.value_or(0);
    for (const Series& one : series) {
        for (const std::size_t row : rows) {
            if (!one.cells[row].known()) {
                continue;
            }
            low = std::min(low, one.cells[row].number);
            high = std::max(high, one.cells[row].number);
        }
    }
    low = std::min(low, options.reference.value_or(0));
    if (!(high > low)) {
        high = low + 1;
    }
    double values_width = 0;
    for (const Series& one : series) {
        for (const std::size_t row : rows) {
            values_width = std::max(values_width, measure.width_mm(value_words(one.cells[row]), value_style));
        }
    }
    double change_width = 0;
    if (is_change) {
        change_width = measure.width_mm("Change", bold(sizes.label));
        for (const std::size_t row : rows) {
            change_width =
                std::max(change_width, measure.width_mm(change_text_of(changes[row]) + "%", plain));
        }
        change_width += 3;
    }
    const double left = names_width + (low < 0 ? values_width + 1.5 : 0);
    const double right = width - values_width - 1.5 - change_width;
    const auto x_of = [&](double value) { return left + (value - low) / (high - low) * (right - left); };

    Group content;
    content.role = Role::layer;
    content.id = "bars-chart";
    Group shapes;
    shapes.role = Role::decoration;
    shapes.id = "bars";
    Group grid;
    grid.role = Role::table;
    grid.id = "table";
    grid.label = texts.title + ". " + texts.subtitle;
    double y = frame.top_mm();
    // The key stands over the bars, in the order in which they are drawn.
    std::vector<KeyItem> items;
    if (series.size() > 1) {
        for (const Series& one : series) {
            items.push_back({KeySymbol::swatch, {}, {}, one.heading, one.color});
        }
    }
    const KeyLine key = key_line(std::move(items), width - left - change_width, sizes.label, measure);
    Group key_group;
    key_group.role = Role::layer;
    key_group.id = "key";
    key_group.dx = left;
    draw_key_line(key_group, key, y);
    Group header;
    header.role = Role::table_row;
    const double header_base =
        y + std::max(key.height_mm, is_change ? label_line : 0.0) - label_line + base_line_offset_mm(plain);
    if (is_change) {
        Group cell;
        cell.role = Role::header_cell;
        add_text(cell, "Change", width, header_base, bold(sizes.label), TextAnchor::end);
        header.children.push_back(node(std::move(cell)));
        grid.children.push_back(node(std::move(header)));
    }
    if (series.size() > 1 || is_change) {
        y += std::max(key.height_mm, is_change ? label_line : 0.0) + 1.4;
    }
    const bool has_reference = options.reference && !options.reference_label.empty();
    if (has_reference) {
        y += label_line;
    }

    const double first_top = y;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = rows[i];
        const double block = thick * n;
        const double height =
            std::max(block + between, label_line * static_cast<double>(lines[i].size()) + 0.5);
        const double middle = y + height / 2;
        Group tr;
        tr.role = Role::table_row;
        tr.code = named.codes[row];
        Group name;
        name.role = Role::header_cell;
        double line_y = middle + sizes.label * mm_per_pt * cap_height / 2 -
                        static_cast<double>(lines[i].size() - 1) * label_line / 2;
        for (const std::string& line : lines[i]) {
            add_text(name, line, 0, line_y, plain);
            line_y += label_line;
        }
        tr.children.push_back(node(std::move(name)));
        for (std::size_t s = 0; s < series.size(); ++s) {
            const NumberCell& cell = series[s].cells[row];
            const double top_y = middle - block / 2 + thick * static_cast<double>(s);
            Group td;
            td.role = Role::data_cell;
            const double base = top_y + thick / 2 + value_style.size_pt * mm_per_pt * cap_height / 2;
            double text_x = x_of(0) + 1.0;
            TextAnchor anchor = TextAnchor::start;
            if (cell.known()) {
                const double x1 = std::min(x_of(0), x_of(cell.number));
                const double x2 = std::max(x_of(0), x_of(cell.number));
                const double gap = series.size() > 1 ? 0.12 : 0.0;
                add_rect(shapes, x1, top_y + gap, x2 - x1, thick - 2 * gap,
                         series.size() == 1 && cell.number < 0 ? mark_colors(options.figure.theme).bar_fall
                                                               : series[s].color);
                if (cell.number < 0) {
                    text_x = x1 - 1.0;
                    anchor = TextAnchor::end;
                } else {
                    text_x = x2 + 1.0;
                }
            }
            add_text(td, value_words(cell), text_x, base, value_style, anchor,
                     cell.known() ? ink_text : ink_secondary);
            tr.children.push_back(node(std::move(td)));
        }
        if (is_change) {
            Group td;
            td.role = Role::data_cell;
            const bool known = changes[row].known();
            add_text(td, change_text_of(changes[row]) + (known ? "%" : ""), width,
                     middle + sizes.label * mm_per_pt * cap_height / 2, plain, TextAnchor::end,
                     known ? ink_text : ink_secondary);
            tr.children.push_back(node(std::move(td)));
        }
        grid.children.push_back(node(std::move(tr)));
        y += height;
    }
    add_line(shapes, x_of(0), first_top, x_of(0), y, base_stroke());
    if (options.reference) {
        const double x = x_of(*options.reference);
        add_line(shapes, x, first_top - 0.6, x, y, reference_stroke());
        if (has_reference) {
            const double half = measure.width_mm(options.reference_label, plain) / 2;
            add_text(shapes, options.reference_label, std::clamp(x, half, width - half), first_top - 1.4,
                     plain, TextAnchor::middle);
        }
    }
    content.children.push_back(node(std::move(shapes)));
    content.children.push_back(node(std::move(key_group)));
    content.children.push_back(node(std::move(grid)));
    Figure figure = frame.finish(std::move(content), y);
    std::vector<std::size_t> order = rows;
    if (named.total) {
        order.push_back(*named.total);
    }
    figure.data = table.take(order);
    for (const Series& one : series) {
        figure.classes.push_back({one.heading, one.color, rows.size(), {}, {}});
    }
    return figure;
}

}  // namespace wardmap
