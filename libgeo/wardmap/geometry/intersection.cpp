#include "wardmap/geometry/intersection.hpp"

#include "wardmap/geometry/geos/module_interface.hpp"
#include "wardmap/geometry/geos_module.hpp"
#include "wardmap/geometry/measure.hpp"

namespace wardmap {
namespace {

/// Segments a quarter of a circle is drawn with: the area of a disc comes out 0.6% short.
constexpr int quarter_segments = 8;

}  // namespace

MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b) {
    if (a.empty() || b.empty() || !a.box().overlaps(b.box())) return {};
    return by_geos("finding what two shapes have in common",
                   [&](const GeosModule& geos) { return geos.common(a, b); });
}

double intersection_area(const MultiPolygon& a, const MultiPolygon& b) {
    return area_of(intersection(a, b));
}

MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b) {
    if (a.empty() || b.empty() || !a.box().overlaps(b.box())) return a;
    return by_geos("taking one shape out of another",
                   [&](const GeosModule& geos) { return geos.without(a, b); });
}

MultiPolygon grown_by(const MultiPolygon& shape, double distance) {
    if (shape.empty()) return {};
    return by_geos("growing a shape",
                   [&](const GeosModule& geos) { return geos.grown(shape, distance, quarter_segments); });
}

}  // namespace wardmap
