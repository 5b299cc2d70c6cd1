/// \file
/// Where the quadrants of rate and change lie.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

namespace wardmap {

/// Colours each area by its quadrant, with the marker of the quadrant chart and the change below its name.
///
/// The marker is filled where the rate is clearly above or below its cut (`rate_compared`), else hollow.
/// Areas of no quadrant are hatched and listed. Works on a table of ward_table.hpp: `quadrant`, `change_pct`,
/// `rate_compared`, `flags`. \throws as choropleth
Figure quadrant_map(const Table& table, const AreaSet& areas, const MapOptions& options,
                    const TextMeasure& measure);

}  // namespace wardmap
