#include "wardmap/indicator/inequality.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace wardmap {

InequalitySlope inequality_slope(std::span<const double> values, std::span<const double> populations) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (values.size() != populations.size()) {
        throw UsageError("there are " + std::to_string(values.size()) + " values and " +
                             std::to_string(populations.size()) + " populations",
                         {}, "give one of each for every group");
    }
    double people = 0;
    std::size_t groups = 0;
    std::vector<double> weights(values.size(), 0.0);  // 0: the group has no part
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (populations[i] < 0) {
            throw UsageError("a population is " + full_precision(populations[i]), {},
                             "it cannot be negative");
        }
        if (std::isnan(values[i]) || !(populations[i] > 0)) continue;
        weights[i] = populations[i];
        people += weights[i];
        ++groups;
    }
    if (groups < 2) return {nan, nan, nan};

    std::vector<double> middles(values.size(), 0.0);
    double passed = 0, mean_middle = 0, mean_value = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (weights[i] == 0) continue;
        const double share = weights[i] / people;
        middles[i] = passed + share / 2;
        passed += share;
        mean_middle += share * middles[i];
        mean_value += share * values[i];
    }
    double both = 0, spread = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (weights[i] == 0) continue;
        const double from_mean = middles[i] - mean_middle;
        both += weights[i] * from_mean * (values[i] - mean_value);
        spread += weights[i] * from_mean * from_mean;
    }
    InequalitySlope out;
    out.sii = both / spread;
    out.intercept = mean_value - out.sii * mean_middle;
    out.rii = out.intercept > 0 ? (out.intercept + out.sii) / out.intercept : nan;
    return out;
}

}  // namespace wardmap
