#include "wardmap/figure/table_figure.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/printed_table.hpp"
#include "wardmap/figure/table_layout.hpp"

#include <utility>

namespace wardmap {

Figure table_figure(const Table& table, const TableFigureOptions& options, const TextMeasure& measure) {
    PrintedTable printed = printed_table(table, options.columns);
    const TypeSizes sizes = type_sizes(options.figure.theme);
    FigureTexts texts;
    texts.kind = "table";
    texts.title = printed.title;
    texts.subtitle = printed.subtitle;
    const std::size_t row_count = printed.rows.size() - printed.totals;
    texts.alt = "Table: " + texts.title + ", " + counted(row_count, "row") + ".";
    std::vector<std::string> headings;
    for (const TableColumn& column : printed.columns) headings.push_back(heading_line(column));
    texts.description = texts.alt + " Columns: " + in_words(headings) + ".";
    texts.notes = printed.keys;

    // Columns that do not fit go from the right, and the notes say so.
    const double width = slot_size(options.figure.slot).width_mm;
    std::vector<std::string> left_out;
    TableLayout layout;
    for (;;) {
        layout = lay_out_table(printed.columns, printed.row_codes, printed.totals, 0, width, sizes, measure);
        if (layout.width <= width + 0.01 || printed.columns.size() <= 1) {
            break;
        }
        left_out.insert(left_out.begin(), heading_line(printed.columns.back()));
        printed.columns.pop_back();
    }
    if (!left_out.empty()) {
        texts.notes.push_back("Not shown for want of room: " + in_words(left_out) + ".");
    }
    const Frame frame(texts, table.meta(), options.figure, measure);
    layout = lay_out_table(std::move(printed.columns), printed.row_codes, printed.totals, frame.top_mm(),
                           frame.width_mm(), sizes, measure);
    Group content;
    content.role = Role::layer;
    content.id = "table-figure";
    draw_table(content, layout, measure, texts.title);
    Figure figure = frame.finish(std::move(content), layout.bottom);
    figure.data = table.take(printed.rows);
    if (!left_out.empty()) {
        figure.log.push_back("warning: no room for the columns " + in_words(left_out));
    }
    return figure;
}

}  // namespace wardmap
