#include "wardmap/base/version.hpp"
#include "wardmap/geometry/geos/geos_handle.hpp"
#include "wardmap/geometry/geos/module_interface.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>
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

GeosGeometry checked(GEOSGeometry* geometry) {
    if (geometry == nullptr) throw std::runtime_error(geos_message());
    return GeosGeometry(geometry);
}

/// Of several made into one, which owns them.
GeosGeometry collection(int type, std::vector<GeosGeometry> parts) {
    std::vector<GEOSGeometry*> given;
    for (GeosGeometry& part : parts) given.push_back(part.release());
    return checked(
        GEOSGeom_createCollection_r(geos_context(), type, given.data(), static_cast<unsigned>(given.size())));
}

GeosGeometry ring_to_geos(std::span<const Point> ring) {
    static_assert(sizeof(Point) == 2 * sizeof(double));
    GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(geos_context(), &ring.front().x,
                                                                static_cast<unsigned>(ring.size()), 0, 0);
    return checked(sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(geos_context(), sequence));
}

/// A POLYGON or MULTIPOLYGON.
GeosGeometry to_geos(const MultiPolygon& shape) {
    std::vector<GeosGeometry> polygons;
    for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
        const std::size_t first = shape.polygon_starts[p];
        const std::size_t last = shape.polygon_starts[p + 1];
        if (first == last) continue;
        GeosGeometry outer = ring_to_geos(shape.ring(first));
        std::vector<GeosGeometry> owned;
        for (std::size_t r = first + 1; r < last; ++r) owned.push_back(ring_to_geos(shape.ring(r)));
        std::vector<GEOSGeometry*> holes;
        for (GeosGeometry& hole : owned) holes.push_back(hole.release());
        polygons.push_back(checked(GEOSGeom_createPolygon_r(geos_context(), outer.release(), holes.data(),
                                                            static_cast<unsigned>(holes.size()))));
    }
    return polygons.size() == 1 ? std::move(polygons.front())
                                : collection(GEOS_MULTIPOLYGON, std::move(polygons));
}

/// Twice the area of a closed ring, above 0 if it runs counter-clockwise.
double twice_signed_area(std::span<const Point> ring) {
    const Point origin = ring.empty() ? Point{} : ring.front();
    double twice = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        twice += (ring[i].x - origin.x) * (ring[i + 1].y - origin.y) -
                 (ring[i + 1].x - origin.x) * (ring[i].y - origin.y);
    }
    return twice;
}

enum class RingSide { outer, hole };

void add_ring(MultiPolygon& out, const GEOSGeometry* ring, RingSide side) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(geos_context(), ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(geos_context(), sequence, &size);
    std::vector<Point> points(size);
    for (unsigned i = 0; i < size; ++i)
        GEOSCoordSeq_getXY_r(geos_context(), sequence, i, &points[i].x, &points[i].y);
    if ((twice_signed_area(points) > 0) != (side == RingSide::outer))
        std::reverse(points.begin(), points.end());
    out.add_ring(points);
}

/// Collections are searched; lines and points are left out.
void add_polygons(MultiPolygon& out, const GEOSGeometry* geometry) {
    GEOSContextHandle_t context = geos_context();
    const int type = GEOSGeomTypeId_r(context, geometry);
    if (type == GEOS_POLYGON) {
        if (GEOSisEmpty_r(context, geometry) != 0) return;
        add_ring(out, GEOSGetExteriorRing_r(context, geometry), RingSide::outer);
        const int holes = GEOSGetNumInteriorRings_r(context, geometry);
        for (int i = 0; i < holes; ++i)
            add_ring(out, GEOSGetInteriorRingN_r(context, geometry, i), RingSide::hole);
        out.end_polygon();
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        const int parts = GEOSGetNumGeometries_r(context, geometry);
        for (int i = 0; i < parts; ++i) add_polygons(out, GEOSGetGeometryN_r(context, geometry, i));
    }
}

MultiPolygon from_geos(const GEOSGeometry* geometry) {
    MultiPolygon out;
    add_polygons(out, geometry);
    return out;
}

/// Nothing if it is no point, or an empty one.
std::optional<Point> point_of(const GEOSGeometry* geometry) {
    Point out;
    if (geometry == nullptr || GEOSGeomGetX_r(geos_context(), geometry, &out.x) != 1 ||
        GEOSGeomGetY_r(geos_context(), geometry, &out.y) != 1)
        return std::nullopt;
    return out;
}

GEOSGeometry* made_valid_by(GEOSMakeValidMethods method, const GEOSGeometry* geometry) {
    GEOSContextHandle_t context = geos_context();
    GEOSMakeValidParams* parameters = GEOSMakeValidParams_create_r(context);
    GEOSMakeValidParams_setMethod_r(context, parameters, method);
    GEOSMakeValidParams_setKeepCollapsed_r(context, parameters, 0);
    GEOSGeometry* out = GEOSMakeValidWithParams_r(context, geometry, parameters);
    GEOSMakeValidParams_destroy_r(context, parameters);
    return out;
}

