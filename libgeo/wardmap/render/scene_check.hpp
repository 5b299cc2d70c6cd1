/// \file
/// A scene is looked over once before it is drawn, so that no writer meets a size or place it cannot write.
#pragma once

#include "wardmap/scene/scene.hpp"

namespace wardmap {

/// \throws OutputError if the page is not between 1 mm and 5 m each way, a coordinate or size is not
///         finite or beyond 100 m, or a path has too few points for its operations.
void check_scene(const Scene& scene);

/// What a screen reader is told first: the alternative text, else the title.
const std::string& spoken_name(const Scene& scene) noexcept;

/// True for http, https and mailto addresses, for "#id", and for a file beside or in a folder beside
/// ("tables/counts.csv", of ASCII letters, digits and -_.); others are never written as links.
bool is_safe_link(const std::string& target) noexcept;

/// Width of the outline drawn behind a text with a halo, half of it inside the letters.
inline constexpr double halo_width_mm = 0.6;

}  // namespace wardmap
