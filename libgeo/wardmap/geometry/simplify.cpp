#include "wardmap/geometry/simplify.hpp"

#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/snap.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <utility>

namespace wardmap {
namespace {

using VertexId = std::uint32_t;

struct PointHash {
    std::size_t operator()(Point p) const noexcept {
        // -0 and 0 are equal, so they must hash alike: adding 0 makes both 0.
        const std::size_t x = std::hash<double>{}(p.x + 0.0);
        const std::size_t y = std::hash<double>{}(p.y + 0.0);
        return x ^ (y + 0x9E3779B97F4A7C15ULL + (x << 6) + (x >> 2));
    }
};

/// A stretch of border between two points where borders meet (or a whole ring where none do), in one
/// direction whoever uses it.
struct Arc {
    std::vector<VertexId> vertices{};
    double tolerance = 0;
    std::vector<VertexId> kept{};  ///< what is left of `vertices`
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

double distance_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    if (squared == 0) return std::hypot(p.x - a.x, p.y - a.y);
    const double t = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0);
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
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
            for (std::size_t a = 0; a < arcs_.size(); ++a) {
                if (!fault[a] || arcs_[a].tolerance == 0) continue;
                constexpr double halvings = 256;
                arcs_[a].tolerance = arcs_[a].tolerance * halvings <= tolerance_ ? 0 : arcs_[a].tolerance / 2;
                simplify(arcs_[a]);
                changed = true;
            }
        }
        return rebuilt(shapes);
    }

private:
    void number_vertices(std::span<const MultiPolygon> shapes) {
        std::unordered_map<Point, VertexId, PointHash> known;
        for (const MultiPolygon& shape : shapes) {
            for (const Point p : shape.points) {
                const auto [found, fresh] = known.emplace(p, static_cast<VertexId>(points_.size()));
                if (fresh) points_.push_back(p);
                ids_.push_back(found->second);
            }
        }
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
        if (fresh) arcs_.push_back({std::move(stretch), tolerance_, {}});
        return {found->second, reversed};
    }

    /// Marks in `keep` what Douglas and Peucker's method keeps between two kept vertices.
    void keep_between(const std::vector<VertexId>& vertices, std::size_t first, std::size_t last,
                      double tolerance, std::vector<bool>& keep) const {
        std::vector<std::pair<std::size_t, std::size_t>> open{{first, last}};
        while (!open.empty()) {
            const auto [from, to] = open.back();
            open.pop_back();
            double farthest = tolerance;
            std::size_t at = from;
            for (std::size_t i = from + 1; i < to; ++i) {
                const double distance =
                    distance_to_segment(points_[vertices[i]], points_[vertices[from]], points_[vertices[to]]);
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
            const std::size_t far = farthest(
                v, [&](Point p) { return std::hypot(p.x - points_[v[0]].x, p.y - points_[v[0]].y); });
            const std::size_t side =
                farthest(v, [&](Point p) { return distance_to_segment(p, points_[v[0]], points_[v[far]]); });
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
            if (uses.empty()) continue;
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

    /// Marks the arcs of segments that meet elsewhere than in a vertex they share.
    bool mark_crossings(std::vector<bool>& fault) const {
        std::vector<Segment> segments;
        Box all;
        double total = 0;
        for (std::size_t a = 0; a < arcs_.size(); ++a) {
            for (std::size_t i = 0; i + 1 < arcs_[a].kept.size(); ++i) {
                const Segment s{a, arcs_[a].kept[i], arcs_[a].kept[i + 1]};
                segments.push_back(s);
                all.add(points_[s.a]);
                all.add(points_[s.b]);
                total += std::hypot(points_[s.b].x - points_[s.a].x, points_[s.b].y - points_[s.a].y);
            }
        }
        if (segments.empty() || total == 0) return false;
        const double extent = std::max(all.width(), all.height());
        const double cell = std::max(2 * total / static_cast<double>(segments.size()), extent / 4000);
        const auto column = [&](double x) { return static_cast<std::uint64_t>((x - all.min_x) / cell); };
        const auto row = [&](double y) { return static_cast<std::uint64_t>((y - all.min_y) / cell); };
        // Cell and segment, sorted: segments of one cell stand together.
        std::vector<std::pair<std::uint64_t, std::uint32_t>> entries;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            Box box;
            box.add(points_[segments[i].a]);
            box.add(points_[segments[i].b]);
            for (std::uint64_t x = column(box.min_x); x <= column(box.max_x); ++x) {
                for (std::uint64_t y = row(box.min_y); y <= row(box.max_y); ++y) {
                    entries.emplace_back((x << 32) | y, static_cast<std::uint32_t>(i));
                }
            }
        }
        std::sort(entries.begin(), entries.end());
        bool any = false;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            for (std::size_t j = i + 1; j < entries.size() && entries[j].first == entries[i].first; ++j) {
                const Segment& s = segments[entries[i].second];
                const Segment& t = segments[entries[j].second];
                if ((arcs_[s.arc].tolerance == 0 && arcs_[t.arc].tolerance == 0) || !clash(s, t)) continue;
                fault[s.arc] = fault[t.arc] = true;
                any = true;
            }
        }
        return any;
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

std::vector<MultiPolygon> simplify_shared(std::span<const MultiPolygon> shapes, double tolerance) {
    if (!(tolerance > 0)) return {shapes.begin(), shapes.end()};
    const double noise = std::min(coordinate_noise(shapes), tolerance / 2);
    const std::vector<MultiPolygon> snapped = snap_vertices(shapes, noise);
    return Borders(snapped, tolerance).simplified(snapped);
}

}  // namespace wardmap
