/// \file
/// What a scene says and some of what it draws, for tests.
#pragma once

#include "wardmap/scene/scene.hpp"

#include <string>
#include <vector>

namespace wardmap::testing {

/// Every text and every label of a group, one a line; lines of a paragraph are joined by spaces.
inline std::string words_of(const std::vector<Node>& nodes) {
    std::string all;
    for (const Node& one : nodes) {
        if (const auto* text = std::get_if<Text>(&one.content)) {
            all += text->text + " ";
        }
        if (const auto* group = std::get_if<Group>(&one.content)) {
            all += group->label + "\n" + words_of(group->children) + "\n";
        }
    }
    return all;
}

inline std::vector<LineShape> dashed_lines(const std::vector<Node>& nodes) {
    std::vector<LineShape> lines;
    for (const Node& one : nodes) {
        if (const auto* shape = std::get_if<Shape>(&one.content)) {
            const auto* line = std::get_if<LineShape>(&shape->outline);
            const bool level_or_upright = line != nullptr && (line->x1 == line->x2 || line->y1 == line->y2);
            if (level_or_upright && shape->stroke && !shape->stroke->dash_mm.empty()) {
                lines.push_back(*line);
            }
        }
        if (const auto* group = std::get_if<Group>(&one.content)) {
            for (const LineShape& line : dashed_lines(group->children)) {
                lines.push_back(line);
            }
        }
    }
    return lines;
}

/// The cells of every table row: the texts of a cell joined by spaces.
inline std::vector<std::vector<std::string>> table_rows(const std::vector<Node>& nodes) {
    std::vector<std::vector<std::string>> rows;
    for (const Node& one : nodes) {
        const auto* group = std::get_if<Group>(&one.content);
        if (group == nullptr) {
            continue;
        }
        if (group->role != Role::table_row) {
            for (auto& row : table_rows(group->children)) {
                rows.push_back(std::move(row));
            }
            continue;
        }
        rows.emplace_back();
        for (const Node& child : group->children) {
            const auto* cell = std::get_if<Group>(&child.content);
            if (cell == nullptr || (cell->role != Role::header_cell && cell->role != Role::data_cell)) {
                continue;
            }
            std::string words;
            for (const Node& part : cell->children) {
                if (const auto* text = std::get_if<Text>(&part.content)) {
                    words += (words.empty() ? "" : " ") + text->text;
                }
            }
            rows.back().push_back(std::move(words));
        }
    }
    return rows;
}

/// Every rectangle drawn.
inline void add_rects(const std::vector<Node>& nodes, std::vector<RectShape>& rects) {
    for (const Node& one : nodes) {
        if (const auto* shape = std::get_if<Shape>(&one.content)) {
            if (const auto* rect = std::get_if<RectShape>(&shape->outline)) {
                rects.push_back(*rect);
            }
        }
        if (const auto* group = std::get_if<Group>(&one.content)) {
            add_rects(group->children, rects);
        }
    }
}

}  // namespace wardmap::testing