GeosGeometry line_of(const GeosLine& line) {
    const double xy[] = {line.a.x, line.a.y, line.b.x, line.b.y};
    GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(geos_context(), xy, 2, 0, 0);
    return checked(sequence == nullptr ? nullptr : GEOSGeom_createLineString_r(geos_context(), sequence));
}

class Module final : public GeosModule {
public:
    std::string version() const override { return GEOSversion(); }

    MultiPolygon united(std::span<const MultiPolygon> shapes) const override {
        std::vector<GeosGeometry> parts;
        for (const MultiPolygon& shape : shapes) parts.push_back(to_geos(shape));
        const GeosGeometry all = collection(GEOS_GEOMETRYCOLLECTION, std::move(parts));
        return from_geos(checked(GEOSUnaryUnion_r(geos_context(), all.get())).get());
    }
    MultiPolygon common(const MultiPolygon& a, const MultiPolygon& b) const override {
        const GeosGeometry first = to_geos(a), second = to_geos(b);
        return from_geos(checked(GEOSIntersection_r(geos_context(), first.get(), second.get())).get());
    }
    MultiPolygon without(const MultiPolygon& a, const MultiPolygon& b) const override {
        const GeosGeometry first = to_geos(a), second = to_geos(b);
        return from_geos(checked(GEOSDifference_r(geos_context(), first.get(), second.get())).get());
    }
    MultiPolygon grown(const MultiPolygon& shape, double distance, int quarter_segments) const override {
        const GeosGeometry given = to_geos(shape);
        return from_geos(
            checked(GEOSBuffer_r(geos_context(), given.get(), distance, quarter_segments)).get());
    }
    bool is_valid(const MultiPolygon& shape) const override {
        return GEOSisValid_r(geos_context(), to_geos(shape).get()) == 1;
    }
    GeosFault fault(const MultiPolygon& shape) const override {
        const GeosGeometry given = to_geos(shape);
        char* reason = nullptr;
        GEOSGeometry* place = nullptr;
        const char valid = GEOSisValidDetail_r(
            geos_context(), given.get(), GEOSVALID_ALLOW_SELFTOUCHING_RING_FORMING_HOLE, &reason, &place);
        const GeosGeometry owned_place(place);
        const std::string text = reason == nullptr ? geos_message() : std::string(reason);
        if (reason != nullptr) GEOSFree_r(geos_context(), reason);
        return valid == 1 ? GeosFault{} : GeosFault{text, point_of(place)};
    }
    MultiPolygon made_valid(const MultiPolygon& shape) const override {
        constexpr int quarter_segments = 8;
        const GeosGeometry given = to_geos(shape);
        for (const int attempt : {0, 1, 2}) {
            const GeosGeometry tried(attempt == 0 ? made_valid_by(GEOS_MAKE_VALID_STRUCTURE, given.get())
                                     : attempt == 1
                                         ? made_valid_by(GEOS_MAKE_VALID_LINEWORK, given.get())
                                         : GEOSBuffer_r(geos_context(), given.get(), 0, quarter_segments));
            if (!tried) continue;
            MultiPolygon out = from_geos(tried.get());
            if (out.empty() || is_valid(out)) return out;
        }
        throw std::runtime_error(geos_message());
    }
    std::vector<GeosFace> faces(std::span<const GeosLine> lines) const override {
        std::vector<GeosGeometry> parts;
        for (const GeosLine& line : lines) parts.push_back(line_of(line));
        const GeosGeometry all = collection(GEOS_MULTILINESTRING, std::move(parts));
        const GeosGeometry noded = checked(GEOSUnaryUnion_r(geos_context(), all.get()));
        const GEOSGeometry* borders[] = {noded.get()};
        const GeosGeometry cut = checked(GEOSPolygonize_r(geos_context(), borders, 1));
        std::vector<GeosFace> out;
        const int count = GEOSGetNumGeometries_r(geos_context(), cut.get());
        for (int i = 0; i < count; ++i) {
            const GEOSGeometry* polygon = GEOSGetGeometryN_r(geos_context(), cut.get(), i);
            const GeosGeometry point = checked(GEOSPointOnSurface_r(geos_context(), polygon));
            out.push_back({from_geos(polygon), point_of(point.get())});
        }
        return out;
    }
};

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

}  // namespace wardmap

extern "C" __attribute__((visibility("default"))) const wardmap::GeosModule* wardmap_geos_module(
    const char* library_version);

const wardmap::GeosModule* wardmap_geos_module(const char* library_version) {
    if (wardmap::version != std::string_view(library_version)) return nullptr;
    static const wardmap::Module module;
    return &module;
}
