/// \file
/// The letters of a picture as fonts that a page brings along, for readers without Arial or Liberation Sans.
#pragma once

#include "wardmap/scene/scene.hpp"

#include <array>
#include <set>
#include <string>
#include <string_view>

namespace wardmap {

/// Collects the characters of texts, and gives the subset of Liberation Sans that draws them.
class WebFonts {
public:
    /// \param text  as plain_text gives it
    void use(std::string_view text, const TextStyle& style);

    /// Rules `@font-face` of this family, with the font in a data URI each; empty without texts. Kerning is
    /// kept: text is as wide as it was measured. \throws OutputError if a font cannot be cut
    std::string css(std::string_view family) const;

private:
    std::array<std::set<char32_t>, 3> used_{};  ///< by font file
};

}  // namespace wardmap
