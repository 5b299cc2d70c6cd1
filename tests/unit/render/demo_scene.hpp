/// \file
/// A small scene with one of everything, for the tests of this room.
#pragma once

#include "wardmap/scene/scene.hpp"

#include <string>
#include <utility>
#include <vector>

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

inline Text text(double x, double y, std::string words, TextAnchor anchor = TextAnchor::start,
                 double size_pt = 9) {
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
    area("E05000002", "B'r <Ŵen>: 1,116",
         Shape{square(45, 15, 25), Fill{{0xf4, 0x6a, 0x25, 0.75}, {}}, white});
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
    labels.children.push_back(
        node(text(5, 8, "AVAVA To. Ty Llanŵr ŷ ô “St Michael’s”", TextAnchor::start, 13)));
    scene.nodes.push_back(node(std::move(labels)));

    Group furniture;
    furniture.role = Role::decoration;
    furniture.id = "frame";
    furniture.dx = 5;
    furniture.dy = 60;
    furniture.children.push_back(
        node(Shape{LineShape{0, 0, 90, 0}, {}, Stroke{{0x76, 0x76, 0x76, 1}, 0.35, {1.5, 1}}}));
    furniture.children.push_back(node(Shape{CircleShape{5, 5, 2}, Fill{{0x28, 0xa1, 0x97, 1}, {}},
                                            Stroke{{0x0b, 0x0c, 0x0c, 1}, 0.25, {}}}));
    furniture.children.push_back(node(Shape{RectShape{12, 3, 10, 4}, Fill{{0x80, 0x16, 0x50, 0.5}, {}}, {}}));
    Path curve;
    curve.move_to(30, 8);
    curve.cubic_to(35, 0, 45, 0, 50, 8);
    furniture.children.push_back(node(Shape{curve, {}, Stroke{{0x80, 0x16, 0x50, 1}, 0.7, {}}}));
    scene.nodes.push_back(node(std::move(furniture)));
    return scene;
}

/// Two pages of a report: headings, a paragraph with links, a figure with its caption; a table.
inline std::vector<Scene> demo_pages() {
    const auto group = [](Role role, std::vector<Node> children) {
        Group made;
        made.role = role;
        made.children = std::move(children);
        return made;
    };
    Scene first;
    first.id = "page-1";
    first.width_mm = 210;
    first.height_mm = 297;
    first.title = "Alcohol and drug markers in Coventry’s wards";
    Text title = text(20, 30, "Violence rose in every ward", TextAnchor::start, 18);
    title.style.weight = FontWeight::bold;
    first.nodes.push_back(node(group(Role::heading1, {node(title)})));
    Group link = group(Role::link, {node(text(20, 50, "See the ward table", TextAnchor::start, 10))});
    link.target = "#ward-table";
    Group source = group(Role::link, {node(text(70, 50, "Open Government Licence", TextAnchor::start, 10))});
    source.target = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";
    first.nodes.push_back(node(group(
        Role::paragraph,
        {node(text(20, 40, "The city’s rate was 402 per 100,000 people in the year", TextAnchor::start, 10)),
         node(text(20, 45, "to June 2022, up 64% (−8% in Llanŵr).", TextAnchor::start, 10)), node(link),
         node(source)})));
    Group figure = group(Role::figure, demo_scene().nodes);
    figure.label = demo_scene().alt;
    figure.dx = 20;
    figure.dy = 60;
    first.nodes.push_back(node(figure));
    first.nodes.push_back(node(
        group(Role::caption,
              {node(text(20, 140, "Figure 1. Rate per 100,000 people by ward.", TextAnchor::start, 9))})));
    first.nodes.push_back(
        node(group(Role::decoration, {node(text(190, 285, "Page 1", TextAnchor::end, 8))})));

    Scene second = first;
    second.id = "page-2";
    second.nodes.clear();
    second.nodes.push_back(node(
        group(Role::heading2, {node(text(20, 30, "Ward table (all offences)", TextAnchor::start, 14))})));
    Group table = group(Role::table, {});
    table.id = "ward-table";
    const std::vector<std::vector<std::string>> cells{
        {"Ward", "Count", "Rate"}, {"Binley and Willenhall", "51", "312"}, {"St Michael’s", "201", "1,116"}};
    for (std::size_t row = 0; row < cells.size(); ++row) {
        Group line = group(Role::table_row, {});
        for (std::size_t column = 0; column < 3; ++column) {
            const bool head = row == 0 || column == 0;
            const double x = column == 0 ? 20 : 60 + 30 * static_cast<double>(column);
            const TextAnchor anchor = column == 0 ? TextAnchor::start : TextAnchor::end;
            line.children.push_back(
                node(group(head ? Role::header_cell : Role::data_cell,
                           {node(text(x, 40 + 6 * static_cast<double>(row), cells[row][column], anchor))})));
        }
        table.children.push_back(node(line));
    }
    second.nodes.push_back(node(table));
    return {first, second};
}

}  // namespace wardmap
