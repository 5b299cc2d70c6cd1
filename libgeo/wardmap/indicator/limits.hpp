/// \file
/// Rates, shares and ratios of rates with their limits (confidence intervals).
///
/// What is not defined is NaN: a rate without population, a ratio of nothing to nothing. Formulas and
/// sources: docs/methods.md.
#pragma once

#include <string_view>

namespace wardmap {

/// A value with the lower and upper end of its interval.
struct Limits {
    double value = 0;
    double lower = 0;
    double upper = 0;
};

/// From this many events on, limits are Byar's; under it they are exact.
inline constexpr double first_byar_count = 10;

/// A count of events with its limits: exact (Garwood) under 10, Byar's from 10. NaN gives NaN throughout.
/// \throws UsageError for a negative count or a level outside 0 to 1.
Limits count_limits(double count, double level = 0.95);

/// Events per `per` people, limits exact (Garwood) under 10 events and Byar's from 10.
///
/// \param count       events, 0 or more; a rate may exceed the population
/// \param population  people (or person-years); 0 or NaN gives NaN throughout
/// \param level       between 0 and 1: 0.95, 0.998
/// Source: OHID Fingertips guidance "Rates"; Breslow and Day 1987; Garwood 1936.
/// \throws UsageError for a negative count or population, a level outside 0 to 1, `per` not above 0.
Limits rate_limits(double count, double population, double per = 100000, double level = 0.95);

/// x of n as a share from 0 to 1, limits by Wilson's score. n of 0 gives NaN.
/// Source: Wilson 1927; Newcombe and Altman 2000.
/// \throws UsageError if x is negative or above n, or for a level outside 0 to 1.
Limits proportion_limits(double x, double n, double level = 0.95);

/// How the interval and the test of a ratio of two rates are made.
enum class RatioMethod : unsigned char {
    exact,  ///< conditional binomial, Clopper-Pearson; p is twice the smaller tail
    midp,   ///< the same with half the probability of the observed count
    score,  ///< conditional binomial by Wilson's score
    wald,   ///< logarithm of the ratio; not defined when a count is 0
};

/// "exact", "midp", "score", "wald". \throws UsageError naming the nearest.
RatioMethod parse_ratio_method(std::string_view text);
std::string_view name_of(RatioMethod method) noexcept;

/// A ratio of rates, later over earlier. From zero the ratio and the upper limit are infinite and the
/// lower limit is finite; to zero the ratio and the lower limit are 0; nothing to nothing is NaN.
struct RatioLimits {
    double ratio = 0;
    double lower = 0;
    double upper = 0;
    double p_value = 0;  ///< two-sided test of "the rates are equal"
};

/// (after / population_after) / (before / population_before). With both populations 1 (or equal) it is
/// the ratio of the counts.
/// Source: Przyborowski and Wilenski 1940 (the conditional test); Clopper and Pearson 1934.
/// \throws UsageError for negative counts or populations, or a level outside 0 to 1.
RatioLimits rate_ratio(double before, double after, double population_before = 1, double population_after = 1,
                       double level = 0.95, RatioMethod method = RatioMethod::exact);

}  // namespace wardmap
