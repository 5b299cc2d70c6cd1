#include "wardmap/cluster/impact_candidates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Each unit's share of the measure over its share of the denominator. Units that are left out still belong
/// to the whole.
std::vector<double> against_whole(const std::vector<double>& measure,
                                  const std::vector<double>& denominator) {
    double all = 0, all_denominator = 0;
    for (std::size_t u = 0; u < measure.size(); ++u) {
        all += measure[u];
        if (denominator[u] > 0) all_denominator += denominator[u];
    }
    std::vector<double> out(measure.size(), nan);
    for (std::size_t u = 0; u < measure.size(); ++u)
        if (denominator[u] > 0 && all > 0) out[u] = measure[u] / all / (denominator[u] / all_denominator);
    return out;
}

/// Units with a score above 0, the highest first; ties in the order of the units.
std::vector<AreaIndex> ranked(const std::vector<double>& score) {
    std::vector<AreaIndex> out;
    for (std::size_t u = 0; u < score.size(); ++u)
        if (score[u] > 0) out.push_back(static_cast<AreaIndex>(u));
    std::ranges::stable_sort(out, [&](AreaIndex a, AreaIndex b) {
        return score[static_cast<std::size_t>(a)] > score[static_cast<std::size_t>(b)];
    });
    return out;
}

std::vector<ImpactCandidate> one_by_one(const std::vector<AreaIndex>& units) {
    std::vector<ImpactCandidate> out;
    for (const AreaIndex unit : units) out.push_back({{unit}, std::nullopt});
    return out;
}

bool left_out(const ImpactEvidence& evidence, const ImpactView& view, std::size_t unit) {
    return (!evidence.excluded.empty() && !evidence.excluded[unit].empty()) ||
           std::ranges::find(view.without, static_cast<AreaIndex>(unit)) != view.without.end();
}

/// E: units that are in the top by events and by harm, and deprived themselves.
std::vector<AreaIndex> that_meet(const ImpactEvidence& evidence, const ImpactDefinition& definition,
                                 const std::vector<double>& crime, const std::vector<double>& harm,
                                 const std::vector<double>& score) {
    const auto in_top = [&](const std::vector<double>& rates) {
        std::vector<AreaIndex> order = ranked(rates);
        const auto many = static_cast<std::size_t>(
            std::ceil(definition.must_meet_share * static_cast<double>(rates.size()) - 1e-9));
        if (order.size() > many) order.resize(many);
        std::vector<bool> in(rates.size(), false);
        for (const AreaIndex unit : order) in[static_cast<std::size_t>(unit)] = true;
        return in;
    };
    const std::vector<bool> by_crime = in_top(crime), by_harm = in_top(harm);
    std::vector<AreaIndex> out = ranked(score);
    std::erase_if(out, [&](AreaIndex unit) {
        const auto u = static_cast<std::size_t>(unit);
        const bool deprived =
            !definition.require_deprived || evidence.deprived[u] >= definition.deprived_share;
        return !by_crime[u] || !by_harm[u] || !deprived;
    });
    return out;
}

}  // namespace

std::vector<double> denominators_of(const ImpactEvidence& evidence, const ImpactGround& ground,
                                    const ImpactDefinition& definition) {
    switch (definition.denominator) {
        case ImpactDenominator::workday:
            return evidence.workday;
        case ImpactDenominator::area: {
            std::vector<double> out;
            for (std::size_t u = 0; u < evidence.units.size(); ++u) out.push_back(ground.surface(u));
            return out;
        }
        case ImpactDenominator::residents:
            break;
    }
    return evidence.residents;
}

std::vector<double> relative_rates(const ImpactEvidence& evidence, const ImpactGround& ground,
                                   const ImpactDefinition& definition, const ImpactView& view) {
    const ImpactMeasures measures = measures_of(evidence, definition, view);
    const std::vector<double> denominators = denominators_of(evidence, ground, definition);
    std::vector<double> out = definition.measure == ImpactMeasure::harm
                                  ? against_whole(measures.harm, denominators)
                                  : against_whole(measures.crime, denominators);
    if (definition.measure == ImpactMeasure::both) {
        const std::vector<double> harm = against_whole(measures.harm, denominators);
        for (std::size_t u = 0; u < out.size(); ++u) out[u] = std::min(out[u], harm[u]);
    }
    for (std::size_t u = 0; u < out.size(); ++u)
        if (left_out(evidence, view, u)) out[u] = nan;
    return out;
}

ImpactCandidates candidates(const ImpactEvidence& evidence, const ImpactGround& ground,
                            const ImpactDefinition& definition, const ImpactView& view) {
    ImpactCandidates out;
    out.score = relative_rates(evidence, ground, definition, view);
    switch (definition.method) {
        case ImpactMethod::rank:
        case ImpactMethod::growth:
            out.order = one_by_one(ranked(out.score));
            break;
        case ImpactMethod::must_meet: {
            const ImpactMeasures measures = measures_of(evidence, definition, view);
            const std::vector<double> denominators = denominators_of(evidence, ground, definition);
            out.order =
                one_by_one(that_meet(evidence, definition, against_whole(measures.crime, denominators),
                                     against_whole(measures.harm, denominators), out.score));
            break;
        }
        case ImpactMethod::local:
        case ImpactMethod::scan:
            break;
    }
    return out;
}

}  // namespace wardmap
