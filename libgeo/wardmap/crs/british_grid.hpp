/// \file
/// Longitudes and latitudes to the British National Grid without PROJ: the one way that nearly every map of
/// British areas goes, and loading PROJ and its registry takes longer than drawing the map.
#pragma once

#include "wardmap/base/point.hpp"

#include <string_view>

namespace wardmap {

/// What is done, as PROJ names it, and the registry's accuracy of it.
inline constexpr std::string_view british_grid_operation =
    "axis order change (2D) + Inverse of OSGB36 to WGS 84 (6) + British National Grid";
inline constexpr double british_grid_accuracy_m = 2;

/// True in and round Great Britain, where british_grid() is PROJ's result to a ten thousandth of a
/// millimetre.
bool in_reach_of_british_grid(Point longitude_latitude) noexcept;

/// EPSG:4326 to EPSG:27700 by the seven parameters of EPSG:1314 (no grid of corrections) and the transverse
/// Mercator projection in Krüger's series. \pre in_reach_of_british_grid(point)
Point british_grid(Point longitude_latitude) noexcept;

}  // namespace wardmap
