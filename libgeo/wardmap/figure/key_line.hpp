/// \file
/// A key of a few symbols and words in one line, or more where the width needs it.
#pragma once

#include "wardmap/figure/quadrant_style.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <string>
#include <vector>

namespace wardmap {

enum class KeySymbol : unsigned char {
    none,
    filled,  ///< black circle
    hollow,
    marker,  ///< a quadrant's marker: `quadrant`
    swatch,  ///< a small rectangle of `color`
};

struct KeyItem {
    KeySymbol symbol = KeySymbol::none;
    QuadrantStyle quadrant{};
    std::string bold{};  ///< stands before `text` in bold
    std::string text{};
    Color color{};
};

/// Items and where each goes.
struct KeyLine {
    struct Placed {
        KeyItem item{};
        double x_mm = 0;
        double y_mm = 0;  ///< base line, from the top of the key
    };
    std::vector<Placed> items{};
    TextStyle style{};
    double height_mm = 0;
    const TextMeasure* measure = nullptr;
};

/// `columns` 0: items follow each other; else they stand in that many equal columns.
KeyLine key_line(std::vector<KeyItem> items, double width_mm, double size_pt, const TextMeasure& measure,
                 std::size_t columns = 0);

/// Draws it with its top left corner at (0, `top_mm`).
void draw_key_line(Group& into, const KeyLine& key, double top_mm);

}  // namespace wardmap
