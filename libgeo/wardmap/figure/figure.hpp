/// \file
/// A finished picture and all that belongs to it: the words beside it, its data, what was decided.
#pragma once

#include "wardmap/geometry/point.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// Size of the place the picture goes to (A4, Word's margins). Heights are the most allowed; maps,
/// bars and tables take what they need.
enum class Slot : unsigned char { full, half, page, landscape, slide, govuk };
/// Type sizes and colours. Text is never shrunk to fit.
enum class Theme : unsigned char { report, large, slide, mono };
enum class TitleShown : unsigned char { yes, no };
/// What stands in each area of a map.
enum class AreaLabels : unsigned char { none, name, name_and_value, value };

/// What every picture takes. Empty texts are made from the table's metadata; "-" leaves one out.
struct FigureOptions {
    std::string id{"figure"};
    Slot slot = Slot::full;
    Theme theme = Theme::report;
    TitleShown title_shown = TitleShown::yes;
    std::string title{};
    std::string subtitle{};
    std::vector<std::string> notes{};  ///< added after the notes the figure makes itself
    std::string source{};              ///< replaces the table's source line
    std::string alt{};
    std::vector<std::string> attribution{};  ///< added to the table's and the areas', each line once
};

/// A text that was placed, for `--data-out` and for tests: no two may overlap.
struct PlacedLabel {
    std::string code{};  ///< area it belongs to; empty for other texts
    std::string text{};  ///< lines joined by \n
    Box box{};           ///< mm on the page, y down
    bool has_leader = false;
    std::vector<Box>
        lines{};  ///< of names in areas: the box of each line; these lie in the area, not always `box`
    std::optional<Point> symbol{};  ///< middle of the circle it belongs to, on circle maps
    bool by_hand = false;           ///< somebody chose its place
};

/// One class of a map or chart, as in the legend.
struct FigureClass {
    std::string label{};  ///< "250 to 399"
    Color color{};
    std::size_t count = 0;  ///< areas in it
    std::optional<double> lower{};
    std::optional<double> upper{};
};

struct Figure {
    std::string id{};
    std::string kind{};  ///< "choropleth", "circles", "quadrant-map", "quadrant", "ages", ...
    Scene scene{};
    std::string title{};
    std::string subtitle{};
    std::string alt{};          ///< short: at most about 150 characters where the data allow it
    std::string description{};  ///< 2 to 4 sentences
    std::vector<std::string> notes{};
    std::vector<std::string> sources{};
    Table data{};  ///< what is drawn, one row a mark
    std::vector<FigureClass> classes{};
    std::vector<std::string> class_of_area{};  ///< beside data's rows where classes apply
    std::optional<double> goodness_of_fit{};   ///< of the classes: share of the variance between them, 0 to 1
    std::vector<PlacedLabel> labels{};
    std::vector<std::string> log{};  ///< "Whoberley: moved", "Coventry projected to EPSG:27700"
};

}  // namespace wardmap
