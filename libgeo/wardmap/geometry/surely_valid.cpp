#include "wardmap/geometry/surely_valid.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace wardmap {
namespace {

/// 1 if `p` lies left of the line from `a` to `b`, -1 if right; 0 if rounding could have turned the answer
/// (the filter of Shewchuk 1997, "Adaptive precision floating-point arithmetic", orient2d).
int sure_side(Point a, Point b, Point p) {
    constexpr double most_error = 3.3306690738754716e-16;  // (3 + 16 e) e with e = 2^-53
    constexpr double no_underflow = 1e-280;
    const double one = (a.x - p.x) * (b.y - p.y);
    const double other = (a.y - p.y) * (b.x - p.x);
    const double bound = most_error * (std::abs(one) + std::abs(other)) + no_underflow;
    return static_cast<int>(one - other > bound) - static_cast<int>(other - one > bound);
}

/// No point in common.
bool surely_apart(Point a, Point b, Point c, Point d) {
    if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x)) return true;
    if (std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y)) return true;
    const int side_of_c = sure_side(a, b, c);
    if (side_of_c != 0 && side_of_c == sure_side(a, b, d)) return true;
    const int side_of_a = sure_side(c, d, a);
    return side_of_a != 0 && side_of_a == sure_side(c, d, b);
}

/// The edges from `a` to `b` and from `b` to `c` have only `b` in common: they turn, or lead on.
bool surely_no_spike(Point a, Point b, Point c) {
    if (sure_side(a, b, c) != 0) return true;
    return (a.x < b.x && b.x < c.x) || (a.x > b.x && b.x > c.x) || (a.y < b.y && b.y < c.y) ||
           (a.y > b.y && b.y > c.y);
}

constexpr std::size_t lanes = 8;
using Whole = std::int16_t;
/// Eight numbers at a time: one instruction on every machine with vectors (an extension that g++ and clang
/// share).
using Lanes = Whole __attribute__((vector_size(lanes * sizeof(Whole))));

constexpr Whole lowest = std::numeric_limits<Whole>::min();
constexpr Whole highest = std::numeric_limits<Whole>::max();

static_assert(std::endian::native == std::endian::little, "all_of_lanes() counts lanes from the low end");

/// Calls `each(l)` for the lanes that are not 0 until it answers false; says whether it never did.
template <typename Each>
bool all_of_lanes(Lanes found, const Each& each) {
    constexpr std::size_t bits = 16;
    constexpr std::size_t lanes_a_half = lanes / 2;
    const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(found);
    for (std::size_t half = 0; half < halves.size(); ++half) {
        for (std::uint64_t left = halves[half]; left != 0;) {
            const auto l = static_cast<std::size_t>(std::countr_zero(left)) / bits;
            left &= ~(std::uint64_t{0xFFFF} << (l * bits));
            if (!each(half * lanes_a_half + l)) return false;
        }
    }
    return true;
}

/// Eight boxes in whole numbers. One that is emptied overlaps nothing that keeps off the highest and the
/// lowest number.
struct EightBoxes {
    Lanes left = Lanes{} + highest;
    Lanes right = Lanes{} + lowest;
    Lanes low = Lanes{} + highest;
    Lanes high = Lanes{} + lowest;

    /// A lane is not 0 where its box and that of lane `l` of the other overlap.
    Lanes overlapping(const EightBoxes& other, std::size_t l) const {
        return (left <= other.right[l]) & (right >= other.left[l]) & (low <= other.high[l]) &
               (high >= other.low[l]);
    }
    void empty(std::size_t l) {
        left[l] = low[l] = highest;
        right[l] = high[l] = lowest;
    }
    /// Lane `l` becomes the box around all of the others.
    void surround(std::size_t l, const EightBoxes& others) {
        for (std::size_t k = 0; k < lanes; ++k) {
            left[l] = std::min<Whole>(left[l], others.left[k]);
            right[l] = std::max<Whole>(right[l], others.right[k]);
            low[l] = std::min<Whole>(low[l], others.low[k]);
            high[l] = std::max<Whole>(high[l], others.high[k]);
        }
    }
};

/// The edges of a shape, each known by the index of its first point, in runs of eight neighbours.
///
/// Coordinates are rounded down to whole numbers, 65,536 over the shape's box: what overlaps in doubles
/// overlaps in those too, so that only pairs that may meet are looked at closely. Every run is held against
/// every other, eight at a time.
class EdgeRuns {
public:
    explicit EdgeRuns(const MultiPolygon& shape) : shape_(shape) {
        const Box box = shape.box();
        const double scale_x = (highest - lowest - 2) / box.width();
        const double scale_y = (highest - lowest - 2) / box.height();
        usable_ = shape.points.size() <= most_points && std::isnormal(scale_x) && std::isnormal(scale_y);
        if (!usable_) return;
        const std::size_t n = shape.points.size();
        runs_.resize(n / lanes + 1);
        around_.resize(runs_.size() / lanes + 1);
        std::vector<Whole> x(runs_.size() * lanes + 1);
        std::vector<Whole> y(x.size());
        for (std::size_t i = 0; i < n; ++i) {
            x[i] = whole((shape.points[i].x - box.min_x) * scale_x);
            y[i] = whole((shape.points[i].y - box.min_y) * scale_y);
        }
        for (std::size_t run = 0; run < runs_.size(); ++run) {
            const std::size_t first = run * lanes;
            const Lanes from_x = lanes_at(x, first), to_x = lanes_at(x, first + 1);
            const Lanes from_y = lanes_at(y, first), to_y = lanes_at(y, first + 1);
            runs_[run] = {from_x < to_x ? from_x : to_x, from_x > to_x ? from_x : to_x,
                          from_y < to_y ? from_y : to_y, from_y > to_y ? from_y : to_y};
        }
        // From the last point of a ring no edge leads on.
        for (std::size_t r = 1; r < shape.ring_starts.size(); ++r) remove(shape.ring_starts[r] - 1);
        for (std::size_t edge = n; edge < runs_.size() * lanes; ++edge) remove(edge);
        for (std::size_t run = 0; run < runs_.size(); ++run)
            around_[run / lanes].surround(run % lanes, runs_[run]);
    }

