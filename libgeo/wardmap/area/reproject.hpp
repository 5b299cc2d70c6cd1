/// \file
/// Areas in another coordinate system, and the one to draw and measure them in.
#pragma once

#include "wardmap/area/area_set.hpp"

namespace wardmap {

/// The same areas with every point moved. Copies nothing if the systems are the same.
/// \throws CrsError if the areas' system is unknown or a point has no place in `to`; says which area.
AreaSet reproject(const AreaSet& areas, const Crs& to);

/// The system to measure and draw in. A projected one stays, but for Web Mercator, whose areas are not
/// true. Longitudes and latitudes go to the British National Grid (EPSG:27700) in Great Britain, to Irish
/// Transverse Mercator (EPSG:2157) in Ireland or where the codes are Northern Ireland's (N...), elsewhere
/// to the UTM zone of the middle (EPSG:326xx, 327xx).
/// \throws CrsError if the areas' system is not known.
Crs mapping_crs(const AreaSet& areas);

}  // namespace wardmap
