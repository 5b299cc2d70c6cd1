#include "wardmap/indicator/trend.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace wardmap {
namespace {

namespace bmp = boost::math::policies;
// Doubles throughout: the same on every machine.
using DoublePolicy = bmp::policy<bmp::promote_double<false>>;

constexpr std::array<std::string_view, 3> model_names{"automatic", "log-linear", "quasi-poisson"};
constexpr int most_steps = 100;
/// A curve steeper than this (e-fold a month) is one that runs off to infinity.
constexpr double steepest = 20;

/// A straight line on the log scale, at months counted from `origin`, with the covariance of its two parts.
struct LogLine {
    double origin = 0;
    double level = 0;
    double slope = 0;
    double level_variance = 0;
    double covariance = 0;
    double slope_variance = 0;
};

/// Weighted sums of a regression on the month.
struct Sums {
    double w = 0, t = 0, tt = 0, y = 0, ty = 0;

    void add(double weight, double month, double value) {
        w += weight;
        t += weight * month;
        tt += weight * month * month;
        y += weight * value;
        ty += weight * month * value;
    }
    double determinant() const { return w * tt - t * t; }
    double slope() const { return (w * ty - t * y) / determinant(); }
    double level() const { return (tt * y - t * ty) / determinant(); }
};

void set_covariance(LogLine& line, const Sums& sums, double scale) {
    line.level_variance = scale * sums.tt / sums.determinant();
    line.slope_variance = scale * sums.w / sums.determinant();
    line.covariance = -scale * sums.t / sums.determinant();
}

double middle_month(std::span<const TrendPoint> points) {
    double sum = 0;
    for (const TrendPoint& point : points) sum += point.month;
    return sum / static_cast<double>(points.size());
}

double freedom(std::span<const TrendPoint> points) {
    return static_cast<double>(points.size()) - 2;
}

LogLine fit_log_linear(std::span<const TrendPoint> points) {
    LogLine line;
    line.origin = middle_month(points);
    Sums sums;
    for (const TrendPoint& point : points)
        sums.add(1, point.month - line.origin, std::log(point.part / point.whole));
    line.level = sums.level();
    line.slope = sums.slope();
    double squares = 0;
    for (const TrendPoint& point : points) {
        const double rest =
            std::log(point.part / point.whole) - line.level - line.slope * (point.month - line.origin);
        squares += rest * rest;
    }
    set_covariance(line, sums, squares / freedom(points));
    return line;
}

struct PoissonFit {
    bool found = false;
    LogLine line{};
    double dispersion = 0;
};

double deviance(std::span<const TrendPoint> points, const LogLine& line) {
    double sum = 0;
    for (const TrendPoint& point : points) {
        const double mean = point.whole * std::exp(line.level + line.slope * (point.month - line.origin));
        sum += 2 * ((point.part > 0 ? point.part * std::log(point.part / mean) : 0.0) - (point.part - mean));
    }
    return sum;
}

/// Iteratively reweighted least squares; a step that makes the fit worse is halved.
PoissonFit fit_poisson(std::span<const TrendPoint> points) {
    PoissonFit fit;
    LogLine& line = fit.line;
    line.origin = middle_month(points);
    double part = 0;
    double whole = 0;
    for (const TrendPoint& point : points) {
        part += point.part;
        whole += point.whole;
    }
    line.level = std::log(part / whole);
    double before = deviance(points, line);
    for (int step = 0; step < most_steps && !fit.found; ++step) {
        Sums sums;
        for (const TrendPoint& point : points) {
            const double month = point.month - line.origin;
            const double eta = line.level + line.slope * month;
            const double mean = point.whole * std::exp(eta);
            sums.add(mean, month, eta + (point.part - mean) / mean);
        }
        LogLine next = line;
        next.level = sums.level();
        next.slope = sums.slope();
        double after = deviance(points, next);
        for (int half = 0; half < 30 && !(after <= before + 1e-12 * (std::abs(before) + 1)); ++half) {
            next.level = (next.level + line.level) / 2;
            next.slope = (next.slope + line.slope) / 2;
            after = deviance(points, next);
        }
        fit.found = std::abs(after - before) <= 1e-12 * (std::abs(after) + 0.1);
        line = next;
        before = after;
        if (!std::isfinite(before) || std::abs(line.slope) > steepest) return {};
    }
    Sums sums;
    double pearson = 0;
    for (const TrendPoint& point : points) {
        const double month = point.month - line.origin;
        const double mean = point.whole * std::exp(line.level + line.slope * month);
        sums.add(mean, month, 0);
        pearson += (point.part - mean) * (point.part - mean) / mean;
    }
    fit.dispersion = pearson / freedom(points);
    set_covariance(line, sums, fit.dispersion);
    fit.found = fit.found && std::isfinite(line.slope_variance) && std::isfinite(line.level_variance);
    return fit;
}

void check(std::span<const TrendPoint> points, const TrendOptions& options) {
    if (!(options.level > 0 && options.level < 1)) {
        throw UsageError("the level of limits is " + full_precision(options.level), {},
                         "give one between 0 and 1, such as 0.95");
    }
    for (const TrendPoint& point : points) {
        if (std::isfinite(point.month) && point.whole > 0 && std::isfinite(point.whole) && point.part >= 0 &&
            std::isfinite(point.part))
            continue;
        throw UsageError(
            "a trend is wanted of " + full_precision(point.part) + " of " + full_precision(point.whole), {},
            "leave out months without events");
    }
}

Trend none(std::size_t points, std::string why) {
    Trend trend;
    trend.points = points;
    trend.why_none = std::move(why);
    return trend;
}

}  // namespace

