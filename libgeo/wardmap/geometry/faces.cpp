#include "wardmap/geometry/faces.hpp"

#include "wardmap/geometry/geos/module_interface.hpp"
#include "wardmap/geometry/geos_module.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/snap.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace wardmap {
namespace {

struct Edge {
    Point a{};  ///< before b by x, then y
    Point b{};
    int balance = 0;  ///< shapes on its left less shapes on its right
};

bool before(Point p, Point q) {
    return p.x < q.x || (p.x == q.x && p.y < q.y);
}
auto ends(const Edge& e) {
    return std::tie(e.a.x, e.a.y, e.b.x, e.b.y);
}

/// Edges across which the number of shapes changes.
std::vector<Edge> unbalanced_edges(std::span<const MultiPolygon> shapes) {
    std::vector<Edge> edges;
    for (const MultiPolygon& shape : shapes) {
        for (std::size_t r = 0; r < shape.ring_count(); ++r) {
            const auto ring = shape.ring(r);
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                if (ring[i] == ring[i + 1]) continue;
                const bool forward = before(ring[i], ring[i + 1]);
                edges.push_back(
                    {forward ? ring[i] : ring[i + 1], forward ? ring[i + 1] : ring[i], forward ? 1 : -1});
            }
        }
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& p, const Edge& q) { return ends(p) < ends(q); });
    std::vector<Edge> out;
    for (std::size_t i = 0; i < edges.size();) {
        Edge sum = edges[i];
        std::size_t j = i + 1;
        for (; j < edges.size() && ends(edges[j]) == ends(edges[i]); ++j) sum.balance += edges[j].balance;
        if (sum.balance != 0) out.push_back(sum);
        i = j;
    }
    return out;
}

/// Finds the shapes that contain a point, boxes first.
class Containing {
public:
    explicit Containing(std::span<const MultiPolygon> shapes) : shapes_(shapes) {
        for (const MultiPolygon& shape : shapes) boxes_.push_back(shape.box());
    }
    struct Hits {
        std::vector<std::size_t> inside{};
        bool on_border = false;  ///< of any shape: `inside` is then not to be trusted
    };
    Hits at(Point p) const {
        Hits out;
        for (std::size_t i = 0; i < boxes_.size(); ++i) {
            if (!boxes_[i].contains(p)) continue;
            const Location location = locate(shapes_[i], p);
            if (location == Location::inside) out.inside.push_back(i);
            out.on_border = out.on_border || location == Location::boundary;
        }
        return out;
    }

private:
    std::span<const MultiPolygon> shapes_;
    std::vector<Box> boxes_{};
};

/// The shapes round a point of the face. A border that two shapes share may run through the face, and through
/// the point given: then one beside it is taken.
std::vector<std::size_t> shapes_at(OddFace& face, const Containing& containing) {
    Containing::Hits hits = containing.at(face.inside);
    const double size = std::sqrt(area_of(face.shape));
    const Point given = face.inside;
    constexpr Point steps[] = {{0.61, 0.37}, {-0.43, 0.71}, {-0.67, -0.29}, {0.31, -0.83}};
    for (double share = 1e-2; hits.on_border && share > 1e-6; share /= 10) {
        for (const Point step : steps) {
            const Point beside{given.x + step.x * share * size, given.y + step.y * share * size};
            if (!hits.on_border || locate(face.shape, beside) != Location::inside) continue;
            hits = containing.at(beside);
            face.inside = beside;
        }
    }
    return hits.inside;
}

}  // namespace

std::vector<OddFace> odd_faces(std::span<const MultiPolygon> given) {
    const std::vector<MultiPolygon> shapes = snap_vertices(given, coordinate_noise(given));
    std::vector<GeosLine> borders;
    for (const Edge& e : unbalanced_edges(shapes)) borders.push_back({e.a, e.b});
    if (borders.empty()) return {};
    std::vector<GeosFace> faces =
        by_geos("cutting the plane", [&](const GeosModule& geos) { return geos.faces(borders); });

    const Containing containing(shapes);
    std::vector<OddFace> out;
    for (GeosFace& cut : faces) {
        if (!cut.inside) continue;
        OddFace face;
        face.shape = std::move(cut.shape);
        face.inside = *cut.inside;
        face.shapes = shapes_at(face, containing);
        if (face.shapes.size() == 1) continue;
        out.push_back(std::move(face));
    }
    return out;
}

}  // namespace wardmap
