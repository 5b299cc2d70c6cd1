#include "wardmap/render/decimal_text.hpp"

#include <array>
#include <cmath>

namespace wardmap {
namespace {

constexpr std::array<double, 7> powers{1, 10, 100, 1000, 10'000, 100'000, 1'000'000};

/// Written from its end. Dividing by a constant is several times as fast as by a number.
template <std::uint64_t unit>
void append_in_units(std::string& out, std::int64_t value) {
    if (unit == 1 && value > -10 && value < 10) {  // most steps along a border
        if (value < 0) out += '-';
        out += static_cast<char>('0' + (value < 0 ? -value : value));
        return;
    }
    std::array<char, 24> text{};
    char* const end = text.data() + text.size();
    char* at = end;
    const auto size = static_cast<std::uint64_t>(value < 0 ? -value : value);
    std::uint64_t whole = size / unit;
    std::uint64_t part = size % unit;
    if (part != 0) {
        std::uint64_t left = unit;
        for (; part % 10 == 0; part /= 10) left /= 10;
        for (; left > 1; left /= 10, part /= 10) *--at = static_cast<char>('0' + part % 10);
        *--at = '.';
    }
    if (whole != 0 || at == end) {
        do {
            *--at = static_cast<char>('0' + whole % 10);
            whole /= 10;
        } while (whole != 0);
    }
    if (value < 0) *--at = '-';
    out.append(at, end);
}

}  // namespace

void append_scaled(std::string& out, std::int64_t value, int places) {
    switch (places) {
        case 0:
            return append_in_units<1>(out, value);
        case 1:
            return append_in_units<10>(out, value);
        case 2:
            return append_in_units<100>(out, value);
        case 3:
            return append_in_units<1000>(out, value);
        case 4:
            return append_in_units<10'000>(out, value);
        case 5:
            return append_in_units<100'000>(out, value);
        default:
            return append_in_units<1'000'000>(out, value);
    }
}

std::int64_t scaled(double value, int places) {
    const double units = value * powers[static_cast<std::size_t>(places)];
    return static_cast<std::int64_t>(units + std::copysign(0.5, units));
}

void append_decimal(std::string& out, double value, int places) {
    append_scaled(out, scaled(value, places), places);
}

}  // namespace wardmap
