#include "wardmap/figure/matrix.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/month_words.hpp"
#include "wardmap/figure/named_rows.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/figure/ward_rows.hpp"
#include "wardmap/figure/ward_words.hpp"
#include "wardmap/indicator/class_breaks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace wardmap {
namespace {

constexpr std::size_t most_classes = 4;
constexpr double cell_gap_mm = 0.35;

std::string first_word(const std::string& text) {
    return text.substr(0, text.find(' '));
}

/// A kind, its cells and its classes.
struct Kind {
    std::string column{};
    std::string whole_heading{};
    std::string heading{};            ///< without the common first word
    std::vector<NumberCell> cells{};  ///< of the table's rows
    std::vector<int> codes{};         ///< class of each of the rows drawn
    std::size_t classes = 0;
    int decimals = 0;
    double left = 0;
    double right = 0;
    std::vector<std::string> lines{};
};

/// Columns next to each other whose headings begin with the same word.
struct Span {
    std::size_t first = 0;
    std::size_t last = 0;
    std::string heading{};
};

/// The unit stands in the subtitle.
std::string without_unit(const std::string& heading, const std::string& unit) {
    if (unit.empty() || heading.size() <= unit.size() + 1 ||
        heading.compare(heading.size() - unit.size(), unit.size(), unit) != 0) {
        return heading;
    }
    return heading.substr(0, heading.size() - unit.size() - 1);
}

bool is_side_column(const std::string& name) {
    return name == "population" || name == "area_code" || name == "area_name" || name == "total" ||
           name == "all_ages" || name == "rank" || name == "share";
}

/// Mean place of each row over the columns, 1 the largest; ties share the mean of their places.
std::vector<double> average_ranks(const std::vector<Kind>& kinds, const std::vector<std::size_t>& rows) {
    std::vector<double> sums(rows.size(), 0);
    for (const Kind& kind : kinds) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const NumberCell& own = kind.cells[rows[i]];
            double place = 1;
            for (const std::size_t other : rows) {
                const NumberCell& cell = kind.cells[other];
                if (!cell.known()) {
                    continue;
                }
                if (!own.known() || cell.number > own.number) {
                    place += 1;
                } else if (cell.number == own.number && other != rows[i]) {
                    place += 0.5;
                }
            }
            sums[i] += place;
        }
    }
    for (double& sum : sums) {
        sum /= static_cast<double>(kinds.size());
    }
    return sums;
}

}  // namespace

