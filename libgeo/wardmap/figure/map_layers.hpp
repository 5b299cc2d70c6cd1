/// \file
/// What lies round and over a map's own areas: neighbours, borders of larger areas, impact areas, and the
/// small map that says where it all is.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/legend.hpp"
#include "wardmap/figure/map_frame.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// The layers of MapOptions in the coordinate system of the map, and what is to be said of them.
struct MapLayers {
    AreaSet overlay{};                       ///< impact areas; size 0: none
    AreaSet outlines{};                      ///< larger areas
    AreaSet context{};                       ///< neighbours, those in the map's window alone
    std::vector<LegendLine> lines{};         ///< of the key
    std::vector<std::string> notes{};        ///< where the outlines are from
    std::string description{};               ///< which areas lie mostly inside; empty: none do
    std::vector<std::string> attribution{};  ///< of all layers
    std::vector<std::string> log{};
};

/// What the overlaid areas are called: as the options say, else "Impact areas".
std::string overlay_name(const MapOptions& options);

/// The map with its window: grown round the areas where neighbours are to be seen.
ProjectedAreas with_window(ProjectedAreas projected, const MapOptions& options);

/// \throws CrsError if a layer's coordinate system is not known and the map's is another.
MapLayers layers_for(const ProjectedAreas& projected, const MapOptions& options);

/// Neighbours cut to `window` (mm from the map's corner), pale, under everything else, in a thin frame.
void draw_context(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                  const std::string& prefix);
/// Their names in italics where these fit clear of `taken` and of the map's own areas; added to `placed`, in
/// coordinates of the map.
void draw_context_names(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                        std::span<const Box> taken, Theme theme, const TextMeasure& measure,
                        std::vector<PlacedLabel>& placed);

/// Borders of larger areas, as far as they run through or round the map's own.
void draw_outlines(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                   const std::string& prefix);

/// Outlines of impact areas cut to `window`, in the looks of the options.
void draw_overlay(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                  const MapOptions& options, const std::string& prefix);
/// The small circles of the options' spots, each where its area is widest. \return where they are
std::vector<Box> draw_spots(Group& into, const AreaSet& areas, const MapFrame& map, const MapOptions& options,
                            const std::string& prefix);
/// Their names in white boxes on their lines, where one finds a place clear of `taken`.
void draw_overlay_names(Group& into, const MapLayers& layers, const MapFrame& map, const Box& window,
                        std::span<const Box> taken, Theme theme, const TextMeasure& measure,
                        std::vector<PlacedLabel>& placed, std::vector<std::string>& log);

/// Boxes along the lines of overlay and outlines, in coordinates of the map: labels keep off them where they
/// can.
std::vector<Box> line_boxes(const MapLayers& layers, const MapFrame& map);

/// Whether words below a locator say what it is.
enum class LocatorWords : unsigned char { no, yes };

/// A small map of `around` with the map's areas dark in it.
/// \throws CrsError as layers_for
LegendBlock locator_map(const ProjectedAreas& projected, const MapFrame& map, const AreaSet& around,
                        LocatorWords shown, Theme theme, const TextMeasure& measure);

/// The key with the locator below it, where no corner of the map has room for that.
LegendBlock with_locator(LegendBlock legend, const LegendBlock& locator);

}  // namespace wardmap
