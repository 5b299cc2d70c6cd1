#include "wardmap/geometry/label_point.hpp"

#include "wardmap/geometry/measure.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <vector>

namespace wardmap {
namespace {

/// The polygon of the largest area, alone.
MultiPolygon largest_polygon(const MultiPolygon& shape) {
    MultiPolygon best;
    double best_area = -1;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        MultiPolygon one;
        for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r)
            one.add_ring(shape.ring(r));
        one.end_polygon();
        const double area = area_of(one);
        if (area > best_area) {
            best_area = area;
            best = std::move(one);
        }
    }
    return best;
}

/// Distance to the boundary, negative outside.
double depth(const MultiPolygon& shape, Point point) {
    const double distance = distance_to_boundary(shape, point);
    return locate(shape, point) == Location::inside ? distance : -distance;
}

struct Cell {
    Point centre{};
    double half = 0;   ///< half of its side
    double depth = 0;  ///< of the centre
    double most = 0;   ///< no point of the cell lies deeper
};

/// Deepest possible first; ties by place, so that the order is always the same.
struct Shallower {
    bool operator()(const Cell& a, const Cell& b) const noexcept {
        if (a.most != b.most) return a.most < b.most;
        if (a.centre.x != b.centre.x) return a.centre.x > b.centre.x;
        return a.centre.y > b.centre.y;
    }
};

Cell cell_at(const MultiPolygon& shape, Point centre, double half) {
    const double at = depth(shape, centre);
    return {centre, half, at, at + half * std::sqrt(2.0)};
}

}  // namespace

Point visual_centre(const MultiPolygon& shape, double precision) {
    const MultiPolygon polygon = largest_polygon(shape);
    const Box box = polygon.box();
    if (box.empty()) return {};
    const double shorter = std::min(box.width(), box.height());
    if (shorter == 0) return box.center();
    if (!(precision > 0)) precision = shorter / 1000;

    std::priority_queue<Cell, std::vector<Cell>, Shallower> cells;
    constexpr double most_cells = 64;  // along the longer side: a hair-thin shape does not make millions
    const double side = std::max(shorter, std::max(box.width(), box.height()) / most_cells);
    const double half = side / 2;
    for (double x = box.min_x; x < box.max_x; x += side) {
        for (double y = box.min_y; y < box.max_y; y += side) {
            cells.push(cell_at(polygon, {x + half, y + half}, half));
        }
    }
    Cell best = cell_at(polygon, centroid(polygon), 0);
    // The search looks at the most promising cells first, so a hair-thin shape loses little by the limit.
    constexpr int most_steps = 20000;
    for (int step = 0; step < most_steps && !cells.empty(); ++step) {
        const Cell cell = cells.top();
        cells.pop();
        if (cell.depth > best.depth + (best.half == 0 ? precision : 0)) best = cell;
        if (cell.most - best.depth <= precision) break;
        const double quarter = cell.half / 2;
        for (const double dx : {-quarter, quarter}) {
            for (const double dy : {-quarter, quarter}) {
                cells.push(cell_at(polygon, {cell.centre.x + dx, cell.centre.y + dy}, quarter));
            }
        }
    }
    return best.centre;
}

}  // namespace wardmap
