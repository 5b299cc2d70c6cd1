#include "wardmap/indicator/class_breaks.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/suggest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace wardmap {

namespace {

constexpr std::size_t most_classes = 20;
constexpr int most_decimals = 9;
constexpr double infinite = std::numeric_limits<double>::infinity();

struct SchemeName {
    std::string_view name;
    Scheme scheme;
};
constexpr std::array<SchemeName, 12> scheme_names{{
    {"natural", Scheme::natural},
    {"quantile", Scheme::quantile},
    {"equal", Scheme::equal},
    {"pretty", Scheme::pretty},
    {"sd", Scheme::sd},
    {"headtail", Scheme::headtail},
    {"fixed", Scheme::fixed},
    {"jenks", Scheme::natural},
    {"fisherjenks", Scheme::natural},
    {"quantiles", Scheme::quantile},
    {"equalinterval", Scheme::equal},
    {"userdefined", Scheme::fixed},
}};
constexpr std::size_t own_names = 7;

/// Sorted values that differ, each with how often it comes.
struct Distinct {
    std::vector<double> values{};
    std::vector<double> weights{};
};

Distinct distinct_of(std::span<const double> sorted) {
    Distinct result;
    for (const double value : sorted) {
        if (!result.values.empty() && result.values.back() == value)
            result.weights.back() += 1;
        else {
            result.values.push_back(value);
            result.weights.push_back(1);
        }
    }
    return result;
}

double mean_of(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

// --- the schemes: inner edges (upper ends of all classes but the last), rising -----------------------

/// Fisher's optimal partition by dynamic programming over the distinct values, so that ties stay
/// together; the best last cut moves right as the end does, hence divide and conquer: O(k n log n).
class FisherJenks {
public:
    FisherJenks(const Distinct& distinct, std::size_t k) : n_(distinct.values.size()) {
        // Sums of values less their middle: squares of large numbers would swallow small differences.
        const double middle = distinct.values[n_ / 2];
        weight_.assign(n_ + 1, 0);
        sum_.assign(n_ + 1, 0);
        square_.assign(n_ + 1, 0);
        for (std::size_t i = 0; i < n_; ++i) {
            const double value = distinct.values[i] - middle;
            weight_[i + 1] = weight_[i] + distinct.weights[i];
            sum_[i + 1] = sum_[i] + distinct.weights[i] * value;
            square_[i + 1] = square_[i] + distinct.weights[i] * value * value;
        }
        best_.resize(n_ + 1);
        best_[0] = 0;
        for (std::size_t end = 1; end <= n_; ++end) best_[end] = spread(0, end);
        for (std::size_t classes = 2; classes <= k; ++classes) {
            next_.assign(n_ + 1, infinite);
            cut_.emplace_back(n_ + 1, 0);
            fill(classes, n_, classes - 1, n_ - 1);
            best_.swap(next_);
        }
    }

    /// First index of each class but the first.
    std::vector<std::size_t> starts() const {
        std::vector<std::size_t> result;
        std::size_t end = n_;
        for (std::size_t i = cut_.size(); i-- > 0;) {
            end = cut_[i][end];
            result.push_back(end);
        }
        std::reverse(result.begin(), result.end());
        return result;
    }

private:
    /// Sum of squares about the mean of the values from `begin` up to `end`.
    double spread(std::size_t begin, std::size_t end) const {
        const double weight = weight_[end] - weight_[begin];
        const double sum = sum_[end] - sum_[begin];
        return std::max(0.0, square_[end] - square_[begin] - sum * sum / weight);
    }

    void fill(std::size_t first_end, std::size_t last_end, std::size_t first_cut, std::size_t last_cut) {
        if (first_end > last_end) return;
        const std::size_t end = first_end + (last_end - first_end) / 2;
        double least = infinite;
        std::size_t at = first_cut;
        for (std::size_t cut = first_cut; cut <= std::min(last_cut, end - 1); ++cut) {
            const double sum = best_[cut] + spread(cut, end);
            if (sum < least) {
                least = sum;
                at = cut;
            }
        }
        next_[end] = least;
        cut_.back()[end] = at;
        fill(first_end, end - 1, first_cut, at);
        fill(end + 1, last_end, at, last_cut);
    }

    std::size_t n_;
    std::vector<double> weight_{}, sum_{}, square_{};
    std::vector<double> best_{}, next_{};
    std::vector<std::vector<std::size_t>> cut_{};
};

std::vector<double> natural_edges(std::span<const double> sorted, std::size_t k) {
    const Distinct distinct = distinct_of(sorted);
    k = std::min(k, distinct.values.size());
    if (k < 2) return {};
    std::vector<double> edges;
    for (const std::size_t start : FisherJenks(distinct, k).starts())
        edges.push_back(distinct.values[start - 1]);
    return edges;
}

std::vector<double> quantile_edges(std::span<const double> sorted, std::size_t k) {
    std::vector<double> edges;
    for (std::size_t i = 1; i < k; ++i) {
        // Position in whole steps of 1/k, so that no rounding shifts a rank.
        const std::size_t steps = i * (sorted.size() - 1);
        const std::size_t below = steps / k;
        const double rest = static_cast<double>(steps % k) / static_cast<double>(k);
        const double low = sorted[below];
        edges.push_back(rest > 0 ? low + rest * (sorted[below + 1] - low) : low);
    }
    return edges;
}

std::vector<double> equal_edges(double low, double high, std::size_t k) {
    std::vector<double> edges;
    for (std::size_t i = 1; i < k; ++i) {
        edges.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(k));
    }
    return edges;
}

std::vector<double> pretty_edges(double low, double high, std::size_t k) {
    if (!(high > low)) return {};
    // The step whose number of classes is nearest to k; of two, the larger.
    double best_step = 0;
    double best_miss = infinite;
    const double raw = (high - low) / static_cast<double>(k);
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double times : {20.0, 10.0, 5.0, 2.0, 1.0, 0.5}) {
        const double step = times * power;
        const double classes = std::ceil(high / step) - std::floor(low / step);
        const double miss = std::abs(classes - static_cast<double>(k));
        if (miss < best_miss) {
            best_miss = miss;
            best_step = step;
        }
    }
    std::vector<double> edges;
    for (double i = std::floor(low / best_step) + 1; i * best_step < high; ++i)
        edges.push_back(i * best_step);
    return edges;
}

