/// \file
/// Where something is on the page, and what it says: for links, bookmarks and figures of a PDF.
#pragma once

#include "wardmap/scene/scene.hpp"

#include <string>
#include <vector>

namespace wardmap {

/// Edges in mm; empty if left > right.
struct SceneBounds {
    double left = 1e9;
    double top = 1e9;
    double right = -1e9;
    double bottom = -1e9;

    void add(double x, double y);
    bool is_empty() const noexcept { return left > right; }
};

/// Outlines without the width of their strokes; texts from their ascent to their descent.
SceneBounds bounds_of(const std::vector<Node>& nodes, double dx, double dy);

/// All texts in order, one space between them.
std::string words_of(const std::vector<Node>& nodes);

}  // namespace wardmap
