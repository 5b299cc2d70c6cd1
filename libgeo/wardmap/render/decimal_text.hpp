/// \file
/// Numbers as SVG and PDF want them: rounded, short, never an exponent, never the locale's comma.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

namespace wardmap {

/// `value` in units of 10^-places, as a decimal without needless zeros: (1250, 3) adds "1.25",
/// (-5, 1) adds "-.5", (0, 2) adds "0".
void append_scaled(std::string& out, std::int64_t value, int places);

/// The same at `to`, where there is room for longest_scaled characters. \returns the end
char* put_scaled(char* to, std::int64_t value, int places);
inline constexpr std::size_t longest_scaled = 24;

/// `value` in units of 10^-places, halves away from 0. \pre |value| < 1e12, places <= 6
inline std::int64_t scaled(double value, int places) noexcept {
    constexpr std::array<double, 7> powers{1, 10, 100, 1000, 10'000, 100'000, 1'000'000};
    const double units = value * powers[static_cast<std::size_t>(places)];
    return static_cast<std::int64_t>(units + std::copysign(0.5, units));
}

/// Rounds `value` at `places` decimals and adds it. \pre |value| < 1e12, places <= 6
void append_decimal(std::string& out, double value, int places);

}  // namespace wardmap
