/// \file
/// A grid of hexagons laid over areas: units of one size where wards are too large and of unequal size.
#pragma once

#include "wardmap/area/area_set.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace wardmap {

struct HexagonOptions {
    double size_m = 500;  ///< between opposite sides
    /// Moves the whole grid, in metres. The grid is anchored at the origin of the coordinate system, so that
    /// the same place is in the same hexagon next year and in the neighbouring city.
    double east_m = 0;
    double north_m = 0;
};

/// A piece of one of the areas that lies in a unit.
struct UnitPart {
    AreaIndex area = no_area;
    double share_of_area = 0;  ///< of the area's surface, 0 to 1
    double share_of_unit = 0;  ///< of the unit's surface, 0 to 1
};

struct HexagonGrid {
    /// In mapping_crs(areas), cut off at the outer border. Codes "H0872-0543" (column and row of the grid),
    /// names "Foleshill 3": after the area most of it lies in, numbered from the north-west.
    AreaSet units{};
    /// Beside units: the areas each lies in, the largest part first.
    std::vector<std::vector<UnitPart>> parts{};
};

/// Which of `areas` each unit lies in, the largest part first; none where it lies in no area.
/// \pre both in one coordinate system
std::vector<std::vector<UnitPart>> parts_of(const AreaSet& units, const AreaSet& areas);

/// Hexagons (points to the north) over the areas. Those of which less than half lies within the areas are
/// joined to the neighbour they share most border with, so that no sliver stands as a unit.
/// \throws UsageError for a size under 50 m, or one that gives over a million hexagons; CrsError as
/// mapping_crs
HexagonGrid hexagon_grid(const AreaSet& areas, const HexagonOptions& options);

/// Values of the areas (people, needle finds) shared out to the units by surface: each gets of an area's
/// value the share of its surface that lies in it. NaN where an area that the unit lies in has none. \pre a
/// value an area
std::vector<double> shared_out(const HexagonGrid& grid, std::span<const double> values);

/// Means over the areas a unit lies in, weighted by what `shared_out` gives of `weights` (people): the share
/// of residents in deprived areas. NaN where nothing weighs.
std::vector<double> averaged(const HexagonGrid& grid, std::span<const double> values,
                             std::span<const double> weights);

}  // namespace wardmap
