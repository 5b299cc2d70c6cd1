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

/// Which end of the numbers is drawn dark.
enum class DarkEnd : unsigned char {
    automatic,  ///< high; low for deciles, where 1 is the most deprived
    high,
    low,
};

/// Options of choropleth, circle_map and quadrant_map. Each uses what makes sense for it.
struct MapOptions {
    FigureOptions figure{};
    std::string value{};         ///< column drawn; empty: `rate` (choropleth), `count_after` (circles)
    std::string value_words{};   ///< what the numbers are, for subtitle and texts; empty: from the table
    std::string legend_title{};  ///< empty: from the table
    AreaLabels labels = AreaLabels::name_and_value;
    /// Labels set by hand: `code`, the middle of `box` (mm on the page), and the breaks of `text` count.
    std::vector<PlacedLabel> label_positions{};

    std::optional<Scheme> scheme{};  ///< natural breaks; ten fixed classes for deciles
    std::optional<std::size_t> k{};  ///< 5; 4 under 20 areas; a class for zero is extra
    std::vector<double> breaks{};    ///< inner edges; given ones are taken as they are
    RoundBreaks round_breaks = RoundBreaks::yes;
    std::optional<ClassBreaks> classes{};  ///< of other maps with the same scale; replaces the four above
    std::string palette{};                 ///< "Blues"; "PuOr" where values are changes up and down
    DarkEnd dark = DarkEnd::automatic;
    std::optional<double> largest{};  ///< circles: the value whose circle is the largest, for a common scale

    std::optional<AreaSet> overlay{};  ///< outlines on top: impact areas
    std::string overlay_title{};       ///< "Impact areas" unless given
};

}  // namespace wardmap
