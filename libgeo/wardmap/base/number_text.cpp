#include "wardmap/base/number_text.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace wardmap {

double round_half_away(double value, int decimals) {
    if (!std::isfinite(value)) return value;
    const double scale = std::pow(10.0, decimals);
    const double scaled = std::abs(value) * scale;
    double whole = std::floor(scaled);
    // A half that binary arithmetic left a little short still counts as the half it prints as.
    if (scaled - whole >= 0.5 - 1e-9 * std::max(1.0, scaled * 1e-3)) whole += 1.0;
    const double rounded = whole / scale;
    return rounded == 0.0 ? 0.0 : std::copysign(rounded, value);
}

std::string fixed_decimals(double value, int decimals) {
    if (!std::isfinite(value)) return {};
    return fmt::format("{:.{}f}", round_half_away(value, decimals), decimals);
}

std::string with_thousands(double value, int decimals) {
    std::string digits = fixed_decimals(value, decimals);
    if (digits.empty()) return digits;
    const bool negative = digits.front() == '-';
    if (negative) digits.erase(0, 1);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    for (std::size_t at = point; at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    return negative ? std::string(true_minus) + digits : digits;
}

std::string with_sign(double value, int decimals) {
    std::string text = with_thousands(value, decimals);
    if (text.empty() || round_half_away(value, decimals) <= 0.0) return text;
    return "+" + text;
}

std::string full_precision(double value) {
    if (!std::isfinite(value)) return {};
    std::array<char, 40> buffer{};
    const bool whole = value == std::trunc(value) && std::abs(value) < 1e15;
    const auto done = whole ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value + 0.0,
                                            std::chars_format::fixed)
                            : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    std::string text(buffer.data(), done.ptr);
    return text == "-0" ? "0" : text;
}

std::string counted(std::size_t n, std::string_view singular, std::string_view plural) {
    std::string text = with_thousands(static_cast<double>(n), 0) + " ";
    if (n == 1) return text + std::string(singular);
    return plural.empty() ? text + std::string(singular) + "s" : text + std::string(plural);
}

std::optional<double> parse_number(std::string_view text) {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    const char first = text.front() == '-' && text.size() > 1 ? text[1] : text.front();
    if ((first < '0' || first > '9') && first != '.') return std::nullopt;
    double value = 0;
    const auto [end, failed] = fast_float::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

}  // namespace wardmap
