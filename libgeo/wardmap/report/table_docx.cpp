#include "wardmap/report/table_docx.hpp"

#include "wardmap/figure/printed_table.hpp"

#include <utility>

namespace wardmap {

std::string table_docx(const Table& table, const TextMeasure& measure, const DocxOptions& options) {
    const PrintedTable printed = printed_table(table);
    Grid grid;
    grid.caption = printed.title + (printed.subtitle.empty() ? "" : ". " + printed.subtitle);
    grid.has_total = printed.totals > 0;
    grid.notes = printed.keys;
    const TableMeta& meta = table.meta();
    grid.notes.insert(grid.notes.end(), meta.notes.begin(), meta.notes.end());
    if (!meta.source.empty()) grid.notes.push_back("Source: " + meta.source);
    grid.notes.insert(grid.notes.end(), meta.attribution.begin(), meta.attribution.end());
    grid.rows.resize(printed.rows.size());
    for (const TableColumn& column : printed.columns) {
        grid.columns.push_back(
            {.heading = heading_line(column), .is_number = column.anchor == TextAnchor::end});
        for (std::size_t row = 0; row < grid.rows.size(); ++row)
            grid.rows[row].push_back({.text = column.cells[row].text});
    }
    Document document;
    document.title = printed.title;
    Section only;
    only.blocks.push_back({std::move(grid)});
    document.sections.push_back(std::move(only));
    DocxOptions of_table = options;
    of_table.front = DocxFront::left_out;
    return to_docx(document, {}, measure, of_table);
}

}  // namespace wardmap
