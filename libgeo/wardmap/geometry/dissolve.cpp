#include "wardmap/geometry/dissolve.hpp"

#include "wardmap/geometry/geos/module_interface.hpp"
#include "wardmap/geometry/geos_module.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/snap.hpp"
#include "wardmap/geometry/validity.hpp"

#include <cmath>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

/// Holes thinner than this many times the noise of the coordinates are no holes but two roundings of one
/// border.
constexpr double sliver_noises = 100;

double length_of(std::span<const Point> ring) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        sum += std::hypot(ring[i + 1].x - ring[i].x, ring[i + 1].y - ring[i].y);
    return sum;
}

}  // namespace

MultiPolygon dissolve(std::span<const MultiPolygon> shapes) {
    const double noise = coordinate_noise(shapes);
    std::vector<MultiPolygon> parts;
    for (const MultiPolygon& shape : snap_vertices(shapes, noise)) {
        MultiPolygon valid = repair(shape).shape;  // moving vertices may have folded a hair-thin part
        if (!valid.empty()) parts.push_back(std::move(valid));
    }
    if (parts.empty()) return {};
    const MultiPolygon joined =
        by_geos("joining shapes", [&](const GeosModule& geos) { return geos.united(parts); });

    MultiPolygon out;
    for (std::size_t p = 0; p < joined.polygon_count(); ++p) {
        for (std::size_t r = joined.polygon_starts[p]; r < joined.polygon_starts[p + 1]; ++r) {
            const auto ring = joined.ring(r);
            const bool hole = r != joined.polygon_starts[p];
            const double width = 2 * std::abs(signed_area(ring)) / length_of(ring);
            if (!hole || width > sliver_noises * noise) out.add_ring(ring);
        }
        out.end_polygon();
    }
    return out;
}

}  // namespace wardmap
