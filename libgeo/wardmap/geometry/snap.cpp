#include "wardmap/geometry/snap.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace wardmap {
namespace {

struct CellHash {
    std::size_t operator()(const std::pair<std::int64_t, std::int64_t>& cell) const noexcept {
        constexpr std::uint64_t mix = 0x9E3779B97F4A7C15ULL;
        auto hash = static_cast<std::uint64_t>(cell.first) * mix;
        hash ^= (static_cast<std::uint64_t>(cell.second) + mix + (hash << 6) + (hash >> 2)) * mix;
        return static_cast<std::size_t>(hash ^ (hash >> 32));
    }
};

/// The first vertex within a distance of each.
class Representatives {
public:
    explicit Representatives(double tolerance) : tolerance_(tolerance) {}

    Point of(Point point) {
        std::size_t earliest = points_.size();
        for (std::int64_t x = cell(point.x - tolerance_); x <= cell(point.x + tolerance_); ++x) {
            for (std::int64_t y = cell(point.y - tolerance_); y <= cell(point.y + tolerance_); ++y) {
                const auto found = cells_.find({x, y});
                if (found == cells_.end()) continue;
                for (const std::size_t i : found->second) {
                    if (i < earliest &&
                        std::hypot(points_[i].x - point.x, points_[i].y - point.y) <= tolerance_) {
                        earliest = i;
                    }
                }
            }
        }
        if (earliest < points_.size()) return points_[earliest];
        cells_[{cell(point.x), cell(point.y)}].push_back(points_.size());
        points_.push_back(point);
        return point;
    }

private:
    /// Cells are much wider than the tolerance, so that a point seldom has to look into more than its own.
    std::int64_t cell(double v) const {
        constexpr double tolerances = 64;
        return static_cast<std::int64_t>(std::floor(v / (tolerances * tolerance_)));
    }

    double tolerance_;
    std::vector<Point> points_{};
    std::unordered_map<std::pair<std::int64_t, std::int64_t>, std::vector<std::size_t>, CellHash> cells_{};
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
    Representatives representatives(tolerance);
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
