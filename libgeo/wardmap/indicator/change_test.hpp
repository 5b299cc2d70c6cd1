/// \file
/// Which areas changed beyond chance, with many areas tested at once.
#pragma once

#include "wardmap/indicator/adjust_p.hpp"
#include "wardmap/indicator/limits.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace wardmap {

struct ChangeTestOptions {
    double level = 0.95;  ///< of the limits; a change is clear where the adjusted p is under 1 - level
    RatioMethod method = RatioMethod::exact;
    Adjustment adjustment = Adjustment::bh;
};

enum class ChangeVerdict : unsigned char { not_known, no_events, no_clear_change, clear_rise, clear_fall };

/// "no events", "no clear change", "clear rise", "clear fall"; empty for not_known.
std::string_view words_of(ChangeVerdict verdict) noexcept;

struct AreaChange {
    double change = 0;      ///< later less earlier count
    double change_pct = 0;  ///< of the earlier count; NaN from zero
    RatioLimits ratio{};    ///< of the rates, or of the counts where both populations are equal
    double p_adjusted = 0;
    ChangeVerdict verdict = ChangeVerdict::not_known;
};

/// Each area's change between two periods and whether it is more than chance, all areas counted as tests.
///
/// Without people (spans of no length) the ratio is of counts. A count that is not known (NaN), or an area
/// without people, has no verdict and is no test; no events in both periods is `no_events`.
/// Source of the test: limits.hpp; of holding down chance findings: adjust_p.hpp.
/// \throws UsageError for spans of different length, people of one period only, negative numbers or a level
/// out of range
std::vector<AreaChange> test_changes(std::span<const double> before, std::span<const double> after,
                                     std::span<const double> population_before = {},
                                     std::span<const double> population_after = {},
                                     const ChangeTestOptions& options = {});

}  // namespace wardmap
