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

/// What its maker knows of a figure and neither words nor data say by themselves: lint judges by this
/// (docs/lint.md). Notes and log tell people the same; what these are worded like decides nothing.
struct FigureFacts {
    bool shades_counts = false;     ///< of a shaded map: of counts, not of rates
    bool circles_of_rates = false;  ///< circles sized by rates, not by counts
    bool shows_rates = false;       ///< rates, or changes of counts: mostly chance where counts are small
    bool marks_small = false;       ///< those of fewer than 10 bear a mark, which is explained
    bool says_events = false;       ///< what was counted is not known, so it is called events
    std::vector<std::string> areas_without_row{};  ///< names; drawn as no data
    std::vector<std::string> rows_of_no_area{};    ///< names and codes; not drawn
    std::vector<std::string> labels_of_no_area{};  ///< codes and names in a file of label positions
    std::optional<double> linear_change_pct{};     ///< greatest change on an axis of change that is linear
    std::size_t small_baselines = 0;  ///< months of fewer than 20 that changes are measured against
};

struct Figure {
    std::string id{};
    std::string kind{};  ///< "choropleth", "circles", "quadrant-map", "quadrant", "ages", ...
    Scene scene{};
    double head_mm = 0;  ///< what title and subtitle take at the scene's top, which a page may set itself
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
    FigureFacts facts{};
};

}  // namespace wardmap
