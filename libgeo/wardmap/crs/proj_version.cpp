#include "wardmap/crs/proj_version.hpp"

#include "wardmap/crs/proj/module_interface.hpp"
#include "wardmap/crs/proj_module.hpp"

namespace wardmap {

std::string proj_version() {
    return proj_module().version();
}

}  // namespace wardmap
