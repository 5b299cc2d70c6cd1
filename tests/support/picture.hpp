/// \file
/// For people writing figures: a scene to a file to look at.
#pragma once

#include "wardmap/base/output_file.hpp"
#include "wardmap/render/pdf.hpp"
#include "wardmap/render/png.hpp"
#include "wardmap/render/svg.hpp"

#include <filesystem>
#include <string>

namespace wardmap {

/// Writes the scene as its ending says: .svg, .pdf or .png (300 dpi). Replaces an existing file.
inline void save_picture(const Scene& scene, const std::filesystem::path& path) {
    const std::filesystem::path ending = path.extension();
    const std::string bytes = ending == ".svg"   ? to_svg(scene)
                              : ending == ".pdf" ? to_pdf(scene)
                                                 : to_png(scene);
    write_output(path, bytes, Overwrite::replace);
}

}  // namespace wardmap
