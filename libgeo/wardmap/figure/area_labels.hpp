/// \file
/// Names and values in the areas they belong to: wrapped, moved, led to from outside, numbered; never shrunk,
/// never one over another.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// One line under the name: a value, or a marker and a value.
struct LabelLine {
    std::string text{};
    TextStyle style{};
    double marker_mm = 0;  ///< room for a marker left of the text, its gap included; 0: none
    std::string tail{};    ///< "[u]": behind the text, or on a line of its own where the area is narrow
    friend bool operator==(const LabelLine&, const LabelLine&) = default;
};

/// What a label set by hand keeps beside its place.
struct HandLabel {
    std::string text{};        ///< all lines, joined by \n: the ways of writing values that give it are taken
    std::vector<Box> lines{};  ///< box of each line; those of other numbers of lines do not count
    bool has_leader = false;
    std::optional<Point> symbol{};  ///< empty: in the middle of the area
    friend bool operator==(const HandLabel&, const HandLabel&) = default;
};

/// Which names are to be read on the map before all others.
enum class LabelRank : unsigned char { named_in_title, other };

/// What shall stand in one area.
struct LabelRequest {
    std::string name{};  ///< may break at spaces and after hyphens, into three lines at most
    TextStyle name_style{};
    std::vector<LabelLine> below{};         ///< never broken
    double symbol_mm = 0;                   ///< width of a symbol (a circle) to stand above the name; 0: none
    std::optional<Point> at{};              ///< middle of the label, set by hand: taken as it is
    std::vector<std::string> name_lines{};  ///< the breaks, set by hand; empty: all are tried
    HandLabel by_hand{};                    ///< more of a label set by hand
    LabelRank rank = LabelRank::other;      ///< who is led to first, where not all can be

    bool empty() const noexcept { return name.empty() && below.empty() && symbol_mm <= 0; }
    friend bool operator==(const LabelRequest&, const LabelRequest&) = default;
};

/// One line as placed. mm on the page, y down.
struct LabelLinePlaced {
    std::string text{};
    TextStyle style{};
    double x = 0;  ///< left end of the text
    double baseline = 0;
    double marker_x = 0;  ///< middle of the marker's room
    bool is_name = true;
    Box box{};  ///< marker's room included
};

enum class LabelPlace : unsigned char {
    nothing,   ///< nothing was asked for
    inside,    ///< within the largest part of the area
    by_hand,   ///< where the caller wanted it
    leader,    ///< outside all areas, or where the caller wanted it, with a line to its own
    number,    ///< a number stands in the area, the key has the text
    left_out,  ///< no room, even for a number
};

struct AreaLabel {
    LabelPlace place = LabelPlace::nothing;
    std::vector<LabelLinePlaced> lines{};
    Box box{};                ///< round all lines
    Point symbol{};           ///< middle of the symbol, if one was asked for
    bool symbol_fits = true;  ///< false: it reaches over the area's border
    double clearance_mm = 0;  ///< at least this far from the border (2.2 is the most looked for)
    Point leader_from{};      ///< on the box
    Point leader_to{};        ///< in the area
    std::size_t number = 0;   ///< from 1, where place is number
};

struct LabelRules {
    double least_clearance_mm = 0.2;
    double symbol_gap_mm = 0.8;
    Box canvas{};              ///< where leaders may put labels; empty: no leaders
    std::vector<Box> taken{};  ///< legend, scale bar: no label touches them
    std::vector<Box> avoid{};  ///< lines over the map: labels keep off them where they fit all the same
    double longest_leader_mm = 45;
    std::size_t most_leaders = 12;
    /// Where more areas than that have no room: the nearest to white space are led to, no farther than this,
    /// and the rest numbered.
    double longest_of_many_mm = 22;
    std::size_t most_numbers = 40;  ///< more than these: left out instead
    TextStyle number_style{};
};

/// Finds a place for each request, the same on every run and machine.
///
/// Every wrapping is tried on a grid of about half a millimetre; all boxes of lines must lie in the largest
/// part of the shape. The best has the most clearance to the border (up to 2.2 mm), few and even lines, and
/// is near the visual centre. What fits nowhere is led to from outside, then numbered, then left out: names
/// in the title first. \pre one request a shape; shapes in mm on the page, y down, not overlapping
std::vector<AreaLabel> place_area_labels(std::span<const MultiPolygon> shapes,
                                         std::span<const LabelRequest> requests, const LabelRules& rules,
                                         const TextMeasure& measure);

/// Every way to break a text at spaces and after hyphens into 1 to `most` lines, fewest lines first.
std::vector<std::vector<std::string>> all_wrappings(std::string_view text, std::size_t most);

}  // namespace wardmap
