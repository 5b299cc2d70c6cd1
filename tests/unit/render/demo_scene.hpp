/// \file
/// A small scene with one of everything, for the tests of this room.
#pragma once

#include "wardmap/scene/scene.hpp"

namespace wardmap {

inline Path square(double x, double y, double size) {
    Path path;
    path.move_to(x, y);
    path.line_to(x + size, y);
    path.line_to(x + size, y + size);
    path.line_to(x, y + size);
    path.close();
    return path;
}

inline Text text(double x, double y, std::string words, TextAnchor anchor = TextAnchor::start, double size_pt = 9) {
    Text made;
    made.x = x;
    made.y = y;
    made.text = std::move(words);
    made.anchor = anchor;
    made.style.size_pt = size_pt;
    return made;
}

inline Scene demo_scene() {
    Scene scene;
    scene.id = "demo";
    scene.width_mm = 100;
    scene.height_mm = 70;
    scene.title = "Alcohol & \"drug\" markers <by ward>";
    scene.alt = "Map of three made-up wards. B’r Ŵen is highest at 1,116.";
    scene.description = "The lightest ward is Alpha at 70. One ward has no data.";
    const Stroke white{{255, 255, 255, 1}, 0.25, {}};

    Group areas;
    areas.role = Role::layer;
    areas.id = "areas";
    areas.label = "Wards";
    Path with_hole = square(5, 15, 40);
    const Path hole = square(15, 25, 10);
    with_hole.ops.insert(with_hole.ops.end(), hole.ops.begin(), hole.ops.end());
    with_hole.points.insert(with_hole.points.end(), hole.points.begin(), hole.points.end());
    const auto area = [&](const char* code, const char* label, Shape shape) {
        Group group;
        group.role = Role::area;
        group.code = code;
        group.id = code;
        group.label = label;
        group.children.push_back(node(std::move(shape)));
        areas.children.push_back(node(std::move(group)));
    };
    area("E05000001", "Alpha: 70", Shape{with_hole, Fill{{0x12, 0x43, 0x6d, 1}, {}}, white});
    area("E05000002", "B'r <Ŵen>: 1,116", Shape{square(45, 15, 25), Fill{{0xf4, 0x6a, 0x25, 0.75}, {}}, white});
    area("E05000003", "Gamma: no data",
         Shape{square(70, 15, 25), Fill{{255, 255, 255, 1}, Fill::Hatch{{0x76, 0x76, 0x76, 1}, 0.2, 1.5, 45}},
               Stroke{{0x76, 0x76, 0x76, 1}, 0.25, {}}});
    scene.nodes.push_back(node(std::move(areas)));

    Group labels;
    labels.id = "labels";
    labels.role = Role::layer;
    Text inside = text(34, 48, "Alpha", TextAnchor::middle, 10);
    inside.color = {255, 255, 255, 1};
    inside.halo = Color{0x12, 0x43, 0x6d, 1};
    inside.style.weight = FontWeight::bold;
    labels.children.push_back(node(inside));
    Text edge = text(45, 30, "Across an edge", TextAnchor::middle, 9);
    edge.halo = Color{255, 255, 255, 1};
    labels.children.push_back(node(edge));
    Text italic = text(95, 12, "Neighbouring authority −75% to +1,500%", TextAnchor::end, 8);
    italic.style.slant = FontSlant::italic;
    labels.children.push_back(node(italic));
    labels.children.push_back(node(text(5, 8, "AVAVA To. Ty Llanŵr ŷ ô “St Michael’s”", TextAnchor::start, 13)));
    scene.nodes.push_back(node(std::move(labels)));

    Group furniture;
    furniture.role = Role::decoration;
    furniture.id = "frame";
    furniture.dx = 5;
    furniture.dy = 60;
    furniture.children.push_back(node(Shape{LineShape{0, 0, 90, 0}, {}, Stroke{{0x76, 0x76, 0x76, 1}, 0.35, {1.5, 1}}}));
    furniture.children.push_back(
        node(Shape{CircleShape{5, 5, 2}, Fill{{0x28, 0xa1, 0x97, 1}, {}}, Stroke{{0x0b, 0x0c, 0x0c, 1}, 0.25, {}}}));
    furniture.children.push_back(node(Shape{RectShape{12, 3, 10, 4}, Fill{{0x80, 0x16, 0x50, 0.5}, {}}, {}}));
    Path curve;
    curve.move_to(30, 8);
    curve.cubic_to(35, 0, 45, 0, 50, 8);
    furniture.children.push_back(node(Shape{curve, {}, Stroke{{0x80, 0x16, 0x50, 1}, 0.7, {}}}));
    scene.nodes.push_back(node(std::move(furniture)));
    return scene;
}

}  // namespace wardmap