TrendModel parse_trend_model(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < model_names.size(); ++i) {
        if (text == model_names[i]) return static_cast<TrendModel>(i);
        names.emplace_back(model_names[i]);
    }
    throw UsageError("there is no trend '" + std::string(text) + "'", {}, did_you_mean(text, names));
}

std::string_view name_of(TrendModel model) noexcept {
    return model_names[static_cast<std::size_t>(model)];
}

Trend exponential_trend(std::span<const TrendPoint> points, std::span<const double> at,
                        const TrendOptions& options) {
    check(points, options);
    if (points.size() < fewest_trend_points) {
        return none(points.size(), "A trend needs at least " + std::to_string(fewest_trend_points) +
                                       " months, and there are " + std::to_string(points.size()));
    }
    const auto zeros = static_cast<std::size_t>(
        std::count_if(points.begin(), points.end(), [](const TrendPoint& point) { return point.part == 0; }));
    if (zeros == points.size()) return none(points.size(), "No month has any, so there is no trend");
    const bool same_month = std::all_of(points.begin(), points.end(), [&](const TrendPoint& point) {
        return point.month == points.front().month;
    });
    if (same_month) return none(points.size(), "All points are of one month");

    Trend trend;
    trend.points = points.size();
    trend.model = options.model;
    if (options.model != TrendModel::quasi_poisson) {
        trend.model = zeros > 0 ? TrendModel::quasi_poisson : TrendModel::log_linear;
        if (zeros > 0) {
            trend.why_model = counted(zeros, "month") + (zeros == 1 ? " is" : " are") +
                              " zero, of which a log-linear fit is impossible";
        }
    }
    LogLine line;
    if (trend.model == TrendModel::log_linear) {
        line = fit_log_linear(points);
    } else {
        const PoissonFit fit = fit_poisson(points);
        if (!fit.found) return none(points.size(), "The counts are too few for a trend to be fitted");
        line = fit.line;
        trend.dispersion = fit.dispersion;
    }
    const boost::math::students_t_distribution<double, DoublePolicy> student(freedom(points));
    const double t = boost::math::quantile(student, 0.5 + options.level / 2);
    const auto percent = [](double slope) { return 100 * std::expm1(slope); };
    const double slope_error = std::sqrt(line.slope_variance);
    trend.growth_pct = percent(line.slope);
    trend.growth_lower_pct = percent(line.slope - t * slope_error);
    trend.growth_upper_pct = percent(line.slope + t * slope_error);
    for (const double month : at) {
        const double from = month - line.origin;
        const double eta = line.level + line.slope * from;
        const double variance =
            line.level_variance + 2 * from * line.covariance + from * from * line.slope_variance;
        const double reach = t * std::sqrt(std::max(variance, 0.0));
        trend.fitted.push_back(std::exp(eta));
        trend.lower.push_back(std::exp(eta - reach));
        trend.upper.push_back(std::exp(eta + reach));
    }
    return trend;
}

}  // namespace wardmap
