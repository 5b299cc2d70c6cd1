#include "wardmap/indicator/standardised_rate.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/indicator/distributions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace wardmap {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr Limits undefined{nan, nan, nan};
/// Fewer events than this in all make no directly standardised rate.
constexpr double fewest_direct = 10;

void check_options(const StandardisingOptions& options) {
    if (!(options.level > 0 && options.level < 1)) {
        throw UsageError("the level of limits is " + full_precision(options.level), {},
                         "give one between 0 and 1, such as 0.95");
    }
    if (!(options.per > 0)) {
        throw UsageError("a rate per " + full_precision(options.per), {},
                         "give a number above 0, such as 100000");
    }
}

void check_bands(std::span<const double> values, std::size_t bands, const char* what) {
    if (values.size() != bands) {
        throw UsageError(std::string(what) + " are given for " + std::to_string(values.size()) +
                             " bands of " + std::to_string(bands),
                         {}, "give one number for each band");
    }
    for (const double value : values) {
        if (value < 0)
            throw UsageError(std::string(what) + " hold " + full_precision(value), {},
                             "they cannot be negative");
    }
}

double known(double count) {
    return std::isnan(count) ? 0.0 : count;
}

double sum_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// A rate per person as a weighted sum, before limits.
struct Weighted {
    double value = 0;
    double variance = 0;
    double largest_weight = 0;  ///< of one event
    bool defined = true;
};

/// \param persons  by events each: persons[k - 1] for k events
Weighted weighted_rate(std::span<const std::span<const double>> persons, std::span<const double> populations,
                       std::span<const double> standard) {
    const double all = sum_of(standard);
    if (!(all > 0)) {
        throw UsageError("the standard population adds up to " + full_precision(all), {},
                         "give the people of the standard in each band");
    }
    Weighted out;
    for (std::size_t band = 0; band < populations.size(); ++band) {
        if (standard[band] == 0) continue;
        if (!(populations[band] > 0)) out.defined = false;
        const double weight = standard[band] / (populations[band] * all);
        out.largest_weight = std::max(out.largest_weight, weight);
        for (std::size_t k = 0; k < persons.size(); ++k) {
            const double each = static_cast<double>(k + 1);
            const double people = known(persons[k][band]);
            out.value += weight * each * people;
            out.variance += weight * weight * each * each * people;
        }
    }
    return out;
}

Limits limits_of(const Weighted& rate, double events, const StandardisingOptions& options) {
    if (!rate.defined || events < fewest_direct) return undefined;
    double lower = 0;
    double upper = 0;
    if (options.limits == DirectLimits::dobson) {
        const Limits count = count_limits(events, options.level);
        const double scale = std::sqrt(rate.variance / events);
        lower = rate.value + scale * (count.lower - events);
        upper = rate.value + scale * (count.upper - events);
    } else {
        const double tail = (1 - options.level) / 2;
        const double v = rate.variance;
        const double d = rate.value;
        const double d_up = d + rate.largest_weight;
        const double v_up = v + rate.largest_weight * rate.largest_weight;
        lower = v / d * gamma_point_below(d * d / v, tail);
        upper = v_up / d_up * gamma_point_above(d_up * d_up / v_up, tail);
    }
    return {options.per * rate.value, options.per * lower, options.per * upper};
}

DirectRate direct(std::span<const std::span<const double>> persons, std::span<const double> populations,
                  std::span<const double> standard, const StandardisingOptions& options) {
    check_options(options);
    check_bands(populations, populations.size(), "populations");
    check_bands(standard, populations.size(), "standard populations");
    DirectRate out;
    for (std::size_t k = 0; k < persons.size(); ++k) {
        check_bands(persons[k], populations.size(), "counts");
        for (const double people : persons[k]) out.count += static_cast<double>(k + 1) * known(people);
    }
    out.population = sum_of(populations);
    out.rate = limits_of(weighted_rate(persons, populations, standard), out.count, options);
    return out;
}

