/// \file
/// GEOS geometries as unique_ptr, the calling thread's context, and the ways in and out.
#pragma once

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include "wardmap/geometry/multi_polygon.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// The context of this thread; messages of GEOS are kept for geos_message().
GEOSContextHandle_t geos_context();
/// The last message of GEOS on this thread, without its trailing coordinates' noise; empty if none.
std::string geos_message();

struct GeosDeleter {
    void operator()(GEOSGeometry* geometry) const noexcept;
};
using GeosGeometry = std::unique_ptr<GEOSGeometry, GeosDeleter>;

/// A POLYGON or MULTIPOLYGON. \pre rings are closed and have at least four points
/// \throws GeometryError
GeosGeometry to_geos(const MultiPolygon& shape);
/// All polygons of any geometry, collections searched, lines and points left out; rings oriented.
MultiPolygon from_geos(const GEOSGeometry& geometry);
/// Throws a GeometryError with GEOS' words if the pointer is null.
GeosGeometry checked(GEOSGeometry* geometry, const char* what);

}  // namespace wardmap
