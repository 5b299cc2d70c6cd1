#include "wardmap/base/late_module.hpp"

#include "wardmap/base/data_folder.hpp"
#include "wardmap/base/error.hpp"

#include <dlfcn.h>

#include <filesystem>

namespace wardmap {

LateModule open_late_module(const char* file, const char* entry) {
    const std::filesystem::path path = library_folder() / file;
    if (!std::filesystem::exists(path)) return {};
    void* const library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) return {nullptr, dlerror()};
    void* const found = dlsym(library, entry);
    if (found == nullptr) return {nullptr, "it has no function " + std::string(entry)};
    return {found, {}};
}

namespace {

[[noreturn]] void refuse(const RequiredModule& module, const std::string& why) {
    throw Error(std::string("the ") + module.name + " module " + module.file + " cannot be opened: " + why,
                {}, module.remedy);
}

}  // namespace

void* required_entry(const RequiredModule& module) {
    const LateModule found = open_late_module(module.file, module.entry);
    if (found.entry == nullptr)
        refuse(module, found.why_not.empty() ? "it is not beside the library" : found.why_not);
    return found.entry;
}

void refuse_other_version(const RequiredModule& module) {
    refuse(module, "it was built for another version of wardmap");
}

}  // namespace wardmap
