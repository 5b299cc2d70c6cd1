#include "convert.hpp"

#include "wardmap/base/build_info.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/crs/proj_version.hpp"
#include "wardmap/geometry/geos_module.hpp"
#include "wardmap/io/gdal_module.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/report/report.hpp"

namespace wardmap {
namespace {

py::dict build_info() {
    py::dict built, loaded, out;
    for (const auto& [library, number] : built_with)
        built[py::str(std::string(library))] = std::string(number);
    loaded["GEOS"] = geos_version();
    loaded["PROJ"] = proj_version();
    for (const auto& [what, value] : gdal_versions()) loaded[py::str(what)] = value;
    out["version"] = std::string(version);
    out["built_with"] = built;
    out["loaded"] = loaded;
    return out;
}

py::tuple report(const std::string& project, const std::string& folder, const std::string& previous,
                 bool overwrite, double png_dpi, unsigned threads) {
    ReportResult made;
    {
        const Unlocked unlocked;
        ReportOptions options;
        options.overwrite = overwrite ? Overwrite::replace : Overwrite::refuse;
        options.previous = previous;
        options.png_dpi = png_dpi;
        options.threads = threads;
        made = write_report(read_project(project), folder, options);
    }
    return py::make_tuple(made.headlines, list_of(made.log.problems));
}

}  // namespace

void bind_report(py::module_& m) {
    m.attr("__version__") = std::string(version);
    m.def("build_info", &build_info, "Versions this package was built with and those loaded.");
    m.def("report", &report, py::arg("project"), py::arg("folder"), py::arg("previous"), py::arg("overwrite"),
          py::arg("png_dpi"), py::arg("threads"));
}

}  // namespace wardmap
