/// \file
/// What the three maps take.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/indicator/class_breaks.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

enum class MapKind : unsigned char { choropleth, circles, quadrant };

/// Which end of the numbers is drawn dark.
enum class DarkEnd : unsigned char {
    automatic,  ///< high; low for deciles, where 1 is the most deprived
    high,
    low,
};

/// How the outline of an overlaid area is drawn.
enum class OverlayLook : unsigned char { dashed, solid };

/// Areas of the map picked out by a small circle in each, with what that means.
struct MapSpots {
    std::string title{};               ///< in the key: "just inside the line"
    bool filled = true;                ///< else a ring
    std::vector<std::string> codes{};  ///< of areas; those that are not on the map are passed over
};

/// Options of choropleth, circle_map and quadrant_map. Each uses what makes sense for it.
struct MapOptions {
    FigureOptions figure{};
    std::string value{};         ///< column drawn; empty: `rate` (choropleth), `count_after` (circles)
    std::string value_words{};   ///< what the numbers are, for subtitle and texts; empty: from the table
    std::string legend_title{};  ///< empty: from the table
    AreaLabels labels = AreaLabels::name_and_value;
    /// Labels as a figure placed them, some moved by hand (mm on the page): see hand_labels.hpp. Those not
    /// moved are placed as ever.
    std::vector<PlacedLabel> label_positions{};
    std::string label_file{};  ///< named in errors

    std::optional<Scheme> scheme{};  ///< natural breaks; ten fixed classes for deciles
    std::optional<std::size_t> k{};  ///< 5; 4 under 20 areas; a class for zero is extra
    std::vector<double> breaks{};    ///< inner edges; given ones are taken as they are
    RoundBreaks round_breaks = RoundBreaks::yes;
    std::optional<ClassBreaks> classes{};  ///< of other maps with the same scale; replaces the four above
    std::string palette{};                 ///< "Blues"; "PuOr" where values are changes up and down
    DarkEnd dark = DarkEnd::automatic;
    std::optional<double> largest{};  ///< circles: the value whose circle is the largest, for a common scale

    std::optional<AreaSet> overlay{};          ///< outlines on top: impact areas
    std::string overlay_title{};               ///< "Impact areas" unless given
    std::vector<OverlayLook> overlay_looks{};  ///< one an overlaid area; empty: all dashed
    std::string
        overlay_dashed_title{};  ///< of the dashed ones where others are solid: "Fragile impact areas"
    std::vector<MapSpots> spots{};
    std::string not_applicable_words{};  ///< in the key, for areas the value does not apply to: "left out"
    std::optional<AreaSet> outlines{};   ///< larger areas: their borders above those of the areas
    std::string outline_title{};         ///< "Larger areas" unless given
    std::optional<AreaSet> context{};  ///< neighbours: pale, named where it fits; the map's own are left out
    std::optional<AreaSet> locator{};  ///< a small map of these shows where the areas are
};

}  // namespace wardmap
