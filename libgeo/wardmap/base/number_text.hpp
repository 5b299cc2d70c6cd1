/// \file
/// Numbers as people read and write them. None of these looks at the locale.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardmap {

/// U+2212, the minus sign of every figure and text (tables for machines keep '-').
inline constexpr std::string_view true_minus = "\u2212";

/// Rounds half away from zero at `decimals`, as the published tables do: 0.5 -> 1, -0.5 -> -1.
/// Values a few ulp below a half (2.675 at two decimals) are taken as the half they print as.
double round_half_away(double value, int decimals);

/// "1,116", "402.3"; half away from zero; U+2212 for a minus.
std::string with_thousands(double value, int decimals);

/// "+64", "−8", "0": with_thousands with a sign on every number but zero.
std::string with_sign(double value, int decimals);

/// Shortest decimal text that reads back as the same double ("0.1", "1e+300"); empty if not finite.
std::string full_precision(double value);

/// Fixed decimals without thousands, '-' as minus: for machine tables under --round.
std::string fixed_decimals(double value, int decimals);

/// "1 ward", "18 wards"; the plural is singular + "s" unless given.
std::string counted(std::size_t n, std::string_view singular, std::string_view plural = {});

/// Reads a plain decimal number ('.' decimal point, optional sign, exponent) filling the whole text.
/// Nothing for anything else, also not for "nan" or "inf".
std::optional<double> parse_number(std::string_view text);

}  // namespace wardmap
