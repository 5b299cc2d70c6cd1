#include "wardmap/indicator/value_period.hpp"

#include "wardmap/base/period.hpp"
#include "wardmap/event/period_request.hpp"
#include "wardmap/table/cell_text.hpp"

#include <cctype>
#include <string>

namespace wardmap {
namespace {

constexpr std::string_view en_dash = "\u2013";

bool is_digit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

std::string with_plain_dashes(std::string_view text) {
    std::string out(trimmed(text));
    for (std::size_t at = out.find(en_dash); at != std::string::npos; at = out.find(en_dash, at + 1))
        out.replace(at, en_dash.size(), "-");
    return out;
}

std::optional<ValuePeriod> one_period(std::string_view text) {
    const auto period = parse_period(text);
    if (!period) return std::nullopt;
    const MonthRange months = months_of(*period);
    return ValuePeriod{months.first, months.last};
}

/// "17" or "16/17" behind "2015": the century is the first year's.
std::string with_century(std::string_view text, std::string_view from) {
    const bool short_year =
        text.size() >= 2 && is_digit(text[0]) && is_digit(text[1]) && (text.size() == 2 || text[2] == '/');
    const bool has_year = from.size() >= 4 && is_digit(from[0]) && is_digit(from[1]) && is_digit(from[2]);
    return short_year && has_year ? std::string(from.substr(0, 2)) + std::string(text) : std::string(text);
}

std::optional<ValuePeriod> from_to(std::string_view from, std::string_view to) {
    const auto first = one_period(from);
    const std::string whole_to = with_century(to, from);
    auto last = one_period(whole_to);
    if (!first || !last) return std::nullopt;
    constexpr int century = 1200;  // months: "1999 - 01"
    if (whole_to != to && last->last_month < first->last_month) last->last_month += century;
    if (last->last_month <= first->last_month) return std::nullopt;
    return ValuePeriod{first->first_month, last->last_month};
}

}  // namespace

std::optional<ValuePeriod> parse_value_period(std::string_view given) {
    const std::string text = with_plain_dashes(given);
    // One end of a range is no period.
    if (text.empty() || text.front() == '-' || text.back() == '-') return std::nullopt;
    if (const std::size_t dash = text.find(" - "); dash != std::string::npos)
        return from_to(trimmed(text.substr(0, dash)), trimmed(text.substr(dash + 3)));
    if (const auto one = one_period(text)) return one;
    const std::size_t dash = text.find('-');
    if (dash == std::string::npos) return std::nullopt;
    return from_to(trimmed(text.substr(0, dash)), trimmed(text.substr(dash + 1)));
}

}  // namespace wardmap
