/// \file
/// Areas shaded by class: for rates, shares, deciles and changes.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

namespace wardmap {

/// Shades each area by the class of its value.
///
/// Natural breaks, rounded inside the gaps so that no area changes class; dark is more. A column of deciles
/// has ten fixed classes, dark is 1. Changes up and down have two colours that meet at 0. Zero has a class of
/// its own. No data, suppressed, not calculated and not applicable each have their own look. Counts are drawn
/// when asked for, with a line in the log: circle_map is the picture for them. \param table  rows with
/// `area_code`; the row without one is the total, drawn as a reference in the key \throws NameUnknown for a
/// column that is not there; InputError if an area has two rows or none has a shape;
///         UsageError for impossible classes
Figure choropleth(const Table& table, const AreaSet& areas, const MapOptions& options,
                  const TextMeasure& measure);

}  // namespace wardmap
