#include "wardmap/figure/map_frame.hpp"

#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/simplify.hpp"
#include "wardmap/geometry/vertex_numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

constexpr std::size_t silhouette_columns = 200;
constexpr double simplify_tolerance_mm = 0.1;
constexpr double page_grid_mm = 0.001;
/// Borders of neighbours this near to each other are one border, even if their points differ.
constexpr std::array<double, 2> same_border_mm{0.15, 0.5};

double on_grid(double v) {
    return std::round(v / page_grid_mm) * page_grid_mm;
}

/// The shape on the page. Points that become one are one; a ring that would vanish keeps all of its points.
MultiPolygon on_grid(const MultiPolygon& shape, const MapFrame& frame) {
    MultiPolygon out;
    std::vector<Point> all;
    std::vector<Point> ring;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
            all.clear();
            ring.clear();
            for (const Point point : shape.ring(r)) {
                const Point q = frame.on_page(point);
                all.push_back({on_grid(q.x), on_grid(q.y)});
                if (ring.empty() || !(ring.back() == all.back())) ring.push_back(all.back());
            }
            out.add_ring(ring.size() < 4 ? all : ring);
        }
        out.end_polygon();
    }
    return out;
}

struct Edge {
    Point a{};  ///< a before b, by x then y
    Point b{};
    std::size_t first_area = 0;
    std::size_t last_area = 0;
    std::size_t count = 0;  ///< how many times areas have this edge
};

bool before(Point p, Point q) {
    return p.x < q.x || (p.x == q.x && p.y < q.y);
}
bool edge_before(const Edge& p, const Edge& q) {
    return p.a != q.a ? before(p.a, q.a) : before(p.b, q.b);
}

/// Every edge once, whichever way round and of however many areas.
std::vector<Edge> edges_of(std::span<const MultiPolygon> shapes) {
    std::size_t count = 0;
    for (const MultiPolygon& shape : shapes) count += shape.points.size();
    VertexNumbers ends(count);
    VertexNumbers pairs(count);
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        for (std::size_t r = 0; r < shapes[i].ring_count(); ++r) {
            const auto ring = shapes[i].ring(r);
            for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
                if (ring[k] == ring[k + 1]) continue;
                const bool forward = before(ring[k], ring[k + 1]);
                const Point a = forward ? ring[k] : ring[k + 1];
                const Point b = forward ? ring[k + 1] : ring[k];
                // The pair of two numbers is a point like any other.
                const std::size_t edge =
                    pairs.of({static_cast<double>(ends.of(a)), static_cast<double>(ends.of(b))});
                if (edge == edges.size()) edges.push_back({a, b, i, i, 0});
                edges[edge].last_area = i;
                ++edges[edge].count;
            }
        }
    }
    return edges;
}

/// Edges end to end as lines, in an order that depends on nothing but the edges.
Path chained(std::vector<Edge> edges) {
    std::sort(edges.begin(), edges.end(), edge_before);
    VertexNumbers numbers(2 * edges.size());
    for (const Edge& edge : edges) {
        numbers.of(edge.a);
        numbers.of(edge.b);
    }
    const std::vector<Point>& points = numbers.points();
    std::vector<std::vector<std::size_t>> at(points.size());
    for (std::size_t e = 0; e < edges.size(); ++e) {
        at[numbers.of(edges[e].a)].push_back(e);
        at[numbers.of(edges[e].b)].push_back(e);
    }
    std::vector<bool> used(edges.size(), false);
    Path path;
    const auto walk = [&](Point start, std::size_t first) {
        Point here = start;
        std::size_t e = first;
        path.move_to(here.x, here.y);
        while (true) {
            used[e] = true;
            here = edges[e].a == here ? edges[e].b : edges[e].a;
            if (here == start) {
                path.close();
                return;
            }
            path.line_to(here.x, here.y);
            const auto& next = at[numbers.of(here)];
            const auto found =
                std::find_if(next.begin(), next.end(), [&](std::size_t n) { return !used[n]; });
            if (found == next.end()) return;
            e = *found;
        }
    };
    // Open lines from their ends first, then rings.
    std::vector<std::size_t> ends;
    for (std::size_t p = 0; p < points.size(); ++p) {
        if (at[p].size() % 2 == 1) ends.push_back(p);
    }
    std::sort(ends.begin(), ends.end(),
              [&](std::size_t p, std::size_t q) { return before(points[p], points[q]); });
    for (const std::size_t p : ends) {
        for (const std::size_t e : at[p]) {
            if (!used[e]) walk(points[p], e);
        }
    }
    for (std::size_t e = 0; e < edges.size(); ++e) {
        if (!used[e]) walk(edges[e].a, e);
    }
    return path;
}

