/// \file
/// What charts of one indicator over many areas say: values, limits, and how areas stand to a reference.
#pragma once

#include "wardmap/figure/style.hpp"
#include "wardmap/indicator/area_values.hpp"
#include "wardmap/scene/color.hpp"
#include "wardmap/table/table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Areas that can be told apart by colour. \throws UsageError for more highlighted ones.
inline constexpr std::size_t most_highlighted = 4;

/// Of the areas that are highlighted, in the order given: line and marks; words, at least 4.5:1 on white.
struct HighlightInk {
    Color mark{};
    Color text{};
};
HighlightInk highlight_ink(std::size_t place, Theme theme);
/// Of all other areas' marks, and of their lines.
inline constexpr Color ink_other_mark{0x8a, 0x8a, 0x8a, 1};  ///< 3.45:1 on white
inline constexpr Color ink_other_line{0xbf, 0xbf, 0xbf, 1};

/// Of the column, else of the table: "%".
std::string unit_of_values(const Table& table, const AreaValues& values);

/// What a value is printed with: the fewest decimals that tell values apart.
class AreaValueWords {
public:
    /// \param unit  "%" stands behind each number; others in the subtitle
    AreaValueWords(std::span<const AreaValue> rows, std::string unit);

    std::string number(double value) const;
    std::string cell(const NumberCell& cell) const;     ///< "512.3", "14%", "[c]"
    std::string interval(const AreaValue& area) const;  ///< "490.1 to 530.2"; empty without limits
    const std::string& unit() const noexcept { return unit_; }

private:
    int decimals_ = 0;
    std::string unit_{};
};

/// "95% interval", or "interval" where the level is not known.
std::string interval_words(const AreaValues& values);

/// "higher than", "lower than", "similar to"; of areas without limits "above", "below", "at".
std::string stands_to(const AreaValue& area, const NumberCell& reference);

/// "Coventry is higher than England: 512 against 431"; the finding for titles and alternative texts. Without
/// highlighted areas how many stand where; without a reference the ranks.
/// \param rows  areas alone, the highest first \param highlighted  places in `rows`
std::string comparison_title(std::span<const AreaValue> rows, std::span<const std::size_t> highlighted,
                             const AreaValue* reference, const AreaValueWords& words, const TableMeta& meta);

/// "“Higher” and “lower”: ..."; how the words were come by.
std::string comparison_note(const AreaValues& values, std::string_view reference);

/// "[c]: withheld. [x]: not known." of the states that are there; empty if none.
std::vector<std::string> state_notes(std::span<const AreaValue> rows);

/// What is compared, the areas and the period, as far as the table says.
std::string comparison_line(const AreaValues& values, const TableMeta& meta, std::string_view period);

/// Sentences one after another, as many as fit into `most` letters; the first always.
std::string short_text(std::span<const std::string> sentences, std::size_t most = 150);

/// Highest first; without a value last; ties by name, then code.
void sort_by_value(std::vector<AreaValue>& rows);

}  // namespace wardmap
