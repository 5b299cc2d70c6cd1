#include "wardmap/base/period.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <vector>

namespace wardmap {
namespace {

constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};

/// Lower-case words and numbers, everything else being a gap; '/' and '-' between digits are kept.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ' ';
        const auto u = static_cast<unsigned char>(c);
        const bool joint = (c == '/' || c == '-') && !word.empty() &&
                           std::isdigit(static_cast<unsigned char>(word.back())) != 0;
        if (std::isalnum(u) != 0 || joint) {
            word += static_cast<char>(std::tolower(u));
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<int> year_of(std::string_view text) {
    const auto value = text.size() == 4 ? whole_number(text) : std::nullopt;
    return value && *value >= 1900 && *value <= 2199 ? value : std::nullopt;
}

std::optional<int> month_of(std::string_view text) {
    if (text.size() < 3) return std::nullopt;
    for (std::size_t m = 0; m < month_names.size(); ++m) {
        std::string name(month_names[m]);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (text == name || text == name.substr(0, 3) || (text == "sept" && m == 8))
            return static_cast<int>(m) + 1;
    }
    return std::nullopt;
}

/// "2022-06"
std::optional<Period> iso_month(std::string_view text) {
    if (text.size() != 7 || text[4] != '-') return std::nullopt;
    const auto year = year_of(text.substr(0, 4));
    const auto month = whole_number(text.substr(5));
    if (!year || !month || *month < 1 || *month > 12) return std::nullopt;
    return Period{PeriodKind::month, *year, *month};
}

/// "2021/22", "2021-22", "2021/2022": the second must be the year after the first.
std::optional<Period> financial_year(std::string_view text) {
    if (text.size() != 7 && text.size() != 9) return std::nullopt;
    if (text[4] != '/' && text[4] != '-') return std::nullopt;
    const auto first = year_of(text.substr(0, 4));
    const auto second = whole_number(text.substr(5));
    if (!first || !second) return std::nullopt;
    const int next = *first + 1;
    if (*second != (text.size() == 7 ? next % 100 : next)) return std::nullopt;
    return Period{PeriodKind::financial_year, next, 3};
}

std::optional<Period> month_and_year(const std::vector<std::string>& words, std::size_t from) {
    if (words.size() == from + 1) return iso_month(words[from]);
    if (words.size() != from + 2) return std::nullopt;
    const auto month = month_of(words[from]);
    const auto year = year_of(words[from + 1]);
    if (!month || !year) return std::nullopt;
    return Period{PeriodKind::month, *year, *month};
}

}  // namespace

std::string Period::label() const {
    switch (kind) {
        case PeriodKind::month:
            return fmt::format("{:04}-{:02}", year, month);
        case PeriodKind::quarter:
            return fmt::format("{:04}-Q{}", year, (month + 2) / 3);
        case PeriodKind::year:
            return fmt::format("{:04}", year);
        case PeriodKind::financial_year:
            return fmt::format("{:04}/{:02}", year - 1, year % 100);
        case PeriodKind::year_to:
            break;
    }
    return fmt::format("year to {:04}-{:02}", year, month);
}

std::string Period::words() const {
    const auto name = [](int m) { return month_names.at(static_cast<std::size_t>(m - 1)); };
    switch (kind) {
        case PeriodKind::month:
            return fmt::format("{} {}", name(month), year);
        case PeriodKind::quarter:
            return fmt::format("{} to {} {}", name((month - 1) / 3 * 3 + 1), name((month + 2) / 3 * 3), year);
        case PeriodKind::year:
            return fmt::format("{}", year);
        case PeriodKind::financial_year:
            return fmt::format("April {} to March {}", year - 1, year);
        case PeriodKind::year_to:
            break;
    }
    return fmt::format("year to {} {}", name(month), year);
}

std::optional<Period> parse_period(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    if (words.empty()) return std::nullopt;
    std::size_t from = 0;
    if (words[0] == "yt" || words[0] == "ye" || words[0] == "year" || words[0] == "12") {
        from = 1;
        if (words[0] == "12") {
            if (words.size() < 3 || words[1] != "months") return std::nullopt;
            from = 2;
        }
        while (from < words.size() &&
               (words[from] == "to" || words[from] == "ending" || words[from] == "ended"))
            ++from;
        auto end = month_and_year(words, from);
        if (end) end->kind = PeriodKind::year_to;
        return end;
    }
    if (words.size() == 1) {
        const std::string& word = words[0];
        if (const auto year = year_of(word)) return Period{PeriodKind::year, *year, 12};
        if (const auto month = iso_month(word)) return month;
        if (const auto financial = financial_year(word)) return financial;
        if (word.size() == 7 && word.substr(4, 2) == "-q" && word[6] >= '1' && word[6] <= '4') {
            if (const auto year = year_of(word.substr(0, 4)))
                return Period{PeriodKind::quarter, *year, (word[6] - '0') * 3};
        }
        return std::nullopt;
    }
    return month_and_year(words, 0);
}

std::string period_words(std::string_view text) {
    if (const auto period = parse_period(text)) return period->words();
    std::string plain(text);
    std::replace(plain.begin(), plain.end(), '_', ' ');
    return plain;
}

}  // namespace wardmap
