#include "wardmap/cluster/getis_ord.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/cluster/conditional_draws.hpp"

#include <cmath>
#include <limits>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string method_of(const GetisOrdOptions& options, const KnownValues& known) {
    std::string text = options.kind == GetisOrdKind::gi_star
                           ? "Getis-Ord Gi*, the area among its neighbours, mean and variance of all areas"
                           : "Getis-Ord Gi, the area left out of its neighbours, mean and variance";
    text += ", divisor N, weights " + std::string(name_of(options.style)) + ", ";
    if (options.permutations == 0) {
        text += "p two-sided of the normal distribution";
    } else {
        text += "p by " + with_thousands(options.permutations, 0) +
                " conditional permutations without replacement, two-sided twice the smaller tail, seed " +
                std::to_string(options.seed);
    }
    if (known.size() > 0 && known.all_equal()) text += "; all values are equal: nothing is defined";
    return text + known.left_out();
}

}  // namespace

GetisOrd getis_ord(std::span<const double> values, const Neighbours& neighbours,
                   const GetisOrdOptions& options) {
    const KnownValues known = known_values(values, neighbours);
    GetisOrd out{std::vector<double>(values.size(), nan), std::vector<double>(values.size(), nan),
                 method_of(options, known)};
    if (known.size() < 2 || known.all_equal()) return out;

    const bool star = options.kind == GetisOrdKind::gi_star;
    const auto n = static_cast<double>(known.size());
    const double mean = known.mean();
    std::vector<double> deviations(known.values);
    double squares = 0;
    for (double& deviation : deviations) {
        deviation -= mean;
        squares += deviation * deviation;
    }
    const DrawCounts draws = draw_neighbours(known, {options.permutations, options.seed, options.threads});
    for (std::size_t k = 0; k < known.size(); ++k) {
        const auto of_area = known.neighbours.of(k);
        if (of_area.empty()) continue;
        const std::size_t place = known.place[k];
        const double own = deviations[k];
        const auto counted_ones = static_cast<double>(of_area.size() + (star ? 1 : 0));
        const double weight = weight_of_each(options.style, of_area.size() + (star ? 1 : 0));
        // Deviations from the mean of all, of which Gi's own mean and variance leave this area out.
        const double size = star ? n : n - 1;
        const double centre = star ? 0 : -own / size;
        const double variance = (star ? squares : squares - own * own) / size - centre * centre;
        double sum = star ? own : 0;
        for (const AreaIndex j : of_area) sum += deviations[static_cast<std::size_t>(j)];
        const double spread =
            (size * weight * weight * counted_ones - weight * weight * counted_ones * counted_ones) /
            (size - 1);
        if (size > 1 && counted_ones < size && variance > 0) {
            out.z[place] = weight * (sum - counted_ones * centre) / std::sqrt(variance * spread);
            if (options.permutations == 0)
                out.p_two_sided[place] = std::erfc(std::abs(out.z[place]) / std::sqrt(2.0));
        }
        if (options.permutations > 0) {
            out.p_two_sided[place] =
                permutation_p(draws.at_least[k], draws.at_most[k], options.permutations).two_sided;
        }
    }
    return out;
}

}  // namespace wardmap
