#include "wardmap/render/scene_bounds.hpp"

#include "wardmap/render/fonts.hpp"

#include <algorithm>
#include <cmath>

namespace wardmap {
namespace {

struct Bounder {
    SceneBounds bounds{};
    double dx = 0;
    double dy = 0;

    void add(double x, double y) { bounds.add(dx + x, dy + y); }
    void nodes(const std::vector<Node>& list) {
        for (const Node& node : list) std::visit(*this, node.content);
    }
    void operator()(const Group& group) {
        dx += group.dx;
        dy += group.dy;
        nodes(group.children);
        dx -= group.dx;
        dy -= group.dy;
    }
    void operator()(const Shape& shape) { std::visit(*this, shape.outline); }
    void operator()(const Text& text) {
        const double width = liberation_sans().width_mm(text.text, text.style);
        const double share = text.anchor == TextAnchor::start    ? 0
                             : text.anchor == TextAnchor::middle ? 0.5
                                                                 : 1;
        const double size = text.style.size_pt * mm_per_pt;
        add(text.x - share * width, text.y - ascent * size);
        add(text.x + (1 - share) * width, text.y + descent * size);
    }
    void operator()(const Path& path) {
        for (const auto& [x, y] : path.points) add(x, y);
    }
    void operator()(const RectShape& r) {
        add(r.x, r.y);
        add(r.x + r.width, r.y + r.height);
    }
    void operator()(const CircleShape& c) {
        const double radius = std::abs(c.radius);
        add(c.cx - radius, c.cy - radius);
        add(c.cx + radius, c.cy + radius);
    }
    void operator()(const LineShape& l) {
        add(l.x1, l.y1);
        add(l.x2, l.y2);
    }
};

void add_words(const std::vector<Node>& nodes, std::string& words) {
    for (const Node& node : nodes) {
        if (const auto* text = std::get_if<Text>(&node.content)) {
            if (!words.empty()) words += ' ';
            words += text->text;
        } else if (const auto* group = std::get_if<Group>(&node.content)) {
            if (group->role != Role::decoration) add_words(group->children, words);
        }
    }
}

}  // namespace

void SceneBounds::add(double x, double y) {
    left = std::min(left, x);
    right = std::max(right, x);
    top = std::min(top, y);
    bottom = std::max(bottom, y);
}

SceneBounds bounds_of(const std::vector<Node>& nodes, double dx, double dy) {
    Bounder bounder;
    bounder.dx = dx;
    bounder.dy = dy;
    bounder.nodes(nodes);
    return bounder.bounds;
}

std::string words_of(const std::vector<Node>& nodes) {
    std::string words;
    add_words(nodes, words);
    return words;
}

}  // namespace wardmap
