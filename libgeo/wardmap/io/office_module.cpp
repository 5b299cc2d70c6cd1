#include "wardmap/io/office_module.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/late_module.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/io/office/module_interface.hpp"

#include <string>

namespace wardmap {
namespace {

const OfficeModule& open_module() {
    constexpr const char* file = "wardmap_office.so";
    const auto refuse = [&](const std::string& why) {
        throw Error(std::string("the office module ") + file + " cannot be opened: " + why, {},
                    "install wardmap, libzip and libxlsxwriter again");
    };
    const LateModule found = open_late_module(file, office_module_entry);
    if (found.entry == nullptr)
        refuse(found.why_not.empty() ? "it is not beside the library" : found.why_not);
    const OfficeModule* const module =
        reinterpret_cast<OfficeModuleEntry>(found.entry)(std::string(version).c_str());
    if (module == nullptr) refuse("it was built for another version of wardmap");
    return *module;
}

}  // namespace

const OfficeModule& office_module() {
    static const OfficeModule& module = open_module();
    return module;
}

}  // namespace wardmap