Figure matrix(const Table& table, const MatrixOptions& options, const TextMeasure& measure) {
    const TableMeta& meta = table.meta();
    const TypeSizes sizes = type_sizes(options.figure.theme);
    const NamedRows named = named_rows(table);
    std::vector<Kind> kinds;
    std::vector<std::string> wanted = options.columns;
    if (wanted.empty()) {
        for (const Column& column : table.columns()) {
            if (holds_numbers(column) && !is_side_column(column.name())) {
                wanted.push_back(column.name());
            }
        }
    }
    if (wanted.empty()) {
        throw InputError("the table has no column of numbers to draw", table.where(0), "name the columns");
    }
    for (const std::string& name : wanted) {
        Kind kind;
        kind.column = name;
        kind.heading = without_unit(heading_of(table, name), table.column(name).unit());
        kind.cells = read_cells(table, name);
        for (const std::size_t row : named.rows) {
            const NumberCell& cell = kind.cells[row];
            if (cell.known() && cell.number != std::round(cell.number) && std::abs(cell.number) < 10) {
                kind.decimals = 1;
            }
        }
        double most = 0;
        for (const NumberCell& cell : kind.cells) {
            most = cell.known() ? std::max(most, std::abs(cell.number)) : most;
        }
        if (most >= 10) {
            kind.decimals = 0;
        }
        kinds.push_back(std::move(kind));
    }
    // Where the data's headings all shout, they are printed as sentences.
    std::vector<std::string> headings;
    for (const Kind& kind : kinds) headings.push_back(kind.heading);
    headings = printed_names(std::move(headings));
    for (std::size_t k = 0; k < kinds.size(); ++k) kinds[k].heading = kinds[k].whole_heading = headings[k];

    std::vector<std::size_t> rows = named.rows;
    if (options.order == MatrixOrder::average_rank) {
        const auto ranks = average_ranks(kinds, rows);
        std::vector<std::size_t> places(rows.size());
        std::iota(places.begin(), places.end(), std::size_t{0});
        std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
            return std::tie(ranks[a], named.names[rows[a]], named.codes[rows[a]]) <
                   std::tie(ranks[b], named.names[rows[b]], named.codes[rows[b]]);
        });
        std::vector<std::size_t> sorted;
        for (const std::size_t place : places) {
            sorted.push_back(rows[place]);
        }
        rows = std::move(sorted);
    }

    // Classes: of each column, or of all cells together.
    ClassOptions class_options;
    class_options.k = std::min(most_classes, std::max<std::size_t>(rows.size(), 1));
    std::vector<double> all;
    for (Kind& kind : kinds) {
        std::vector<double> values;
        for (const std::size_t row : rows) {
            values.push_back(kind.cells[row].number);
        }
        all.insert(all.end(), values.begin(), values.end());
        if (options.scale == MatrixScale::each_column) {
            const ClassBreaks classes = class_breaks(values, class_options);
            kind.codes = classes.codes;
            kind.classes = classes.counts.size();
        }
    }
    std::vector<FigureClass> figure_classes;
    const auto ramp_of = [&](std::size_t k) {
        return palette_colors(
            options.figure.theme == Theme::mono ? "Greys" : std::string_view(options.palette),
            std::max<std::size_t>(k, 1));
    };
    if (options.scale == MatrixScale::shared) {
        class_options.round = RoundBreaks::yes;
        const ClassBreaks classes = class_breaks(all, class_options);
        const auto ramp = ramp_of(classes.counts.size());
        for (std::size_t i = 0; i < classes.counts.size(); ++i) {
            figure_classes.push_back({classes.labels[i], ramp[i], classes.counts[i], {}, {}});
        }
        for (std::size_t k = 0; k < kinds.size(); ++k) {
            kinds[k].codes.assign(classes.codes.begin() + static_cast<long>(k * rows.size()),
                                  classes.codes.begin() + static_cast<long>((k + 1) * rows.size()));
            kinds[k].classes = classes.counts.size();
        }
    }

    // Common first words.
    std::vector<Span> spans;
    for (std::size_t k = 0; k < kinds.size();) {
        std::size_t last = k;
        const std::string word = first_word(kinds[k].heading);
        while (last + 1 < kinds.size() && first_word(kinds[last + 1].heading) == word &&
               kinds[last + 1].heading.size() > word.size() + 1) {
            ++last;
        }
        if (last > k && kinds[k].heading.size() > word.size() + 1) {
            spans.push_back({k, last, word});
            for (std::size_t i = k; i <= last; ++i) {
                kinds[i].heading = sentence_case(kinds[i].heading.substr(word.size() + 1));
            }
        }
        k = last + 1;
    }

    FigureTexts texts;
    texts.kind = "matrix";
    const bool is_rate = meta.per > 0;
    const std::string measure_words =
        is_rate ? sentence_case(meta.unit.empty() ? std::string("events") : meta.unit) + " per " +
                      with_thousands(meta.per, 0) + " people"
                : sentence_case(meta.unit.empty() ? meta.measure : meta.unit);
    // Who is first most often?
    std::vector<std::size_t> firsts(rows.size(), 0);
    for (const Kind& kind : kinds) {
        double most = -1;
        for (const std::size_t row : rows) {
            most = kind.cells[row].known() ? std::max(most, kind.cells[row].number) : most;
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            firsts[i] += kind.cells[rows[i]].known() && kind.cells[rows[i]].number == most && most > 0;
        }
    }
    const std::size_t leader =
        static_cast<std::size_t>(std::max_element(firsts.begin(), firsts.end()) - firsts.begin());
    const bool tied = std::count(firsts.begin(), firsts.end(), firsts[leader]) > 1;
    texts.title = measure_words;
    if (kinds.size() > 1 && rows.size() > 1 && !tied && firsts[leader] * 2 > kinds.size()) {
        texts.title = named.names[rows[leader]] + " is highest in " +
                      (firsts[leader] == kinds.size()
                           ? std::string("all ") + number_word(kinds.size()) + " columns"
                           : number_word(firsts[leader]) + " of " + number_word(kinds.size()) + " columns");
    }
    texts.subtitle = measure_words;
    if (!meta.whole.empty()) {
        texts.subtitle += ", " + typographic(meta.whole) + " " + areas_word(meta);
    }
    if (!meta.period_after.empty()) {
        texts.subtitle += ", " + meta.period_after;
    }
    if (texts.title == measure_words && !meta.title.empty()) {
        texts.title = meta.title;
    }
    texts.alt = fitting_alt(
        "Table of " + counted_areas(meta, rows.size()) + " by " + counted(kinds.size(), "column") +
            ", cells shaded: " + within_sentence(measure_words) +
            (meta.period_after.empty() ? "" : ", " + typographic(meta.period_after)) + ".",
        {texts.title == measure_words ? "" : " " + texts.title + "."});
    texts.description = texts.alt;
    for (const Kind& kind : kinds) {
        double most = -1;
        std::size_t top = 0;
        for (const std::size_t row : rows) {
            if (kind.cells[row].known() && kind.cells[row].number > most) {
                most = kind.cells[row].number;
                top = row;
            }
        }
        if (most >= 0) {
            texts.description += " " + kind.whole_heading + ": " + named.names[top] + " " +
                                 with_thousands(most, kind.decimals) + ".";
        }
    }
    texts.notes.emplace_back(options.scale == MatrixScale::each_column
                                 ? "Each column is shaded on its own scale, in up to four classes by natural "
                                   "breaks: compare down a column, not across."
                                 : "All cells are shaded on one scale, by natural breaks.");
    if (options.order == MatrixOrder::average_rank) {
        texts.notes.emplace_back("Sorted by average rank over the columns.");
    }
    if (!spans.empty() && spans.size() > 1 && meta.measure.find("arked") == std::string::npos &&
        spans[0].heading.find("-marked") != std::string::npos) {
        texts.notes.emplace_back("An offence can carry both markers, so the columns do not add up.");
    }
    bool withheld = false;
    bool undefined = false;
    bool missing = false;
    for (const Kind& kind : kinds) {
        for (const std::size_t row : rows) {
            withheld |= kind.cells[row].state == CellState::suppressed;
            undefined |= kind.cells[row].state == CellState::undefined ||
                         kind.cells[row].state == CellState::not_applicable;
            missing |= kind.cells[row].state == CellState::missing;
        }
    }
    if (withheld) {
        texts.notes.emplace_back("[c]: withheld.");
    }
    if (undefined) {
        texts.notes.emplace_back("[z]: not calculated.");
    }
    if (missing) {
        texts.notes.emplace_back("[x]: not known.");
    }
    const Frame frame(texts, meta, options.figure, measure);

    // Widths: names wrap rather than push the cells together.
    const double width = frame.width_mm();
    const double scale = sizes.label / 9;
    const TextStyle head = regular(sizes.note);
    double cells_least = 0;
    std::vector<double> least(kinds.size());
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        double longest = 0;
        for (std::size_t start = 0; start <= kinds[k].heading.size();) {
            const std::size_t end = std::min(kinds[k].heading.find(' ', start), kinds[k].heading.size());
            longest = std::max(longest, measure.width_mm(kinds[k].heading.substr(start, end - start), head));
            start = end + 1;
        }
        for (const NumberCell& cell : kinds[k].cells) {
            longest = std::max(
                longest, measure.width_mm(cell_words(cell, kinds[k].decimals), bold(sizes.label)) + 1.6);
        }
        least[k] = longest + cell_gap_mm + 0.9;
        cells_least += least[k];
    }
    double names_width = 0;
    for (const std::size_t row : rows) {
        names_width = std::max(names_width, measure.width_mm(named.names[row], regular(sizes.label)));
    }
    const std::string total_name = meta.whole.empty() ? std::string("Total") : typographic(meta.whole);
    if (named.total) {
        names_width = std::max(names_width, measure.width_mm(total_name, bold(sizes.label)));
    }
    names_width = std::clamp(names_width + 2.0, 14 * scale, std::max(24 * scale, width - cells_least));
    const double room = width - names_width;
    const double stretch = room / std::max(cells_least, 1.0);
    double x = names_width;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        kinds[k].left = x;
        // Spare room is shared equally, want of it in proportion.
        x += stretch >= 1 ? least[k] + (room - cells_least) / static_cast<double>(kinds.size())
                          : least[k] * stretch;
        kinds[k].right = x;
        kinds[k].lines =
            wrap_text(kinds[k].heading, head, kinds[k].right - kinds[k].left - 0.7, measure, Wrap::balanced);
    }

    Group content;
    content.role = Role::layer;
    content.id = "matrix";
    Group shades;
    shades.role = Role::decoration;
    shades.id = "shades";
    Group grid;
    grid.role = Role::table;
    grid.id = "table";
    grid.label = texts.title + ". " + texts.subtitle;
    double y = frame.top_mm();
    const double label_line = line_pitch_mm(sizes.label);
    const double head_line = line_pitch_mm(sizes.note);
    if (!spans.empty()) {
        for (const Span& span : spans) {
            const double left = kinds[span.first].left;
            const double right = kinds[span.last].right - cell_gap_mm;
            add_text(shades, span.heading, (left + right) / 2, y + base_line_offset_mm(bold(sizes.label)),
                     bold(sizes.label), TextAnchor::middle);
            add_line(shades, left, y + label_line + 0.6, right - 0.6, y + label_line + 0.6, base_stroke());
        }
        y += label_line + 1.3;
    }
    std::size_t head_lines = 1;
    for (const Kind& kind : kinds) {
        head_lines = std::max(head_lines, kind.lines.size());
    }
    Group header;
    header.role = Role::table_row;
    const double header_bottom = y + static_cast<double>(head_lines) * head_line;
    Group corner;
    corner.role = Role::header_cell;
    add_text(corner, sentence_case(areas_word(meta, 1)), 0,
             header_bottom - head_line + base_line_offset_mm(head), bold(sizes.label));
    header.children.push_back(node(std::move(corner)));
    for (std::size_t k = 0; k < kinds.size(); ++k) {
        const Kind& kind = kinds[k];
        Group cell;
        cell.role = Role::header_cell;
        cell.label = kind.whole_heading;
        double line_y =
            header_bottom - static_cast<double>(kind.lines.size()) * head_line + base_line_offset_mm(head);
        for (const std::string& line : kind.lines) {
            add_text(cell, line, (kind.left + kind.right - cell_gap_mm) / 2, line_y, head,
                     TextAnchor::middle);
            line_y += head_line;
        }
        header.children.push_back(node(std::move(cell)));
    }
    grid.children.push_back(node(std::move(header)));
    y = header_bottom + 1.2;

    const double middle_offset = sizes.label * mm_per_pt * cap_height / 2;
    const auto draw_row = [&](std::size_t place, std::size_t row, bool is_total) {
        const TextStyle style = is_total ? bold(sizes.label) : regular(sizes.label);
        const auto name_lines =
            wrap_text(is_total ? total_name : named.names[row], style, names_width - 1.5, measure);
        const double height = 5.8 * scale + static_cast<double>(name_lines.size() - 1) * label_line * 0.9;
        const double middle = y + height / 2;
        Group tr;
        tr.role = Role::table_row;
        tr.code = named.codes[row];
        Group name;
        name.role = Role::header_cell;
        double name_y = middle + middle_offset - static_cast<double>(name_lines.size() - 1) * label_line / 2;
        for (const std::string& line : name_lines) {
            add_text(name, line, 0, name_y, style);
            name_y += label_line;
        }
        tr.children.push_back(node(std::move(name)));
        for (const Kind& kind : kinds) {
            Color ink = ink_text;
            const int code = is_total ? -1 : kind.codes[place];
            if (code >= 0) {
                const Color fill = ramp_of(kind.classes)[static_cast<std::size_t>(code)];
                add_rect(shades, kind.left, y + cell_gap_mm / 2, kind.right - kind.left - cell_gap_mm,
                         height - cell_gap_mm, fill);
                ink = ink_on(fill);
            } else if (!is_total && kind.cells[row].state == CellState::suppressed) {
                add_rect(shades, kind.left, y + cell_gap_mm / 2, kind.right - kind.left - cell_gap_mm,
                         height - cell_gap_mm, ink_suppressed);
            }
            Group cell;
            cell.role = Role::data_cell;
            // Digits stand under each other, the column of them in the middle of the cell.
            double widest = 0;
            for (const std::size_t other : rows) {
                widest = std::max(widest, measure.width_mm(cell_words(kind.cells[other], kind.decimals),
                                                           regular(sizes.label)));
            }
            const double right = (kind.left + kind.right - cell_gap_mm + widest) / 2;
            std::string text = cell_words(kind.cells[row], kind.decimals);
            if (is_total && kind.cells[row].state == CellState::missing) {
                text.clear();
            }
            add_text(cell, text, right, middle + middle_offset, style, TextAnchor::end, ink);
            tr.children.push_back(node(std::move(cell)));
        }
        grid.children.push_back(node(std::move(tr)));
        y += height;
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        draw_row(i, rows[i], false);
    }
    if (named.total) {
        y += 1.2;
        add_line(shades, 0, y, width, y, base_stroke());
        draw_row(0, *named.total, true);
        add_line(shades, 0, y, width, y, base_stroke());
    }

    // The key: from low to high in squares.
    Group key;
    key.role = Role::layer;
    key.id = "key";
    y += 1.8;
    const double base = y + base_line_offset_mm(regular(sizes.note));
    double key_x = 0;
    const double square = 4.2;
    if (options.scale == MatrixScale::each_column) {
        const std::string low = "Lowest in the column";
        add_text(key, low, 0, base, regular(sizes.note));
        key_x = measure.width_mm(low, regular(sizes.note)) + 1.5;
        for (const Color& color : ramp_of(class_options.k)) {
            add_rect(key, key_x, base - 2.4, square, 3.0, color);
            key_x += square + 0.3;
        }
        add_text(key, "highest", key_x + 1.2, base, regular(sizes.note));
    } else {
        for (const FigureClass& one : figure_classes) {
            add_rect(key, key_x, base - 2.4, square, 3.0, one.color);
            add_text(key, one.label, key_x + square + 1.0, base, regular(sizes.note));
            key_x += square + 1.0 + measure.width_mm(one.label, regular(sizes.note)) + 4;
        }
    }
    y += line_pitch_mm(sizes.note);
    content.children.push_back(node(std::move(shades)));
    content.children.push_back(node(std::move(grid)));
    content.children.push_back(node(std::move(key)));

    Figure figure = frame.finish(std::move(content), y - 0.4);
    std::vector<std::size_t> order = rows;
    if (named.total) {
        order.push_back(*named.total);
    }
    figure.data = table.take(order);
    figure.classes = std::move(figure_classes);
    return figure;
}

}  // namespace wardmap
