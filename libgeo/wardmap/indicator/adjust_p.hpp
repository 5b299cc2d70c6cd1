/// \file
/// Many tests at once: p-values made stricter so that chance findings are held down.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace wardmap {

/// What is held at the level when every p-value under it is believed.
enum class Adjustment : unsigned char {
    bh,          ///< the share of false findings among all found (Benjamini and Hochberg 1995)
    by,          ///< the same however the tests depend on each other (Benjamini and Yekutieli 2001)
    holm,        ///< the chance of any false finding (Holm 1979)
    bonferroni,  ///< the same, p times the number of tests
};

/// "bh", "by", "holm", "bonferroni". \throws UsageError naming the nearest.
Adjustment parse_adjustment(std::string_view text);
std::string_view name_of(Adjustment adjustment) noexcept;

/// Adjusted p-values in the order given, at most 1. NaN stays NaN and is not counted as a test.
/// \throws UsageError for a p-value outside 0 to 1
std::vector<double> adjust_p(std::span<const double> p_values, Adjustment adjustment = Adjustment::bh);

}  // namespace wardmap
