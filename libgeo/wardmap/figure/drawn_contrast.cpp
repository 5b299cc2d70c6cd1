#include "wardmap/figure/drawn_contrast.hpp"

#include "wardmap/base/point.hpp"
#include "wardmap/figure/style.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>

namespace wardmap {
namespace {

constexpr double mark_contrast = 3.0;

Color over(const Color& top, const Color& below) {
    const auto mix = [&](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a * top.opacity + b * (1 - top.opacity)));
    };
    return {mix(top.r, below.r), mix(top.g, below.g), mix(top.b, below.b), 1};
}

/// A fill that was painted, where it is on the page.
struct Painted {
    Color color{};
    std::variant<std::vector<std::vector<Point>>, RectShape, CircleShape> outline{};
    Box box{};

    bool covers(Point at) const {
        if (!box.contains(at)) return false;
        if (const auto* circle = std::get_if<CircleShape>(&outline))
            return std::hypot(at.x - circle->cx, at.y - circle->cy) <= circle->radius;
        const auto* rings = std::get_if<std::vector<std::vector<Point>>>(&outline);
        if (rings == nullptr) return true;
        bool inside = false;
        for (const auto& ring : *rings) {
            for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
                if ((ring[i].y > at.y) != (ring[j].y > at.y) &&
                    at.x < (ring[j].x - ring[i].x) * (at.y - ring[i].y) / (ring[j].y - ring[i].y) + ring[i].x)
                    inside = !inside;
            }
        }
        return inside;
    }
};

/// Curves by their ends: near enough for what lies behind a word.
std::vector<std::vector<Point>> rings_of(const Path& path, double dx, double dy) {
    std::vector<std::vector<Point>> rings;
    std::size_t at = 0;
    for (const PathOp op : path.ops) {
        if (op == PathOp::close) continue;
        if (op == PathOp::cubic) at += 2;
        if (op == PathOp::move || rings.empty()) rings.emplace_back();
        rings.back().push_back({path.points[at].first + dx, path.points[at].second + dy});
        ++at;
    }
    return rings;
}

Box box_of(const std::vector<std::vector<Point>>& rings) {
    Box box;
    for (const auto& ring : rings) {
        for (const Point& point : ring) box.add(point);
    }
    return box;
}

/// Walks a scene in the order of painting and remembers what was painted where.
class Painter {
public:
    std::vector<FaintText> texts{};
    std::vector<FaintMark> marks{};

    void paint(const std::vector<Node>& nodes, double dx, double dy) {
        for (const Node& node : nodes) {
            if (const auto* shape = std::get_if<Shape>(&node.content)) paint(*shape, dx, dy);
            if (const auto* text = std::get_if<Text>(&node.content)) read(*text, dx, dy);
            if (const auto* group = std::get_if<Group>(&node.content)) {
                if (group->role == Role::area) judge(*group, dx + group->dx, dy + group->dy);
                paint(group->children, dx + group->dx, dy + group->dy);
            }
        }
    }

private:
    Color behind(Point at) const {
        Color color = ink_white;
        for (const Painted& one : painted_) {
            if (one.covers(at)) color = over(one.color, color);
        }
        return color;
    }

    static std::optional<Painted> painted(const Shape& shape, double dx, double dy) {
        Painted out;
        if (const auto* path = std::get_if<Path>(&shape.outline)) {
            auto rings = rings_of(*path, dx, dy);
            out.box = box_of(rings);
            out.outline = std::move(rings);
        } else if (const auto* rect = std::get_if<RectShape>(&shape.outline)) {
            out.box = {rect->x + dx, rect->y + dy, rect->x + dx + rect->width, rect->y + dy + rect->height};
            out.outline = *rect;
        } else if (const auto* circle = std::get_if<CircleShape>(&shape.outline)) {
            const CircleShape moved{circle->cx + dx, circle->cy + dy, circle->radius};
            out.box = {moved.cx - moved.radius, moved.cy - moved.radius, moved.cx + moved.radius,
                       moved.cy + moved.radius};
            out.outline = moved;
        } else {
            return std::nullopt;
        }
        return out;
    }

    void paint(const Shape& shape, double dx, double dy) {
        if (!shape.fill || shape.fill->color.opacity <= 0) return;
        auto one = painted(shape, dx, dy);
        if (!one) return;
        one->color = shape.fill->color;
        painted_.push_back(std::move(*one));
    }

    void read(const Text& text, double dx, double dy) {
        if (text.text.find_first_not_of(' ') == std::string::npos) return;
        const double size_mm = text.style.size_pt * mm_per_pt;
        const double aside = text.anchor == TextAnchor::start    ? 0.3 * size_mm
                             : text.anchor == TextAnchor::middle ? 0
                                                                 : -0.3 * size_mm;
        // Half the height of a small letter above the base line: inside the first, middle or last letter.
        const Point at{text.x + dx + aside, text.y + dy - 0.26 * size_mm};
        const Color below = text.halo ? over(*text.halo, behind(at)) : behind(at);
        const bool large =
            text.style.size_pt >= 18 || (text.style.size_pt >= 14 && text.style.weight == FontWeight::bold);
        const double needed = large ? 3.0 : 4.5;
        const double found = contrast(over(text.color, below), below);
        // Two decimals: 4.495 is printed, and meant, as 4.5.
        if (found + 0.005 < needed) texts.push_back({text.text, text.color, below, found, needed});
    }

    /// A mark is seen by its fill or by its outline, whichever stands out more.
    void judge(const Group& group, double dx, double dy) {
        FaintMark best{group.label, {}, {}, 0};
        std::vector<std::pair<const Group*, Point>> open{{&group, {dx, dy}}};
        while (!open.empty()) {
            const auto [one, moved] = open.back();
            open.pop_back();
            for (const Node& node : one->children) {
                if (const auto* inner = std::get_if<Group>(&node.content))
                    open.push_back({inner, {moved.x + inner->dx, moved.y + inner->dy}});
                const auto* shape = std::get_if<Shape>(&node.content);
                if (shape == nullptr) continue;
                Point at{};
                if (const auto* line = std::get_if<LineShape>(&shape->outline)) {
                    at = {(line->x1 + line->x2) / 2 + moved.x, (line->y1 + line->y2) / 2 + moved.y};
                } else if (const auto place = painted(*shape, moved.x, moved.y)) {
                    at = place->box.center();
                }
                const Color below = behind(at);
                const auto take = [&](const Color& color) {
                    const double found = contrast(over(color, below), below);
                    if (found > best.contrast) best = {group.label, color, below, found};
                };
                if (shape->fill) take(shape->fill->color);
                if (shape->stroke) take(shape->stroke->color);
            }
        }
        if (best.contrast > 0 && best.contrast + 0.05 < mark_contrast) marks.push_back(best);
    }

    std::vector<Painted> painted_{};
};

Painter painted_scene(const Scene& scene) {
    Painter painter;
    painter.paint(scene.nodes, 0, 0);
    return painter;
}

}  // namespace

std::vector<FaintText> faint_texts(const Scene& scene) {
    return painted_scene(scene).texts;
}

std::vector<FaintMark> faint_marks(const Scene& scene) {
    return painted_scene(scene).marks;
}

}  // namespace wardmap
