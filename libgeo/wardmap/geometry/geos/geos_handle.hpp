/// \file
/// GEOS geometries as unique_ptr, and the calling thread's context.
#pragma once

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include <memory>
#include <string>

namespace wardmap {

/// The context of this thread; messages of GEOS are kept for geos_message().
GEOSContextHandle_t geos_context();
/// The last message of GEOS on this thread; empty if none.
std::string geos_message();

struct GeosDeleter {
    void operator()(GEOSGeometry* geometry) const noexcept;
};
using GeosGeometry = std::unique_ptr<GEOSGeometry, GeosDeleter>;

}  // namespace wardmap
