/// \file
/// Small multiples: one page with a map for each value of a column, one scale, one key.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace wardmap {

/// One map of the page.
struct MapPanel {
    std::string title{};                                       ///< "Alcohol, robbery"
    std::vector<std::pair<std::string, std::string>> group{};  ///< column and value, for the data
    Table table{};                                             ///< as choropleth and the others take it
};

/// The options with the scale that all these values share: classes of a choropleth, the largest circle.
/// Quadrants have none. \param table  the rows of all maps, with `area_code`
MapOptions with_shared_scale(MapKind kind, const Table& table, const AreaSet& areas, MapOptions options);

/// A map for each panel at one size and scale, in rows, under its title and its finding in short; one key,
/// one scale bar. Names stand in the areas if all fit in every map; else numbers with a key below; else
/// nothing, and the data table has them. `data` has the columns of the groups and `class`.
/// \param options  with a scale (with_shared_scale); `label_positions` are of single maps and must be empty
/// \param most_height_mm  of all under title and subtitle, where the slot would leave more: for it the maps
/// become smaller, down to 20 mm wide
/// \throws what the single maps throw; UsageError for no panel or more than 60
Figure facet_maps(MapKind kind, std::span<const MapPanel> panels, const AreaSet& areas,
                  const MapOptions& options, const TextMeasure& measure,
                  std::optional<double> most_height_mm = {});

}  // namespace wardmap
