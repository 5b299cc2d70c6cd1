/// \file
/// Points and boxes. x is always easting or longitude, y northing or latitude.
#pragma once

#include <algorithm>
#include <limits>

namespace wardmap {

struct Point {
    double x = 0;
    double y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

/// An axis-parallel box; empty (min above max) until something is added.
struct Box {
    double min_x = std::numeric_limits<double>::infinity();
    double min_y = std::numeric_limits<double>::infinity();
    double max_x = -std::numeric_limits<double>::infinity();
    double max_y = -std::numeric_limits<double>::infinity();

    bool empty() const noexcept { return min_x > max_x || min_y > max_y; }
    double width() const noexcept { return empty() ? 0 : max_x - min_x; }
    double height() const noexcept { return empty() ? 0 : max_y - min_y; }
    Point center() const noexcept { return {(min_x + max_x) / 2, (min_y + max_y) / 2}; }

    void add(Point p) noexcept {
        min_x = std::min(min_x, p.x);
        min_y = std::min(min_y, p.y);
        max_x = std::max(max_x, p.x);
        max_y = std::max(max_y, p.y);
    }
    void add(const Box& other) noexcept {
        if (other.empty()) return;
        add(Point{other.min_x, other.min_y});
        add(Point{other.max_x, other.max_y});
    }
    bool contains(Point p) const noexcept {
        return p.x >= min_x && p.x <= max_x && p.y >= min_y && p.y <= max_y;
    }
    /// True if the two share an area or an edge.
    bool overlaps(const Box& other) const noexcept {
        return min_x <= other.max_x && other.min_x <= max_x && min_y <= other.max_y && other.min_y <= max_y;
    }
    /// The same box with `margin` added on every side (negative: taken off).
    Box grown(double margin) const noexcept {
        return {min_x - margin, min_y - margin, max_x + margin, max_y + margin};
    }
    friend bool operator==(const Box&, const Box&) = default;
};

}  // namespace wardmap
