/// \file
/// Funnels: which areas lie further from the common level than chance explains, given their size.
///
/// Formulas and sources: docs/methods.md.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace wardmap {

/// What is compared with the common level.
enum class FunnelKind : unsigned char {
    rate,        ///< events by people (or person-years)
    ratio,       ///< observed by expected events, as an indirect standardisation gives them
    proportion,  ///< a part of its total
};

/// "rate", "ratio", "proportion". \throws UsageError naming the nearest.
FunnelKind parse_funnel_kind(std::string_view text);
std::string_view name_of(FunnelKind kind) noexcept;

/// Where an area lies against the common level. `none`: not placed, for people or events are not known.
enum class FunnelClass : unsigned char { none, low_998, low_95, similar, high_95, high_998 };

/// "low_998", "low_95", "similar", "high_95", "high_998"; "none".
std::string_view name_of(FunnelClass of_area) noexcept;

struct FunnelOptions {
    FunnelKind kind = FunnelKind::rate;
    /// The common level, in units of `per`. Nothing: of all areas together, or 1 for a ratio.
    std::optional<double> baseline{};
    double per = 1;           ///< values and limits are for this many people
    double winsorised = 0.1;  ///< this share of z-scores at each end is drawn in before phi
};

/// One entry an area in each vector; NaN where not defined.
struct Funnel {
    double baseline = 0;
    std::vector<double> value{};
    std::vector<FunnelClass> pattern{};
    std::vector<double> lower95{}, upper95{}, lower998{}, upper998{};  ///< of the funnel at the area's size
    /// Overdispersion: the mean square of the winsorised z-scores, 1 if only chance is at work.
    double phi = 0;
    double tau2 = 0;  ///< variance between areas beyond chance, on the z-scores' scale
    std::vector<FunnelClass> pattern_adjusted{};  ///< with tau2 added to each area's variance
};

/// Areas against the common level of all of them.
///
/// Rates and ratios are classed by their own limits (exact under 10 events, Byar's from 10), proportions by
/// Wilson's. The funnel's limits are exact: where the lower line would be below no event at all it is 0. An
/// area without people, or with an unknown number, is `none`, has no part in the baseline and no limits.
/// phi needs two areas; with no spread beyond chance tau2 is 0 and pattern_adjusted is pattern.
/// Source: OHID Fingertips guidance on funnels; Spiegelhalter 2005 (overdispersion, winsorising).
/// \throws UsageError for spans of different length, negative numbers, a part larger than its total or
/// options out of range
Funnel funnel(std::span<const double> counts, std::span<const double> populations,
              const FunnelOptions& options = {});

}  // namespace wardmap
