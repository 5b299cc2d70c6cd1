#include "wardmap/cluster/empirical_bayes.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// What rates are drawn towards, and by how much.
struct Prior {
    double rate = nan;    ///< b
    double variance = 0;  ///< a
};

/// Of the areas given; those without people are passed over.
template <typename Places>
Prior prior_of(const Places& places, std::span<const double> count, std::span<const double> rates,
               std::span<const double> population) {
    double events = 0, people = 0, areas = 0;
    for (const auto i : places) {
        if (std::isnan(rates[i])) continue;
        events += count[i];
        people += population[i];
        areas += 1;
    }
    Prior prior;
    if (areas == 0) return prior;
    prior.rate = events / people;
    double squares = 0;
    for (const auto i : places) {
        if (std::isnan(rates[i])) continue;
        squares += population[i] * (rates[i] - prior.rate) * (rates[i] - prior.rate);
    }
    prior.variance = std::max(0.0, squares / people - prior.rate / (people / areas));
    return prior;
}

double smoothed(double rate, double population, const Prior& prior) {
    if (prior.variance == 0) return prior.rate;
    return prior.rate + prior.variance * (rate - prior.rate) / (prior.variance + prior.rate / population);
}

struct Rates {
    std::vector<double> rates{};
    std::size_t left_out = 0;
    std::size_t without_people = 0;  ///< of those left out, with events
};

Rates rates_of(std::span<const double> count, std::span<const double> population) {
    if (count.size() != population.size()) {
        throw UsageError("there are " + counted(count.size(), "count") + " and " +
                             counted(population.size(), "population"),
                         {}, "give one of each for every area, in one order");
    }
    Rates out;
    for (std::size_t i = 0; i < count.size(); ++i) {
        if (count[i] < 0 || population[i] < 0) {
            throw UsageError("input " + std::to_string(i) + ": a count or population is negative: " +
                                 full_precision(count[i]) + " of " + full_precision(population[i]),
                             {}, "give numbers from 0");
        }
        const bool known = std::isfinite(count[i]) && std::isfinite(population[i]) && population[i] > 0;
        out.rates.push_back(known ? count[i] / population[i] : nan);
        if (known) continue;
        ++out.left_out;
        if (population[i] == 0 && count[i] > 0) ++out.without_people;
    }
    return out;
}

std::string left_out_text(const Rates& rates) {
    if (rates.left_out == 0) return {};
    std::string text = "; " + counted(rates.left_out, "area") + " without people or with a missing number " +
                       (rates.left_out == 1 ? "has no rate" : "have no rate");
    if (rates.without_people > 0)
        text += ", " + std::to_string(rates.without_people) + " of them with events";
    return text;
}

}  // namespace

SmoothedRates empirical_bayes(std::span<const double> count, std::span<const double> population) {
    const Rates rates = rates_of(count, population);
    std::vector<std::size_t> all(count.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    const Prior prior = prior_of(all, count, rates.rates, population);
    SmoothedRates out{rates.rates, "Marshall's global empirical Bayes" + left_out_text(rates)};
    for (std::size_t i = 0; i < out.rates.size(); ++i) {
        if (!std::isnan(rates.rates[i])) out.rates[i] = smoothed(rates.rates[i], population[i], prior);
    }
    if (prior.variance == 0 && rates.left_out < count.size())
        out.method += "; the rates differ no more than by chance: each is the rate of all";
    return out;
}

SmoothedRates empirical_bayes(std::span<const double> count, std::span<const double> population,
                              const Neighbours& neighbours) {
    const Rates rates = rates_of(count, population);
    if (neighbours.size() != count.size()) {
        throw UsageError("there are " + counted(count.size(), "count") + " and neighbours of " +
                             counted(neighbours.size(), "area"),
                         {}, "give one count for each area, in the order of the areas");
    }
    SmoothedRates out{rates.rates, "Marshall's local empirical Bayes over the area and its neighbours" +
                                       left_out_text(rates)};
    std::vector<std::size_t> near;
    for (std::size_t i = 0; i < out.rates.size(); ++i) {
        if (std::isnan(rates.rates[i])) continue;
        near.assign(1, i);
        for (const AreaIndex j : neighbours.of(i)) near.push_back(static_cast<std::size_t>(j));
        out.rates[i] =
            smoothed(rates.rates[i], population[i], prior_of(near, count, rates.rates, population));
    }
    if (const std::size_t islands = neighbours.islands().size(); islands > 0) {
        out.method += "; " + counted(islands, "area") + " without neighbours " +
                      (islands == 1 ? "keeps its own rate" : "keep their own rates");
    }
    return out;
}

}  // namespace wardmap
