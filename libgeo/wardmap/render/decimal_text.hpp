/// \file
/// Numbers as SVG and PDF want them: rounded, short, never an exponent, never the locale's comma.
#pragma once

#include <cstdint>
#include <string>

namespace wardmap {

/// `value` in units of 10^-places, as a decimal without needless zeros: (1250, 3) adds "1.25",
/// (-5, 1) adds "-.5", (0, 2) adds "0".
void append_scaled(std::string& out, std::int64_t value, int places);

/// `value` in units of 10^-places, halves away from 0. \pre |value| < 1e12, places <= 6
std::int64_t scaled(double value, int places);

/// Rounds `value` at `places` decimals and adds it. \pre |value| < 1e12, places <= 6
void append_decimal(std::string& out, double value, int places);

}  // namespace wardmap
