/// \file
/// Rates of small areas drawn towards the rate of all, the more the fewer people they have.
#pragma once

#include "wardmap/area/neighbours.hpp"

#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// Events by people; NaN where the area has no people or a missing number.
struct SmoothedRates {
    std::vector<double> rates{};
    std::string method{};  ///< which estimator, and what was left out
};

/// Marshall's global estimator: b + a (r - b) / (a + b / n), b the rate of all, a the variance of rates
/// beyond chance (0 if negative: then every rate is b). Source: Marshall 1991. \throws UsageError if the
/// lengths differ, for negative counts or populations
SmoothedRates empirical_bayes(std::span<const double> count, std::span<const double> population);

/// The same with b and a of the area and its neighbours. An area without neighbours keeps its own rate.
/// \throws UsageError also if there are not as many counts as areas in `neighbours`
SmoothedRates empirical_bayes(std::span<const double> count, std::span<const double> population,
                              const Neighbours& neighbours);

}  // namespace wardmap
