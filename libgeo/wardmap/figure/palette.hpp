/// \file
/// Named colours for classes: ordered ramps of even lightness, two-sided ramps, and categories.
#pragma once

#include "wardmap/scene/color.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

enum class PaletteKind : unsigned char {
    sequential,   ///< light to dark: dark is more
    diverging,    ///< dark, pale, dark: below and above a middle
    categorical,  ///< no order
};

/// One palette by name. Letter case is ignored.
/// Sequential ramps go from L* 89 to 24 in even steps (the lightest at least 1.25:1 on white); "Blues"
/// with four classes is #C7E5F0 #6EADD3 #3170AC #1D386B. Diverging ramps have a pale middle class
/// where `k` is odd. "AF" is the Analysis Function's categorical palette (at most six, four advised).
/// \param k  1 to 12 classes (categorical: at most as many as the palette has)
/// \throws NameUnknown naming the nearest palettes; UsageError for a `k` out of range.
std::vector<Color> palette_colors(std::string_view name, std::size_t k);

/// \throws NameUnknown
PaletteKind palette_kind(std::string_view name);

/// How many colours it can give at most.
/// \throws NameUnknown
std::size_t palette_size(std::string_view name);

/// Every palette, in the order to be listed.
std::vector<std::string> palette_names();

/// The ink for text on `fill`: near-black or white, at least 4.5:1; pure black where only that reaches it.
Color ink_on(const Color& fill);

}  // namespace wardmap
