#include "wardmap/indicator/concentration.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Place {
    double count = 0;
    double size = 1;
};

void check_share(double share) {
    if (share >= 0 && share <= 1) return;
    throw UsageError("a share of " + full_precision(share), {}, "give one from 0 to 1, such as 0.05");
}

/// Where `x` lies on a rising line through (xs, ys); xs begin at 0.
double along(std::span<const double> xs, std::span<const double> ys, double x) {
    const auto above = std::lower_bound(xs.begin(), xs.end(), x);
    if (above == xs.end()) return ys.back();
    const auto i = static_cast<std::size_t>(above - xs.begin());
    if (i == 0) return ys.front();
    return ys[i - 1] + (ys[i] - ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
}

}  // namespace

struct Concentration::Curve {
    std::size_t places = 0;
    double events = 0;
    std::vector<double> of_places{0};  ///< share of places, densest first
    std::vector<double> of_events{0};  ///< share of events in them
};

Concentration::Concentration(std::span<const double> counts, std::span<const double> weights) {
    const bool weighted = !weights.empty();
    if (weighted && weights.size() != counts.size()) {
        throw UsageError("there are " + std::to_string(counts.size()) + " counts and " +
                             std::to_string(weights.size()) + " weights",
                         {}, "give one of each for every place");
    }
    std::vector<Place> places;
    double events = 0, size = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const Place place{counts[i], weighted ? weights[i] : 1.0};
        if (place.count < 0 || place.size < 0) {
            throw UsageError("a count or weight is " + full_precision(std::min(place.count, place.size)), {},
                             "it cannot be negative");
        }
        if (std::isnan(place.count) || std::isnan(place.size)) continue;
        if (place.count == 0 && place.size == 0) continue;  // no part of the curve
        places.push_back(place);
        events += place.count;
        size += place.size;
    }
    // By count for its size, compared crosswise: a place without size is the densest.
    std::stable_sort(places.begin(), places.end(),
                     [](const Place& a, const Place& b) { return a.count * b.size > b.count * a.size; });
    Curve curve;
    curve.places = places.size();
    curve.events = events;
    gini_ = gini_unbiased_ = generalised_ = nan;
    if (events > 0 && size > 0) {
        double passed_events = 0, passed_size = 0, twice_area = 0;
        for (const Place& place : places) {
            const double before = passed_events;
            passed_events += place.count;
            passed_size += place.size;
            twice_area += place.size * (before + passed_events);
            curve.of_places.push_back(passed_size / size);
            curve.of_events.push_back(passed_events / events);
        }
        gini_ = twice_area / (size * events) - 1;
        const double n = static_cast<double>(places.size());
        if (!weighted && n > 1) gini_unbiased_ = gini_ * n / (n - 1);
        if (!weighted) generalised_ = 1 + std::max(1.0, n / events) * (gini_ - 1);
    }
    curve_ = std::make_shared<const Curve>(std::move(curve));
}

std::size_t Concentration::places() const noexcept {
    return curve_->places;
}

double Concentration::events() const noexcept {
    return curve_->events;
}

double Concentration::share_in_top(double share) const {
    check_share(share);
    if (curve_->of_places.size() < 2) return nan;
    return along(curve_->of_places, curve_->of_events, share);
}

double Concentration::places_for(double share) const {
    check_share(share);
    if (curve_->of_places.size() < 2) return nan;
    return along(curve_->of_events, curve_->of_places, share);
}

}  // namespace wardmap
