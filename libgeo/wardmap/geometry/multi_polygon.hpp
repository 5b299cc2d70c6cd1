/// \file
/// The shape of an area: polygons with holes in flat arrays.
#pragma once

#include "wardmap/geometry/point.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wardmap {

/// Any number of polygons, each an outer ring followed by its holes, all in one array of points.
///
/// Rings are closed (the last point repeats the first) and have at least four points. Outer rings
/// run counter-clockwise with y up, holes clockwise; readers see to it. A shape without polygons is
/// allowed: an area whose shape is unknown.
struct MultiPolygon {
    std::vector<Point> points{};
    /// Ring r is points[ring_starts[r]] up to points[ring_starts[r + 1]]; one more entry than rings.
    std::vector<std::uint32_t> ring_starts{0};
    /// Polygon p is rings polygon_starts[p] up to polygon_starts[p + 1]; one more entry than polygons.
    std::vector<std::uint32_t> polygon_starts{0};

    std::size_t ring_count() const noexcept { return ring_starts.size() - 1; }
    std::size_t polygon_count() const noexcept { return polygon_starts.size() - 1; }
    bool empty() const noexcept { return points.empty(); }

    std::span<const Point> ring(std::size_t r) const noexcept {
        return {points.data() + ring_starts[r], points.data() + ring_starts[r + 1]};
    }
    /// Appends a ring to the polygon being built; end_polygon() closes that polygon.
    void add_ring(std::span<const Point> ring) {
        points.insert(points.end(), ring.begin(), ring.end());
        ring_starts.push_back(static_cast<std::uint32_t>(points.size()));
    }
    void end_polygon() { polygon_starts.push_back(static_cast<std::uint32_t>(ring_count())); }

    Box box() const noexcept {
        Box out;
        for (const Point p : points) out.add(p);
        return out;
    }
    friend bool operator==(const MultiPolygon&, const MultiPolygon&) = default;
};

}  // namespace wardmap
