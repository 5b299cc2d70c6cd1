#include "wardmap/indicator/funnel.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/indicator/distributions.hpp"
#include "wardmap/indicator/limits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>

namespace wardmap {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double usual = 0.95;
constexpr double wide = 0.998;

struct Line {
    double lower = nan;
    double upper = nan;
};

void check_funnel(std::span<const double> counts, std::span<const double> populations,
                  const FunnelOptions& options) {
    if (counts.size() != populations.size()) {
        throw UsageError("there are " + std::to_string(counts.size()) + " counts and " +
                             std::to_string(populations.size()) + " populations",
                         {}, "give one of each for every area");
    }
    if (!(options.per > 0))
        throw UsageError("a rate per " + full_precision(options.per), {}, "give a number above 0");
    if (!(options.winsorised >= 0 && options.winsorised < 0.5)) {
        throw UsageError("z-scores are winsorised by " + full_precision(options.winsorised), {},
                         "give a share from 0 to under 0.5, such as 0.1");
    }
    if (options.baseline && !(*options.baseline >= 0 && std::isfinite(*options.baseline))) {
        throw UsageError("the baseline is " + full_precision(*options.baseline), {},
                         "give a number of 0 or more");
    }
    if (options.kind == FunnelKind::proportion && options.baseline && *options.baseline > options.per)
        throw UsageError("the baseline of proportions is more than all", {}, "give a share of the total");
}

/// Where the lines of events by expected events run, for one area. \pre expected above 0
Line count_line(double expected, double level) {
    const double tail = (1 - level) / 2;
    return {std::max(0.0, count_with_upper_limit(expected, tail)), count_with_lower_limit(expected, tail)};
}

/// The shares whose Wilson limit is the baseline. \pre 0 <= baseline <= 1, total above 0
Line share_line(double baseline, double total, double level) {
    const double z = normal_point(1 - level);
    const double z2 = z * z;
    const double a = 1 / z2 + 1 / total;
    const double b = baseline * (total / z2 + 1);
    const double under_root =
        b * b - a * baseline * (total * (baseline * (total / z2 + 2) - 1) + z2 * (baseline - 1));
    const double root = std::sqrt(std::max(0.0, under_root));
    const double below = a * total;
    return {std::clamp((b - root) / below, 0.0, 1.0), std::clamp((b + root) / below, 0.0, 1.0)};
}

FunnelClass class_of(const Limits& at_usual, const Limits& at_wide, double baseline) {
    if (at_wide.lower > baseline) return FunnelClass::high_998;
    if (at_usual.lower > baseline) return FunnelClass::high_95;
    if (at_wide.upper < baseline) return FunnelClass::low_998;
    if (at_usual.upper < baseline) return FunnelClass::low_95;
    return FunnelClass::similar;
}

FunnelClass class_of_z(double z) {
    if (std::isnan(z)) return FunnelClass::none;
    const double size = std::abs(z);
    if (size > normal_point(1 - wide)) return z > 0 ? FunnelClass::high_998 : FunnelClass::low_998;
    if (size > normal_point(1 - usual)) return z > 0 ? FunnelClass::high_95 : FunnelClass::low_95;
    return FunnelClass::similar;
}

/// The value below which a share of the sorted numbers lies, by straight line between ranks.
double quantile_of(std::span<const double> sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto low = static_cast<std::size_t>(place);
    const std::size_t high = std::min(low + 1, sorted.size() - 1);
    return sorted[low] + (place - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

/// A count on the scale on which chance has the same spread everywhere: square root of observed by
/// expected, or arc sine of the root of a share. NaN where not defined.
struct Score {
    double distance = nan;  ///< from the baseline
    double error = nan;     ///< its standard error by chance
};

Score score_of(double count, double size, double baseline, FunnelKind kind) {
    if (kind == FunnelKind::proportion)
        return {std::asin(std::sqrt(count / size)) - std::asin(std::sqrt(baseline)), 0.5 / std::sqrt(size)};
    const double expected = size * baseline;
    if (!(expected > 0)) return {};
    return {std::sqrt(count / expected) - 1, 0.5 / std::sqrt(expected)};
}

/// phi, tau2 and what they make of the classes.
void add_overdispersion(Funnel& out, std::span<const Score> scores, double winsorised) {
    std::vector<double> z;
    double weights = 0, squared_weights = 0;
    for (const Score& score : scores) {
        if (std::isnan(score.distance)) continue;
        z.push_back(score.distance / score.error);
        const double weight = 1 / (score.error * score.error);
        weights += weight;
        squared_weights += weight * weight;
    }
    out.pattern_adjusted = out.pattern;
    out.phi = out.tau2 = nan;
    if (z.size() < 2) return;
    std::sort(z.begin(), z.end());
    const double low = quantile_of(z, winsorised), high = quantile_of(z, 1 - winsorised);
    const double areas = static_cast<double>(z.size());
    out.phi = std::accumulate(z.begin(), z.end(), 0.0,
                              [&](double sum, double one) {
                                  const double drawn_in = std::clamp(one, low, high);
                                  return sum + drawn_in * drawn_in;
                              }) /
              areas;
    out.tau2 = std::max(0.0, (areas * out.phi - (areas - 1)) / (weights - squared_weights / weights));
    if (out.tau2 == 0) return;
    for (std::size_t area = 0; area < scores.size(); ++area) {
        const Score& score = scores[area];
        if (out.pattern[area] == FunnelClass::none) continue;
        out.pattern_adjusted[area] =
            class_of_z(score.distance / std::sqrt(score.error * score.error + out.tau2));
    }
}

}  // namespace

FunnelKind parse_funnel_kind(std::string_view text) {
    for (const FunnelKind kind : {FunnelKind::rate, FunnelKind::ratio, FunnelKind::proportion}) {
        if (text == name_of(kind)) return kind;
    }
    const std::array<std::string, 3> names{"rate", "ratio", "proportion"};
    throw UsageError("there is no funnel of kind '" + std::string(text) + "'", {}, did_you_mean(text, names));
}

std::string_view name_of(FunnelKind kind) noexcept {
    switch (kind) {
        case FunnelKind::rate:
            return "rate";
        case FunnelKind::ratio:
            return "ratio";
        case FunnelKind::proportion:
            break;
    }
    return "proportion";
}

std::string_view name_of(FunnelClass of_area) noexcept {
    switch (of_area) {
        case FunnelClass::low_998:
            return "low_998";
        case FunnelClass::low_95:
            return "low_95";
        case FunnelClass::similar:
            return "similar";
        case FunnelClass::high_95:
            return "high_95";
        case FunnelClass::high_998:
            return "high_998";
        case FunnelClass::none:
            break;
    }
    return "none";
}

Funnel funnel(std::span<const double> counts, std::span<const double> populations,
              const FunnelOptions& options) {
    check_funnel(counts, populations, options);
    const bool shares = options.kind == FunnelKind::proportion;
    const std::size_t areas = counts.size();
    double events = 0, people = 0;
    for (std::size_t i = 0; i < areas; ++i) {
        if (counts[i] < 0 || populations[i] < 0)
            throw UsageError("area " + std::to_string(i) + " has a negative number", {},
                             "counts and populations are 0 or more");
        if (std::isnan(counts[i]) || !(populations[i] > 0)) continue;
        events += counts[i];
        people += populations[i];
    }
    Funnel out;
    const double level = options.baseline                    ? *options.baseline / options.per
                         : options.kind == FunnelKind::ratio ? 1.0
                         : people > 0                        ? events / people
                                                             : nan;
    out.baseline = level * options.per;
    out.pattern.assign(areas, FunnelClass::none);
    for (auto* column : {&out.value, &out.lower95, &out.upper95, &out.lower998, &out.upper998})
        column->assign(areas, nan);
    std::vector<Score> scores(areas);
    for (std::size_t i = 0; i < areas; ++i) {
        const double size = populations[i];
        if (std::isnan(counts[i]) || !(size > 0)) continue;
        const Limits own = shares ? proportion_limits(counts[i], size) : rate_limits(counts[i], size, 1);
        const Limits own_wide =
            shares ? proportion_limits(counts[i], size, wide) : rate_limits(counts[i], size, 1, wide);
        out.value[i] = own.value * options.per;
        out.pattern[i] = class_of(own, own_wide, level);
        scores[i] = score_of(counts[i], size, level, options.kind);
        Line line95{0, 0}, line998{0, 0};  // where nothing is expected the funnel is closed
        if (shares) {
            line95 = share_line(level, size, usual);
            line998 = share_line(level, size, wide);
        } else if (level > 0) {
            line95 = count_line(size * level, usual);
            line998 = count_line(size * level, wide);
        }
        const double scale = options.per / (shares ? 1 : size);
        out.lower95[i] = line95.lower * scale;
        out.upper95[i] = line95.upper * scale;
        out.lower998[i] = line998.lower * scale;
        out.upper998[i] = line998.upper * scale;
    }
    add_overdispersion(out, scores, options.winsorised);
    return out;
}

}  // namespace wardmap
