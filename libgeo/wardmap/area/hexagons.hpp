/// \file
/// A grid of hexagons laid over areas: units of one size where wards are too large and of unequal size.
#pragma once

#include "wardmap/area/area_set.hpp"

namespace wardmap {

struct HexagonOptions {
    double size_m = 500;  ///< between opposite sides
    /// Moves the whole grid, in metres. The grid is anchored at the origin of the coordinate system, so that
    /// the same place is in the same hexagon next year and in the neighbouring city.
    double east_m = 0;
    double north_m = 0;
};

/// Hexagons (points to the north) over the areas, in mapping_crs(areas), cut off at the outer border. Those
/// of which less than half lies within the areas are joined to the neighbour they share most border with, so
/// that no sliver stands as a unit. Codes "H0872-0543" (column and row of the grid), names "Foleshill 3":
/// after the area most of it lies in, numbered from the north-west. Values of the areas are brought to them
/// as between any two sets of areas: area_parts.hpp. \throws UsageError for a size under 50 m, or one that
/// gives over a million hexagons; CrsError as mapping_crs
AreaSet hexagon_grid(const AreaSet& areas, const HexagonOptions& options);

}  // namespace wardmap
