/// \file
/// The display list: what is on the page, in mm from the top left corner, y down. No pixels, no files.
#pragma once

#include "wardmap/scene/color.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace wardmap {

/// A solid colour, or thin parallel lines on a background (used for "no data" only).
struct Fill {
    Color color{};
    struct Hatch {
        Color line{};
        double width_mm = 0.2;
        double pitch_mm = 1.5;
        double angle_deg = 45;  ///< counter-clockwise from the x axis as seen
    };
    std::optional<Hatch> hatch{};  ///< drawn over `color`
};

struct Stroke {
    Color color{};
    double width_mm = 0.25;
    std::vector<double> dash_mm{};  ///< on, off, ...; empty: solid. Joins and caps are round if solid.
};

enum class PathOp : unsigned char { move, line, cubic, close };

/// Moves, lines and cubic curves. A `cubic` uses three points, `close` none, the others one.
struct Path {
    std::vector<PathOp> ops{};
    std::vector<std::pair<double, double>> points{};

    void move_to(double x, double y) {
        ops.push_back(PathOp::move);
        points.emplace_back(x, y);
    }
    void line_to(double x, double y) {
        ops.push_back(PathOp::line);
        points.emplace_back(x, y);
    }
    void cubic_to(double x1, double y1, double x2, double y2, double x, double y) {
        ops.push_back(PathOp::cubic);
        points.emplace_back(x1, y1);
        points.emplace_back(x2, y2);
        points.emplace_back(x, y);
    }
    void close() { ops.push_back(PathOp::close); }
};

struct RectShape {
    double x = 0, y = 0, width = 0, height = 0;
};
struct CircleShape {
    double cx = 0, cy = 0, radius = 0;
};
struct LineShape {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
};

/// A filled and/or stroked outline. Paths are filled even-odd, so holes need no winding.
struct Shape {
    std::variant<Path, RectShape, CircleShape, LineShape> outline{};
    std::optional<Fill> fill{};
    std::optional<Stroke> stroke{};
};

enum class TextAnchor : unsigned char { start, middle, end };

/// One line of text; (x, y) is on the base line. Never stretched or shrunk.
struct Text {
    double x = 0;
    double y = 0;
    std::string text{};
    TextStyle style{};
    Color color{0x0b, 0x0c, 0x0c, 1};
    TextAnchor anchor = TextAnchor::start;
    std::optional<Color> halo{};  ///< a 0.6 mm outline behind the letters
};

/// What a group is, for screen readers and tagged PDF. `decoration` is hidden from both.
enum class Role : unsigned char {
    none,        ///< just a group
    layer,       ///< a named layer of the figure: areas, labels, legend
    area,        ///< the mark of one area: `code` and `label` are set
    decoration,  ///< grid, borders: says nothing by itself
    figure,      ///< a whole figure on a page: `label` is its alternative text
    heading1,
    heading2,
    heading3,
    paragraph,
    caption,
    table,
    table_row,
    header_cell,
    data_cell,
    link,  ///< `target` is the address, or "#id" of a destination on another page
};

struct Node;

/// Whether what is in a group may lie over one another.
enum class ShapesOverlap : unsigned char {
    may,
    never,  ///< areas side by side: their strokes may be drawn together, after their fills, borders bent
            ///< alike
};

/// Nodes moved by (dx, dy) and drawn in order.
struct Group {
    Role role = Role::none;
    std::string id{};      ///< stable, unique in the figure; made unique on a page by the scene's id
    std::string label{};   ///< what a screen reader says
    std::string code{};    ///< area code: `data-code` in SVG
    std::string target{};  ///< of a link
    double dx = 0;
    double dy = 0;
    ShapesOverlap overlap = ShapesOverlap::may;
    std::vector<Node> children;  // no {}: clang would need Node complete here
};

struct Node {
    std::variant<Shape, Text, Group> content{};
};

/// A page or a picture. The background is always painted white.
struct Scene {
    std::string id{"figure"};  ///< prefix of every id written
    double width_mm = 159;
    double height_mm = 105;
    std::string title{};        ///< plain text; SVG <title>, PDF document title
    std::string alt{};          ///< short alternative text, at most about 150 characters
    std::string description{};  ///< the long description; SVG <desc>
    std::vector<Node> nodes{};
};

inline Node node(Shape shape) {
    return {std::move(shape)};
}
inline Node node(Text text) {
    return {std::move(text)};
}
inline Node node(Group group) {
    return {std::move(group)};
}

}  // namespace wardmap
