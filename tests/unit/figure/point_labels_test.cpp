#include "wardmap/figure/point_labels.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

double distance(const Box& box, Point p) {
    return std::hypot(std::max({box.min_x - p.x, 0.0, p.x - box.max_x}),
                      std::max({box.min_y - p.y, 0.0, p.y - box.max_y}));
}

PointName named(const std::string& text, Point at) {
    PointName name{.key = text, .text = text, .at = at, .style = regular(9), .within = {0, 0, 159, 80}};
    return name;
}

NameObstacles obstacles_of(const std::vector<PointName>& names) {
    NameObstacles out;
    for (const PointName& name : names) out.markers.emplace_back(name.at, name.radius_mm);
    return out;
}

}  // namespace

TEST_CASE("point labels: no name covers a mark or another name") {
    std::vector<PointName> names;
    for (int i = 0; i < 16; ++i)
        names.push_back(named("Ward " + std::string(1, static_cast<char>('A' + i)),
                              {20.0 + 9 * (i % 8), 30.0 + 11 * (i / 8)}));
    const std::vector<PlacedName> placed = place_names(names, obstacles_of(names), liberation_sans());
    for (std::size_t i = 0; i < placed.size(); ++i) {
        CAPTURE(names[i].text);
        REQUIRE(placed[i].placed);
        for (std::size_t j = 0; j < placed.size(); ++j) {
            CHECK(distance(placed[i].box, names[j].at) > names[j].radius_mm);
            if (j != i) CHECK_FALSE(placed[i].box.overlaps(placed[j].box));
        }
    }
}

TEST_CASE(
    "point labels: beside a line that may not be crossed a name goes off with a leader, not over its "
    "neighbour") {
    // Of the two marks the right one has no room to its right; to its left, above or below its name would be
    // centred on the other mark.
    std::vector<PointName> names{named("Upper Stoke", {50, 40}), named("Radford", {54.5, 40})};
    NameObstacles obstacles = obstacles_of(names);
    obstacles.forbidden_lines.push_back({{57, 0}, {57, 80}});
    const std::vector<PlacedName> placed = place_names(names, obstacles, liberation_sans());
    for (std::size_t i = 0; i < 2; ++i) {
        CAPTURE(names[i].text);
        REQUIRE(placed[i].placed);
        const double own = distance(placed[i].box, names[i].at);
        const double others = distance(placed[i].box, names[1 - i].at);
        CHECK((placed[i].has_leader || own < others));
    }
}
