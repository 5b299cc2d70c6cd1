#include "wardmap/table/cell_text.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace wardmap {
namespace {

/// White space beyond ASCII that spreadsheets and word processors leave behind.
constexpr std::array<std::string_view, 8> wide_spaces{"\u00a0", "\u2007", "\u2009", "\u202f",
                                                      "\u200a", "\u200b", "\u3000", "\ufeff"};
constexpr std::array<std::string_view, 2> zero_width_spaces{"\u200b", "\ufeff"};
constexpr std::array<std::string_view, 2> other_minuses{"\u2212", "\u2013"};

constexpr std::array<std::string_view, 15> missing_words{
    "", ".", "..", "...", "\u2026", ":", "n/a", "na", "nan", "n.a.", "null", "#n/a", "[x]", "x", "[w]"};
constexpr std::array<std::string_view, 7> undefined_words{"-",      "--",      "\u2013", "\u2014",
                                                          "\u2212", "#div/0!", "[-]"};
constexpr std::array<std::string_view, 8> suppressed_words{"[c]", "(c)", "c",          "*",
                                                           "**",  "[*]", "suppressed", "[suppressed]"};
constexpr std::array<std::string_view, 2> not_applicable_words{"[z]", "z"};

template <std::size_t N>
bool one_of(std::string_view text, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}
bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

std::size_t wide_space_at(std::string_view text, std::size_t at) {
    for (const std::string_view space : wide_spaces) {
        if (text.substr(at, space.size()) == space) return space.size();
    }
    return 0;
}

/// "1,234,567" or "1 234" without its separators; nothing if the groups are not of three digits.
std::optional<std::string> without_groups(std::string_view digits) {
    std::string plain;
    std::string_view separator;
    std::size_t run = 0;     // digits since the last separator
    std::size_t groups = 0;  // separators so far
    std::size_t at = 0;
    for (; at < digits.size() && digits[at] != '.' && digits[at] != 'e' && digits[at] != 'E';) {
        if (is_digit(digits[at])) {
            plain += digits[at++];
            ++run;
            continue;
        }
        const std::size_t wide = wide_space_at(digits, at);
        const std::string_view found = digits.substr(at, wide > 0 ? wide : 1);
        if (wide == 0 && found != "," && found != " ") return std::nullopt;
        if (groups > 0 && (found != separator || run != 3)) return std::nullopt;
        if (run == 0 || run > 3) return std::nullopt;
        separator = found;
        ++groups;
        run = 0;
        at += found.size();
    }
    if (groups > 0 && run != 3) return std::nullopt;
    return plain + std::string(digits.substr(at));
}

/// A number with sign, separators and percent sign; `percent` is set if there was one.
std::optional<double> decorated_number(std::string_view text, bool& percent) {
    if (!text.empty() && text.back() == '%') {
        percent = true;
        text = trimmed(text.substr(0, text.size() - 1));
    }
    bool negative = false;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    } else {
        for (const std::string_view minus : other_minuses) {
            if (text.substr(0, minus.size()) == minus) {
                negative = true;
                text.remove_prefix(minus.size());
                break;
            }
        }
    }
    if (text.empty() || !(is_digit(text.front()) || text.front() == '.')) return std::nullopt;
    const auto plain = without_groups(text);
    const auto number = plain ? parse_number(*plain) : std::nullopt;
    if (!number) return std::nullopt;
    return negative ? 0.0 - *number : *number;
}

/// "<5", "< 10", "fewer than 5", "under 5", "less than 3"
bool says_below(std::string_view lower) {
    for (const std::string_view start : {"<", "fewer than", "less than", "under"}) {
        if (lower.substr(0, start.size()) != start) continue;
        const std::string_view rest = trimmed(lower.substr(start.size()));
        return !rest.empty() && std::all_of(rest.begin(), rest.end(), is_digit);
    }
    return false;
}

ParsedCell without_value(CellState state) {
    return {.state = state, .number = std::numeric_limits<double>::quiet_NaN()};
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t blank = is_space(text.front())   ? 1
                                  : is_ascii(text.front()) ? 0
                                                           : wide_space_at(text, 0);
        if (blank == 0) break;
        text.remove_prefix(blank);
    }
    while (!text.empty()) {
        std::size_t blank = is_space(text.back()) ? 1 : 0;
        for (std::size_t length = 2;
             blank == 0 && length <= 3 && length <= text.size() && !is_ascii(text.back()); ++length) {
            if (wide_space_at(text, text.size() - length) == length) blank = length;
        }
        if (blank == 0) break;
        text.remove_suffix(blank);
    }
    return text;
}

std::string on_one_line(std::string_view text) {
    std::string out;
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t wide = is_ascii(text[at]) ? 0 : wide_space_at(text, at);
        if (wide > 0 || is_space(text[at])) {
            const bool zero_width = wide > 0 && one_of(text.substr(at, wide), zero_width_spaces);
            gap = gap || !zero_width;
            at += std::max<std::size_t>(wide, 1);
            continue;
        }
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += text[at++];
    }
    return out;
}

std::optional<ParsedCell> parse_cell(std::string_view text) {
    text = trimmed(text);
    if (!text.empty() && is_digit(text.front())) {
        if (const auto plain = parse_number(text))
            return ParsedCell{.state = CellState::value, .number = *plain};
    }
    bool percent = false;
    if (const auto number = decorated_number(text, percent)) {
        return ParsedCell{.state = CellState::value, .number = *number, .percent = percent};
    }
    const std::string lower = lower_ascii(text);
    if (one_of(lower, missing_words)) return without_value(CellState::missing);
    if (one_of(lower, undefined_words)) return without_value(CellState::undefined);
    if (one_of(lower, suppressed_words) || says_below(lower)) return without_value(CellState::suppressed);
    if (one_of(lower, not_applicable_words)) return without_value(CellState::not_applicable);
    if (lower == "[low]" || lower == "low")
        return ParsedCell{.state = CellState::value, .number = 0, .marked = true};
    const std::size_t bracket = text.rfind('[');
    if (!text.empty() && text.back() == ']' && bracket != std::string_view::npos && bracket > 0) {
        auto inner = parse_cell(text.substr(0, bracket));
        if (inner && inner->state == CellState::value) {
            inner->marked = true;
            return inner;
        }
    }
    return std::nullopt;
}

std::string text_of_cell(const Column& column, std::size_t row) {
    if (column.is_text()) return column.text(row);
    if (column.state(row) == CellState::suppressed) return "[c]";
    return column.state(row) == CellState::value ? full_precision(column.number(row)) : std::string{};
}

}  // namespace wardmap
