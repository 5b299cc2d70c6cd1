#include "wardmap/event/marker_cell.hpp"

#include "wardmap/base/letter_case.hpp"

#include <algorithm>
#include <array>

namespace wardmap {
namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

template <std::size_t n>
bool is_one_of(std::string_view text, const std::array<std::string_view, n>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

std::optional<bool> parse_yes_no(std::string_view cell) {
    constexpr std::array<std::string_view, 6> yes{"y", "yes", "true", "t", "1", "x"};
    constexpr std::array<std::string_view, 6> no{"", "n", "no", "false", "f", "0"};
    constexpr std::size_t longest = 5;
    const std::string_view text = trimmed(cell);
    if (text.size() > longest) return std::nullopt;
    const std::string word = lower_ascii(text);
    if (is_one_of(word, yes)) return true;
    if (is_one_of(word, no)) return false;
    return std::nullopt;
}

bool is_empty_cell(std::string_view cell) {
    return trimmed(cell).empty();
}

std::vector<std::string> listed_markers(std::string_view cell) {
    constexpr std::array<std::string_view, 4> nothing{"", "none", "n/a", "-"};
    const std::string text = lower_ascii(trimmed(cell));
    std::vector<std::string> markers;
    if (is_one_of(text, nothing)) return markers;
    std::string_view left = text;
    while (true) {
        const std::size_t end = std::min(left.find_first_of(";,|/+&"), left.size());
        const std::string_view marker = trimmed(left.substr(0, end));
        if (!is_one_of(marker, nothing) && std::find(markers.begin(), markers.end(), marker) == markers.end())
            markers.emplace_back(marker);
        if (end == left.size()) return markers;
        left.remove_prefix(end + 1);
    }
}

bool is_yes_no_column(std::span<const std::string> cells) {
    bool any = false;
    for (const std::string& cell : cells) {
        if (!parse_yes_no(cell)) return false;
        any = any || !is_empty_cell(cell);
    }
    return any;
}

}  // namespace wardmap
