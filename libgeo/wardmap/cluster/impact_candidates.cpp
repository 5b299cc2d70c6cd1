#include "wardmap/cluster/impact_candidates.hpp"

#include "wardmap/cluster/empirical_bayes.hpp"
#include "wardmap/cluster/getis_ord.hpp"
#include "wardmap/cluster/scan.hpp"
#include "wardmap/indicator/adjust_p.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// Of all people in a circle, where the budget is a number of areas.
constexpr double scan_share = 0.1;

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

/// z of Gi* of a measure: of events on rates drawn towards the whole's (chance is taken out), of harm on its
/// plain rates, for harm is no Poisson count. p counts the upper tail alone: only high units are candidates
/// (docs/decisions/015).
std::vector<double> local_z(const std::vector<double>& measure, const std::vector<double>& denominator,
                            ImpactMeasure kind, const Neighbours& neighbours, std::vector<double>& p) {
    std::vector<double> rates(measure.size(), nan);
    if (kind == ImpactMeasure::crime) {
        std::vector<double> people = denominator;
        for (double& one : people)
            if (!(one > 0)) one = 0;
        rates = empirical_bayes(measure, people).rates;
    } else {
        for (std::size_t u = 0; u < rates.size(); ++u)
            if (denominator[u] > 0) rates[u] = measure[u] / denominator[u];
    }
    GetisOrd g = getis_ord(rates, neighbours, {.kind = GetisOrdKind::gi_star, .threads = 1});
    std::vector<double> upper(g.z.size());
    for (std::size_t u = 0; u < upper.size(); ++u) upper[u] = std::erfc(g.z[u] / std::numbers::sqrt2) / 2;
    p = adjust_p(upper, Adjustment::bh);
    return std::move(g.z);
}

/// B: units whose surroundings are high beyond chance, the highest z first.
ImpactCandidates by_local_statistics(const ImpactEvidence& evidence, const ImpactGround& ground,
                                     const ImpactDefinition& definition, const ImpactView& view) {
    const ImpactMeasures measures = measures_of(evidence, definition, view);
    const std::vector<double> denominators = denominators_of(evidence, ground, definition);
    ImpactCandidates out;
    std::vector<double> p;
    if (definition.measure == ImpactMeasure::harm) {
        out.score = local_z(measures.harm, denominators, ImpactMeasure::harm, ground.neighbours(), p);
    } else {
        out.score = local_z(measures.crime, denominators, ImpactMeasure::crime, ground.neighbours(), p);
    }
    if (definition.measure == ImpactMeasure::both) {
        std::vector<double> p_harm;
        const std::vector<double> harm =
            local_z(measures.harm, denominators, ImpactMeasure::harm, ground.neighbours(), p_harm);
        for (std::size_t u = 0; u < p.size(); ++u) {
            out.score[u] = std::min(out.score[u], harm[u]);
            p[u] = std::max(p[u], p_harm[u]);
        }
    }
    for (std::size_t u = 0; u < p.size(); ++u)
        if (left_out(evidence, view, u)) out.score[u] = nan;
    std::vector<double> clear(p.size(), nan);
    for (std::size_t u = 0; u < p.size(); ++u)
        if (p[u] <= definition.level) clear[u] = out.score[u];
    out.order = one_by_one(ranked(clear));
    return out;
}

/// C: clusters of events, the strongest first. Harm is no count, so it is not scanned.
ImpactCandidates by_scan(const ImpactEvidence& evidence, const ImpactGround& ground,
                         const ImpactDefinition& definition, const ImpactView& view) {
    ImpactCandidates out;
    out.score = relative_rates(evidence, ground, definition, view);
    const std::vector<double> denominators = denominators_of(evidence, ground, definition);
    const ImpactMeasures measures = measures_of(evidence, definition, view);
    std::vector<double> people(denominators.size(), nan), x, y;
    for (std::size_t u = 0; u < people.size(); ++u) {
        // Left-out units take no part: their events are not the units' own.
        if (!left_out(evidence, view, u) && denominators[u] > 0) people[u] = denominators[u];
        x.push_back(ground.centres()[u].x);
        y.push_back(ground.centres()[u].y);
    }
    ScanOptions options;
    options.max_share = std::min(0.5, definition.areas > 0 ? scan_share : definition.residents_share);
    // Where every unit is above the limit, each may stand alone: the share alone bounds the circles.
    if (definition.denominator != ImpactDenominator::area &&
        std::ranges::any_of(people, [&](double one) { return one <= definition.population_max; }))
        options.max_population = definition.population_max;
    double all_people = 0, fewest = std::numeric_limits<double>::infinity();
    for (const double one : people)
        if (one > 0) {
            all_people += one;
            fewest = std::min(fewest, one);
        }
    // A scan under whose cap not even one unit fits names nothing, as the other methods.
    if (fewest > std::min(options.max_share * all_people,
                          options.max_population.value_or(std::numeric_limits<double>::infinity())))
        return out;
    options.permutations = static_cast<std::uint32_t>(definition.permutations);
    options.seed = definition.seed;
    options.threads = 1;
    const Scan found = scan(measures.crime, people, x, y, options);
    for (const ScanCluster& cluster : found.clusters)
        if (cluster.p_value <= definition.level) out.order.push_back({cluster.members, cluster.p_value});
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
            return by_local_statistics(evidence, ground, definition, view);
        case ImpactMethod::scan:
            return by_scan(evidence, ground, definition, view);
    }
    return out;
}

}  // namespace wardmap
