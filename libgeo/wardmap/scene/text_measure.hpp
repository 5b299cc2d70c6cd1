/// \file
/// How wide a text will be. Figures are laid out with this interface; `render` fills it.
#pragma once

#include <string_view>

namespace wardmap {

enum class FontWeight : unsigned char { regular, bold };
enum class FontSlant : unsigned char { upright, italic };

/// Everything that decides how wide a text is. The family is always Liberation Sans (Arial's widths).
struct TextStyle {
    double size_pt = 9;
    FontWeight weight = FontWeight::regular;
    FontSlant slant = FontSlant::upright;

    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

inline constexpr double mm_per_pt = 25.4 / 72.0;
/// Distance from one base line to the next, as a multiple of the size.
inline constexpr double line_height = 1.2;
/// Liberation Sans above and below the base line, as multiples of the size, for boxes round digits
/// and capitals (ascent is the cap height plus accents' room).
inline constexpr double cap_height = 0.716;
inline constexpr double ascent = 0.905;
inline constexpr double descent = 0.212;

/// Measures one line of text. Safe to call from many threads at once.
class TextMeasure {
public:
    virtual ~TextMeasure() = default;
    /// Width of the advance in mm: unhinted, so the same at every resolution and on every machine.
    virtual double width_mm(std::string_view text, const TextStyle& style) const = 0;
};

}  // namespace wardmap
