#include "wardmap/figure/quadrant_style.hpp"

#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/words.hpp"

#include <cmath>

namespace wardmap {
std::array<QuadrantStyle, 4> quadrant_styles(Theme theme) {
    if (theme == Theme::mono) {
        return {QuadrantStyle{"high_faster", {0x1a, 0x1a, 0x1a, 1}, MarkerShape::circle},
                QuadrantStyle{"high_slower", {0x6d, 0x6d, 0x6d, 1}, MarkerShape::square},
                QuadrantStyle{"low_faster", {0x45, 0x45, 0x45, 1}, MarkerShape::triangle},
                QuadrantStyle{"low_slower", {0x91, 0x91, 0x91, 1}, MarkerShape::diamond}};
    }
    return {QuadrantStyle{"high_faster", {0x12, 0x43, 0x6d, 1}, MarkerShape::circle},
            QuadrantStyle{"high_slower", {0xf4, 0x6a, 0x25, 1}, MarkerShape::square},
            QuadrantStyle{"low_faster", {0x28, 0xa1, 0x97, 1}, MarkerShape::triangle},
            QuadrantStyle{"low_slower", {0xa2, 0x85, 0xd1, 1}, MarkerShape::diamond}};
}

QuadrantStyle quadrant_style(std::string_view code, Theme theme) {
    for (const QuadrantStyle& style : quadrant_styles(theme)) {
        if (style.code == code) {
            return style;
        }
    }
    return {"none", ink_base, MarkerShape::cross};
}

std::string quadrant_name(std::string_view code, const TableMeta& meta) {
    return typographic(quadrant_words(code, meta));
}

Path marker_path(MarkerShape shape, double x, double y, double size_mm) {
    Path path;
    const double r = size_mm / 2;
    switch (shape) {
        case MarkerShape::circle: {
            constexpr double kappa = 0.5522847498;  // cubic that follows a quarter circle
            const double k = r * kappa;
            path.move_to(x + r, y);
            path.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
            path.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
            path.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
            path.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
            break;
        }
        case MarkerShape::square: {
            const double h = r * 0.89;  // the circle's area
            path.move_to(x - h, y - h);
            path.line_to(x + h, y - h);
            path.line_to(x + h, y + h);
            path.line_to(x - h, y + h);
            break;
        }
        case MarkerShape::triangle: {
            const double side = r * 2.45;
            const double height = side * std::sqrt(3.0) / 2;
            path.move_to(x, y - height * 0.6);
            path.line_to(x + side / 2, y + height * 0.4);
            path.line_to(x - side / 2, y + height * 0.4);
            break;
        }
        case MarkerShape::diamond: {
            const double h = r * 1.22;
            path.move_to(x, y - h);
            path.line_to(x + h, y);
            path.line_to(x, y + h);
            path.line_to(x - h, y);
            break;
        }
        case MarkerShape::cross: {
            const double h = r * 0.8;
            path.move_to(x - h, y - h);
            path.line_to(x + h, y + h);
            path.move_to(x - h, y + h);
            path.line_to(x + h, y - h);
            return path;
        }
    }
    path.close();
    return path;
}

void draw_marker(Group& into, MarkerShape shape, double x, double y, double size_mm, const Color& color,
                 MarkerFill fill) {
    constexpr double casing_mm = 0.25;
    constexpr double hollow_line_mm = 0.5;
    if (shape == MarkerShape::cross) {
        into.children.push_back(
            node(Shape{marker_path(shape, x, y, size_mm), {}, Stroke{ink_white, 1.0, {}}}));
        into.children.push_back(node(Shape{marker_path(shape, x, y, size_mm), {}, Stroke{color, 0.5, {}}}));
        return;
    }
    into.children.push_back(
        node(Shape{marker_path(shape, x, y, size_mm), {}, Stroke{ink_white, 2 * casing_mm, {}}}));
    if (fill == MarkerFill::filled) {
        into.children.push_back(node(Shape{marker_path(shape, x, y, size_mm), Fill{color, {}}, {}}));
        return;
    }
    // The line lies inside the outline, so that hollow and filled look equally large.
    const double inner =
        shape == MarkerShape::triangle ? size_mm - 1.55 * hollow_line_mm : size_mm - hollow_line_mm;
    into.children.push_back(
        node(Shape{marker_path(shape, x, y, inner), Fill{ink_white, {}}, Stroke{color, hollow_line_mm, {}}}));
}

}  // namespace wardmap
