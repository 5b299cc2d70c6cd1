#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace wardmap {
namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        if (c == ' ' || c == '\t') {
            if (!word.empty()) {
                words.push_back(std::move(word));
            }
            word.clear();
        } else {
            word += c;
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

/// A word too wide for a line, in pieces that fit: broken between code points.
std::vector<std::string> pieces_of(const std::string& word, const TextStyle& style, double width_mm,
                                   const TextMeasure& measure) {
    std::vector<std::string> pieces;
    std::string piece;
    for (std::size_t i = 0; i < word.size();) {
        std::size_t end = i + 1;
        while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xc0U) == 0x80U) {
            ++end;
        }
        const std::string letter = word.substr(i, end - i);
        if (!piece.empty() && measure.width_mm(piece + letter, style) > width_mm) {
            pieces.push_back(std::move(piece));
            piece.clear();
        }
        piece += letter;
        i = end;
    }
    pieces.push_back(std::move(piece));
    return pieces;
}

std::vector<std::vector<std::string>> fill_lines(std::span<const std::string> words, const TextStyle& style,
                                                 double width_mm, const TextMeasure& measure) {
    std::vector<std::vector<std::string>> lines;
    std::string line;
    for (const std::string& word : words) {
        const std::string longer = line.empty() ? word : line + ' ' + word;
        if (lines.empty() || (!line.empty() && measure.width_mm(longer, style) > width_mm)) {
            lines.push_back({word});
            line = word;
        } else {
            lines.back().push_back(word);
            line = longer;
        }
    }
    return lines;
}

std::vector<std::string> wrap_paragraph(std::string_view text, const TextStyle& style, double width_mm,
                                        const TextMeasure& measure, Wrap wrap) {
    std::vector<std::string> words;
    for (const std::string& word : words_of(text)) {
        if (measure.width_mm(word, style) <= width_mm) {
            words.push_back(word);
        } else {
            for (std::string& piece : pieces_of(word, style, width_mm, measure)) {
                words.push_back(std::move(piece));
            }
        }
    }
    auto lines = fill_lines(words, style, width_mm, measure);
    const std::size_t fewest = lines.size();
    const auto good = [&](const auto& tried) {
        return tried.size() == fewest && (fewest < 2 || tried.back().size() > 1);
    };
    if (fewest > 1) {
        // Narrower widths that keep the number of lines even them out; twelve halvings are exact to 0.05 mm.
        double low = 0;
        double high = width_mm;
        if (wrap == Wrap::balanced) {
            for (int step = 0; step < 12; ++step) {
                const double middle = (low + high) / 2;
                auto tried = fill_lines(words, style, middle, measure);
                if (tried.size() <= fewest) {
                    high = middle;
                    lines = std::move(tried);
                } else {
                    low = middle;
                }
            }
        } else {
            for (double narrower = width_mm; !good(lines) && narrower > width_mm * 0.6;
                 narrower -= width_mm / 100) {
                auto tried = fill_lines(words, style, narrower, measure);
                if (tried.size() > fewest) {
                    break;
                }
                lines = std::move(tried);
            }
        }
    }
    std::vector<std::string> joined;
    for (const auto& line : lines) {
        std::string text_of_line;
        for (const std::string& word : line) {
            if (!text_of_line.empty()) {
                text_of_line += ' ';
            }
            text_of_line += word;
        }
        joined.push_back(std::move(text_of_line));
    }
    if (joined.empty()) {
        joined.emplace_back();
    }
    return joined;
}

bool is_word_byte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace

std::vector<std::string> wrap_text(std::string_view text, const TextStyle& style, double width_mm,
                                   const TextMeasure& measure, Wrap wrap) {
    std::vector<std::string> lines;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        for (std::string& line :
             wrap_paragraph(text.substr(start, end - start), style, width_mm, measure, wrap)) {
            lines.push_back(std::move(line));
        }
        start = end + 1;
    }
    return lines;
}

double TextBlock::height_mm() const {
    return static_cast<double>(lines.size()) * style.size_pt * mm_per_pt * line_height;
}

TextBlock text_block(std::string_view text, const TextStyle& style, const Color& color, double width_mm,
                     const TextMeasure& measure, Wrap wrap) {
    TextBlock block{wrap_text(text, style, width_mm, measure, wrap), style, color, 0};
    for (const std::string& line : block.lines) {
        block.width_mm = std::max(block.width_mm, measure.width_mm(line, style));
    }
    return block;
}

double draw_block(Group& into, const TextBlock& block, double x, double y_top, TextAnchor anchor) {
    const double pitch = block.style.size_pt * mm_per_pt * line_height;
    double y = y_top + base_line_offset_mm(block.style);
    for (const std::string& line : block.lines) {
        add_text(into, line, x, y, block.style, anchor, block.color);
        y += pitch;
    }
    return block.height_mm();
}

double base_line_offset_mm(const TextStyle& style) {
    // Half of the room between lines above the ascent, half below the descent.
    return style.size_pt * mm_per_pt * (ascent + (line_height - ascent - descent) / 2);
}

Box text_box(std::string_view text, double x, double y, const TextStyle& style, TextAnchor anchor,
             const TextMeasure& measure) {
    const double width = measure.width_mm(text, style);
    const double left = anchor == TextAnchor::start    ? x
                        : anchor == TextAnchor::middle ? x - width / 2
                                                       : x - width;
    const double size = style.size_pt * mm_per_pt;
    return {left, y - size * cap_height, left + width, y + size * descent};
}

std::string typographic(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\'' && i > 0 && is_word_byte(text[i - 1])) {
            result += "\u2019";
        } else {
            result += text[i];
        }
    }
    return result;
}

std::string in_words(const std::vector<std::string>& items) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) {
            text += i + 1 == items.size() ? " and " : ", ";
        }
        text += items[i];
    }
    return text;
}

std::string number_word(std::size_t n) {
    constexpr std::array words{"none", "one",   "two",   "three", "four", "five",
                               "six",  "seven", "eight", "nine",  "ten"};
    return n < words.size() ? words[n] : std::to_string(n);
}

std::string sentence_case(std::string text) {
    if (!text.empty()) {
        text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    }
    return text;
}

void add_text(Group& into, std::string text, double x, double y, const TextStyle& style, TextAnchor anchor,
              const Color& color) {
    into.children.push_back(node(Text{x, y, std::move(text), style, color, anchor, {}}));
}

void add_line(Group& into, double x1, double y1, double x2, double y2, const Stroke& stroke) {
    into.children.push_back(node(Shape{LineShape{x1, y1, x2, y2}, {}, stroke}));
}

void add_rect(Group& into, double x, double y, double width, double height, const Color& color) {
    into.children.push_back(node(Shape{RectShape{x, y, width, height}, Fill{color, {}}, {}}));
}

}  // namespace wardmap
