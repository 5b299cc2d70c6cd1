#include "wardmap/crs/proj_module.hpp"

#include "wardmap/base/data_folder.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/late_module.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/crs/proj/module_interface.hpp"

#include <filesystem>
#include <string>

namespace wardmap {
namespace {

const ProjModule& open_module() {
    constexpr const char* file = "wardmap_proj.so";
    const auto refuse = [&](const std::string& why) {
        throw Error(std::string("the PROJ module ") + file + " cannot be opened: " + why, {},
                    "install wardmap and PROJ again");
    };
    const LateModule found = open_late_module(file, proj_module_entry);
    if (found.entry == nullptr)
        refuse(found.why_not.empty() ? "it is not beside the library" : found.why_not);
    const std::filesystem::path carried = data_folder() / "proj";
    const std::string folder =
        std::filesystem::exists(carried / "proj.db") ? carried.string() : std::string{};
    const ProjModule* const module = reinterpret_cast<ProjModuleEntry>(found.entry)(
        std::string(version).c_str(), folder.empty() ? nullptr : folder.c_str());
    if (module == nullptr) refuse("it was built for another version of wardmap");
    return *module;
}

}  // namespace

const ProjModule& proj_module() {
    static const ProjModule& module = open_module();
    return module;
}

}  // namespace wardmap
