/// \file
/// A scene as PNG: true size, with title and description inside for those who ask the file.
#pragma once

#include "wardmap/scene/scene.hpp"

#include <string>

namespace wardmap {

/// How the pixels are packed: `quick` takes a third of the time of `small` for a fifth more bytes.
enum class PngPacking : unsigned char { small, quick };

struct PngOptions {
    double dpi = 300;      ///< 36 to 2400; Word and browsers place the picture at its true size
    unsigned threads = 1;  ///< 0: one a core; the bytes are the same for any number
    PngPacking packing = PngPacking::small;
};

/// White background; 256 colours where they suffice (no channel of a pixel is then more than 12 of 255 off,
/// and few are off at all), else 24 bit. `pHYs` holds the resolution, `iTXt` the title and the alternative
/// text ("Description"). The letters are drawn from their outlines, so hinting and the system's font settings
/// change nothing: the same bytes every time.
/// \throws UsageError if dpi is out of range, OutputError if the picture would be wider or higher than
///         32,767 px or the scene cannot be drawn.
std::string to_png(const Scene& scene, const PngOptions& options = {});

}  // namespace wardmap
