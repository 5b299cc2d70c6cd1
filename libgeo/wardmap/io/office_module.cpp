#include "wardmap/io/office_module.hpp"

#include "wardmap/base/late_module.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/io/office/module_interface.hpp"

#include <string>

namespace wardmap {
namespace {

const OfficeModule& open_module() {
    return opened_module<OfficeModuleEntry>({.name = "office",
                                             .file = "wardmap_office.so",
                                             .entry = office_module_entry,
                                             .remedy = "install wardmap, libzip and libxlsxwriter again"},
                                            std::string(version).c_str());
}

}  // namespace

const OfficeModule& office_module() {
    static const OfficeModule& module = open_module();
    return module;
}

}  // namespace wardmap
