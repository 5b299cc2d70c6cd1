/// \file
/// For people writing figures: a scene to a file to look at.
#pragma once

#include "wardmap/base/output_file.hpp"
#include "wardmap/render/png.hpp"
#include "wardmap/render/svg.hpp"

#include <filesystem>

namespace wardmap {

/// Writes the scene as its ending says: .svg or .png (300 dpi). Replaces an existing file.
inline void save_picture(const Scene& scene, const std::filesystem::path& path) {
    const bool svg = path.extension() == ".svg";
    write_output(path, svg ? to_svg(scene) : to_png(scene), Overwrite::replace);
}

}  // namespace wardmap
