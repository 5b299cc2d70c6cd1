#include "wardmap/cluster/local_moran.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/cluster/conditional_draws.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

LocalPattern pattern_of(double deviation, double lag) {
    if (deviation > 0 && lag > 0) return LocalPattern::high_high;
    if (deviation < 0 && lag < 0) return LocalPattern::low_low;
    if (deviation > 0 && lag < 0) return LocalPattern::high_low;
    if (deviation < 0 && lag > 0) return LocalPattern::low_high;
    return LocalPattern::none;
}

std::string method_of(const LocalMoranOptions& options, const KnownValues& known) {
    std::string text = "local Moran, weights " + std::string(name_of(options.style)) + ", m2 divided by " +
                       std::string(name_of(options.divisor)) + ", z by conditional randomisation, ";
    if (options.permutations == 0) {
        text += "no permutations";
    } else {
        text += "p by " + with_thousands(options.permutations, 0) +
                " conditional permutations without replacement, two-sided twice the smaller tail, seed " +
                std::to_string(options.seed);
    }
    if (known.size() > 0 && known.all_equal()) text += "; all values are equal: nothing is defined";
    return text + known.left_out();
}

}  // namespace

MomentDivisor parse_moment_divisor(std::string_view text) {
    for (const MomentDivisor divisor : {MomentDivisor::n, MomentDivisor::n_minus_one}) {
        if (text == name_of(divisor)) return divisor;
    }
    const std::array<std::string, 2> names{"n", "n-1"};
    throw UsageError("there is no divisor '" + std::string(text) + "'", {}, did_you_mean(text, names));
}

std::string_view name_of(MomentDivisor divisor) noexcept {
    return divisor == MomentDivisor::n ? "n" : "n-1";
}

std::string_view name_of(LocalPattern pattern) noexcept {
    switch (pattern) {
        case LocalPattern::high_high:
            return "HH";
        case LocalPattern::low_low:
            return "LL";
        case LocalPattern::high_low:
            return "HL";
        case LocalPattern::low_high:
            return "LH";
        case LocalPattern::none:
            break;
    }
    return "";
}

LocalMoran local_moran(std::span<const double> values, const Neighbours& neighbours,
                       const LocalMoranOptions& options) {
    const KnownValues known = known_values(values, neighbours);
    LocalMoran out;
    for (auto* numbers : {&out.i, &out.z, &out.lag, &out.p_greater, &out.p_less, &out.p_two_sided})
        numbers->assign(values.size(), nan);
    out.pattern.assign(values.size(), LocalPattern::none);
    out.method = method_of(options, known);
    if (known.size() < 2 || known.all_equal()) return out;

    const auto n = static_cast<double>(known.size());
    const double mean = known.mean();
    std::vector<double> deviations(known.values);
    double squares = 0;
    for (double& deviation : deviations) {
        deviation -= mean;
        squares += deviation * deviation;
    }
    const double variance = squares / n;
    const double m2 = options.divisor == MomentDivisor::n ? variance : squares / (n - 1);
    const DrawCounts draws = draw_neighbours(known, {options.permutations, options.seed, options.threads});
    for (std::size_t k = 0; k < known.size(); ++k) {
        const auto of_area = known.neighbours.of(k);
        if (of_area.empty()) continue;
        const std::size_t place = known.place[k];
        const double weight = weight_of_each(options.style, of_area.size());
        const double deviation = deviations[k];
        double lag = 0;
        for (const AreaIndex j : of_area) lag += deviations[static_cast<std::size_t>(j)];
        lag *= weight;
        out.lag[place] = lag;
        out.i[place] = deviation / m2 * lag;
        out.pattern[place] = pattern_of(deviation, lag);

        // Moments of the statistic as it is scaled here, so that z is the same with either divisor.
        const double sum = weight * static_cast<double>(of_area.size());
        const double sum_of_squares = weight * sum;
        const double expected = -deviation * deviation * sum / ((n - 1) * m2);
        const double spread = (sum_of_squares - sum * sum / (n - 1)) *
                              (variance - deviation * deviation / (n - 1)) * n / (n - 2);
        const double scale = deviation / m2;
        const bool varies = n > 2 && of_area.size() < known.size() - 1 && deviation != 0 && spread > 0;
        if (varies) out.z[place] = (out.i[place] - expected) / (std::abs(scale) * std::sqrt(spread));

        if (options.permutations == 0) continue;
        // The statistic is the drawn sum times the area's deviation: below the mean its order turns round,
        // and at the mean it is 0 in every draw.
        std::uint32_t at_least = draws.at_least[k];
        std::uint32_t at_most = draws.at_most[k];
        if (deviation < 0) std::swap(at_least, at_most);
        if (deviation == 0) at_least = at_most = options.permutations;
        const PermutationP p = permutation_p(at_least, at_most, options.permutations);
        out.p_greater[place] = p.greater;
        out.p_less[place] = p.less;
        out.p_two_sided[place] = p.two_sided;
    }
    return out;
}

}  // namespace wardmap
