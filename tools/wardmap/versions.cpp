#include "versions.hpp"

#include "wardmap/base/build_info.hpp"
#include "wardmap/base/data_folder.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/crs/proj_version.hpp"
#include "wardmap/geometry/geos_module.hpp"
#include "wardmap/io/builtin_areas.hpp"
#include "wardmap/io/gdal_module.hpp"

#include <exception>

namespace wardmap {

std::string built_versions_text() {
    std::string text = "wardmap " + std::string(version) + "\n";
    for (const auto& [library, number] : built_with) {
        text += std::string(library) + " " + std::string(number) + "\n";
    }
    return text;
}

std::string loaded_versions_text() {
    std::string text = "wardmap " + std::string(version) + "\n";
    const auto line = [&](const std::string& what, const std::string& value) {
        text += what + ": " + value + "\n";
    };
    line("library", library_folder().string());
    try {
        line("fonts and boundaries", data_folder().string());
        for (const BuiltinAreas& set : builtin_areas())
            line("areas", set.name + ", " + std::to_string(set.areas));
    } catch (const std::exception& error) {
        line("fonts and boundaries", error.what());
    }
    line("GEOS", geos_version());
    line("PROJ", proj_version());
    const auto gdal = gdal_versions();
    if (gdal.empty()) line("GDAL", "no module here: CSV, GeoJSON and the built-in areas only");
    for (const auto& [what, value] : gdal) line(what, value);
    return text;
}

}  // namespace wardmap
