/// \file
/// The four quadrants as they look in chart, map and table: one colour, one shape, one name each.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/table/table.hpp"

#include <array>
#include <string>
#include <string_view>

namespace wardmap {

enum class MarkerShape : unsigned char { circle, square, triangle, diamond, cross };
/// Filled: the rate is clearly different from its cut; hollow: it is not.
enum class MarkerFill : unsigned char { filled, hollow };

struct QuadrantStyle {
    std::string_view code{};  ///< as in the column `quadrant`
    Color color{};            ///< at least 3:1 on white
    MarkerShape shape = MarkerShape::cross;
};

/// high_faster, high_slower, low_faster, low_slower: the order of every key (top row first).
std::array<QuadrantStyle, 4> quadrant_styles(Theme theme);

/// The style of a cell of the column `quadrant`; a grey cross for "none" and anything else.
QuadrantStyle quadrant_style(std::string_view code, Theme theme);

/// "Higher rate, change above Coventry’s", by the kind of cut the table was made with; true whether counts
/// rose or fell. "Not placed" for "none".
std::string quadrant_name(std::string_view code, const TableMeta& meta);

/// Draws a marker centred on (x, y); `size_mm` is the diameter of a circle, the others weigh the same. A
/// white outline of 0.25 mm parts it from what lies under it.
void draw_marker(Group& into, MarkerShape shape, double x, double y, double size_mm, const Color& color,
                 MarkerFill fill = MarkerFill::filled);

/// The outline alone, for maps that place it themselves.
Path marker_path(MarkerShape shape, double x, double y, double size_mm);

inline constexpr double marker_size_mm = 2.5;

}  // namespace wardmap
