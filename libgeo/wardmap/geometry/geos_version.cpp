#include "wardmap/geometry/geos_version.hpp"

#include <geos_c.h>

namespace wardmap {

std::string geos_version() {
    return GEOSversion();
}

}  // namespace wardmap
