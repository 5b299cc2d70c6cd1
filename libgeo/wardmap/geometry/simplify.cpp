#include "wardmap/geometry/simplify.hpp"

#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/snap.hpp"
#include "wardmap/geometry/vertex_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace wardmap {
namespace {

/// A stretch of border between two points where borders meet (or a whole ring where none do), in one
/// direction whoever uses it.
struct Arc {
    std::vector<VertexId> vertices{};
    double tolerance = 0;
    std::vector<VertexId> kept{};  ///< what is left of `vertices`
    bool changed = true;           ///< since it was last looked at for faults
};

struct ArcUse {
    std::size_t arc = 0;
    bool reversed = false;
};

/// The three vertices that tell one arc from another: its ends, and the one after its start.
using ArcKey = std::array<VertexId, 3>;
struct ArcKeyHash {
    std::size_t operator()(const ArcKey& key) const noexcept {
        std::uint64_t hash = 0;
        for (const VertexId v : key) hash = (hash ^ v) * 0x9E3779B97F4A7C15ULL + (hash >> 29);
        return static_cast<std::size_t>(hash);
    }
};

/// Distances squared: they are compared, never told.
double squared_distance(Point p, Point q) {
    return (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y);
}

double squared_distance_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    if (squared == 0) return squared_distance(p, a);
    const double t = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0);
    return squared_distance(p, {a.x + t * dx, a.y + t * dy});
}

