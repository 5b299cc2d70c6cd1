#include "wardmap/figure/map_marks.hpp"

#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <utility>

namespace wardmap {
namespace {

constexpr Color pale_border{0xa6, 0xa6, 0xa6, 1};
constexpr double pale_contrast = 1.2;

std::string safe_id(std::string_view code) {
    std::string out;
    for (const char c : code) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_';
        out += plain ? c : '_';
    }
    return out;
}

std::string joined(const std::vector<LabelLinePlaced>& lines) {
    std::string out;
    for (const LabelLinePlaced& line : lines) out += (out.empty() ? "" : "\n") + line.text;
    return out;
}

Box moved(const Box& box, Point by) {
    return {box.min_x + by.x, box.min_y + by.y, box.max_x + by.x, box.max_y + by.y};
}

}  // namespace

Group map_layer(std::string id, std::string label) {
    Group group;
    group.role = Role::layer;
    group.id = std::move(id);
    group.label = std::move(label);
    return group;
}

Group map_decoration(std::string id) {
    Group group;
    group.role = Role::decoration;
    group.id = std::move(id);
    return group;
}

void draw_map_areas(Group& into, std::span<const MapMark> marks, const AreaSet& areas, const MapFrame& map,
                    const std::string& prefix) {
    Group out = map_layer(prefix + "areas", "Map");
    out.overlap = ShapesOverlap::never;
    // Hatched and very pale areas would run into each other with white borders: theirs are grey and thin.
    Group pale = map_decoration(prefix + "pale-borders");
    for (std::size_t i = 0; i < map.shapes.size(); ++i) {
        const Path path = path_of(map.shapes[i]);
        if (path.ops.empty()) continue;
        const Fill& fill = marks[i].fill;
        Group area;
        area.role = Role::area;
        area.id = prefix + "area-" + safe_id(areas.codes()[i]);
        area.code = areas.codes()[i];
        area.label = typographic(marks[i].spoken);
        area.children.push_back(node(Shape{path, fill, Stroke{ink_white, area_border_mm, {}}}));
        out.children.push_back(node(std::move(area)));
        if (fill.hatch || contrast(fill.color, ink_white) <= pale_contrast)
            pale.children.push_back(node(Shape{path, {}, Stroke{pale_border, 0.2, {}}}));
    }
    into.children.push_back(node(std::move(out)));
    if (!pale.children.empty()) into.children.push_back(node(std::move(pale)));

    Group outline = map_decoration(prefix + "outline");
    if (!map.district_lines.ops.empty())
        outline.children.push_back(node(Shape{map.district_lines, {}, Stroke{ink_axis, 0.35, {}}}));
    if (!map.outline.ops.empty())
        outline.children.push_back(node(Shape{map.outline, {}, Stroke{ink_axis, outline_mm, {}}}));
    if (!outline.children.empty()) into.children.push_back(node(std::move(outline)));
}

void draw_map_symbols(Group& into, std::span<const MapMark> marks, std::span<const AreaLabel> labels,
                      const DrawSymbol& draw, const std::string& prefix) {
    if (!draw) return;
    Group symbols = map_layer(prefix + "symbols", "Symbols");
    std::vector<std::size_t> order(labels.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return marks[a].label.symbol_mm > marks[b].label.symbol_mm;
    });
    for (const std::size_t i : order) {
        if (labels[i].place != LabelPlace::nothing) draw(symbols, i, labels[i]);
    }
    into.children.push_back(node(std::move(symbols)));
}

void draw_map_labels(Group& into, std::span<const MapMark> marks, std::span<const AreaLabel> labels,
                     const std::string& prefix) {
    Group leaders = map_decoration(prefix + "leaders");
    for (const AreaLabel& label : labels) {
        if (label.place != LabelPlace::leader) continue;
        add_line(leaders, label.leader_from.x, label.leader_from.y, label.leader_to.x, label.leader_to.y,
                 {ink_white, 0.8, {}});
        add_line(leaders, label.leader_from.x, label.leader_from.y, label.leader_to.x, label.leader_to.y,
                 {ink_axis, 0.25, {}});
        leaders.children.push_back(node(Shape{CircleShape{label.leader_to.x, label.leader_to.y, 0.6},
                                              Fill{ink_axis, {}}, Stroke{ink_white, 0.25, {}}}));
    }
    if (!leaders.children.empty()) into.children.push_back(node(std::move(leaders)));
    Group out = map_layer(prefix + "labels", "Names and values");
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const AreaLabel& label = labels[i];
        const bool outside = label.place == LabelPlace::leader;
        for (const LabelLinePlaced& line : label.lines) {
            Text text{line.x,
                      line.baseline,
                      line.text,
                      line.style,
                      outside ? ink_text : marks[i].ink,
                      TextAnchor::start,
                      outside ? ink_white : marks[i].halo};
            out.children.push_back(node(std::move(text)));
        }
    }
    if (!out.children.empty()) into.children.push_back(node(std::move(out)));
}

std::vector<PlacedLabel> placed_labels(const AreaSet& areas, std::span<const MapMark> marks,
                                       std::span<const AreaLabel> labels, Point at) {
    std::vector<PlacedLabel> out;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const AreaLabel& label = labels[i];
        if (label.lines.empty()) continue;
        PlacedLabel one;
        one.code = areas.codes()[i];
        one.text = joined(label.lines);
        one.box = moved(label.box, at);
        one.has_leader = label.place == LabelPlace::leader;
        if (marks[i].label.symbol_mm > 0) one.symbol = Point{label.symbol.x + at.x, label.symbol.y + at.y};
        for (const LabelLinePlaced& line : label.lines) one.lines.push_back(moved(line.box, at));
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace wardmap
