/// \file
/// A part of a font, for a file that carries it. Not installed.
#pragma once

#include "wardmap/render/font_handle.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace wardmap {

enum class GlyphNumbers : unsigned char { kept, anew };

struct FontSubset {
    std::vector<std::uint32_t> glyphs{};      ///< by number
    std::vector<std::uint32_t> characters{};  ///< by Unicode code point
    GlyphNumbers numbers = GlyphNumbers::anew;
    std::initializer_list<const char*>
        tables_left_out{};  ///< tags of four letters; hints are left out always
};

/// A font file with these glyphs and what they need. \throws OutputError if the font cannot be cut
std::string font_subset(const LoadedFont& font, const FontSubset& wanted);

/// The bytes of one table; empty if there is none. \param tag  of four letters
std::string font_table(const LoadedFont& font, const char* tag);

}  // namespace wardmap
