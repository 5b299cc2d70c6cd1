#include "wardmap/io/gdal_module.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/late_module.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/io/gdal/module_interface.hpp"

#include <cctype>
#include <filesystem>
#include <mutex>
#include <utility>

namespace wardmap {
namespace {

struct Opened {
    const GdalModule* module = nullptr;
    std::string why_not{};  ///< empty if the module is not there at all
};

Opened open_module() {
    LateModule found = open_late_module("wardmap_gdal.so", gdal_module_entry);
    if (found.entry == nullptr) return {nullptr, std::move(found.why_not)};
    const GdalModule* const module =
        reinterpret_cast<GdalModuleEntry>(found.entry)(std::string(version).c_str());
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
