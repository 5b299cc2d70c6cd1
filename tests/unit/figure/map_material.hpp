/// \file
/// Areas and tables for the tests of maps: Coventry as published, and squares made up.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace wardmap::testing {

inline const AreaSet& coventry_wards() {
    static const AreaSet wards = read_areas("coventry-wards").areas;
    return wards;
}

/// `columns` by `rows` squares with sides of 1 km on the National Grid, codes A0, A1 ..., names as given or
/// "Area 0" ...
inline AreaSet square_areas(std::size_t columns, std::size_t rows,
                            const std::vector<std::string>& names = {}) {
    AreaSetParts parts;
    parts.crs = british_national_grid;
    parts.whole = "Squareton";
    parts.noun = "ward";
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            const std::size_t i = parts.codes.size();
            const double x = 430000 + 1000 * static_cast<double>(c);
            const double y = 280000 + 1000 * static_cast<double>(r);
            MultiPolygon shape;
            shape.add_ring(
                std::vector<Point>{{x, y}, {x + 1000, y}, {x + 1000, y + 1000}, {x, y + 1000}, {x, y}});
            shape.end_polygon();
            parts.codes.push_back("A" + std::to_string(i));
            parts.names.push_back(i < names.size() ? names[i] : "Area " + std::to_string(i));
            parts.shapes.push_back(std::move(shape));
        }
    }
    return AreaSet(std::move(parts));
}

/// One number an area, in the areas' order.
inline Table value_table(const AreaSet& areas, const std::string& column, std::vector<double> values,
                         TableMeta meta = {}) {
    return Table({Column::text("area_code", {areas.codes().begin(), areas.codes().end()}),
                  Column::text("area_name", {areas.names().begin(), areas.names().end()}),
                  Column::numbers(column, std::move(values))},
                 std::move(meta));
}

/// All of a scene's area paths, moved to the page, by area code: what an independent check looks at.
inline void collect_area_paths(const std::vector<Node>& nodes, double dx, double dy, const std::string& code,
                               std::vector<std::pair<std::string, std::vector<std::vector<Point>>>>& out) {
    for (const Node& one : nodes) {
        if (const auto* group = std::get_if<Group>(&one.content)) {
            const bool is_area = group->role == Role::area;
            if (is_area) out.push_back({group->code, {}});
            collect_area_paths(group->children, dx + group->dx, dy + group->dy, is_area ? group->code : code,
                               out);
        } else if (const auto* shape = std::get_if<Shape>(&one.content); shape != nullptr && !code.empty()) {
            const auto* path = std::get_if<Path>(&shape->outline);
            if (path == nullptr) continue;
            std::size_t p = 0;
            for (const PathOp op : path->ops) {
                if (op == PathOp::close) continue;
                if (op == PathOp::move) out.back().second.emplace_back();
                out.back().second.back().push_back({path->points[p].first + dx, path->points[p].second + dy});
                p += op == PathOp::cubic ? 3 : 1;
            }
        }
    }
}

/// Crossing number, written apart from the library's own.
inline bool is_inside(const std::vector<std::vector<Point>>& rings, Point q) {
    int crossings = 0;
    for (const auto& ring : rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point a = ring[i];
            const Point b = ring[(i + 1) % ring.size()];
            if ((a.y > q.y) != (b.y > q.y) && q.x < a.x + (q.y - a.y) / (b.y - a.y) * (b.x - a.x))
                ++crossings;
        }
    }
    return crossings % 2 == 1;
}

struct LabelCheck {
    std::size_t inside = 0;  ///< all lines in the area, with the name or value asked for
    std::size_t numbered = 0;
    std::size_t with_leader = 0;
    std::vector<std::string> outside{};  ///< neither inside nor with a leader
    std::vector<std::string> overlaps{};
};

/// Looks at every label of an area: a fine grid of points over its box must lie in the area's drawn path.
inline LabelCheck check_labels(const Figure& figure) {
    std::vector<std::pair<std::string, std::vector<std::vector<Point>>>> paths;
    collect_area_paths(figure.scene.nodes, 0, 0, "", paths);
    LabelCheck out;
    for (const PlacedLabel& label : figure.labels) {
        if (label.code.empty()) continue;
        if (label.has_leader) {
            ++out.with_leader;
        } else {
            bool all = false;
            for (const auto& [code, rings] : paths) {
                if (code != label.code) continue;
                all = true;
                for (const Box& line : label.lines) {
                    for (int i = 0; i <= 16 && all; ++i) {
                        for (int j = 0; j <= 4 && all; ++j) {
                            all = is_inside(rings, {line.min_x + line.width() * i / 16.0,
                                                    line.min_y + line.height() * j / 4.0});
                        }
                    }
                }
            }
            const bool digits = label.text.find_first_not_of("0123456789") == std::string::npos;
            if (all && digits)
                ++out.numbered;
            else if (all)
                ++out.inside;
            else
                out.outside.push_back(label.code + " " + label.text);
        }
    }
    for (std::size_t a = 0; a < figure.labels.size(); ++a) {
        for (std::size_t b = a + 1; b < figure.labels.size(); ++b) {
            if (figure.labels[a].box.overlaps(figure.labels[b].box)) {
                out.overlaps.push_back(figure.labels[a].text + " / " + figure.labels[b].text);
            }
        }
    }
    return out;
}

/// Every text of a scene with its box on the page.
inline void collect_text_boxes(const std::vector<Node>& nodes, double dx, double dy,
                               const TextMeasure& measure, std::vector<std::pair<std::string, Box>>& out) {
    for (const Node& one : nodes) {
        if (const auto* group = std::get_if<Group>(&one.content)) {
            collect_text_boxes(group->children, dx + group->dx, dy + group->dy, measure, out);
        } else if (const auto* text = std::get_if<Text>(&one.content)) {
            if (!text->text.empty())
                out.push_back({text->text, text_box(text->text, text->x + dx, text->y + dy, text->style,
                                                    text->anchor, measure)});
        }
    }
}

/// What is wrong with a figure's texts: one over another, or off the page. Empty if nothing.
inline std::vector<std::string> text_faults(const Figure& figure, const TextMeasure& measure) {
    std::vector<std::pair<std::string, Box>> texts;
    collect_text_boxes(figure.scene.nodes, 0, 0, measure, texts);
    std::vector<std::string> out;
    const Box page{-0.05, -0.05, figure.scene.width_mm + 0.05, figure.scene.height_mm + 0.05};
    for (std::size_t a = 0; a < texts.size(); ++a) {
        const Box& box = texts[a].second;
        if (!page.contains({box.min_x, box.min_y}) || !page.contains({box.max_x, box.max_y}))
            out.push_back("off the page: " + texts[a].first);
        for (std::size_t b = a + 1; b < texts.size(); ++b) {
            if (box.grown(-0.05).overlaps(texts[b].second.grown(-0.05)))
                out.push_back(texts[a].first + " / " + texts[b].first);
        }
    }
    return out;
}

}  // namespace wardmap::testing