constexpr std::array<StandardBand, 19> esp2013{{{{0, 4}, 5000},
                                                {{5, 9}, 5500},
                                                {{10, 14}, 5500},
                                                {{15, 19}, 5500},
                                                {{20, 24}, 6000},
                                                {{25, 29}, 6000},
                                                {{30, 34}, 6500},
                                                {{35, 39}, 7000},
                                                {{40, 44}, 7000},
                                                {{45, 49}, 7000},
                                                {{50, 54}, 7000},
                                                {{55, 59}, 6500},
                                                {{60, 64}, 6000},
                                                {{65, 69}, 5500},
                                                {{70, 74}, 5000},
                                                {{75, 79}, 4000},
                                                {{80, 84}, 2500},
                                                {{85, 89}, 1500},
                                                {{90, {}}, 1000}}};

}  // namespace

DirectLimits parse_direct_limits(std::string_view text) {
    const std::array<std::string, 2> names{"dobson", "fay_feuer"};
    if (text == names[0]) return DirectLimits::dobson;
    if (text == names[1]) return DirectLimits::fay_feuer;
    throw UsageError("there are no limits '" + std::string(text) + "' of a standardised rate", {},
                     did_you_mean(text, names));
}

std::string_view name_of(DirectLimits limits) noexcept {
    return limits == DirectLimits::dobson ? "dobson" : "fay_feuer";
}

DirectRate direct_rate(std::span<const double> counts, std::span<const double> populations,
                       std::span<const double> standard, const StandardisingOptions& options) {
    return direct(std::span(&counts, 1), populations, standard, options);
}

DirectRate direct_rate_of_repeats(std::span<const std::vector<double>> persons,
                                  std::span<const double> populations, std::span<const double> standard,
                                  const StandardisingOptions& options) {
    const std::vector<std::span<const double>> by_events(persons.begin(), persons.end());
    return direct(by_events, populations, standard, options);
}

IndirectRate indirect_rate(std::span<const double> counts, std::span<const double> populations,
                           std::span<const double> standard_counts,
                           std::span<const double> standard_populations,
                           const StandardisingOptions& options) {
    check_options(options);
    const std::size_t bands = populations.size();
    check_bands(populations, bands, "populations");
    check_bands(counts, bands, "counts");
    check_bands(standard_counts, bands, "counts of the standard");
    check_bands(standard_populations, bands, "populations of the standard");
    IndirectRate out;
    double standard_events = 0;
    for (std::size_t band = 0; band < bands; ++band) {
        out.count += known(counts[band]);
        standard_events += known(standard_counts[band]);
        if (populations[band] == 0) continue;
        out.expected += standard_populations[band] > 0
                            ? populations[band] * known(standard_counts[band]) / standard_populations[band]
                            : nan;
    }
    out.population = sum_of(populations);
    if (!(out.expected > 0)) {
        out.ratio = out.rate = undefined;
        return out;
    }
    const Limits count = count_limits(out.count, options.level);
    const double standard_rate = options.per * standard_events / sum_of(standard_populations);
    const auto by = [&](double scale) {
        return Limits{count.value / out.expected * scale, count.lower / out.expected * scale,
                      count.upper / out.expected * scale};
    };
    out.ratio = by(1);
    out.rate = by(standard_rate);
    return out;
}

std::span<const StandardBand> european_standard_2013() {
    return esp2013;
}

std::vector<double> european_standard_of(std::span<const std::string> labels) {
    std::vector<double> out;
    for (const std::string& label : labels) {
        const std::optional<AgeBand> wanted = parse_age_column(label);
        double people = 0;
        bool starts = false, ends = false;
        for (const auto& [band, count] : esp2013) {
            if (!wanted || band.first < wanted->first) continue;
            if (wanted->last && (!band.last || *band.last > *wanted->last)) continue;
            people += count;
            starts = starts || band.first == wanted->first;
            ends = ends || band.last == wanted->last;
        }
        if (!starts || !ends) {
            throw UsageError("'" + label + "' is no band of the European Standard Population", {},
                             "it has 0-4, 5-9, ... 85-89, 90+, and sums of these");
        }
        out.push_back(people);
    }
    return out;
}

}  // namespace wardmap
