/// \file
/// Keys of maps: what each colour, circle, marker and hatching means, and how many areas have it.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/map_options.hpp"
#include "wardmap/figure/quadrant_style.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/column.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace wardmap {

/// A finished piece of the page, drawn from (0, 0) down and to the right.
struct LegendBlock {
    double width_mm = 0;
    double height_mm = 0;
    Group group{};
};

/// A swatch, what it stands for, and how many areas have it ("4 wards"; empty: not said).
struct LegendEntry {
    Fill fill{};
    std::string label{};
    std::string count{};
};

/// What is laid over the map: the outline of impact areas, dashed or solid, the plain one of larger areas, a
/// small circle, filled or hollow.
enum class LineLook : unsigned char { overlay, overlay_solid, outline, spot, ring };
struct LegendLine {
    std::string label{};
    LineLook look = LineLook::overlay;
};

/// The look of an area without a number: hatched, grey, plain. The four are never alike, nor like a class.
Fill state_fill(CellState state);
/// "no data", "suppressed [c]", "not calculated", "not applicable".
std::string state_words(CellState state);

/// One small square an area over a scale, with the whole's value as a dashed line.
struct LegendStrip {
    std::vector<double> values{};      ///< finite
    std::vector<Color> colors{};       ///< one a value
    std::vector<std::string> codes{};  ///< of the areas, one a value; empty: squares are nobody's
    std::vector<double> ticks{};       ///< inner class edges
    int decimals = 0;
    std::string suffix{};  ///< "%" after the numbers on the axis
    std::optional<double> reference{};
    std::string reference_text{};  ///< "Coventry 402"
    std::string noun{"area"};
};

struct ClassLegend {
    std::string title{};
    std::vector<LegendEntry> entries{};  ///< from top to bottom
    std::optional<LegendStrip> strip{};
    std::vector<LegendLine> lines{};
};

LegendBlock class_legend(const ClassLegend& legend, Theme theme, double most_width_mm,
                         const TextMeasure& measure);

/// Boxes in a row with a figure in each, for deciles: "1" to "10" with the words for both ends.
struct RampLegend {
    std::string title{};
    std::vector<Color> colors{};
    std::vector<std::string> figures{};
    std::vector<std::size_t> counts{};  ///< empty: not said
    std::string first_end{};            ///< "most deprived"
    std::string last_end{};
    std::string noun{"area"};
    std::vector<LegendEntry> entries{};
    std::vector<LegendLine> lines{};
};

LegendBlock ramp_legend(const RampLegend& legend, Theme theme, double most_width_mm,
                        const TextMeasure& measure);

struct CircleLegend {
    std::string title{};
    std::vector<double> values{};  ///< largest first
    double mm_per_root = 1;        ///< diameter of a circle of value 1
    Fill fill{};
    std::string none_label{};  ///< "none: 3 wards" beside a hollow square; empty: no such entry
    std::vector<LegendEntry> entries{};
    std::vector<LegendLine> lines{};
};

LegendBlock circle_legend(const CircleLegend& legend, Theme theme, double most_width_mm,
                          const TextMeasure& measure);

/// Two by two: the columns are the rate, the rows the change.
struct QuadrantLegend {
    std::string rate_title{};                 ///< "Rate per 100,000 people"
    std::string change_title{};               ///< "Change"
    std::string rate_low{}, rate_high{};      ///< "under 402", "402 or more"
    std::string change_low{}, change_high{};  ///< "under +64%", "+64% or more"
    std::array<std::string, 4> counts{};      ///< "5 wards", in the order of quadrant_styles; may be empty
    std::string filled{}, hollow{};           ///< what the markers' fill says; empty: left out
    std::vector<LegendEntry> entries{};
    std::vector<LegendLine> lines{};
};

LegendBlock quadrant_legend(const QuadrantLegend& legend, Theme theme, double most_width_mm,
                            const TextMeasure& measure);

/// The key of any map.
using MapKey = std::variant<ClassLegend, RampLegend, CircleLegend, QuadrantLegend>;

/// `brief` leaves out what a small slot has no room for.
enum class LegendDetail : unsigned char { full, brief };

LegendBlock map_legend(const MapKey& key, LegendDetail detail, Theme theme, double most_width_mm,
                       const TextMeasure& measure);

/// One key for several maps of one kind and scale: every state and line that any has; no numbers of areas,
/// which differ from map to map, and no cuts but those all share. \pre keys of one kind, at least one
MapKey key_of_all(std::span<const MapKey> keys);

/// 0 to 1, 2 or 5 times a power of ten km (or m), no longer than `most_mm`. Empty where the scale is not
/// known.
LegendBlock scale_bar(double metres_per_mm, double most_mm, Theme theme, const TextMeasure& measure);

/// The hollow square of "none found", centred on (x, y).
void draw_none_mark(Group& into, double x, double y);

/// The outline of an overlaid area on a white casing.
void draw_overlay_line(Group& into, const Path& path, OverlayLook look);
/// The small circle that picks out an area, centred on (x, y).
void draw_spot(Group& into, double x, double y, bool filled);
/// The outline of larger areas: plain, above the borders of those within.
void draw_outline_line(Group& into, const Path& path);

}  // namespace wardmap