double cross(Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// True if the segments touch or cross anywhere.
bool segments_meet(Point a, Point b, Point c, Point d) {
    const double abc = cross(a, b, c);
    const double abd = cross(a, b, d);
    const double cda = cross(c, d, a);
    const double cdb = cross(c, d, b);
    if (((abc > 0 && abd < 0) || (abc < 0 && abd > 0)) && ((cda > 0 && cdb < 0) || (cda < 0 && cdb > 0)))
        return true;
    const auto on = [](Point p, Point q, Point r) {
        return std::min(p.x, q.x) <= r.x && r.x <= std::max(p.x, q.x) && std::min(p.y, q.y) <= r.y &&
               r.y <= std::max(p.y, q.y);
    };
    return (abc == 0 && on(a, b, c)) || (abd == 0 && on(a, b, d)) || (cda == 0 && on(c, d, a)) ||
           (cdb == 0 && on(c, d, b));
}

/// Which boxes of segments lie in one cell of a grid, so that not every pair is looked at.
class SegmentGrid {
public:
    explicit SegmentGrid(std::span<const Box> boxes) : boxes_(boxes) {
        double lengths = 0;
        for (const Box& box : boxes) {
            all_.add(box);
            lengths += std::max(box.width(), box.height());
        }
        const double extent = std::max(all_.width(), all_.height());
        if (!(extent > 0)) return;
        const auto n = static_cast<double>(boxes.size());
        // Cells of a segment's size, but not many more of them than segments.
        cell_ = std::max({lengths / n, std::sqrt(all_.width() * all_.height() / (4 * n)), extent / (4 * n)});
        columns_ = column(all_.max_x) + 1;
        starts_.resize(columns_ * (row(all_.max_y) + 1) + 1);
        for (const Box& box : boxes) for_each_cell(box, [&](std::size_t at) { ++starts_[at + 1]; });
        std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
        entries_.resize(starts_.back());
        std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
        for (std::size_t i = 0; i < boxes.size(); ++i)
            for_each_cell(boxes[i],
                          [&](std::size_t at) { entries_[next[at]++] = static_cast<std::uint32_t>(i); });
    }

    /// Calls `work(i, j)` for every two segments whose boxes meet, once or more often.
    template <typename Work>
    void for_each_pair(const Work& work) const {
        for (std::size_t cell = 0; cell + 1 < starts_.size(); ++cell) {
            for (std::size_t i = starts_[cell]; i < starts_[cell + 1]; ++i) {
                for (std::size_t j = i + 1; j < starts_[cell + 1]; ++j) {
                    if (boxes_[entries_[i]].overlaps(boxes_[entries_[j]])) work(entries_[i], entries_[j]);
                }
            }
        }
    }

    /// Calls `work(i)` for every segment whose box meets this one, once or more often.
    template <typename Work>
    void for_each_meeting(const Box& box, const Work& work) const {
        if (starts_.empty() || !box.overlaps(all_)) return;
        const Box within{std::max(box.min_x, all_.min_x), std::max(box.min_y, all_.min_y),
                         std::min(box.max_x, all_.max_x), std::min(box.max_y, all_.max_y)};
        for_each_cell(within, [&](std::size_t cell) {
            for (std::size_t i = starts_[cell]; i < starts_[cell + 1]; ++i) {
                if (boxes_[entries_[i]].overlaps(box)) work(entries_[i]);
            }
        });
    }

private:
    std::size_t column(double x) const { return static_cast<std::size_t>((x - all_.min_x) / cell_); }
    std::size_t row(double y) const { return static_cast<std::size_t>((y - all_.min_y) / cell_); }

    template <typename Take>
    void for_each_cell(const Box& box, const Take& take) const {
        for (std::size_t y = row(box.min_y); y <= row(box.max_y); ++y) {
            for (std::size_t x = column(box.min_x); x <= column(box.max_x); ++x) take(y * columns_ + x);
        }
    }

    std::span<const Box> boxes_;
    Box all_{};
    double cell_ = 1;
    std::size_t columns_ = 1;
    std::vector<std::uint32_t> starts_{};  ///< of each cell's entries; one more than cells; empty: no segment
    std::vector<std::uint32_t> entries_{};
};

/// All borders as arcs, and the shapes as uses of arcs.
class Borders {
public:
    Borders(std::span<const MultiPolygon> shapes, double tolerance) : tolerance_(tolerance) {
        number_vertices(shapes);
        find_meeting_points();
        std::size_t at = 0;
        for (const MultiPolygon& shape : shapes) {
            for (std::size_t r = 0; r < shape.ring_count(); ++r) {
                const std::size_t count = shape.ring(r).size();
                add_ring({ids_.data() + at, ids_.data() + at + count});
                at += count;
            }
        }
    }

    std::vector<MultiPolygon> simplified(std::span<const MultiPolygon> shapes) {
        for (Arc& arc : arcs_) simplify(arc);
        // Each round halves the tolerance of the arcs at fault, until they are as they were: so it comes to
        // an end.
        for (bool changed = true; changed;) {
            changed = false;
            std::vector<bool> fault(arcs_.size(), false);
            const bool collapsed = mark_collapsed_rings(fault);
            const bool crossed = mark_crossings(fault);
            if (!collapsed && !crossed) break;
            for (Arc& arc : arcs_) arc.changed = false;
            for (std::size_t a = 0; a < arcs_.size(); ++a) {
                if (!fault[a] || arcs_[a].tolerance == 0) continue;
                constexpr double halvings = 256;
                arcs_[a].tolerance = arcs_[a].tolerance * halvings <= tolerance_ ? 0 : arcs_[a].tolerance / 2;
                simplify(arcs_[a]);
                changed = arcs_[a].changed = true;
            }
        }
        return rebuilt(shapes);
    }

private:
    void number_vertices(std::span<const MultiPolygon> shapes) {
        std::size_t all = 0;
        for (const MultiPolygon& shape : shapes) all += shape.points.size();
        VertexNumbers numbers(all);
        ids_.reserve(all);
        for (const MultiPolygon& shape : shapes) {
            for (const Point p : shape.points) ids_.push_back(numbers.of(p));
        }
        points_ = numbers.take_points();
        // The points of a ring stand together, so neighbours in the list are neighbours on the ring, but
        // for the step from one ring to the next, which add_neighbours leaves out.
        neighbours_.resize(points_.size());
        std::size_t at = 0;
        for (const MultiPolygon& shape : shapes) {
            for (std::size_t r = 0; r < shape.ring_count(); ++r) {
                const std::size_t count = shape.ring(r).size();
                for (std::size_t i = at; i + 1 < at + count; ++i) {
                    add_neighbour(ids_[i], ids_[i + 1]);
                    add_neighbour(ids_[i + 1], ids_[i]);
                }
                at += count;
            }
        }
    }

    struct Neighbours {
        std::array<VertexId, 2> first{};
        std::uint8_t count = 0;  ///< 3: more than two
    };

    void add_neighbour(VertexId of, VertexId other) {
        Neighbours& n = neighbours_[of];
        if (of == other) return;
        for (std::uint8_t i = 0; i < std::min<std::uint8_t>(n.count, 2); ++i) {
            if (n.first[i] == other) return;
        }
        if (n.count < 2) n.first[n.count] = other;
        if (n.count < 3) ++n.count;
    }

    void find_meeting_points() {
        meeting_.resize(points_.size());
        for (std::size_t v = 0; v < points_.size(); ++v) meeting_[v] = neighbours_[v].count != 2;
        neighbours_.clear();
    }

    bool before(VertexId a, VertexId b) const {
        const Point p = points_[a];
        const Point q = points_[b];
        return p.x < q.x || (p.x == q.x && p.y < q.y);
    }

    /// \param ring  closed: the last id repeats the first
    void add_ring(std::span<const VertexId> ring) {
        std::vector<ArcUse> uses;
        if (ring.size() >= 4) {
            std::vector<VertexId> open(ring.begin(), ring.end() - 1);
            auto start = std::find_if(open.begin(), open.end(), [&](VertexId v) { return meeting_[v]; });
            if (start == open.end()) {
                start = std::min_element(open.begin(), open.end(),
                                         [&](VertexId a, VertexId b) { return before(a, b); });
            }
            std::rotate(open.begin(), start, open.end());
            open.push_back(open.front());
            std::vector<VertexId> stretch{open.front()};
            for (std::size_t i = 1; i < open.size(); ++i) {
                stretch.push_back(open[i]);
                if (meeting_[open[i]] || i + 1 == open.size()) {
                    uses.push_back(use_of(std::move(stretch)));
                    stretch = {open[i]};
                }
            }
        }
        rings_.push_back(std::move(uses));
    }

    ArcUse use_of(std::vector<VertexId> stretch) {
        const VertexId second = stretch[1];
        const VertexId last_but_one = stretch[stretch.size() - 2];
        const bool closed = stretch.front() == stretch.back();
        const bool reversed = closed ? before(last_but_one, second) : before(stretch.back(), stretch.front());
        if (reversed) std::reverse(stretch.begin(), stretch.end());
        const ArcKey key{stretch.front(), stretch[1], stretch.back()};
        const auto [found, fresh] = arc_of_.emplace(key, arcs_.size());
        if (fresh) arcs_.push_back({std::move(stretch), tolerance_, {}, true});
        return {found->second, reversed};
    }

    /// Marks in `keep` what Douglas and Peucker's method keeps between two kept vertices.
    void keep_between(const std::vector<VertexId>& vertices, std::size_t first, std::size_t last,
                      double tolerance, std::vector<bool>& keep) const {
        std::vector<std::pair<std::size_t, std::size_t>> open{{first, last}};
        while (!open.empty()) {
            const auto [from, to] = open.back();
            open.pop_back();
            double farthest = tolerance * tolerance;
            std::size_t at = from;
            for (std::size_t i = from + 1; i < to; ++i) {
                const double distance = squared_distance_to_segment(
                    points_[vertices[i]], points_[vertices[from]], points_[vertices[to]]);
                if (distance > farthest) {
                    farthest = distance;
                    at = i;
                }
            }
            if (at == from) continue;
            keep[at] = true;
            open.emplace_back(from, at);
            open.emplace_back(at, to);
        }
    }

    void simplify(Arc& arc) const {
        const std::vector<VertexId>& v = arc.vertices;
        if (arc.tolerance <= 0 || v.size() < 3) {
            arc.kept = v;
            return;
        }
        std::vector<bool> keep(v.size(), false);
        keep.front() = keep.back() = true;
        if (v.front() == v.back()) {
            // A ring of its own: held by its start, the vertex farthest from it, and the one farthest from
            // both.
            const std::size_t far = farthest(v, [&](Point p) { return squared_distance(p, points_[v[0]]); });
            const std::size_t side = farthest(
                v, [&](Point p) { return squared_distance_to_segment(p, points_[v[0]], points_[v[far]]); });
            std::array<std::size_t, 4> held{0, std::min(far, side), std::max(far, side), v.size() - 1};
            for (const std::size_t i : held) keep[i] = true;
            for (std::size_t i = 0; i + 1 < held.size(); ++i)
                keep_between(v, held[i], held[i + 1], arc.tolerance, keep);
        } else {
            keep_between(v, 0, v.size() - 1, arc.tolerance, keep);
        }
        arc.kept.clear();
        for (std::size_t i = 0; i < v.size(); ++i) {
            if (keep[i]) arc.kept.push_back(v[i]);
        }
    }

    template <typename Distance>
    std::size_t farthest(const std::vector<VertexId>& vertices, const Distance& distance) const {
        std::size_t best = 0;
        double most = -1;
        for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
            const double d = distance(points_[vertices[i]]);
            if (d > most) {
                most = d;
                best = i;
            }
        }
        return best;
    }

    std::vector<Point> ring_points(const std::vector<ArcUse>& uses, bool full) const {
        std::vector<Point> ring;
        for (const ArcUse& use : uses) {
            const Arc& arc = arcs_[use.arc];
            const std::vector<VertexId>& v = full ? arc.vertices : arc.kept;
            for (std::size_t i = ring.empty() ? 0 : 1; i < v.size(); ++i) {
                ring.push_back(points_[v[use.reversed ? v.size() - 1 - i : i]]);
            }
        }
        return ring;
    }

    bool mark_collapsed_rings(std::vector<bool>& fault) const {
        bool any = false;
        for (const auto& uses : rings_) {
            const auto is_changed = [&](const ArcUse& use) { return arcs_[use.arc].changed; };
            if (std::none_of(uses.begin(), uses.end(), is_changed)) continue;
            const std::vector<Point> ring = ring_points(uses, false);
            const double before_area = signed_area(ring_points(uses, true));
            const double after_area = signed_area(ring);
            if (ring.size() >= 4 && ((before_area > 0) == (after_area > 0)) &&
                (after_area != 0 || before_area == 0))
                continue;
            for (const ArcUse& use : uses) fault[use.arc] = true;
            any = true;
        }
        return any;
    }

    struct Segment {
        std::size_t arc = 0;
        VertexId a = 0;
        VertexId b = 0;
    };

    /// Marks the arcs of segments that meet elsewhere than in a vertex they share. What is as it was when it
    /// was last looked at is only held against what has changed.
    bool mark_crossings(std::vector<bool>& fault) const {
        std::vector<Segment> changed;
        std::vector<Segment> others;
        for (std::size_t a = 0; a < arcs_.size(); ++a) {
            for (std::size_t i = 0; i + 1 < arcs_[a].kept.size(); ++i) {
                const Segment s{a, arcs_[a].kept[i], arcs_[a].kept[i + 1]};
                (arcs_[a].changed ? changed : others).push_back(s);
            }
        }
        std::vector<Box> boxes;
        for (const Segment& s : changed) boxes.push_back(box_of(s));
        const SegmentGrid grid(boxes);
        bool any = false;
        const auto look = [&](const Segment& s, const Segment& t) {
            if ((arcs_[s.arc].tolerance == 0 && arcs_[t.arc].tolerance == 0) || !clash(s, t)) return;
            fault[s.arc] = fault[t.arc] = true;
            any = true;
        };
        grid.for_each_pair([&](std::size_t i, std::size_t j) { look(changed[i], changed[j]); });
        for (const Segment& s : others)
            grid.for_each_meeting(box_of(s), [&](std::size_t i) { look(s, changed[i]); });
        return any;
    }

    Box box_of(const Segment& s) const {
        Box box;
        box.add(points_[s.a]);
        box.add(points_[s.b]);
        return box;
    }

    bool clash(const Segment& s, const Segment& t) const {
        const bool same_ends = (s.a == t.a && s.b == t.b) || (s.a == t.b && s.b == t.a);
        if (same_ends) return true;  // two arcs have become one line
        VertexId shared = 0;
        VertexId other_s = 0;
        VertexId other_t = 0;
        if (s.a == t.a || s.a == t.b) {
            shared = s.a;
            other_s = s.b;
        } else if (s.b == t.a || s.b == t.b) {
            shared = s.b;
            other_s = s.a;
        } else {
            return segments_meet(points_[s.a], points_[s.b], points_[t.a], points_[t.b]);
        }
        other_t = shared == t.a ? t.b : t.a;
        const Point o = points_[shared];
        const Point p = points_[other_s];
        const Point q = points_[other_t];
        return cross(o, p, q) == 0 &&
               (p.x - o.x) * (q.x - o.x) + (p.y - o.y) * (q.y - o.y) > 0;  // one lies on the other
    }

    std::vector<MultiPolygon> rebuilt(std::span<const MultiPolygon> shapes) const {
        std::vector<MultiPolygon> out;
        out.reserve(shapes.size());
        std::size_t ring = 0;
        for (const MultiPolygon& shape : shapes) {
            MultiPolygon simple;
            for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
                for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r, ++ring) {
                    if (rings_[ring].empty()) {
                        simple.add_ring(shape.ring(r));
                    } else {
                        simple.add_ring(ring_points(rings_[ring], false));
                    }
                }
                simple.end_polygon();
            }
            out.push_back(std::move(simple));
        }
        return out;
    }

    double tolerance_;
    std::vector<VertexId> ids_{};  ///< of every point of every ring, one after the other
    std::vector<Point> points_{};  ///< by id
    std::vector<Neighbours> neighbours_{};
    std::vector<bool> meeting_{};
    std::vector<Arc> arcs_{};
    std::unordered_map<ArcKey, std::size_t, ArcKeyHash> arc_of_{};
    std::vector<std::vector<ArcUse>> rings_{};
};

}  // namespace

std::vector<MultiPolygon> simplify_shared(std::span<const MultiPolygon> shapes, double tolerance,
                                          Vertices vertices) {
    if (!(tolerance > 0)) return {shapes.begin(), shapes.end()};
    if (vertices == Vertices::on_a_grid) return Borders(shapes, tolerance).simplified(shapes);
    const double noise = std::min(coordinate_noise(shapes), tolerance / 2);
    const std::vector<MultiPolygon> snapped = snap_vertices(shapes, noise);
    return Borders(snapped, tolerance).simplified(snapped);
}

}  // namespace wardmap
