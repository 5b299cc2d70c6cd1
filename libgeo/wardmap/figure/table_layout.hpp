/// \file
/// Rows and columns of a table on the page: widths, rules, right-aligned numbers, a total apart.
#pragma once

#include "wardmap/figure/style.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <string>
#include <vector>

namespace wardmap {

/// The words of one cell. `mark` ("[u]") stands after the digits, outside their column, in grey.
struct TableCell {
    std::string text{};
    std::string mark{};
    bool is_bold = false;
    Color color{0x0b, 0x0c, 0x0c, 1};
};

struct TableColumn {
    std::string header{};  ///< "\n" breaks it; else it wraps to the width of the cells or 15 mm
    TextAnchor anchor = TextAnchor::end;  ///< of header and cells
    std::vector<TableCell> cells{};       ///< one a row, totals included; none: a column to draw in
    double share = 0;                     ///< of the width left over (columns to draw in, or names)
    double least_mm = 0;
    double indent_mm = 0;  ///< room before the text, for a marker
    double gap_mm = 3.5;   ///< before the column
};

/// Rows of codes and columns of words, and where everything goes. Lengths mm on the page.
struct TableLayout {
    struct Place {
        double left = 0;
        double right = 0;       ///< of the digits; marks stand right of it
        double mark_right = 0;  ///< end of the column with its marks
        std::vector<std::string> header_lines{};
        std::vector<std::vector<std::string>> cell_lines{};  ///< of wrapped text columns; else empty
    };
    std::vector<TableColumn> columns{};
    std::vector<std::string> row_codes{};
    std::size_t totals = 0;  ///< the last rows: bold, set apart
    std::vector<Place> places{};
    std::vector<double> row_tops{};
    std::vector<double> row_heights{};
    double top = 0;
    double header_bottom = 0;
    double bottom = 0;
    double width = 0;
    double row_pitch = 0;  ///< of a row of one line
    TypeSizes sizes{};

    double row_middle(std::size_t row) const { return row_tops[row] + row_heights[row] / 2; }
    std::size_t row_count() const { return row_tops.size(); }
};

/// From one row to the next at 9 pt, in mm; larger letters have more in proportion.
inline constexpr double row_pitch_mm = 6.0;
inline constexpr double closest_rows_mm = 5.0;

/// Finds widths and heights. Columns to draw in for which less than their `least_mm` is left come back with
/// no width. \return a layout as wide as `width_mm` unless the words alone are wider (see `width`)
TableLayout lay_out_table(std::vector<TableColumn> columns, std::vector<std::string> row_codes,
                          std::size_t totals, double top_mm, double width_mm, const TypeSizes& sizes,
                          const TextMeasure& measure, double pitch_mm = row_pitch_mm);

/// Rules as decoration; then the words as a table with rows, header and data cells.
/// `label` says what the table is, for a screen reader.
void draw_table(Group& into, const TableLayout& layout, const TextMeasure& measure, const std::string& label);

/// A horizontal bar of a row from x1 to x2, 60% of the row high.
void draw_row_bar(Group& into, const TableLayout& layout, std::size_t row, double x1, double x2,
                  const Color& color);

}  // namespace wardmap
