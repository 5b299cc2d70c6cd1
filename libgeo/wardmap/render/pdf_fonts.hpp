/// \file
/// The letters a PDF uses, and the fonts embedded for them.
#pragma once

#include "wardmap/render/pdf_file.hpp"
#include "wardmap/scene/scene.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace wardmap {

/// Writes text-showing operators and remembers which glyphs they need.
class PdfFonts {
public:
    enum class After : unsigned char { nothing, space };  ///< a space parts the lines of a paragraph
    struct Shown {
        std::string operators{};  ///< "/F0 3.175 Tf [<0036>1.5<0057>] TJ", for use inside BT and ET
        double width_mm = 0;
        bool needs_actual_text = false;  ///< a glyph of it stands for other characters elsewhere
        bool has_missing = false;        ///< some character is not in the font
    };
    /// \param text  as plain_text gives it
    Shown show(std::string_view text, const TextStyle& style, After after);

    /// Writes the fonts used and returns the entries of the pages' /Font dictionary.
    std::string write(PdfFile& file) const;

private:
    std::array<std::map<std::uint32_t, std::string>, 3> used_{};  ///< by font file: glyph, its characters
};

}  // namespace wardmap
