/// \file
/// Areas as they lie on the page: projected, fitted at one scale for x and y, simplified for print, outlined.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/geometry/multi_polygon.hpp"
#include "wardmap/scene/scene.hpp"

#include <string>
#include <utility>
#include <vector>

namespace wardmap {

/// Areas in a coordinate system fit for drawing.
struct ProjectedAreas {
    AreaSet areas{};
    double metres_per_unit = 0;      ///< 0: not known, so no scale bar
    Box window{};                    ///< what the map shows: the areas, or more where neighbours are drawn
    bool framed = false;             ///< the window is filled: no key, bar or words within it
    std::vector<std::string> log{};  ///< "projected from EPSG:4326 to EPSG:27700"
};

/// Longitude and latitude go to the national grid (area/reproject.hpp); areas without a coordinate system
/// are drawn as they are.
/// \throws InputError if no area has a shape.
ProjectedAreas project_for_map(const AreaSet& areas);

/// How high and low the areas reach in each hundredth of their width, for laying things out round them.
/// Heights are shares of the width, y down from the top.
struct Silhouette {
    double aspect = 1;             ///< height / width
    std::vector<double> top{};     ///< infinity where no area is
    std::vector<double> bottom{};  ///< -infinity where no area is

    /// The highest and the lowest point of the areas between `from` and `to` (shares of the width).
    double top_between(double from, double to) const;
    double bottom_between(double from, double to) const;
};

/// Of the areas in the map's window.
Silhouette silhouette_of(const ProjectedAreas& projected);
/// Of a framed map, which reaches everywhere.
Silhouette full_silhouette(const ProjectedAreas& projected);

/// Areas in mm on the page, y down, (0, 0) the top left of the map.
struct MapFrame {
    std::vector<MultiPolygon> shapes{};  ///< one for each area, in their order
    double width_mm = 0;
    double height_mm = 0;
    double metres_per_mm = 0;  ///< 0: not known
    Path outline{};            ///< the border of all areas together
    Path district_lines{};     ///< borders between areas of different parents
    Point origin{};            ///< of the map's left edge and top edge, in units of the coordinate system
    double mm_per_unit = 1;

    /// Any point of the same coordinate system on the page.
    Point on_page(Point p) const noexcept {
        return {(p.x - origin.x) * mm_per_unit, (origin.y - p.y) * mm_per_unit};
    }
};

/// \param width_mm  of the map, its outline's stroke included; the height follows
MapFrame fit_map(const ProjectedAreas& projected, double width_mm);

/// One area's border; even-odd, so holes are holes.
Path path_of(const MultiPolygon& shape);

/// White between areas, dark round all of them.
inline constexpr double area_border_mm = 0.3;
inline constexpr double outline_mm = 0.5;

/// "1:82,000", to two figures; empty if not known.
std::string scale_text(const MapFrame& frame);

}  // namespace wardmap