std::vector<double> deviation_edges(std::span<const double> sorted) {
    if (sorted.size() < 2) return {};
    const double mean = mean_of(sorted);
    double squares = 0;
    for (const double value : sorted) squares += (value - mean) * (value - mean);
    const double deviation = std::sqrt(squares / static_cast<double>(sorted.size() - 1));
    return {mean - 2 * deviation, mean - deviation, mean + deviation, mean + 2 * deviation};
}

std::vector<double> head_tail_edges(std::span<const double> sorted) {
    std::vector<double> edges;
    std::span<const double> head = sorted;
    while (head.size() > 1 && head.front() < head.back()) {
        const double mean = mean_of(head);
        edges.push_back(mean);
        const auto above = std::upper_bound(head.begin(), head.end(), mean);
        head = head.subspan(static_cast<std::size_t>(above - head.begin()));
    }
    return edges;
}

void check_fixed(const std::vector<double>& edges) {
    if (edges.empty()) throw UsageError("fixed classes without edges", {}, "give them, such as 250,400,1000");
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (std::isfinite(edges[i]) && (i == 0 || edges[i] > edges[i - 1])) continue;
        throw UsageError("fixed class edges do not rise at " + full_precision(edges[i]), {},
                         "give finite numbers, each larger than the one before");
    }
}

