/// \file
/// The marks of one map: areas, borders, symbols, names. Shared by single maps and sheets of small ones.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/area_labels.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/legend.hpp"
#include "wardmap/figure/map_frame.hpp"
#include "wardmap/scene/scene.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// One area as a map wants it drawn.
struct MapMark {
    Fill fill{};
    std::string spoken{};  ///< "Bablake: 190 per 100,000 people"
    LabelRequest label{};
    Color ink{0x0b, 0x0c, 0x0c, 1};
    std::optional<Color> halo{};
};

/// Draws what belongs to an area's label besides text.
using DrawSymbol = std::function<void(Group&, std::size_t area, const AreaLabel&)>;

/// Groups for layers and for decoration: their ids are stable and begin with `prefix` ("" or "panel-3-").
Group map_layer(std::string id, std::string label);
Group map_decoration(std::string id);

/// Filled areas, borders of hatched and very pale ones, borders of parents, the outline of all.
void draw_map_areas(Group& into, std::span<const MapMark> marks, const AreaSet& areas, const MapFrame& map,
                    const std::string& prefix);
/// Large symbols first, so that small ones stay on top.
void draw_map_symbols(Group& into, std::span<const MapMark> marks, std::span<const AreaLabel> labels,
                      const DrawSymbol& draw, const std::string& prefix);
void draw_map_labels(Group& into, std::span<const MapMark> marks, std::span<const AreaLabel> labels,
                     const std::string& prefix);

/// The labels as they are written to `--data-out`, on the page: `at` is where the map's corner lies.
std::vector<PlacedLabel> placed_labels(const AreaSet& areas, std::span<const MapMark> marks,
                                       std::span<const AreaLabel> labels, Point at);

}  // namespace wardmap
