/// \file
/// An exponential trend of a share: how many percent it grows a month, with limits and a fitted curve.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

enum class TrendModel : unsigned char {
    automatic,      ///< log_linear where no month is zero, else quasi_poisson
    log_linear,     ///< least squares on the log of the shares: every month weighs the same
    quasi_poisson,  ///< Poisson regression, log link, offset log(whole), dispersion estimated
};

/// "automatic", "log-linear", "quasi-poisson". \throws UsageError naming the nearest.
TrendModel parse_trend_model(std::string_view text);
std::string_view name_of(TrendModel model) noexcept;

/// `part` of `whole` in a month. \pre whole > 0, 0 <= part
struct TrendPoint {
    double month = 0;  ///< months since any fixed month
    double part = 0;
    double whole = 0;
};

struct TrendOptions {
    TrendModel model = TrendModel::automatic;
    double level = 0.95;
};

inline constexpr std::size_t fewest_trend_points = 6;

/// share(month) = exp(a + b month); growth a month is exp(b) - 1.
struct Trend {
    std::string why_none{};  ///< a sentence without full stop; empty: there is a trend and all below is set
    TrendModel model = TrendModel::log_linear;  ///< the one fitted
    std::string why_model{};  ///< why it is not the one asked for, or not the usual one; else empty
    std::size_t points = 0;
    double growth_pct = 0;
    double growth_lower_pct = 0;
    double growth_upper_pct = 0;
    double dispersion = 0;         ///< quasi_poisson: Pearson's chi-squared by degrees of freedom
    std::vector<double> fitted{};  ///< share at each month of `at`, 0 to 1
    std::vector<double> lower{};   ///< limits of the fitted share (of the curve, not of single months)
    std::vector<double> upper{};

    bool exists() const noexcept { return why_none.empty(); }
};

/// Limits are by Student's t with two degrees of freedom less than there are points. A log-linear fit of
/// shares of which one is zero is impossible: quasi_poisson is fitted instead, and said. No trend from fewer
/// than six points, from none of the events, or where the regression finds no finite curve.
/// \param at  months at which the curve is wanted
/// \throws UsageError for a level that is not between 0 and 1 or a point that breaks its condition.
Trend exponential_trend(std::span<const TrendPoint> points, std::span<const double> at,
                        const TrendOptions& options = {});

}  // namespace wardmap
