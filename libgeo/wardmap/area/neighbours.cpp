#include "wardmap/area/neighbours.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/crs/transform.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace wardmap {
namespace {

struct Edge {
    Point a{};
    Point b{};
    AreaIndex area = no_area;
};

using Pair = std::pair<AreaIndex, AreaIndex>;

/// Nearest point of a segment to `p`, as its share of the way from a to b, and the distance. Exactly 0 for
/// its ends.
struct Near {
    double share = 0;
    double distance = 0;
};

Near nearest_on(Point p, Point a, Point b) {
    if (p == a) return {0, 0};
    if (p == b) return {1, 0};
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    const double share =
        squared == 0 ? 0 : std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0);
    return {share, std::hypot(p.x - a.x - share * dx, p.y - a.y - share * dy)};
}

std::vector<Edge> edges_of(const AreaSet& areas) {
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const MultiPolygon& shape = areas.shapes()[i];
        for (std::size_t r = 0; r < shape.ring_count(); ++r) {
            const auto ring = shape.ring(r);
            for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
                edges.push_back({ring[k], ring[k + 1], static_cast<AreaIndex>(i)});
            }
        }
    }
    return edges;
}

/// Edges by the cells of a square grid that their boxes touch.
class EdgeGrid {
public:
    EdgeGrid(const std::vector<Edge>& edges, const Box& box, double snap) : edges_(edges), box_(box) {
        double total = 0;
        for (const Edge& e : edges) total += std::hypot(e.b.x - e.a.x, e.b.y - e.a.y);
        const double extent = std::max(box.width(), box.height());
        constexpr double most_cells = 2000;  // along a side
        cell_ =
            std::max({2 * total / static_cast<double>(edges.size()), 2 * snap, extent / most_cells, 1e-300});
        columns_ = column(box.max_x) + 1;
        const std::size_t rows = row(box.max_y) + 1;
        starts_.assign(columns_ * rows + 1, 0);
        for (const bool counting : {true, false}) {
            for (std::size_t e = 0; e < edges.size(); ++e) {
                for_cells_of(edges[e], [&](std::size_t cell) {
                    if (counting) {
                        ++starts_[cell + 1];
                    } else {
                        entries_[fill_[cell]++] = static_cast<std::uint32_t>(e);
                    }
                });
            }
            if (counting) {
                for (std::size_t c = 1; c < starts_.size(); ++c) starts_[c] += starts_[c - 1];
                entries_.resize(starts_.back());
                fill_.assign(starts_.begin(), starts_.end() - 1);
            }
        }
    }

    /// Calls `take` with every edge that may come within `reach` of the point; some twice.
    template <typename Take>
    void near(Point p, double reach, const Take& take) const {
        for (std::size_t y = row(p.y - reach); y <= row(p.y + reach); ++y) {
            for (std::size_t x = column(p.x - reach); x <= column(p.x + reach); ++x) {
                const std::size_t cell = y * columns_ + x;
                for (std::size_t i = starts_[cell]; i < starts_[cell + 1]; ++i) take(edges_[entries_[i]]);
            }
        }
    }

private:
    std::size_t column(double x) const { return index(std::min(x, box_.max_x) - box_.min_x); }
    std::size_t row(double y) const { return index(std::min(y, box_.max_y) - box_.min_y); }
    std::size_t index(double offset) const {
        return offset <= 0 ? 0 : static_cast<std::size_t>(offset / cell_);
    }

    template <typename Take>
    void for_cells_of(const Edge& e, const Take& take) const {
        for (std::size_t y = row(std::min(e.a.y, e.b.y)); y <= row(std::max(e.a.y, e.b.y)); ++y) {
            for (std::size_t x = column(std::min(e.a.x, e.b.x)); x <= column(std::max(e.a.x, e.b.x)); ++x)
                take(y * columns_ + x);
        }
    }

    const std::vector<Edge>& edges_;
    Box box_;
    double cell_ = 1;
    std::size_t columns_ = 1;
    std::vector<std::size_t> starts_{};
    std::vector<std::size_t> fill_{};
    std::vector<std::uint32_t> entries_{};
};

