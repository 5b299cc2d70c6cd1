#include "wardmap/crs/proj_version.hpp"

#include <proj.h>

namespace wardmap {

std::string proj_version() {
    return proj_info().version;
}

}  // namespace wardmap
