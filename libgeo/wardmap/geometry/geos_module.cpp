#include "wardmap/geometry/geos_module.hpp"

#include "wardmap/base/late_module.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/geometry/geos/module_interface.hpp"

namespace wardmap {
namespace {

const GeosModule& open_module() {
    constexpr const char* file = "wardmap_geos.so";
    const auto refuse = [&](const std::string& why) {
        throw Error(std::string("the GEOS module ") + file + " cannot be opened: " + why, {},
                    "install wardmap and GEOS again");
    };
    const LateModule found = open_late_module(file, geos_module_entry);
    if (found.entry == nullptr)
        refuse(found.why_not.empty() ? "it is not beside the library" : found.why_not);
    const GeosModule* const module =
        reinterpret_cast<GeosModuleEntry>(found.entry)(std::string(version).c_str());
    if (module == nullptr) refuse("it was built for another version of wardmap");
    return *module;
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
