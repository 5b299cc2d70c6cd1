/// \file
/// Sizes, inks and lines that every picture shares. Lengths are mm, type sizes points.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/color.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"

namespace wardmap {

inline constexpr Color ink_text{0x0b, 0x0c, 0x0c, 1};        ///< titles, names, values
inline constexpr Color ink_axis{0x41, 0x40, 0x42, 1};        ///< numbers on axes, outline of the whole
inline constexpr Color ink_secondary{0x59, 0x59, 0x59, 1};   ///< sources, corner names; 7.0:1 on white
inline constexpr Color ink_base{0x76, 0x76, 0x76, 1};        ///< zero lines and base lines; 4.5:1 on white
inline constexpr Color ink_grid{0xd9, 0xd9, 0xd9, 1};        ///< grid: decoration
inline constexpr Color ink_context{0xf3, 0xf2, 0xf1, 1};     ///< neighbouring areas, bands
inline constexpr Color ink_suppressed{0xbf, 0xbf, 0xbf, 1};  ///< fill of a withheld value
inline constexpr Color ink_white{0xff, 0xff, 0xff, 1};

inline constexpr double grid_line_mm = 0.18;
inline constexpr double base_line_mm = 0.35;
inline constexpr double reference_line_mm = 0.35;
inline constexpr double leader_line_mm = 0.18;

inline Stroke grid_stroke() {
    return {ink_grid, grid_line_mm, {}};
}
inline Stroke base_stroke() {
    return {ink_base, base_line_mm, {}};
}
/// The dashed line of a city's or any other reference value.
inline Stroke reference_stroke() {
    return {ink_secondary, reference_line_mm, {1.5, 1.0}};
}
inline Stroke leader_stroke() {
    return {ink_base, leader_line_mm, {}};
}

/// Type sizes of a theme, in points. `label` is for axes, legends, names and tables.
struct TypeSizes {
    double title = 13;  ///< bold
    double subtitle = 10;
    double base = 10;
    double label = 9;
    double value = 8;  ///< numbers under names in areas
    double note = 8;
    double source = 8;
    double floor = 7;  ///< nothing is ever smaller
};

/// Colours of bars and marks of a theme.
struct MarkColors {
    Color bar{0x20, 0x73, 0xbc, 1};       ///< counts, rates, rises
    Color bar_fall{0x80, 0x16, 0x50, 1};  ///< falls
    Color earlier{0x5b, 0x93, 0xc9, 1};   ///< the earlier of two periods: the same hue, paler
    Color later{0x12, 0x43, 0x6d, 1};     ///< the later of two periods
};

TypeSizes type_sizes(Theme theme);
MarkColors mark_colors(Theme theme);

inline TextStyle regular(double size_pt) {
    return {size_pt, FontWeight::regular, FontSlant::upright};
}
inline TextStyle bold(double size_pt) {
    return {size_pt, FontWeight::bold, FontSlant::upright};
}
inline TextStyle italic(double size_pt) {
    return {size_pt, FontWeight::regular, FontSlant::italic};
}

/// Distance between base lines in mm.
inline double line_pitch_mm(double size_pt) {
    return size_pt * mm_per_pt * line_height;
}

/// The place on the page: the width is fixed, charts fill `chart_height_mm`, maps, tables and bar
/// lists take what they need up to `most_height_mm`.
struct SlotSize {
    double width_mm = 159;
    double chart_height_mm = 105;
    double most_height_mm = 200;
};

SlotSize slot_size(Slot slot);

}  // namespace wardmap
