#include "wardmap/geometry/measure.hpp"

#include "wardmap/geometry/orientation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wardmap {
namespace {

/// Squared distance from `p` to the segment a-b.
double squared_distance(Point p, Point a, Point b) noexcept {
    double dx = b.x - a.x;
    double dy = b.y - a.y;
    double x = a.x;
    double y = a.y;
    if (dx != 0 || dy != 0) {
        const double along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy);
        const double t = std::clamp(along, 0.0, 1.0);
        x += t * dx;
        y += t * dy;
    }
    dx = p.x - x;
    dy = p.y - y;
    return dx * dx + dy * dy;
}

}  // namespace

double signed_area(std::span<const Point> ring) noexcept {
    if (ring.size() < 4) return 0;
    const Point origin = ring.front();  // near the ring, so that large coordinates lose no digits
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        twice += (ring[i].x - origin.x) * (ring[i + 1].y - origin.y) -
                 (ring[i + 1].x - origin.x) * (ring[i].y - origin.y);
    }
    return twice / 2;
}

double area_of(const MultiPolygon& shape) noexcept {
    double sum = 0;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
            const double area = std::abs(signed_area(shape.ring(r)));
            sum += r == shape.polygon_starts[p] ? area : -area;
        }
    }
    return sum;
}

double perimeter_of(const MultiPolygon& shape) noexcept {
    double sum = 0;
    for (std::size_t r = 0; r < shape.ring_count(); ++r) {
        const auto ring = shape.ring(r);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            sum += std::hypot(ring[i + 1].x - ring[i].x, ring[i + 1].y - ring[i].y);
        }
    }
    return sum;
}

Point centroid(const MultiPolygon& shape) noexcept {
    if (shape.empty()) return {};
    const Point origin = shape.points.front();
    double weight = 0;
    Point sum;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
            const auto ring = shape.ring(r);
            double twice = 0;
            Point moment;
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                const Point a{ring[i].x - origin.x, ring[i].y - origin.y};
                const Point b{ring[i + 1].x - origin.x, ring[i + 1].y - origin.y};
                const double cross = a.x * b.y - b.x * a.y;
                twice += cross;
                moment.x += (a.x + b.x) * cross;
                moment.y += (a.y + b.y) * cross;
            }
            // Whatever way a ring runs, the outer one counts for and the holes against.
            const double sign = ((twice < 0) == (r == shape.polygon_starts[p])) ? -1.0 : 1.0;
            weight += sign * twice * 3;
            sum.x += sign * moment.x;
            sum.y += sign * moment.y;
        }
    }
    if (weight != 0) return {origin.x + sum.x / weight, origin.y + sum.y / weight};
    Point mean;
    for (const Point point : shape.points) {
        mean.x += (point.x - origin.x) / static_cast<double>(shape.points.size());
        mean.y += (point.y - origin.y) / static_cast<double>(shape.points.size());
    }
    return {origin.x + mean.x, origin.y + mean.y};
}

Location locate(const MultiPolygon& shape, Point point) noexcept {
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) return Location::outside;
    bool inside = false;
    for (std::size_t r = 0; r < shape.ring_count(); ++r) {
        const auto ring = shape.ring(r);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Point a = ring[i];
            const Point b = ring[i + 1];
            if (point == a) return Location::boundary;
            const bool crosses_level = (a.y > point.y) != (b.y > point.y);
            if (!crosses_level) {
                if (a.y == point.y && b.y == point.y && point.x >= std::min(a.x, b.x) &&
                    point.x <= std::max(a.x, b.x)) {
                    return Location::boundary;
                }
                continue;
            }
            const double side = orientation(a, b, point);
            if (side == 0) return Location::boundary;
            if ((side > 0) == (b.y > a.y)) inside = !inside;
        }
    }
    return inside ? Location::inside : Location::outside;
}

bool contains(const MultiPolygon& shape, Point point) noexcept {
    return locate(shape, point) != Location::outside;
}

double distance_to_boundary(const MultiPolygon& shape, Point point) noexcept {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t r = 0; r < shape.ring_count(); ++r) {
        const auto ring = shape.ring(r);
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            nearest = std::min(nearest, squared_distance(point, ring[i], ring[i + 1]));
        }
    }
    return std::sqrt(nearest);
}

}  // namespace wardmap
