#include "wardmap/indicator/limits.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/indicator/boost_handle.hpp"
#include "wardmap/indicator/distributions.hpp"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

namespace wardmap {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

void check_level(double level) {
    if (level > 0 && level < 1) return;
    throw UsageError("the level of limits is " + full_precision(level), {},
                     "give one between 0 and 1, such as 0.95");
}

void check_not_negative(double value, const char* what) {
    if (!(value < 0)) return;
    throw UsageError(std::string(what) + " is " + full_precision(value), {}, "it cannot be negative");
}

struct CountLimits {
    double lower;
    double upper;
};

CountLimits garwood(double count, double alpha) {
    const double lower = count > 0 ? gamma_point_below(count, alpha / 2) : 0.0;
    return {lower, gamma_point_above(count + 1, alpha / 2)};
}

CountLimits byar(double count, double alpha) {
    const double z = normal_point(alpha);
    const double up = count + 1;
    const double low_root = 1 - 1 / (9 * count) - z / (3 * std::sqrt(count));
    const double up_root = 1 - 1 / (9 * up) + z / (3 * std::sqrt(up));
    const double lower = count * low_root * low_root * low_root;
    return {lower < 0 ? nan : lower, up * up_root * up_root * up_root};
}

/// The tails of a binomial(before + after, share) at the observed `after`; mid-p leaves out half of it.
struct Tails {
    double at_most;
    double at_least;
};

Tails tails(double before, double after, double share, RatioMethod method) {
    const double at_least = after > 0 ? boost::math::ibeta(after, before + 1, share, Quiet{}) : 1.0;
    const double at_most = before > 0 ? boost::math::ibetac(after + 1, before, share, Quiet{}) : 1.0;
    if (method != RatioMethod::midp) return {at_most, at_least};
    const double half = (at_least + at_most - 1) / 2;  // both hold the observed count
    return {at_most - half, at_least - half};
}

/// The odds share / (1 - share), kept exact near 1 by the complement.
double odds(double share, double complement) {
    return complement > 0 ? share / complement : infinite;
}

CountLimits clopper_pearson_odds(double before, double after, double alpha) {
    CountLimits result{0, infinite};
    if (after > 0) {
        double complement = 0;
        const double share = boost::math::ibeta_inv(after, before + 1, alpha / 2, &complement, Quiet{});
        result.lower = odds(share, complement);
    }
    if (before > 0) {
        double complement = 0;
        const double share = boost::math::ibetac_inv(after + 1, before, alpha / 2, &complement, Quiet{});
        result.upper = odds(share, complement);
    }
    return result;
}

/// The share at which the chosen mid-p tail is `target`, by halving.
template <class Tail>
double share_where(Tail tail_less_target) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 200 && high - low > 0; ++i) {
        const double middle = low + (high - low) / 2;
        if (middle == low || middle == high) break;
        (tail_less_target(middle) < 0 ? low : high) = middle;
    }
    return low + (high - low) / 2;
}

CountLimits midp_odds(double before, double after, double alpha) {
    CountLimits result{0, infinite};
    if (after > 0) {
        const double share = share_where(
            [&](double q) { return tails(before, after, q, RatioMethod::midp).at_least - alpha / 2; });
        result.lower = odds(share, 1 - share);
    }
    if (before > 0) {
        const double share = share_where(
            [&](double q) { return alpha / 2 - tails(before, after, q, RatioMethod::midp).at_most; });
        result.upper = odds(share, 1 - share);
    }
    return result;
}

}  // namespace

Limits count_limits(double count, double level) {
    check_level(level);
    check_not_negative(count, "a count");
    if (std::isnan(count)) return {nan, nan, nan};
    const CountLimits limits = count < first_byar_count ? garwood(count, 1 - level) : byar(count, 1 - level);
    return {count, limits.lower, limits.upper};
}