class Coverage {
public:
    explicit Coverage(std::span<const MultiPolygon> shapes) : shapes_(shapes) {
        boxes_.reserve(shapes.size());
        for (const MultiPolygon& shape : shapes) {
            boxes_.push_back(shape.box());
            all_.add(boxes_.back());
        }
        side_ = std::max<std::size_t>(1, static_cast<std::size_t>(std::sqrt(shapes.size())));
        cells_.resize(side_ * side_);
        for (std::size_t i = 0; i < boxes_.size(); ++i) {
            if (boxes_[i].empty()) continue;
            for (std::size_t y = row(boxes_[i].min_y); y <= row(boxes_[i].max_y); ++y) {
                for (std::size_t x = column(boxes_[i].min_x); x <= column(boxes_[i].max_x); ++x)
                    cells_[y * side_ + x].push_back(i);
            }
        }
    }
    bool in_another(Point p, std::size_t own) const {
        if (!all_.contains(p)) return false;
        const std::vector<std::size_t>& near = cells_[row(p.y) * side_ + column(p.x)];
        return std::any_of(near.begin(), near.end(), [&](std::size_t i) {
            return i != own && boxes_[i].contains(p) && contains(shapes_[i], p);
        });
    }
    /// True if another area lies just beyond an edge of `own` that no other area shares point by point.
    bool has_neighbour(const Edge& e) const {
        const Point middle{(e.a.x + e.b.x) / 2, (e.a.y + e.b.y) / 2};
        const double length = std::hypot(e.b.x - e.a.x, e.b.y - e.a.y);
        const double nx = -(e.b.y - e.a.y) / length;
        const double ny = (e.b.x - e.a.x) / length;
        return std::any_of(same_border_mm.begin(), same_border_mm.end(), [&](double d) {
            return in_another({middle.x + nx * d, middle.y + ny * d}, e.first_area) ||
                   in_another({middle.x - nx * d, middle.y - ny * d}, e.first_area);
        });
    }

private:
    std::size_t column(double x) const { return place(x - all_.min_x, all_.width()); }
    std::size_t row(double y) const { return place(y - all_.min_y, all_.height()); }
    std::size_t place(double along, double extent) const {
        const double share = extent > 0 ? along / extent : 0;
        return std::min(side_ - 1, static_cast<std::size_t>(share * static_cast<double>(side_)));
    }

    std::span<const MultiPolygon> shapes_;
    std::vector<Box> boxes_{};
    Box all_{};
    std::size_t side_ = 1;                           ///< of the square grid of cells over all areas
    std::vector<std::vector<std::size_t>> cells_{};  ///< areas whose boxes reach into each
};

void draw_borders(MapFrame& frame, std::span<const std::string> parents) {
    const Coverage coverage(frame.shapes);
    std::vector<Edge> outer;
    std::vector<Edge> between;
    for (const Edge& edge : edges_of(frame.shapes)) {
        if (edge.count == 1) {
            if (!coverage.has_neighbour(edge)) outer.push_back(edge);
        } else if (!parents.empty() && parents[edge.first_area] != parents[edge.last_area]) {
            between.push_back(edge);
        }
    }
    frame.outline = chained(std::move(outer));
    frame.district_lines = chained(std::move(between));
}

}  // namespace

ProjectedAreas project_for_map(const AreaSet& areas) {
    if (areas.box().empty()) {
        throw InputError(
            "none of the " + counted(areas.size(), areas.noun()) + " has a shape, so there is no map to draw",
            {.file = areas.source()}, "name a boundary file with --areas");
    }
    ProjectedAreas out;
    if (!areas.crs().known()) {
        out.areas = areas;
        out.window = areas.box();
        out.log.emplace_back("the areas name no coordinate system: drawn as they are, without a scale bar");
        return out;
    }
    const Crs to = mapping_crs(areas);
    out.areas = reproject(areas, to);
    out.window = out.areas.box();
    out.metres_per_unit = 1;
    if (to != areas.crs())
        out.log.push_back("projected from " + areas.crs().definition + " to " + to.definition);
    return out;
}

double Silhouette::top_between(double from, double to) const {
    double out = std::numeric_limits<double>::infinity();
    const double n = static_cast<double>(top.size());
    for (std::size_t i = 0; i < top.size(); ++i) {
        const double x = static_cast<double>(i);
        if ((x + 1) / n > from && x / n < to) out = std::min(out, top[i]);
    }
    return out;
}

