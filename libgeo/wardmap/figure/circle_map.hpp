/// \file
/// Counts as circles over pale areas: a large area does not look like a large number.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

namespace wardmap {

/// Draws a circle in each area, its surface in proportion to the count: 12 mm across for the largest on a
/// full slot.
///
/// Areas with none have a small hollow square ("none found" is not "no data"); other states are as in
/// choropleth. The note says why circles. Names and counts stand below the circles, inside the areas where
/// they fit. \throws as choropleth; InputError for a negative count
Figure circle_map(const Table& table, const AreaSet& areas, const MapOptions& options,
                  const TextMeasure& measure);

}  // namespace wardmap
