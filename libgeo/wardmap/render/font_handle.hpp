/// \file
/// The three font files through HarfBuzz: shaping and outlines in font units, so that one answer
/// holds for every size and every resolution. Not installed.
#pragma once

#include "wardmap/scene/scene.hpp"

#include <hb.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

enum class FontFile : unsigned char { regular, bold, italic };
inline constexpr std::size_t font_file_count = 3;

/// Bold italic is drawn as bold.
FontFile font_file_of(const TextStyle& style) noexcept;

/// A font that is never changed after loading; any number of threads may use it.
struct LoadedFont {
    hb_face_t* face = nullptr;
    hb_font_t* font = nullptr;
    double units_per_em = 2048;
    std::string postscript_name{};
};

/// Loaded on first use and kept. \throws Error if the file is missing or no font.
const LoadedFont& loaded_font(FontFile file);

struct Glyph {
    std::uint32_t id = 0;
    std::uint32_t byte = 0;  ///< where its first character starts in the text
    int advance = 0;         ///< in font units, kerning included
    int dx = 0;
    int dy = 0;  ///< upwards
};

struct ShapedText {
    std::vector<Glyph> glyphs{};
    int width = 0;  ///< in font units
};

/// One line from left to right, kerned. Liberation Sans has no ligatures to set.
/// \param text  as plain_text gives it
/// \return kept for the thread until it has set many others: not to be held over the next call
const ShapedText& shape(std::string_view text, FontFile file);

/// The outline of a glyph in font units, y upwards. Kept for each thread.
const Path& glyph_outline(std::uint32_t glyph, FontFile file);

}  // namespace wardmap
