#include "wardmap/base/late_module.hpp"

#include "wardmap/base/data_folder.hpp"

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

}  // namespace wardmap