/// Pairs of areas, lower index first, ascending, whose borders come within `snap`.
std::vector<Pair> pairs_that_meet(const std::vector<Edge>& edges, const Box& box, double snap) {
    std::vector<Pair> pairs;
    const EdgeGrid grid(edges, box, snap);
    for (const Edge& from : edges) {
        grid.near(from.a, snap, [&](const Edge& other) {
            if (other.area == from.area) return;
            const Pair pair = std::minmax(from.area, other.area);
            if (!pairs.empty() && pairs.back() == pair) return;
            if (nearest_on(from.a, other.a, other.b).distance <= snap) pairs.push_back(pair);
        });
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

/// Edges of a shape that come near a box.
std::vector<Edge> edges_near(const MultiPolygon& shape, const Box& box) {
    std::vector<Edge> out;
    for (std::size_t r = 0; r < shape.ring_count(); ++r) {
        const auto ring = shape.ring(r);
        for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
            Box edge;
            edge.add(ring[k]);
            edge.add(ring[k + 1]);
            if (edge.overlaps(box)) out.push_back({ring[k], ring[k + 1], no_area});
        }
    }
    return out;
}

bool is_near(Point p, const std::vector<Edge>& edges, double snap) {
    return std::any_of(edges.begin(), edges.end(),
                       [&](const Edge& e) { return nearest_on(p, e.a, e.b).distance <= snap; });
}

/// True if the borders run within `snap` of each other for more than twice `snap`.
bool run_together(const MultiPolygon& one, const MultiPolygon& other, double snap) {
    const std::vector<Edge> ours = edges_near(one, other.box().grown(snap));
    const std::vector<Edge> theirs = edges_near(other, one.box().grown(snap));
    double length = 0;
    std::vector<double> cuts;
    for (const Edge& e : ours) {
        cuts.clear();
        if (is_near(e.a, theirs, snap)) cuts.push_back(0);
        if (is_near(e.b, theirs, snap)) cuts.push_back(1);
        for (const Edge& t : theirs) {
            const Near near = nearest_on(t.a, e.a, e.b);
            if (near.distance <= snap) cuts.push_back(near.share);
        }
        std::sort(cuts.begin(), cuts.end());
        const double whole = std::hypot(e.b.x - e.a.x, e.b.y - e.a.y);
        for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
            if (cuts[i] == cuts[i + 1]) continue;
            const double middle = (cuts[i] + cuts[i + 1]) / 2;
            const Point p{e.a.x + middle * (e.b.x - e.a.x), e.a.y + middle * (e.b.y - e.a.y)};
            // An edge that both share has both ends in common: its middle needs no measuring, nor would it be
            // exact.
            const bool same = cuts[i] == 0 && cuts[i + 1] == 1 &&
                              std::any_of(theirs.begin(), theirs.end(), [&](const Edge& t) {
                                  return (t.a == e.a && t.b == e.b) || (t.a == e.b && t.b == e.a);
                              });
            if (same || is_near(p, theirs, snap)) length += (cuts[i + 1] - cuts[i]) * whole;
            if (length > 2 * snap) return true;
        }
    }
    return false;
}

double usual_snap(const AreaSet& areas) {
    constexpr double metres = 0.5;
    constexpr double degrees = 5e-6;
    const bool in_degrees =
        areas.crs().known() ? is_geographic(areas.crs()) : guess_crs(areas.box()) == longitude_latitude;
    return in_degrees ? degrees : metres;
}

}  // namespace

std::vector<AreaIndex> Neighbours::islands() const {
    std::vector<AreaIndex> out;
    for (std::size_t i = 0; i < size(); ++i) {
        if (indptr[i] == indptr[i + 1]) out.push_back(static_cast<AreaIndex>(i));
    }
    return out;
}

Neighbours contiguity(const AreaSet& areas, Contiguity kind, std::optional<double> snap) {
    if (snap && (!std::isfinite(*snap) || *snap < 0)) throw std::invalid_argument("snap must be 0 or more");
    Neighbours out;
    out.indptr.assign(areas.size() + 1, 0);
    const std::vector<Edge> edges = edges_of(areas);
    if (edges.empty()) return out;
    const double reach = snap ? *snap : usual_snap(areas);
    std::vector<Pair> pairs = pairs_that_meet(edges, areas.box(), reach);
    if (kind == Contiguity::rook) {
        const auto apart = [&](const Pair& pair) {
            return !run_together(areas.shapes()[static_cast<std::size_t>(pair.first)],
                                 areas.shapes()[static_cast<std::size_t>(pair.second)], reach);
        };
        pairs.erase(std::remove_if(pairs.begin(), pairs.end(), apart), pairs.end());
    }
    for (const Pair& pair : pairs) {
        ++out.indptr[static_cast<std::size_t>(pair.first) + 1];
        ++out.indptr[static_cast<std::size_t>(pair.second) + 1];
    }
    for (std::size_t i = 1; i < out.indptr.size(); ++i) out.indptr[i] += out.indptr[i - 1];
    out.indices.resize(out.indptr.back());
    std::vector<std::size_t> fill(out.indptr.begin(), out.indptr.end() - 1);
    // Pairs are in order of the first, then the second: each row comes out ascending if lower neighbours go
    // first.
    for (const Pair& pair : pairs) out.indices[fill[static_cast<std::size_t>(pair.second)]++] = pair.first;
    for (const Pair& pair : pairs) out.indices[fill[static_cast<std::size_t>(pair.first)]++] = pair.second;
    return out;
}

