/// \file
/// Names beside points so that nothing overlaps: the same places every run, on every machine.
#pragma once

#include "wardmap/geometry/point.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wardmap {

/// A text without a point (the name of a corner or line) and one of the places it may take.
struct OwnPlace {
    std::size_t wrapping = 0;  ///< index into PointName::wrappings
    Box box{};
    TextAnchor anchor = TextAnchor::start;
    double cost = 0;  ///< 0 is ideal; a leader costs about 8
};

/// A point that wants its name beside it, or a text with places of its own. All lengths mm on the page, y
/// down.
struct PointName {
    std::string key{};  ///< decides ties, so that the order given does not matter
    std::string text{};
    Point at{};
    double radius_mm = 1.25;  ///< of its marker
    TextStyle style{};
    Box within{};  ///< the text stays inside
    std::vector<std::vector<std::string>>
        wrappings{};                 ///< of a text with own places: the lines of each way to break it
    std::vector<OwnPlace> places{};  ///< empty: round the point
};

/// What names may not cover.
struct NameObstacles {
    std::vector<std::pair<Point, double>> markers{};  ///< centre and radius of every mark, named or not
    std::vector<std::pair<Point, Point>> forbidden_lines{};  ///< horizontal or vertical; no name crosses them
    std::vector<std::pair<Point, Point>> avoided_lines{};    ///< horizontal or vertical; crossed only at need
};

/// Where a name went.
struct PlacedName {
    bool placed = false;
    std::vector<std::string> lines{};
    Box box{};  ///< of the letters of all lines: descenders only where there are any
    TextAnchor anchor = TextAnchor::start;
    bool has_leader = false;
    Point leader_from{};  ///< at the marker
    Point leader_to{};    ///< at the text
};

/// Tries, for every name, eight places round its marker, sliding along each side, names broken into two or
/// three lines, then rings with a leader; chooses for all together by a search with a fixed beginning. Names
/// for which nothing is free come back with `placed` false; texts with own places give way to names of
/// points. Answers stand in the order of `names`.
std::vector<PlacedName> place_names(std::span<const PointName> names, const NameObstacles& obstacles,
                                    const TextMeasure& measure);

/// Draws a placed name and its leader. A white halo parts the letters from grid lines.
void draw_name(Group& into, const PlacedName& name, const TextStyle& style, const Color& color);

}  // namespace wardmap
