/// \file
/// What can hardly be read or seen of a picture as it is drawn: text and marks against what lies behind them.
#pragma once

#include "wardmap/scene/scene.hpp"

#include <string>
#include <vector>

namespace wardmap {

/// A text with less contrast than WCAG 2.2 asks for (4.5:1; 3:1 from 18 pt, or 14 pt bold).
struct FaintText {
    std::string text{};
    Color ink{};
    Color behind{};  ///< its halo, else the fill it stands on
    double contrast = 1;
    double needed = 4.5;
};
std::vector<FaintText> faint_texts(const Scene& scene);

/// The mark of one area or row with less than 3:1 against what lies behind it, by fill and by outline.
struct FaintMark {
    std::string label{};  ///< what a screen reader says of it
    Color color{};
    Color behind{};
    double contrast = 1;
};
std::vector<FaintMark> faint_marks(const Scene& scene);

}  // namespace wardmap
