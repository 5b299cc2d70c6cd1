/// \file
/// Colours as eyes see them: even steps, and what people with a colour-vision deficiency are left with.
#pragma once

#include "wardmap/scene/color.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace wardmap {

/// CIELAB under D65: equal steps look about equal.
struct Lab {
    double l = 0;
    double a = 0;
    double b = 0;
};

Lab lab_of(const Color& color);  ///< opacity is ignored
/// The nearest colour of sRGB.
Color color_of(const Lab& lab);

/// Who looks. About 1 man in 12 is one of the first two deficiencies, few people are the third.
enum class Sight : unsigned char { normal, protan, deutan, tritan };
inline constexpr std::array all_sights{Sight::normal, Sight::protan, Sight::deutan, Sight::tritan};
std::string_view name_of(Sight sight) noexcept;  ///< "normal", "protan"

/// The colour as they see it: full deficiency after Machado, Oliveira and Fernandes 2009.
Lab seen_as(const Color& color, Sight sight);

/// CIE 1976 distance of two colours as they see them; about 2 is just told apart side by side, 10 across a
/// page.
double seen_distance(const Color& a, const Color& b, Sight sight);

/// The two colours that are hardest to tell apart, and for whom.
struct ClosestColors {
    double distance = 0;
    Sight sight = Sight::normal;
    std::size_t first = 0;
    std::size_t second = 0;
};

enum class ColorPairs : unsigned char {
    neighbours,  ///< of an order: each with the next
    all,         ///< of categories: each with each
};

/// \pre at least two colours
ClosestColors closest_colors(std::span<const Color> colors, ColorPairs pairs, std::span<const Sight> sights);

/// True if one of the two is red and the other green, to those who see both.
bool red_and_green(const Color& a, const Color& b);

}  // namespace wardmap