std::vector<double> inner_edges(std::span<const double> sorted, const ClassOptions& options) {
    const double low = sorted.front();
    const double high = sorted.back();
    switch (options.scheme) {
        case Scheme::natural:
            return natural_edges(sorted, options.k);
        case Scheme::quantile:
            return quantile_edges(sorted, options.k);
        case Scheme::equal:
            return equal_edges(low, high, options.k);
        case Scheme::pretty:
            return pretty_edges(low, high, options.k);
        case Scheme::sd:
            return deviation_edges(sorted);
        case Scheme::headtail:
            return head_tail_edges(sorted);
        case Scheme::fixed:
            break;
    }
    std::vector<double> edges = options.edges;
    if (edges.front() == 0 && low >= 0 && edges.size() > 1)
        edges.erase(edges.begin());  // the lower end of counts
    return edges;
}

// --- rounding inside the gaps ---------------------------------------------------------------------

/// The roundest number strictly between `low` and `high` that has no more than `decimals`: a multiple of
/// the largest step of 1, 2, 2.5 or 5 times a power of ten that has one there; of several the nearest to
/// `wish`.
std::optional<double> roundest_between(double low, double high, double wish, int decimals) {
    if (!(low < high)) return std::nullopt;
    if (low < 0 && high > 0) return 0.0;
    const int top = static_cast<int>(std::ceil(std::log10(std::max(std::abs(low), std::abs(high)))));
    for (int power = top; power >= -decimals; --power) {
        // Whole numbers scaled up or down by one exact power of ten keep 0.3 the double nearest to 0.3.
        const double scale = std::pow(10.0, std::abs(power));
        const auto scaled = [&](double whole) { return power >= 0 ? whole * scale : whole / scale; };
        const auto steps = [&](double value) { return power >= 0 ? value / scale : value * scale; };
        for (const double times : {5.0, 2.5, 2.0, 1.0}) {
            if (times == 2.5 && power == -decimals) continue;
            const double nearest = std::round(steps(wish) / times) * times;
            const double first = std::floor(steps(low) / times) * times;
            for (const double whole : {nearest, nearest + times, nearest - times, first, first + times}) {
                const double candidate = scaled(whole);
                if (candidate > low && candidate < high) return candidate;
            }
        }
    }
    return std::nullopt;
}

/// Fewest decimals at which every pair of neighbouring values that an edge divides look different.
/// (and, where edges stay as they are, the edge from the value above it).
int decimals_telling_apart(std::span<const double> sorted, std::span<const double> edges, bool rounded) {
    for (int decimals = 0; decimals < most_decimals; ++decimals) {
        bool apart = true;
        for (const double edge : edges) {
            const auto above = std::upper_bound(sorted.begin(), sorted.end(), edge);
            if (above == sorted.begin() || above == sorted.end()) continue;
            const double low = round_half_away(rounded ? *std::prev(above) : edge, decimals);
            const double high = round_half_away(*above, decimals);
            if (!(low < high)) apart = false;
        }
        if (apart) return decimals;
    }
    return most_decimals;
}

/// Moves each edge to the roundest number of its gap. Several edges in one gap share it out.
std::vector<double> rounded_edges(std::span<const double> sorted, const std::vector<double>& edges,
                                  int decimals) {
    std::vector<double> result = edges;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const auto above = std::upper_bound(sorted.begin(), sorted.end(), edges[i]);
        if (above == sorted.begin() || above == sorted.end()) continue;
        double low = *std::prev(above);
        double high = *above;
        // As printed, too: 399.6 prints as 400 and must not sit in "250 to 399".
        const double printed = round_half_away(low, decimals);
        if (printed > low && printed < high) low = printed;
        if (i > 0 && edges[i - 1] >= low) low = (edges[i - 1] + edges[i]) / 2;
        if (i + 1 < edges.size() && edges[i + 1] < high) high = (edges[i] + edges[i + 1]) / 2;
        // An edge on a value stands for the whole gap above it: its middle is as good.
        const double middle = low + (high - low) / 2;
        const double wish = edges[i] > low && edges[i] < high ? edges[i] : middle;
        std::optional<double> round = roundest_between(low, high, wish, decimals);
        for (int more = decimals + 1; !round && more <= most_decimals; ++more) {
            round = roundest_between(low, high, wish, more);
        }
        result[i] = round.value_or(middle);
    }
    return result;
}

