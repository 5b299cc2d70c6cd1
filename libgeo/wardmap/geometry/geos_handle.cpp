#include "wardmap/geometry/geos_handle.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/geometry/measure.hpp"

#include <algorithm>
#include <utility>

namespace wardmap {
namespace {

/// Context and last message of one thread. The context is never destroyed while geometries of the
/// thread may still be alive: those live inside one call.
struct ThreadState {
    GEOSContextHandle_t context = GEOS_init_r();
    std::string message{};

    ThreadState() {
        GEOSContext_setErrorMessageHandler_r(context, keep, this);
        GEOSContext_setNoticeMessageHandler_r(context, ignore, nullptr);
    }
    ~ThreadState() { GEOS_finish_r(context); }
    ThreadState(const ThreadState&) = delete;
    ThreadState& operator=(const ThreadState&) = delete;

    static void keep(const char* text, void* state) { static_cast<ThreadState*>(state)->message = text; }
    static void ignore(const char*, void*) {}
};

ThreadState& thread_state() {
    thread_local ThreadState state;
    return state;
}

std::vector<Point> points_of(const GEOSGeometry* ring) {
    GEOSContextHandle_t context = geos_context();
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context, ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(context, sequence, &size);
    std::vector<Point> points(size);
    for (unsigned i = 0; i < size; ++i) {
        GEOSCoordSeq_getXY_r(context, sequence, i, &points[i].x, &points[i].y);
    }
    return points;
}

void add_oriented(MultiPolygon& out, const GEOSGeometry* ring, bool outer) {
    std::vector<Point> points = points_of(ring);
    if ((signed_area(points) > 0) != outer) std::reverse(points.begin(), points.end());
    out.add_ring(points);
}

void add_polygons(MultiPolygon& out, const GEOSGeometry* geometry) {
    GEOSContextHandle_t context = geos_context();
    const int type = GEOSGeomTypeId_r(context, geometry);
    if (type == GEOS_POLYGON) {
        if (GEOSisEmpty_r(context, geometry) != 0) return;
        add_oriented(out, GEOSGetExteriorRing_r(context, geometry), true);
        const int holes = GEOSGetNumInteriorRings_r(context, geometry);
        for (int i = 0; i < holes; ++i)
            add_oriented(out, GEOSGetInteriorRingN_r(context, geometry, i), false);
        out.end_polygon();
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        const int parts = GEOSGetNumGeometries_r(context, geometry);
        for (int i = 0; i < parts; ++i) add_polygons(out, GEOSGetGeometryN_r(context, geometry, i));
    }
}

GEOSGeometry* ring_to_geos(std::span<const Point> ring) {
    GEOSContextHandle_t context = geos_context();
    static_assert(sizeof(Point) == 2 * sizeof(double));
    GEOSCoordSequence* sequence =
        GEOSCoordSeq_copyFromBuffer_r(context, &ring.front().x, static_cast<unsigned>(ring.size()), 0, 0);
    return sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(context, sequence);
}

}  // namespace

GEOSContextHandle_t geos_context() {
    return thread_state().context;
}
std::string geos_message() {
    return thread_state().message;
}

void GeosDeleter::operator()(GEOSGeometry* geometry) const noexcept {
    GEOSGeom_destroy_r(geos_context(), geometry);
}

GeosGeometry checked(GEOSGeometry* geometry, const char* what) {
    if (geometry == nullptr) {
        throw GeometryError(std::string(what) + " failed: " + geos_message(), {},
                            "mend the shape in a GIS (QGIS: Fix geometries)");
    }
    return GeosGeometry(geometry);
}

GeosGeometry to_geos(const MultiPolygon& shape) {
    GEOSContextHandle_t context = geos_context();
    std::vector<GEOSGeometry*> polygons;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        const std::size_t first = shape.polygon_starts[p];
        const std::size_t last = shape.polygon_starts[p + 1];
        if (first == last) continue;
        std::vector<GEOSGeometry*> holes;
        GEOSGeometry* outer = ring_to_geos(shape.ring(first));
        for (std::size_t r = first + 1; r < last; ++r) holes.push_back(ring_to_geos(shape.ring(r)));
        polygons.push_back(
            GEOSGeom_createPolygon_r(context, outer, holes.data(), static_cast<unsigned>(holes.size())));
    }
    if (polygons.size() == 1) return checked(polygons.front(), "handing a shape to GEOS");
    return checked(GEOSGeom_createCollection_r(context, GEOS_MULTIPOLYGON, polygons.data(),
                                               static_cast<unsigned>(polygons.size())),
                   "handing a shape to GEOS");
}

MultiPolygon from_geos(const GEOSGeometry& geometry) {
    MultiPolygon out;
    add_polygons(out, &geometry);
    return out;
}

}  // namespace wardmap
