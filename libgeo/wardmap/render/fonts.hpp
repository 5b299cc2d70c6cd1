/// \file
/// The one font family of every picture: Liberation Sans, which comes with wardmap and has Arial's widths.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <string_view>
#include <vector>

namespace wardmap {

/// Measures text in the Liberation Sans that comes with wardmap; the system's fonts are never asked.
/// Widths are unhinted advances with kerning: exactly what to_png and to_pdf draw. Bold italic is
/// measured and drawn as bold. Control characters have no width. Safe to call from many threads.
/// \throws Error if the font files are not beside the library.
const TextMeasure& liberation_sans();

/// The characters of `text` that Liberation Sans cannot draw (they would show as empty boxes), each
/// once, in the order they appear.
std::vector<char32_t> missing_glyphs(std::string_view text, const TextStyle& style = {});

/// Adds a warning `missing_glyph` for each character of the scene that will show as an empty box, with its
/// code point and the texts it stands in. Every face asks this of the pictures it writes.
void check_glyphs(const Scene& scene, Problems& problems);

}  // namespace wardmap