// --- classes, labels, fit -------------------------------------------------------------------------

std::size_t class_of(double value, const std::vector<double>& breaks, bool lower_closed) {
    // Inner edges only: values beyond the ends belong to the end classes.
    const auto first = breaks.begin() + 1;
    const auto last = breaks.end() - 1;
    const auto at =
        lower_closed ? std::upper_bound(first, last, value) : std::lower_bound(first, last, value);
    return static_cast<std::size_t>(at - first);
}

/// Whether classes are [lower, upper): rounded edges, which no value sits on unless it was given.
bool lower_closed(const ClassBreaks& classes) {
    return classes.rounded;
}

std::vector<std::string> labels_of(const ClassBreaks& classes) {
    const int decimals = classes.decimals;
    const auto text = [decimals](double value) { return with_thousands(value, decimals); };
    const std::vector<double>& breaks = classes.breaks;
    std::vector<std::string> labels;
    if (classes.has_zero_class) labels.emplace_back("0");
    if (classes.k == 0) return labels;
    if (classes.k == 1) {
        labels.push_back(text(breaks[0]) == text(breaks[1]) ? text(breaks[0])
                                                            : text(breaks[0]) + " to " + text(breaks[1]));
        return labels;
    }
    if (!classes.rounded) {
        labels.push_back(text(breaks[0]) == text(breaks[1]) ? text(breaks[0])
                                                            : text(breaks[0]) + " to " + text(breaks[1]));
        for (std::size_t i = 1; i < classes.k; ++i)
            labels.push_back("over " + text(breaks[i]) + " to " + text(breaks[i + 1]));
        return labels;
    }
    // The smallest and largest number of so many decimals within [lower, upper).
    const double scale = std::pow(10.0, decimals);
    const auto first_in = [&](double edge) { return std::ceil(edge * scale - 1e-6) / scale; };
    const auto last_under = [&](double edge) { return (std::ceil(edge * scale - 1e-6) - 1) / scale; };
    if (!classes.has_zero_class || breaks[0] < 0) {
        labels.push_back("under " + text(first_in(breaks[1])));
    } else {
        // Behind "0" nothing may seem to be left out: "1 to 49", though the least value may be 13.
        const std::string low = decimals == 0 && breaks[0] >= 0.5 ? "1" : "over 0";
        const std::string high = text(last_under(breaks[1]));
        labels.push_back(low == high ? low : low + " to " + high);
    }
    for (std::size_t i = 1; i + 1 < classes.k; ++i) {
        const std::string low = text(first_in(breaks[i]));
        const std::string high = text(last_under(breaks[i + 1]));
        labels.push_back(low == high ? low : low + " to " + high);
    }
    labels.push_back(text(first_in(breaks[classes.k - 1])) + " and over");
    return labels;
}

double fit_of(std::span<const double> values, const ClassBreaks& classes) {
    const std::size_t zero = classes.has_zero_class ? 1 : 0;
    std::vector<double> sums(classes.k, 0);
    std::vector<double> sizes(classes.k, 0);
    double sum = 0;
    double size = 0;
    const auto each = [&](auto&& take) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const int code = classes.codes[i];
            if (code < 0 || (zero == 1 && code == 0)) continue;
            take(values[i], static_cast<std::size_t>(code) - zero);
        }
    };
    each([&](double value, std::size_t code) {
        sums[code] += value;
        sizes[code] += 1;
        sum += value;
        size += 1;
    });
    double within = 0;
    double about_mean = 0;
    each([&](double value, std::size_t code) {
        const double from_class = value - sums[code] / sizes[code];
        const double from_all = value - sum / size;
        within += from_class * from_class;
        about_mean += from_all * from_all;
    });
    return about_mean > 0 ? 1 - within / about_mean : 1;
}

