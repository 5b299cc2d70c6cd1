#include "wardmap/render/decimal_text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace wardmap {
namespace {

/// 0 to 999 as text, and how long it is: most steps along a border.
struct SmallNumber {
    std::array<char, 3> text{};
    char length = 0;
};
constexpr std::array<SmallNumber, 1000> small_numbers() {
    std::array<SmallNumber, 1000> out{};
    for (int n = 0; n < 1000; ++n) {
        SmallNumber& number = out[static_cast<std::size_t>(n)];
        for (const int tens : {100, 10, 1}) {
            if (n < tens && tens > 1) continue;
            number.text[static_cast<std::size_t>(number.length++)] = static_cast<char>('0' + n / tens % 10);
        }
    }
    return out;
}
constexpr auto small = small_numbers();

/// Written from its end. Dividing by a constant is several times as fast as by a number.
template <std::uint64_t unit>
char* put_in_units(char* to, std::int64_t value) {
    const auto size = static_cast<std::uint64_t>(value < 0 ? -value : value);
    if (unit == 1 && size < small.size()) {
        *to = '-';
        to += value < 0 ? 1 : 0;
        std::memcpy(to, small[size].text.data(), 3);
        return to + small[size].length;
    }
    std::array<char, longest_scaled> text{};
    char* const end = text.data() + text.size();
    char* at = end;
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
    return std::copy(at, end, to);
}

}  // namespace

char* put_scaled(char* to, std::int64_t value, int places) {
    switch (places) {
        case 0:
            return put_in_units<1>(to, value);
        case 1:
            return put_in_units<10>(to, value);
        case 2:
            return put_in_units<100>(to, value);
        case 3:
            return put_in_units<1000>(to, value);
        case 4:
            return put_in_units<10'000>(to, value);
        case 5:
            return put_in_units<100'000>(to, value);
        default:
            return put_in_units<1'000'000>(to, value);
    }
}

void append_scaled(std::string& out, std::int64_t value, int places) {
    std::array<char, longest_scaled> text{};
    out.append(text.data(), put_scaled(text.data(), value, places));
}

void append_decimal(std::string& out, double value, int places) {
    append_scaled(out, scaled(value, places), places);
}

}  // namespace wardmap
