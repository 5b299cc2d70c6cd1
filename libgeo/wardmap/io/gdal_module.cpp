#include "wardmap/io/gdal_module.hpp"

#include "wardmap/base/data_folder.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/io/gdal/module_interface.hpp"

#include <dlfcn.h>

#include <cctype>
#include <filesystem>
#include <mutex>

namespace wardmap {
namespace {

struct Opened {
    const GdalModule* module = nullptr;
    std::string why_not{};  ///< empty if the module is not there at all
};

Opened open_module() {
    const std::filesystem::path path = library_folder() / "wardmap_gdal.so";
    if (!std::filesystem::exists(path)) return {};
    // Never closed: GDAL keeps threads and caches of its own until the process ends.
    // Lazily: binding every function of GDAL's hundred libraries takes longer than reading most files.
    void* const library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) return {nullptr, dlerror()};
    const auto entry = reinterpret_cast<GdalModuleEntry>(dlsym(library, gdal_module_entry));
    if (entry == nullptr) return {nullptr, "it has no function " + std::string(gdal_module_entry)};
    const GdalModule* const module = entry(std::string(version).c_str());
    if (module == nullptr) return {nullptr, "it was built for another version of wardmap"};
    return {module, {}};
}

const Opened& opened() {
    static std::once_flag once;
    static Opened result;
    std::call_once(once, [] { result = open_module(); });
    return result;
}

std::string reading(const std::string& path) {
    std::string ending = std::filesystem::path(path).extension().string();
    for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return "reading " + (ending.empty() ? "'" + path + "'" : ending);
}

const GdalModule& module_for(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        throw FileMissing("the file is not there", {.file = path}, "check the name and the folder");
    }
    return gdal_module(reading(path));
}

}  // namespace

const GdalModule& gdal_module(const std::string& needed_for) {
    const Opened& found = opened();
    if (found.module != nullptr) return *found.module;
    if (found.why_not.empty()) {
        throw Error("this build of wardmap has no GDAL module, which " + needed_for + " needs", {},
                    "convert to GeoJSON or CSV, or in Python read it with pyogrio and pass the frame");
    }
    throw Error("the GDAL module, which " + needed_for + " needs, cannot be opened: " + found.why_not, {},
                "install wardmap and GDAL again, or convert to GeoJSON or CSV");
}

std::vector<RawSheet> read_workbook(const std::string& path) {
    return module_for(path).read_workbook(path);
}

std::vector<std::string> list_layers(const std::string& path) {
    return module_for(path).list_layers(path);
}

RawLayer read_layer(const std::string& path, const std::string& layer) {
    return module_for(path).read_layer(path, layer);
}

RawPoints read_points(const std::string& path, const std::string& layer) {
    return module_for(path).read_points(path, layer);
}

std::vector<std::pair<std::string, std::string>> gdal_versions() {
    try {
        const Opened& found = opened();
        if (found.module != nullptr) return found.module->versions();
        if (!found.why_not.empty()) return {{"GDAL", "cannot be opened: " + found.why_not}};
    } catch (const Error&) {
        // The library does not know where it lies: then there is no module beside it either.
    }
    return {};
}

}  // namespace wardmap
