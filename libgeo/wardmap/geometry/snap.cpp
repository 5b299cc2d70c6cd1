#include "wardmap/geometry/snap.hpp"

#include "wardmap/geometry/vertex_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

namespace wardmap {
namespace {

/// The first vertex within a distance of each.
class Representatives {
public:
    Representatives(double tolerance, std::size_t expected) : tolerance_(tolerance), cells_(expected) {
        points_.reserve(expected);
        next_.reserve(expected);
    }

    Point of(Point point) {
        std::uint32_t earliest = none;
        const std::array<double, 2> columns{cell(point.x - tolerance_), cell(point.x + tolerance_)};
        const std::array<double, 2> rows{cell(point.y - tolerance_), cell(point.y + tolerance_)};
        for (std::size_t x = 0; x < (columns[0] == columns[1] ? 1 : 2); ++x) {
            for (std::size_t y = 0; y < (rows[0] == rows[1] ? 1 : 2); ++y) {
                for (std::uint32_t i = latest_in({columns[x], rows[y]}); i != none; i = next_[i]) {
                    if (i < earliest &&
                        std::hypot(points_[i].x - point.x, points_[i].y - point.y) <= tolerance_) {
                        earliest = i;
                    }
                }
            }
        }
        if (earliest != none) return points_[earliest];
        const VertexId home = cells_.of({cell(point.x), cell(point.y)});
        if (home == latest_.size()) latest_.push_back(none);
        next_.push_back(latest_[home]);
        latest_[home] = static_cast<std::uint32_t>(points_.size());
        points_.push_back(point);
        return point;
    }

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    /// Cells are much wider than the tolerance, so that a point seldom has to look into more than its own.
    double cell(double v) const {
        constexpr double tolerances = 64;
        return std::floor(v / (tolerances * tolerance_));
    }
    std::uint32_t latest_in(Point cell) const {
        const std::optional<VertexId> found = cells_.find(cell);
        return found ? latest_[*found] : none;
    }

    double tolerance_;
    std::vector<Point> points_{};
    std::vector<std::uint32_t> next_{};  ///< the point before in the same cell
    VertexNumbers cells_;
    std::vector<std::uint32_t> latest_{};  ///< of each cell
};

}  // namespace

double coordinate_noise(std::span<const MultiPolygon> shapes) noexcept {
    double largest = 0;
    for (const MultiPolygon& shape : shapes) {
        for (const Point p : shape.points) largest = std::max({largest, std::abs(p.x), std::abs(p.y)});
    }
    return largest * 1e-9;
}

std::vector<MultiPolygon> snap_vertices(std::span<const MultiPolygon> shapes, double tolerance) {
    if (!(tolerance > 0)) return {shapes.begin(), shapes.end()};
    std::size_t count = 0;
    for (const MultiPolygon& shape : shapes) count += shape.points.size();
    Representatives representatives(tolerance, count);
    std::vector<MultiPolygon> out;
    out.reserve(shapes.size());
    std::vector<Point> ring;
    for (const MultiPolygon& shape : shapes) {
        MultiPolygon moved;
        for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
            for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
                ring.clear();
                for (const Point point : shape.ring(r)) {
                    const Point at = representatives.of(point);
                    if (ring.empty() || !(ring.back() == at)) ring.push_back(at);
                }
                if (ring.size() < 4) {
                    moved.add_ring(shape.ring(r));
                } else {
                    moved.add_ring(ring);
                }
            }
            moved.end_polygon();
        }
        out.push_back(std::move(moved));
    }
    return out;
}

}  // namespace wardmap
