#include "wardmap/crs/proj_module.hpp"

#include "wardmap/base/data_folder.hpp"
#include "wardmap/base/late_module.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/crs/proj/module_interface.hpp"

#include <filesystem>
#include <string>

namespace wardmap {
namespace {

const ProjModule& open_module() {
    const std::filesystem::path carried = data_folder() / "proj";
    const std::string folder =
        std::filesystem::exists(carried / "proj.db") ? carried.string() : std::string{};
    return opened_module<ProjModuleEntry>({.name = "PROJ",
                                           .file = "wardmap_proj.so",
                                           .entry = proj_module_entry,
                                           .remedy = "install wardmap and PROJ again"},
                                          std::string(version).c_str(),
                                          folder.empty() ? nullptr : folder.c_str());
}

}  // namespace

const ProjModule& proj_module() {
    static const ProjModule& module = open_module();
    return module;
}

}  // namespace wardmap
