#include "wardmap/render/decimal_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace wardmap {
namespace {

constexpr std::array<std::int64_t, 7> powers{1, 10, 100, 1000, 10'000, 100'000, 1'000'000};

}  // namespace

void append_scaled(std::string& out, std::int64_t value, int places) {
    if (value < 0) {
        out += '-';
        value = -value;
    }
    const std::int64_t unit = powers[static_cast<std::size_t>(places)];
    const std::int64_t whole = value / unit;
    std::int64_t part = value % unit;
    if (whole != 0 || part == 0) {
        std::array<char, 24> digits{};
        const auto done = std::to_chars(digits.data(), digits.data() + digits.size(), whole);
        out.append(digits.data(), done.ptr);
    }
    if (part == 0) return;
    out += '.';
    for (std::int64_t digit = unit / 10; part != 0; digit /= 10) {
        out += static_cast<char>('0' + part / digit);
        part %= digit;
    }
}

void append_decimal(std::string& out, double value, int places) {
    append_scaled(out, std::llround(value * static_cast<double>(powers[static_cast<std::size_t>(places)])),
                  places);
}

}  // namespace wardmap