void classify(ClassBreaks& classes, std::span<const double> values) {
    const std::size_t zero = classes.has_zero_class ? 1 : 0;
    classes.counts.assign(classes.k + zero, 0);
    classes.codes.assign(values.size(), -1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        std::size_t code = 0;
        if (zero == 0 || values[i] != 0) {
            if (classes.k == 0) continue;
            code = class_of(values[i], classes.breaks, lower_closed(classes)) + zero;
        }
        classes.codes[i] = static_cast<int>(code);
        ++classes.counts[code];
    }
    classes.gvf = classes.k == 0 ? 1 : fit_of(values, classes);
}

}  // namespace

Scheme parse_scheme(std::string_view text) {
    for (const SchemeName& known : scheme_names) {
        if (text == known.name) return known.scheme;
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i < own_names; ++i) names.emplace_back(scheme_names[i].name);
    throw UsageError("there is no class scheme '" + std::string(text) + "'", {}, did_you_mean(text, names));
}

std::string_view name_of(Scheme scheme) noexcept {
    for (const SchemeName& known : scheme_names) {
        if (known.scheme == scheme) return known.name;
    }
    return "fixed";
}

ClassBreaks class_breaks(std::span<const double> values, const ClassOptions& options) {
    if (options.k == 0 || options.k > most_classes) {
        throw UsageError("k is " + std::to_string(options.k), {},
                         "give 1 to 20 classes; readers tell about 7 apart");
    }
    if (options.scheme == Scheme::fixed) check_fixed(options.edges);
    ClassBreaks classes;
    classes.scheme = options.scheme;
    classes.rounded = options.round == RoundBreaks::yes;

    std::vector<double> sorted;
    bool any_zero = false;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        if (value == 0) any_zero = true;
        if (value != 0 || options.zero == ZeroClass::no) sorted.push_back(value + 0.0);
    }
    std::sort(sorted.begin(), sorted.end());
    classes.has_zero_class = options.zero == ZeroClass::yes && any_zero;

    if (!sorted.empty()) {
        const double low = sorted.front();
        const double high = sorted.back();
        std::vector<double> edges = inner_edges(sorted, options);
        const bool fixed = options.scheme == Scheme::fixed;
        if (!fixed) {
            // An edge at or beyond an end divides nothing, nor does the same edge twice.
            const auto useless = [&](double edge) { return !(edge >= low && edge < high); };
            edges.erase(std::remove_if(edges.begin(), edges.end(), useless), edges.end());
            edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
        }
        classes.decimals =
            std::clamp(options.decimals.value_or(decimals_telling_apart(sorted, edges, classes.rounded)), 0,
                       most_decimals);
        if (classes.rounded && !fixed) edges = rounded_edges(sorted, edges, classes.decimals);
        if (fixed && !options.decimals) {
            while (classes.decimals < most_decimals &&
                   std::any_of(edges.begin(), edges.end(), [&](double edge) {
                       return std::abs(round_half_away(edge, classes.decimals) - edge) >
                              1e-9 * std::max(1.0, std::abs(edge));
                   })) {
                ++classes.decimals;
            }
        }
        classes.k = edges.size() + 1;
        classes.breaks.push_back(edges.empty() ? low : std::min(low, edges.front()));
        classes.breaks.insert(classes.breaks.end(), edges.begin(), edges.end());
        classes.breaks.push_back(edges.empty() ? high : std::max(high, edges.back()));
    }
    classes.labels = labels_of(classes);
    classify(classes, values);
    return classes;
}

ClassBreaks same_classes(const ClassBreaks& classes, std::span<const double> values) {
    ClassBreaks result = classes;
    if (!result.has_zero_class && result.k == 0) result.labels.clear();
    classify(result, values);
    return result;
}

std::size_t map_class_count(std::size_t areas) noexcept {
    return areas < 20 ? 4 : 5;
}

}  // namespace wardmap
