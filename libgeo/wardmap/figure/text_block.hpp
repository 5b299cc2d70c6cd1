/// \file
/// Text on several lines: broken at words, never shrunk, never with a last word alone.
#pragma once

#include "wardmap/geometry/point.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

enum class Wrap : unsigned char {
    full,      ///< lines as long as they can be, but no word alone on the last
    balanced,  ///< the same number of lines, all about equally long: titles, labels
};

/// Breaks `text` into the fewest lines no wider than `width_mm`; "\n" always breaks. A single word that is
/// wider is broken between letters, so that nothing leaves its place. At least one line.
std::vector<std::string> wrap_text(std::string_view text, const TextStyle& style, double width_mm,
                                   const TextMeasure& measure, Wrap wrap = Wrap::full);

/// Lines of one style, ready to be drawn.
struct TextBlock {
    std::vector<std::string> lines{};
    TextStyle style{};
    Color color{0x0b, 0x0c, 0x0c, 1};
    double width_mm = 0;  ///< of the widest line

    double height_mm() const;  ///< lines times the line pitch
};

TextBlock text_block(std::string_view text, const TextStyle& style, const Color& color, double width_mm,
                     const TextMeasure& measure, Wrap wrap = Wrap::full);

/// Draws the block with its top at `y_top`; `x` is the left, middle or right of it by `anchor`.
/// \return the height used, in mm
double draw_block(Group& into, const TextBlock& block, double x, double y_top,
                  TextAnchor anchor = TextAnchor::start);

/// Distance from the top of a line's box to its base line, in mm.
double base_line_offset_mm(const TextStyle& style);

/// The box of one line whose base line starts, is centred or ends at (x, y): from the ascent of capitals to
/// the descent, as far as letters reach.
Box text_box(std::string_view text, double x, double y, const TextStyle& style, TextAnchor anchor,
             const TextMeasure& measure);

/// "St Michael's" -> "St Michael’s": the apostrophe of print. Straight quotes inside words only.
std::string typographic(std::string_view text);

/// "a", "a and b", "a, b and c".
std::string in_words(const std::vector<std::string>& items);

/// "none", "one", "two" ... "ten", then digits: "11".
std::string number_word(std::size_t n);

/// First letter in upper case (ASCII).
std::string sentence_case(std::string text);

/// Adds a text line to a group: a shorter way to write the common case.
void add_text(Group& into, std::string text, double x, double y, const TextStyle& style,
              TextAnchor anchor = TextAnchor::start, const Color& color = {0x0b, 0x0c, 0x0c, 1});
void add_line(Group& into, double x1, double y1, double x2, double y2, const Stroke& stroke);
void add_rect(Group& into, double x, double y, double width, double height, const Color& color);

}  // namespace wardmap