    bool none_meet() const {
        if (!usable_) return false;
        for (std::size_t run = 0; run < runs_.size(); ++run) {
            for (std::size_t group = run / lanes; group < around_.size(); ++group) {
                const Lanes near = around_[group].overlapping(around_[run / lanes], run % lanes);
                if (!all_of_lanes(near, [&](std::size_t l) {
                        const std::size_t other = group * lanes + l;
                        return other < run || runs_surely_apart(run, other);
                    })) {
                    return false;
                }
            }
        }
        return true;
    }

private:
    // Time grows with the square of the points; here it still is a tenth of what GEOS takes.
    static constexpr std::size_t most_points = 200'000;

    static Whole whole(double scaled) {
        return static_cast<Whole>(static_cast<std::int32_t>(scaled) + lowest + 1);
    }

    static Lanes lanes_at(const std::vector<Whole>& numbers, std::size_t first) {
        Lanes out;
        std::memcpy(&out, &numbers[first], sizeof out);
        return out;
    }

    void remove(std::size_t edge) { runs_[edge / lanes].empty(edge % lanes); }

    bool runs_surely_apart(std::size_t run, std::size_t other) const {
        constexpr Lanes number{0, 1, 2, 3, 4, 5, 6, 7};
        for (std::size_t l = 0; l < lanes; ++l) {
            const std::size_t edge = run * lanes + l;
            Lanes near = runs_[other].overlapping(runs_[run], l);
            // Each pair once, and no edge with itself or with the one that follows it.
            if (other <= run + 1) near &= number > static_cast<Whole>(edge + 1 - other * lanes);
            if (!all_of_lanes(near,
                              [&](std::size_t k) { return edges_surely_apart(edge, other * lanes + k); }))
                return false;
        }
        return true;
    }

    bool edges_surely_apart(std::size_t edge, std::size_t later) const {
        const std::vector<Point>& p = shape_.points;
        return surely_apart(p[edge], p[edge + 1], p[later], p[later + 1]) || closes(edge, later);
    }

    /// The first and the last edge of a ring, which meet where it closes.
    bool closes(std::size_t edge, std::size_t later) const {
        const auto start = std::lower_bound(shape_.ring_starts.begin(), shape_.ring_starts.end(), edge);
        return start != shape_.ring_starts.end() && *start == edge && start[1] == later + 2;
    }

    const MultiPolygon& shape_;
    bool usable_ = false;
    std::vector<EightBoxes> runs_{};
    std::vector<EightBoxes> around_{};  ///< lane l of group g is the box around run g * lanes + l
};

/// Where one edge follows another, they have no more than the point between them in common.
bool surely_no_spikes(const MultiPolygon& shape) {
    for (std::size_t r = 0; r < shape.ring_count(); ++r) {
        const std::span<const Point> ring = shape.ring(r);
        Point before = ring[ring.size() - 2];
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            if (!surely_no_spike(before, ring[i], ring[i + 1])) return false;
            before = ring[i];
        }
    }
    return true;
}

/// Whether a point lies inside a ring; nothing if that is too near to call.
std::optional<bool> inside(std::span<const Point> ring, Point p) {
    bool odd = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Point a = ring[i - 1];
        const Point b = ring[i];
        if ((a.y > p.y) == (b.y > p.y)) continue;
        const int side = sure_side(a, b, p);
        if (side == 0) return std::nullopt;
        if ((side > 0) == (b.y > a.y)) odd = !odd;
    }
    return odd;
}

/// Holes in their outer rings, nothing else in anything. One point tells for a whole ring, because no two
/// rings meet.
bool rings_surely_in_place(const MultiPolygon& shape) {
    if (shape.ring_count() == 1) return true;
    constexpr std::size_t most_rings = 256;  // each is held against each
    if (shape.ring_count() > most_rings) return false;
    std::vector<Box> boxes(shape.ring_count());
    for (std::size_t r = 0; r < boxes.size(); ++r) {
        for (const Point p : shape.ring(r)) boxes[r].add(p);
    }
    const auto surely_outside_each_other = [&](std::size_t r, std::size_t s) {
        return !boxes[r].overlaps(boxes[s]) || (inside(shape.ring(r), shape.ring(s).front()) == false &&
                                                inside(shape.ring(s), shape.ring(r).front()) == false);
    };
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        const std::size_t outer = shape.polygon_starts[p];
        for (std::size_t hole = outer + 1; hole < shape.polygon_starts[p + 1]; ++hole) {
            if (inside(shape.ring(outer), shape.ring(hole).front()) != true) return false;
            for (std::size_t other = outer + 1; other < hole; ++other) {
                if (!surely_outside_each_other(hole, other)) return false;
            }
        }
        for (std::size_t q = 0; q < p; ++q) {
            if (!surely_outside_each_other(outer, shape.polygon_starts[q])) return false;
        }
    }
    return true;
}

}  // namespace

bool surely_valid(const MultiPolygon& shape) {
    return !shape.empty() && surely_no_spikes(shape) && EdgeRuns(shape).none_meet() &&
           rings_surely_in_place(shape);
}

}  // namespace wardmap