double Silhouette::bottom_between(double from, double to) const {
    double out = -std::numeric_limits<double>::infinity();
    const double n = static_cast<double>(bottom.size());
    for (std::size_t i = 0; i < bottom.size(); ++i) {
        const double x = static_cast<double>(i);
        if ((x + 1) / n > from && x / n < to) out = std::max(out, bottom[i]);
    }
    return out;
}

Silhouette silhouette_of(const ProjectedAreas& projected) {
    const Box box = projected.window;
    Silhouette out;
    out.top.assign(silhouette_columns, std::numeric_limits<double>::infinity());
    out.bottom.assign(silhouette_columns, -std::numeric_limits<double>::infinity());
    const double width = std::max(box.width(), 1e-9);
    out.aspect = box.height() / width;
    for (const MultiPolygon& shape : projected.areas.shapes()) {
        for (std::size_t r = 0; r < shape.ring_count(); ++r) {
            const auto ring = shape.ring(r);
            for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
                double x1 = (ring[k].x - box.min_x) / width * silhouette_columns;
                double x2 = (ring[k + 1].x - box.min_x) / width * silhouette_columns;
                double y1 = (box.max_y - ring[k].y) / width;
                double y2 = (box.max_y - ring[k + 1].y) / width;
                if (x1 > x2) {
                    std::swap(x1, x2);
                    std::swap(y1, y2);
                }
                const auto column = [](double x) {
                    return std::min(silhouette_columns - 1, static_cast<std::size_t>(std::max(0.0, x)));
                };
                const auto height_at = [&](double x) {
                    return x2 > x1 ? std::lerp(y1, y2, std::clamp((x - x1) / (x2 - x1), 0.0, 1.0)) : y1;
                };
                for (std::size_t c = column(x1); c <= column(x2); ++c) {
                    const double left = height_at(static_cast<double>(c));
                    const double right = x2 > x1 ? height_at(static_cast<double>(c + 1)) : y2;
                    out.top[c] = std::min({out.top[c], left, right});
                    out.bottom[c] = std::max({out.bottom[c], left, right});
                }
            }
        }
    }
    return out;
}

Silhouette full_silhouette(const ProjectedAreas& projected) {
    Silhouette out;
    out.aspect = projected.window.height() / std::max(projected.window.width(), 1e-9);
    out.top.assign(silhouette_columns, 0);
    out.bottom.assign(silhouette_columns, out.aspect);
    return out;
}

MapFrame fit_map(const ProjectedAreas& projected, double width_mm) {
    const Box box = projected.window;
    MapFrame frame;
    const double extent = box.width() > 0 ? box.width() : std::max(box.height(), 1.0);
    frame.mm_per_unit = (width_mm - outline_mm) / extent;
    frame.width_mm = width_mm;
    frame.height_mm = box.height() * frame.mm_per_unit + outline_mm;
    const double edge = outline_mm / 2 / frame.mm_per_unit;
    frame.origin = {box.min_x - edge, box.max_y + edge};
    if (projected.metres_per_unit > 0) frame.metres_per_mm = projected.metres_per_unit / frame.mm_per_unit;

    std::vector<MultiPolygon> on_page;
    on_page.reserve(projected.areas.size());
    for (const MultiPolygon& shape : projected.areas.shapes()) on_page.push_back(on_grid(shape, frame));
    frame.shapes = simplify_shared(on_page, simplify_tolerance_mm, Vertices::on_a_grid);
    draw_borders(frame, projected.areas.parents());
    return frame;
}

Path path_of(const MultiPolygon& shape) {
    Path path;
    path.points.reserve(shape.points.size());
    path.ops.reserve(shape.points.size() + shape.ring_count());
    for (std::size_t r = 0; r < shape.ring_count(); ++r) {
        const auto ring = shape.ring(r);
        if (ring.size() < 4) continue;
        path.move_to(ring[0].x, ring[0].y);
        for (std::size_t k = 1; k + 1 < ring.size(); ++k) path.line_to(ring[k].x, ring[k].y);
        path.close();
    }
    return path;
}

std::string scale_text(const MapFrame& frame) {
    if (frame.metres_per_mm <= 0) return {};
    const double scale = frame.metres_per_mm * 1000;
    const double unit = std::pow(10.0, std::floor(std::log10(scale)) - 1);
    return "1:" + with_thousands(std::round(scale / unit) * unit, 0);
}

}  // namespace wardmap
