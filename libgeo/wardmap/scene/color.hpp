/// \file
/// Colours in sRGB, and how far apart two of them are for an eye.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wardmap {

struct Color {
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;
    double opacity = 1;  ///< 0 to 1

    friend bool operator==(const Color&, const Color&) = default;
};

/// Reads "#12436D" (letter case ignored). \throws UsageError for anything else.
Color color_from_hex(std::string_view hex);
std::string hex(const Color& color);  ///< "#12436d"

/// Relative luminance, 0 to 1 (WCAG 2.2); opacity is ignored.
double luminance(const Color& color) noexcept;
/// Contrast ratio, 1 to 21 (WCAG 2.2).
double contrast(const Color& a, const Color& b) noexcept;

}  // namespace wardmap
