/// \file
/// How much of all events lies in how few places.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace wardmap {

/// Events by place, densest first, as a curve from nothing to everything. Immutable; copies share.
class Concentration {
public:
    /// \param counts   events of each place, 0 or more; NaN: the place is left out
    /// \param weights  size of each place (people, square metres); none: all places are alike
    /// \throws UsageError for spans of different length or negative numbers
    explicit Concentration(std::span<const double> counts, std::span<const double> weights = {});

    std::size_t places() const noexcept;
    double events() const noexcept;

    /// Gini's coefficient: 0 where events lie evenly by size, towards 1 where all lie in one place. NaN
    /// without events.
    double gini() const noexcept { return gini_; }
    /// Times n / (n - 1): 1 where all events lie in one of n places. NaN for weighted or fewer than two
    /// places.
    double gini_unbiased() const noexcept { return gini_unbiased_; }
    /// For fewer events than places, where even spread is impossible: compared with the evenest there is.
    /// NaN for weighted places. Source: Bernasco and Steenbeek 2017.
    double generalised() const noexcept { return generalised_; }

    /// Share of all events, 0 to 1, in the densest `share` of places (by size, if weighted); part of a place
    /// counts with that part of its events. \throws UsageError for a share outside 0 to 1
    double share_in_top(double share) const;
    /// The other way round: the smallest share of places that holds `share` of all events.
    /// \throws UsageError for a share outside 0 to 1
    double places_for(double share) const;

private:
    struct Curve;
    std::shared_ptr<const Curve> curve_;
    double gini_ = 0;
    double gini_unbiased_ = 0;
    double generalised_ = 0;
};

}  // namespace wardmap
