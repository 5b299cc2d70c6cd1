#include "wardmap/indicator/correlation.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"

#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> mean_ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from;
        while (to + 1 < order.size() && values[order[to + 1]] == values[order[from]]) ++to;
        const double rank = (static_cast<double>(from) + static_cast<double>(to)) / 2 + 1;
        for (std::size_t i = from; i <= to; ++i) ranks[order[i]] = rank;
        from = to + 1;
    }
    return ranks;
}

double product_moment(const std::vector<double>& x, const std::vector<double>& y) {
    const auto n = static_cast<double>(x.size());
    const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / n;
    const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    if (!(xx > 0) || !(yy > 0)) return nan;
    return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0);
}

}  // namespace

CorrelationKind parse_correlation(std::string_view text) {
    if (text == "spearman") return CorrelationKind::spearman;
    if (text == "pearson") return CorrelationKind::pearson;
    const std::array<std::string, 2> names{"spearman", "pearson"};
    throw UsageError("there is no correlation '" + std::string(text) + "'", {}, did_you_mean(text, names));
}

Correlation correlation(std::span<const double> x, std::span<const double> y, CorrelationKind kind,
                        double level) {
    if (x.size() != y.size()) throw std::invalid_argument("correlation: columns of different length");
    if (!(level > 0 && level < 1)) {
        throw UsageError("the level of limits is " + full_precision(level), {},
                         "give one between 0 and 1, such as 0.95");
    }
    std::vector<double> known_x;
    std::vector<double> known_y;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::isnan(x[i]) || std::isnan(y[i])) continue;
        known_x.push_back(x[i]);
        known_y.push_back(y[i]);
    }
    Correlation out{nan, nan, nan, known_x.size()};
    if (out.n < 2) return out;
    const bool ranks = kind == CorrelationKind::spearman;
    if (ranks) {
        known_x = mean_ranks(known_x);
        known_y = mean_ranks(known_y);
    }
    out.coefficient = product_moment(known_x, known_y);
    constexpr std::size_t least_for_interval = 4;
    if (std::isnan(out.coefficient) || out.n < least_for_interval) return out;
    if (std::abs(out.coefficient) == 1) {
        out.lower = out.upper = out.coefficient;
        return out;
    }
    const double r = out.coefficient;
    const double z = std::sqrt(2.0) * boost::math::erfc_inv(1 - level);
    const double variance = (ranks ? 1 + r * r / 2 : 1.0) / (static_cast<double>(out.n) - 3);
    out.lower = std::tanh(std::atanh(r) - z * std::sqrt(variance));
    out.upper = std::tanh(std::atanh(r) + z * std::sqrt(variance));
    return out;
}

}  // namespace wardmap