Limits rate_limits(double count, double population, double per, double level) {
    check_level(level);
    check_not_negative(count, "a count");
    check_not_negative(population, "a population");
    if (!(per > 0))
        throw UsageError("a rate per " + full_precision(per), {}, "give a number above 0, such as 100000");
    if (std::isnan(count) || !(population > 0)) return {nan, nan, nan};
    const Limits of_count = count_limits(count, level);
    return {per * count / population, per * of_count.lower / population, per * of_count.upper / population};
}

Limits proportion_limits(double x, double n, double level) {
    check_level(level);
    check_not_negative(x, "a count");
    check_not_negative(n, "a total");
    if (std::isnan(x) || !(n > 0)) return {nan, nan, nan};
    if (x > n) {
        throw UsageError("a part of " + full_precision(x) + " in a total of " + full_precision(n), {},
                         "a part cannot be larger than its total");
    }
    const double z = normal_point(1 - level);
    const double spread = z * std::sqrt(z * z + 4 * x * (1 - x / n));
    const double base = 2 * x + z * z;
    const double below = 2 * (n + z * z);
    return {x / n, std::max(0.0, (base - spread) / below), std::min(1.0, (base + spread) / below)};
}

RatioMethod parse_ratio_method(std::string_view text) {
    for (const RatioMethod method :
         {RatioMethod::exact, RatioMethod::midp, RatioMethod::score, RatioMethod::wald}) {
        if (text == name_of(method)) return method;
    }
    const std::array<std::string, 4> names{"exact", "midp", "score", "wald"};
    throw UsageError("there is no ratio method '" + std::string(text) + "'", {}, did_you_mean(text, names));
}

std::string_view name_of(RatioMethod method) noexcept {
    switch (method) {
        case RatioMethod::exact:
            return "exact";
        case RatioMethod::midp:
            return "midp";
        case RatioMethod::score:
            return "score";
        case RatioMethod::wald:
            break;
    }
    return "wald";
}

RatioLimits rate_ratio(double before, double after, double population_before, double population_after,
                       double level, RatioMethod method) {
    check_level(level);
    check_not_negative(before, "a count");
    check_not_negative(after, "a count");
    check_not_negative(population_before, "a population");
    check_not_negative(population_after, "a population");
    const double both = before + after;
    if (!(both > 0) || !(population_before > 0) || !(population_after > 0)) return {nan, nan, nan, nan};
    const double scale = population_before / population_after;  // odds of the binomial to ratio of rates
    const double null_share = population_after / (population_before + population_after);
    const double alpha = 1 - level;
    RatioLimits result{before > 0 ? after / before * scale : infinite, nan, nan, nan};

    switch (method) {
        case RatioMethod::exact:
        case RatioMethod::midp: {
            const CountLimits limits = method == RatioMethod::exact
                                           ? clopper_pearson_odds(before, after, alpha)
                                           : midp_odds(before, after, alpha);
            const Tails at_null = tails(before, after, null_share, method);
            result.lower = limits.lower * scale;
            result.upper = limits.upper * scale;
            result.p_value = std::min(1.0, 2 * std::min(at_null.at_most, at_null.at_least));
            break;
        }
        case RatioMethod::score: {
            const Limits share = proportion_limits(after, both, level);
            const Limits rest = proportion_limits(before, both, level);
            result.lower = after > 0 ? odds(share.lower, rest.upper) * scale : 0;
            result.upper = before > 0 ? odds(share.upper, rest.lower) * scale : infinite;
            const double spread = std::sqrt(both * null_share * (1 - null_share));
            result.p_value = normal_tails((after - both * null_share) / spread);
            break;
        }
        case RatioMethod::wald: {
            if (before == 0 || after == 0) break;
            const double error = std::sqrt(1 / before + 1 / after);
            const double reach = std::exp(normal_point(alpha) * error);
            result.lower = result.ratio / reach;
            result.upper = result.ratio * reach;
            result.p_value = normal_tails(std::log(result.ratio) / error);
            break;
        }
    }
    return result;
}

}  // namespace wardmap
