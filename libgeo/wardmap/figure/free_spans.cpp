#include "wardmap/figure/free_spans.hpp"

#include <algorithm>
#include <cmath>

namespace wardmap {
namespace {

double ring_area(std::span<const Point> ring) {
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        twice += ring[i].x * ring[i + 1].y - ring[i + 1].x * ring[i].y;
    }
    return std::abs(twice) / 2;
}

}  // namespace

std::size_t largest_part(const MultiPolygon& shape) {
    std::size_t best = 0;
    double best_area = -1;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        double area = 0;
        for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
            const double a = ring_area(shape.ring(r));
            area += r == shape.polygon_starts[p] ? a : -a;
        }
        if (area > best_area) {
            best_area = area;
            best = p;
        }
    }
    return best;
}

void SpanFinder::add_ring(std::span<const Point> ring) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[i + 1];
        box_.add(a);
        if (a == b) continue;
        starts_.clear();
        edges_.push_back(a.y <= b.y ? Edge{a.x, a.y, b.x, b.y} : Edge{b.x, b.y, a.x, a.y});
    }
}

void SpanFinder::add(const MultiPolygon& shape) {
    for (std::size_t r = 0; r < shape.ring_count(); ++r) add_ring(shape.ring(r));
}

void SpanFinder::add_largest_part(const MultiPolygon& shape) {
    if (shape.polygon_count() == 0) return;
    const std::size_t p = largest_part(shape);
    for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r)
        add_ring(shape.ring(r));
}

std::size_t SpanFinder::bucket_of(double y) const {
    const std::size_t count = static_cast<std::size_t>(box_.height()) + 1;
    return std::min(count - 1, static_cast<std::size_t>(std::max(0.0, y - box_.min_y)));
}

void SpanFinder::index() const {
    const std::size_t count = static_cast<std::size_t>(box_.height()) + 1;
    starts_.assign(count + 1, 0);
    for (const Edge& e : edges_) {
        for (std::size_t b = bucket_of(e.y1); b <= bucket_of(e.y2); ++b) ++starts_[b + 1];
    }
    for (std::size_t b = 0; b < count; ++b) starts_[b + 1] += starts_[b];
    filed_.resize(starts_.back());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (const Edge& e : edges_) {
        const std::size_t first = bucket_of(e.y1);
        for (std::size_t b = first; b <= bucket_of(e.y2); ++b) filed_[next[b]++] = {e, first};
    }
}

void SpanFinder::find(double top, double bottom, Side side, FreeSpan limits,
                      std::vector<FreeSpan>& out) const {
    out.clear();
    thread_local std::vector<FreeSpan> blocked;
    thread_local std::vector<double> crossings;
    blocked.clear();
    crossings.clear();
    if (edges_.empty()) {
        if (side == Side::inside) return;
    } else {
        if (starts_.empty()) index();
    }
    const double middle = (top + bottom) / 2;
    const auto look_at = [&](const Edge& e) {
        if (e.y2 < top || e.y1 > bottom) return;
        double from = e.x1;
        double to = e.x2;
        if (e.y2 > e.y1) {
            const double slope = (e.x2 - e.x1) / (e.y2 - e.y1);
            if (e.y1 < top) from = e.x1 + (top - e.y1) * slope;
            if (e.y2 > bottom) to = e.x1 + (bottom - e.y1) * slope;
            if (e.y1 <= middle && middle < e.y2) crossings.push_back(e.x1 + (middle - e.y1) * slope);
        }
        if (from > to) std::swap(from, to);
        blocked.push_back({from, to});
    };
    if (!edges_.empty() && bottom >= box_.min_y && top <= box_.max_y) {
        const std::size_t first = bucket_of(top);
        const std::size_t last = bucket_of(bottom);
        for (std::size_t b = first; b <= last; ++b) {
            for (std::uint32_t k = starts_[b]; k < starts_[b + 1]; ++k) {
                // An edge stands in every bucket it reaches: it counts in the first of those asked.
                if (b == std::max(first, filed_[k].first)) look_at(filed_[k].edge);
            }
        }
    }
    const std::size_t borders = blocked.size();
    if (borders == 0 && side == Side::inside) return;
    for (const Box& o : obstacles_) {
        if (o.max_y < top || o.min_y > bottom) continue;
        blocked.push_back({o.min_x, o.max_x});
    }
    std::sort(blocked.begin(), blocked.end(), [](const FreeSpan& a, const FreeSpan& b) {
        return a.from < b.from || (a.from == b.from && a.to < b.to);
    });
    std::sort(crossings.begin(), crossings.end());

    std::size_t passed = 0;
    double at = limits.from;
    const auto take = [&](double from, double to) {
        from = std::max(from, limits.from);
        to = std::min(to, limits.to);
        if (to <= from) return;
        const double x = (from + to) / 2;
        while (passed < crossings.size() && crossings[passed] < x) ++passed;
        const bool is_inside = passed % 2 == 1;
        if (is_inside == (side == Side::inside)) out.push_back({from, to});
    };
    for (const FreeSpan& b : blocked) {
        if (b.from > at) take(at, b.from);
        at = std::max(at, b.to);
    }
    take(at, limits.to);
}

}  // namespace wardmap
