/// \file
/// The three maps before they are laid out, for pages of one map and of many.
#pragma once

#include "wardmap/figure/map_frame.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/figure/map_sheet.hpp"
#include "wardmap/figure/map_words.hpp"
#include "wardmap/indicator/class_breaks.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <span>

namespace wardmap {

/// What a map may take of the page, which decides how large circles are.
struct MapRoom {
    double width_mm = 0;
    double height_mm = 0;
    double largest_circle_mm = 0;  ///< 0: by the size of the map
};

/// What choropleth, circle_map and quadrant_map draw; they say what is thrown.
MapContent choropleth_content(const Table& table, const AreaSet& areas, const MapOptions& options);
MapContent circle_content(const Table& table, const ProjectedAreas& projected, const MapOptions& options,
                          const MapRoom& room);
MapContent quadrant_content(const Table& table, const AreaSet& areas, const MapOptions& options);

/// The classes a choropleth of these values takes: the options' own, else natural breaks, rounded, with a
/// class for zero, or two sides that meet at 0.
ClassBreaks map_classes(std::span<const double> values, std::size_t area_count, ValueKind kind,
                        const MapOptions& options);
/// True where the ten classes of deciles are taken whatever the values are.
bool has_fixed_deciles(ValueKind kind, const MapOptions& options);

}  // namespace wardmap
