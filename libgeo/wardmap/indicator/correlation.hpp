/// \file
/// How closely two columns of numbers go together, with the interval of that number.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace wardmap {

enum class CorrelationKind : unsigned char {
    spearman,  ///< of the ranks: one far-off area does not make it
    pearson,   ///< of the values: how nearly they lie on a line
};

/// "spearman", "pearson". \throws UsageError naming the nearest.
CorrelationKind parse_correlation(std::string_view text);

/// -1 to 1. NaN where one column does not vary or there are fewer than 2 pairs; the interval is NaN under 4.
struct Correlation {
    double coefficient = 0;
    double lower = 0;
    double upper = 0;
    std::size_t n = 0;  ///< pairs of which both numbers are known
};

/// Pairs with a NaN are left out; ties take their mean rank. The interval is by Fisher's z, for ranks with
/// the variance (1 + r^2 / 2) / (n - 3).
/// Source: Fisher 1921; Bonett and Wright 2000, Psychometrika 65.
/// \throws std::invalid_argument for columns of different length; UsageError for a level outside 0 to 1.
Correlation correlation(std::span<const double> x, std::span<const double> y, CorrelationKind kind,
                        double level = 0.95);

}  // namespace wardmap