Neighbours neighbours_from(std::vector<std::size_t> indptr, std::vector<AreaIndex> indices) {
    if (indptr.empty() || indptr.front() != 0 || indptr.back() != indices.size() ||
        !std::is_sorted(indptr.begin(), indptr.end())) {
        throw UsageError("the rows of neighbours do not fit together", {},
                         "indptr begins at 0, does not fall, and ends at the number of indices");
    }
    Neighbours out{std::move(indptr), std::move(indices)};
    const auto wrong = [](std::size_t area, const std::string& what) {
        return UsageError("area " + std::to_string(area) + " " + what, {},
                          "give each area's neighbours once, by their places from 0");
    };
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto first = out.indices.begin() + static_cast<std::ptrdiff_t>(out.indptr[i]);
        const auto last = out.indices.begin() + static_cast<std::ptrdiff_t>(out.indptr[i + 1]);
        std::sort(first, last);
        if (first == last) continue;
        if (*first < 0 || static_cast<std::size_t>(*(last - 1)) >= out.size())
            throw wrong(i, "has a neighbour that is none of the " + counted(out.size(), "area"));
        if (std::adjacent_find(first, last) != last) throw wrong(i, "has a neighbour twice");
        if (std::binary_search(first, last, static_cast<AreaIndex>(i)))
            throw wrong(i, "is a neighbour of itself");
    }
    return out;
}

std::vector<std::vector<AreaIndex>> same_shapes(const AreaSet& areas) {
    std::vector<AreaIndex> order;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (!areas.shapes()[i].empty()) order.push_back(static_cast<AreaIndex>(i));
    }
    const auto points = [&](AreaIndex i) -> const std::vector<Point>& {
        return areas.shapes()[static_cast<std::size_t>(i)].points;
    };
    const auto key = [&](AreaIndex i) {
        return std::tuple(points(i).size(), points(i).front().x, points(i).front().y, i);
    };
    std::sort(order.begin(), order.end(), [&](AreaIndex a, AreaIndex b) { return key(a) < key(b); });
    std::vector<std::vector<AreaIndex>> groups;
    std::vector<bool> grouped(areas.size(), false);
    for (std::size_t k = 0; k < order.size(); ++k) {
        if (grouped[static_cast<std::size_t>(order[k])]) continue;
        std::vector<AreaIndex> group{order[k]};
        for (std::size_t m = k + 1; m < order.size(); ++m) {
            if (points(order[m]).size() != points(order[k]).size() ||
                points(order[m]).front() != points(order[k]).front())
                break;
            if (areas.shapes()[static_cast<std::size_t>(order[m])] !=
                areas.shapes()[static_cast<std::size_t>(order[k])])
                continue;
            group.push_back(order[m]);
            grouped[static_cast<std::size_t>(order[m])] = true;
        }
        if (group.size() > 1) groups.push_back(std::move(group));
    }
    std::sort(groups.begin(), groups.end());
    return groups;
}

Problems neighbour_problems(const AreaSet& areas, const Neighbours& neighbours) {
    Problems problems;
    const auto code = [&](AreaIndex i) { return areas.codes()[static_cast<std::size_t>(i)]; };
    for (const AreaIndex island : neighbours.islands()) {
        problems.add(Severity::note, "no_neighbours", "areas have no neighbours",
                     {.file = areas.source(), .code = code(island)}, code(island));
    }
    for (const auto& group : same_shapes(areas)) {
        std::string codes;
        for (const AreaIndex i : group) codes += (codes.empty() ? "" : " = ") + code(i);
        problems.add(Severity::warning, "same_shape", "areas have the same shape as another",
                     {.file = areas.source(), .code = code(group.front())}, codes, group.size());
    }
    return problems;
}

}  // namespace wardmap
