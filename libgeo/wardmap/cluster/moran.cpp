#include "wardmap/cluster/moran.hpp"

#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/random_stream.hpp"
#include "wardmap/cluster/conditional_draws.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t draws_a_piece = 32;  // of work for a thread
constexpr double rounding = 1e-12;           // of a sum of products, relative to their usual size

/// Sums of the weights that the moments are made of.
struct WeightSums {
    double s0 = 0;  ///< sum of w_ij
    double s1 = 0;  ///< half the sum of (w_ij + w_ji)^2
    double s2 = 0;  ///< sum over areas of (sum of its row + sum of its column)^2
};

WeightSums weight_sums(const Neighbours& neighbours, WeightStyle style) {
    WeightSums sums;
    std::vector<double> both(neighbours.size(), 0);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
        const auto row = neighbours.of(i);
        const double weight = weight_of_each(style, row.size());
        for (const AreaIndex neighbour : row) {
            const auto j = static_cast<std::size_t>(neighbour);
            const auto column = neighbours.of(j);
            const bool back =
                std::find(column.begin(), column.end(), static_cast<AreaIndex>(i)) != column.end();
            const double returned = back ? weight_of_each(style, column.size()) : 0;
            const double pair = (weight + returned) * (weight + returned);
            sums.s0 += weight;
            sums.s1 +=
                back ? pair / 2 : pair;  // a one-way link is met once, and stands for (i, j) and (j, i)
            both[i] += weight;
            both[j] += weight;
        }
    }
    for (const double sum : both) sums.s2 += sum * sum;
    return sums;
}

/// Sum of w_ij d_i d_j.
double cross_products(const std::vector<double>& deviations, const Neighbours& neighbours,
                      const std::vector<double>& weights) {
    double sum = 0;
    for (std::size_t i = 0; i < deviations.size(); ++i) {
        double lag = 0;
        for (const AreaIndex j : neighbours.of(i)) lag += deviations[static_cast<std::size_t>(j)];
        sum += deviations[i] * weights[i] * lag;
    }
    return sum;
}

double variance_of(const WeightSums& w, const std::vector<double>& deviations, double squares) {
    const auto n = static_cast<double>(deviations.size());
    double fourths = 0;
    for (const double d : deviations) fourths += d * d * d * d;
    const double kurtosis = n * fourths / (squares * squares);
    const double s0_squared = w.s0 * w.s0;
    const double first = n * ((n * n - 3 * n + 3) * w.s1 - n * w.s2 + 3 * s0_squared);
    const double second = kurtosis * ((n * n - n) * w.s1 - 2 * n * w.s2 + 6 * s0_squared);
    return (first - second) / ((n - 1) * (n - 2) * (n - 3) * s0_squared) - 1 / ((n - 1) * (n - 1));
}

double permuted_p(const std::vector<double>& deviations, const Neighbours& neighbours,
                  const std::vector<double>& weights, double observed, double slack,
                  const MoranOptions& options) {
    const std::uint32_t pieces = (options.permutations + draws_a_piece - 1) / draws_a_piece;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> tails(pieces);
    in_parallel(pieces, options.threads, [&](std::size_t piece) {
        std::vector<double> dealt;
        const auto first = static_cast<std::uint32_t>(piece) * draws_a_piece;
        for (std::uint32_t draw = first; draw < std::min(first + draws_a_piece, options.permutations);
             ++draw) {
            dealt = deviations;
            RandomStream random(options.seed, whole_map, draw);
            for (std::size_t left = dealt.size(); left > 1; --left)
                std::swap(dealt[left - 1], dealt[random.below(static_cast<std::uint32_t>(left))]);
            const double drawn = cross_products(dealt, neighbours, weights);
            tails[piece].first += drawn >= observed - slack ? 1U : 0U;
            tails[piece].second += drawn <= observed + slack ? 1U : 0U;
        }
    });
    std::uint32_t at_least = 0;
    std::uint32_t at_most = 0;
    for (const auto& [upper, lower] : tails) {
        at_least += upper;
        at_most += lower;
    }
    return permutation_p(at_least, at_most, options.permutations).two_sided;
}

std::string method_of(const MoranOptions& options, const KnownValues& known) {
    std::string text = "Moran's I, weights " + std::string(name_of(options.style)) +
                       ", moments under randomisation, p two-sided of the normal distribution, ";
    if (options.permutations == 0) {
        text += "no permutations";
    } else {
        text += "p by " + with_thousands(options.permutations, 0) +
                " permutations two-sided, twice the smaller tail, seed " + std::to_string(options.seed);
    }
    if (known.size() > 0 && known.all_equal()) text += "; all values are equal: nothing is defined";
    if (known.neighbours.indices.empty()) text += "; there are no neighbours: nothing is defined";
    return text + known.left_out();
}

}  // namespace

Moran moran(std::span<const double> values, const Neighbours& neighbours, const MoranOptions& options) {
    const KnownValues known = known_values(values, neighbours);
    Moran out{nan, nan, nan, nan, nan, nan, method_of(options, known)};
    if (known.size() < 2 || known.all_equal() || known.neighbours.indices.empty()) return out;

    const auto n = static_cast<double>(known.size());
    const double mean = known.mean();
    std::vector<double> deviations(known.values);
    double squares = 0;
    for (double& deviation : deviations) {
        deviation -= mean;
        squares += deviation * deviation;
    }
    std::vector<double> weights(known.size());
    for (std::size_t k = 0; k < known.size(); ++k)
        weights[k] = weight_of_each(options.style, known.neighbours.of(k).size());
    const WeightSums sums = weight_sums(known.neighbours, options.style);
    const double observed = cross_products(deviations, known.neighbours, weights);
    out.i = n / sums.s0 * observed / squares;
    out.expected = -1 / (n - 1);
    if (known.size() > 3) {
        out.variance = variance_of(sums, deviations, squares);
        if (out.variance > 0) {
            out.z = (out.i - out.expected) / std::sqrt(out.variance);
            out.p_two_sided = std::erfc(std::abs(out.z) / std::sqrt(2.0));
        }
    }
    if (options.permutations > 0) {
        const double slack = rounding * squares * sums.s0 / n;
        out.p_permutation = permuted_p(deviations, known.neighbours, weights, observed, slack, options);
    }
    return out;
}

}  // namespace wardmap
