#include "wardmap/scene/color.hpp"

#include "wardmap/base/error.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace wardmap {

Color color_from_hex(std::string_view text) {
    unsigned value = 0;
    if (text.size() == 7 && text.front() == '#') {
        const auto [end, failed] = std::from_chars(text.data() + 1, text.data() + 7, value, 16);
        if (failed == std::errc{} && end == text.data() + 7) {
            return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8 & 255),
                    static_cast<std::uint8_t>(value & 255), 1};
        }
    }
    throw UsageError("'" + std::string(text) + "' is no colour", {}, "write it as '#12436D'");
}

std::string hex(const Color& color) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "#";
    for (const std::uint8_t channel : {color.r, color.g, color.b}) {
        out += digits[channel / 16U];
        out += digits[channel % 16U];
    }
    return out;
}

double luminance(const Color& color) noexcept {
    const auto linear = [](std::uint8_t channel) {
        const double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

double contrast(const Color& a, const Color& b) noexcept {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace wardmap
