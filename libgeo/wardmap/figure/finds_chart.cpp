#include "wardmap/figure/finds_chart.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/named_rows.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/table_layout.hpp"
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

constexpr double dot_mm = 2.2;

struct PeriodCells {
    std::string heading{};
    std::vector<NumberCell> cells{};
    std::size_t drawing = 0;  ///< index of the column drawn in
};

}  // namespace

Figure finds_chart(const Table& table, const FindsChartOptions& options, const TextMeasure& measure) {
    const TableMeta& meta = table.meta();
    const TypeSizes sizes = type_sizes(options.figure.theme);
    const NamedRows named = named_rows(table, table.find("area_name") != nullptr ? "area_name" : "");
    std::vector<std::string> wanted = options.periods;
    if (wanted.empty()) {
        for (const Column& column : table.columns()) {
            if (column.name() == "total") {
                break;
            }
            if (holds_numbers(column) && column.name() != "area_code") {
                wanted.push_back(column.name());
            }
        }
    }
    if (wanted.empty()) {
        throw InputError("the table has no column of a period", table.where(0),
                         "name the columns of the periods");
    }
    std::vector<PeriodCells> periods;
    for (const std::string& name : wanted) {
        periods.push_back({heading_of(table, name), read_cells(table, name), 0});
    }
    const auto totals = read_cells(table, "total");
    std::vector<std::size_t> rows = named.rows;
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t row) {
            return std::tuple(
                totals[row].known() ? -totals[row].number : std::numeric_limits<double>::infinity(),
                std::string_view(named.names[row]), std::string_view(named.codes[row]));
        };
        return key(a) < key(b);
    });
    double all = 0;
    double most = 0;
    bool complete = true;
    for (const std::size_t row : rows) {
        complete = complete && totals[row].known();
        all += totals[row].known() ? totals[row].number : 0;
        for (const PeriodCells& period : periods) {
            if (period.cells[row].known()) {
                most = std::max(most, period.cells[row].number);
            }
        }
    }
    if (named.total && totals[*named.total].known()) {
        all = totals[*named.total].number;
    }
    // Shares need every area's total, or that of the whole.
    const bool has_shares = all > 0 && (complete || (named.total && totals[*named.total].known()));

    const std::string unit = unit_word(meta);
    const auto share_words = [&](const NumberCell& cell) {
        const double share = 100 * cell.number / all;
        return share > 0 && share < 0.5 ? std::string("<1%") : with_thousands(share, 0) + "%";
    };
    FigureTexts texts;
    texts.kind = "finds";
    const std::size_t top = rows.front();
    if (has_shares && totals[top].known() && totals[top].number > 0) {
        texts.title = named.names[top] + " has " + share_words(totals[top]) + " of all " + unit;
        if (rows.size() > 1 && totals[rows[1]].known() && totals[rows[1]].number > 0) {
            texts.title += ", " + named.names[rows[1]] + " " + share_words(totals[rows[1]]);
        }
    } else {
        texts.title = sentence_case(unit) + " by " + areas_word(meta, 1);
    }
    const std::string first_period = periods.front().heading;
    texts.subtitle = sentence_case(meta.measure.empty() ? unit : typographic(meta.measure));
    if (!meta.whole.empty()) {
        texts.subtitle += ", " + typographic(meta.whole) + " " + areas_word(meta);
    }
    const auto lower_first = [](std::string text) {
        if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') {
            text[0] = static_cast<char>(text[0] - 'A' + 'a');
        }
        return text;
    };
    if (periods.size() > 1) {
        texts.subtitle += ", " + lower_first(first_period) + " to " + lower_first(periods.back().heading);
    }
    texts.alt = fitting_alt(
        "Chart of " + (meta.measure.empty() ? unit : lower_first(typographic(meta.measure))) + " in " +
            counted_areas(meta, rows.size()) + ", " + lower_first(first_period) +
            (periods.size() > 1 ? " to " + lower_first(periods.back().heading) : std::string()) + ".",
        {" " + texts.title + "."});
    texts.description = texts.alt;
    std::vector<std::string> by_period;
    for (const PeriodCells& period : periods) {
        NumberCell sum = named.total ? period.cells[*named.total] : NumberCell{};
        if (sum.known()) {
            by_period.push_back(with_thousands(sum.number, 0) + " " + in_period(lower_first(period.heading)));
        }
    }
    if (!by_period.empty()) {
        texts.description += " All together: " + in_words(by_period) + ".";
    }
    std::vector<std::string> leaders;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, rows.size()); ++i) {
        if (totals[rows[i]].known()) {
            leaders.push_back(named.names[rows[i]] + " (" + with_thousands(totals[rows[i]].number, 0) + ")");
        }
    }
    if (!leaders.empty()) {
        texts.description += " Most: " + in_words(leaders) + ".";
    }
    std::vector<std::string> none;
    for (const std::size_t row : rows) {
        if (totals[row].known() && totals[row].number == 0) {
            none.push_back(named.names[row]);
        }
    }
    texts.description += none.empty() ? " Every " + areas_word(meta, 1) + " had at least one."
                                      : " None in " + in_words(none) + ".";
    texts.notes.push_back("All periods on one scale, from 0 to " + with_thousands(most, 0) + ".");
    if (unit == "finds") {
        texts.notes.emplace_back("Finds depend on where people search and whether they report.");
    }
    bool keys[3] = {false, false, false};
    for (const std::size_t row : rows) {
        for (const PeriodCells& period : periods) {
            keys[0] |= period.cells[row].state == CellState::suppressed;
            keys[1] |= period.cells[row].state == CellState::missing;
        }
    }
    if (keys[0]) {
        texts.notes.emplace_back("[c]: withheld.");
    }
    if (keys[1]) {
        texts.notes.emplace_back("[x]: not known.");
    }
    const Frame frame(texts, meta, options.figure, measure);

    std::vector<std::size_t> order = rows;
    if (named.total) {
        order.push_back(*named.total);
    }
    std::vector<std::string> codes;
    std::vector<TableColumn> columns;
    TableColumn name{sentence_case(areas_word(meta, 1)), TextAnchor::start, {}, 0, 0, 0, 0};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool is_total = i >= rows.size();
        codes.push_back(named.codes[order[i]]);
        name.cells.push_back({is_total ? (meta.whole.empty() ? std::string("Total") : typographic(meta.whole))
                                       : named.names[order[i]],
                              {},
                              is_total,
                              ink_text});
    }
    columns.push_back(std::move(name));
    const auto number_column = [&](const std::string& heading, const std::vector<NumberCell>& cells,
                                   auto&& words) {
        TableColumn column{heading, TextAnchor::end, {}, 0, 0, 0, 3.6};
        for (std::size_t i = 0; i < order.size(); ++i) {
            const NumberCell& cell = cells[order[i]];
            column.cells.push_back(
                {words(cell), {}, i >= rows.size(), cell.known() ? ink_text : ink_secondary});
        }
        return column;
    };
    const auto plain_words = [](const NumberCell& cell) { return cell_words(cell, 0); };
    for (PeriodCells& period : periods) {
        columns.push_back(number_column(period.heading, period.cells, plain_words));
        TableColumn drawn{{}, TextAnchor::end, {}, 1, 8, 0, 2.4};
        period.drawing = columns.size();
        columns.push_back(std::move(drawn));
    }
    columns.push_back(number_column("Total", totals, plain_words));
    if (has_shares) {
        columns.push_back(number_column("Share\nof all", totals, [&](const NumberCell& cell) {
            return cell.known() ? share_words(cell) : cell_words(cell, 0);
        }));
    }
    const TableLayout layout = lay_out_table(std::move(columns), std::move(codes), named.total ? 1 : 0,
                                             frame.top_mm(), frame.width_mm(), sizes, measure);

    Group content;
    content.role = Role::layer;
    content.id = "finds";
    Group marks;
    marks.role = Role::decoration;
    marks.id = "marks";
    const MarkColors colors = mark_colors(options.figure.theme);
    const Color color = options.figure.theme == Theme::mono ? colors.bar : colors.bar_fall;
    for (const PeriodCells& period : periods) {
        const auto& place = layout.places[period.drawing];
        if (place.right - place.left < 2 || !(most > 0)) {
            continue;
        }
        const double zero = place.left + 0.2;
        const double room = place.right - zero - dot_mm / 2;
        add_line(marks, zero, layout.row_tops.front(), zero,
                 layout.row_tops[rows.size() - 1] + layout.row_heights[rows.size() - 1], base_stroke());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const NumberCell& cell = period.cells[rows[i]];
            if (!cell.known() || cell.number <= 0) {
                continue;
            }
            const double y = layout.row_middle(i);
            const double x = zero + cell.number / most * room;
            if (x > zero + 0.5) {
                add_line(marks, zero + 0.35, y, x, y, Stroke{color, 0.7, {}});
            }
            marks.children.push_back(node(Shape{CircleShape{x, y, dot_mm / 2}, Fill{color, {}}, {}}));
        }
    }
    content.children.push_back(node(std::move(marks)));
    draw_table(content, layout, measure, texts.title + ". " + texts.subtitle);
    Figure figure = frame.finish(std::move(content), layout.bottom);
    figure.data = table.take(order);
    return figure;
}

}  // namespace wardmap
