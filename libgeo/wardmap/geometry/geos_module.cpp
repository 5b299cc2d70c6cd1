#include "wardmap/geometry/geos_module.hpp"

#include "wardmap/base/late_module.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/geometry/geos/module_interface.hpp"

namespace wardmap {
namespace {

const GeosModule& open_module() {
    return opened_module<GeosModuleEntry>({.name = "GEOS",
                                           .file = "wardmap_geos.so",
                                           .entry = geos_module_entry,
                                           .remedy = "install wardmap and GEOS again"},
                                          std::string(version).c_str());
}

}  // namespace

const GeosModule& geos_module() {
    static const GeosModule& module = open_module();
    return module;
}

std::string geos_version() {
    return geos_module().version();
}

}  // namespace wardmap
