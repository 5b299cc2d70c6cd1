/// \file
/// What the GEOS module offers the library. No GEOS type passes here, and the module needs nothing of the
/// library but plain structures, so that whoever builds the library has it.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// A straight piece of a border.
struct GeosLine {
    Point a{};
    Point b{};
};

/// A polygon that lines cut out of the plane.
struct GeosFace {
    MultiPolygon shape{};
    std::optional<Point> inside{};  ///< a point in it; nothing if GEOS finds none
};

struct GeosFault {
    std::string reason{};  ///< GEOS' words; empty if the shape is valid
    std::optional<Point> place{};
};

/// Shapes that come in are of closed rings of at least four points; shapes that come out have their rings
/// oriented, and lines and points are left out of them. Every function throws std::runtime_error with GEOS'
/// words if GEOS cannot do it. Any number of threads may ask.
class GeosModule {
public:
    GeosModule() = default;
    GeosModule(const GeosModule&) = delete;
    GeosModule& operator=(const GeosModule&) = delete;
    virtual ~GeosModule() = default;

    virtual std::string version() const = 0;
    /// Everything that lies in any of the shapes. \pre they are valid
    virtual MultiPolygon united(std::span<const MultiPolygon> shapes) const = 0;
    virtual MultiPolygon common(const MultiPolygon& a, const MultiPolygon& b) const = 0;
    /// What of `a` does not lie in `b`.
    virtual MultiPolygon without(const MultiPolygon& a, const MultiPolygon& b) const = 0;
    /// Everything within `distance`. \param quarter_segments  of a quarter of a circle
    virtual MultiPolygon grown(const MultiPolygon& shape, double distance, int quarter_segments) const = 0;
    /// By OGC's rules: rings that touch themselves are not.
    virtual bool is_valid(const MultiPolygon& shape) const = 0;
    /// Of a shape in which rings may touch themselves so that they form a hole.
    virtual GeosFault fault(const MultiPolygon& shape) const = 0;
    /// A valid shape with the same inside: by the structure method, which keeps what overlaps, else by
    /// linework, else by a buffer of nothing.
    virtual MultiPolygon made_valid(const MultiPolygon& shape) const = 0;
    /// All faces that the lines enclose, crossings found.
    virtual std::vector<GeosFace> faces(std::span<const GeosLine> lines) const = 0;
};

/// Name of the one function the module exports, and its type. The function answers null if it was built for
/// another version of the library.
inline constexpr const char* geos_module_entry = "wardmap_geos_module";
using GeosModuleEntry = const GeosModule* (*)(const char* library_version);

}  // namespace wardmap
