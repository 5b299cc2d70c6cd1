#include "wardmap/cluster/impact_defence.hpp"

#include "wardmap/area/name_folding.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/base/long_call.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/base/poisson_draw.hpp"
#include "wardmap/cluster/impact_candidates.hpp"
#include "wardmap/indicator/correlation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double robust_from = 0.8, arguable_from = 0.5;
/// An area is chosen again where at least this share of its residents is.
constexpr double chosen_again_from = 0.5;

std::vector<std::vector<AreaIndex>> units_of(const ImpactChoice& choice) {
    std::vector<std::vector<AreaIndex>> out;
    for (const ImpactArea& area : choice.areas) out.push_back(area.units);
    return out;
}

std::vector<bool> chosen_units(const std::vector<std::vector<AreaIndex>>& areas, std::size_t units) {
    std::vector<bool> out(units, false);
    for (const auto& area : areas)
        for (const AreaIndex unit : area) out[static_cast<std::size_t>(unit)] = true;
    return out;
}

double jaccard(const std::vector<bool>& a, const std::vector<bool>& b) {
    double both = 0, either = 0;
    for (std::size_t u = 0; u < a.size(); ++u) {
        both += a[u] && b[u] ? 1 : 0;
        either += a[u] || b[u] ? 1 : 0;
    }
    return either > 0 ? both / either : 1;
}

/// The same as shares of units: 0 or 1.
std::vector<double> chosen_wholly(const std::vector<std::vector<AreaIndex>>& areas, std::size_t units) {
    const std::vector<bool> in = chosen_units(areas, units);
    return {in.begin(), in.end()};
}

/// Of each of the proposal's units, the share of its surface in what was chosen of other units.
std::vector<double> chosen_by_surface(const std::vector<std::vector<AreaIndex>>& areas,
                                      const ImpactOtherUnits& other) {
    const std::vector<bool> in = chosen_units(areas, other.evidence.units.size());
    std::vector<double> out(other.parts.sources, 0);
    for (const AreaPart& part : other.parts.parts)
        if (in[static_cast<std::size_t>(part.target)])
            out[static_cast<std::size_t>(part.source)] += part.share;
    for (double& share : out) share = std::min(1.0, share);
    return out;
}

/// Surface chosen by both over surface chosen by either.
double jaccard_by_surface(const std::vector<bool>& proposed, const std::vector<double>& chosen,
                          const ImpactGround& ground) {
    double both = 0, either = 0;
    for (std::size_t u = 0; u < proposed.size(); ++u) {
        both += ground.surface(u) * (proposed[u] ? chosen[u] : 0);
        either += ground.surface(u) * (proposed[u] ? 1 : chosen[u]);
    }
    return either > 0 ? both / either : 1;
}

/// Whether at least half of an area's residents (of its units, where nobody lives there) are chosen.
bool chosen_again(const std::vector<AreaIndex>& area, const std::vector<double>& chosen,
                  const std::vector<double>& residents) {
    double all = 0, again = 0;
    const auto weight = [&](AreaIndex unit) {
        const double n = residents[static_cast<std::size_t>(unit)];
        return n > 0 ? n : 0;
    };
    const bool nobody = std::ranges::all_of(area, [&](AreaIndex unit) { return weight(unit) == 0; });
    for (const AreaIndex unit : area) {
        const double one = nobody ? 1 : weight(unit);
        all += one;
        again += one * chosen[static_cast<std::size_t>(unit)];
    }
    return all > 0 && again >= chosen_again_from * all;
}

ImpactScenario varied(std::string what, std::string to, ImpactDefinition definition, ImpactView view) {
    ImpactScenario out;
    out.varied = std::move(what);
    out.to = std::move(to);
    out.definition = std::move(definition);
    out.view = std::move(view);
    return out;
}

/// Kinds that say more of what police do than of harm done: flagged so by the weights, or drugs by name.
std::vector<std::string> found_by_police(const ImpactEvidence& evidence) {
    std::vector<std::string> out;
    for (std::size_t k = 0; k < evidence.kinds.size(); ++k) {
        const bool flagged = !evidence.proactive.empty() && evidence.proactive[k];
        if (flagged || fold_name(evidence.kinds[k]).find("drug") != std::string::npos)
            out.push_back(evidence.kinds[k]);
    }
    return out;
}

/// Events by unit and kind with one of the gravest offence less in each area: what a single event decides.
std::vector<double> without_gravest(const ImpactEvidence& evidence, const ImpactDefinition& definition,
                                    const ImpactView& view, const ImpactChoice& choice) {
    const std::size_t kinds = evidence.kinds.size();
    std::vector<double> out(evidence.units.size() * kinds, 0);
    for (std::size_t u = 0; u < evidence.units.size(); ++u)
        for (const std::size_t kind : view.kinds)
            for (std::size_t year = view.first_year; year <= view.last_year; ++year)
                out[u * kinds + kind] += evidence.count(u, year, kind);
    for (const ImpactArea& area : choice.areas) {
        double* gravest = nullptr;
        double heaviest = 0;
        for (const AreaIndex unit : area.units)
            for (const std::size_t kind : view.kinds) {
                double& events = out[static_cast<std::size_t>(unit) * kinds + kind];
                const bool proactive = !evidence.proactive.empty() && evidence.proactive[kind];
                if (!(events > 0) || !(evidence.weights[kind] > heaviest) ||
                    (proactive && definition.exclude_proactive))
                    continue;
                heaviest = evidence.weights[kind];
                gravest = &events;
            }
        if (gravest != nullptr) *gravest = std::max(0.0, *gravest - 1);
    }
    return out;
}

/// Every definition with one thing changed.
std::vector<ImpactScenario> variations(const ImpactEvidence& evidence, const ImpactDefinition& definition,
                                       const ImpactView& view, const ImpactChoice& choice) {
    std::vector<ImpactScenario> out;
    out.push_back(varied("nothing", "as defined", definition, view));
    for (const ImpactMeasure measure : {ImpactMeasure::crime, ImpactMeasure::harm, ImpactMeasure::both}) {
        if (measure == definition.measure) continue;
        ImpactDefinition other = definition;
        other.measure = measure;
        out.push_back(varied("measure", std::string(name_of(measure)), other, view));
    }
    for (const ImpactDenominator denominator :
         {ImpactDenominator::residents, ImpactDenominator::workday, ImpactDenominator::area}) {
        if (denominator == definition.denominator) continue;
        ImpactDefinition other = definition;
        other.denominator = denominator;
        out.push_back(varied("denominator", std::string(name_of(denominator)), other, view));
    }
    if (view.last_year > view.first_year)
        for (std::size_t year = view.first_year; year <= view.last_year; ++year) {
            ImpactView other = view;
            other.first_year = other.last_year = year;
            out.push_back(varied("years", evidence.years[year], definition, other));
        }
    for (const double factor : {0.5, 1.5}) {
        ImpactDefinition other = definition;
        std::string to;
        if (definition.areas > 0) {
            other.areas = static_cast<std::size_t>(
                std::max(1.0, std::round(factor * static_cast<double>(definition.areas))));
            to = counted(other.areas, "area");
        } else {
            other.residents_share = std::min(1.0, factor * definition.residents_share);
            to = full_precision(round_half_away(100 * other.residents_share, 2)) + "% of residents";
        }
        out.push_back(varied("budget", to, other, view));
    }
    for (const ImpactMethod method : all_impact_methods) {
        if (method == definition.method) continue;
        ImpactDefinition other = definition;
        other.method = method;
        out.push_back(
            varied("method", fmt::format("{}, {}", letter_of(method), name_of(method)), other, view));
    }
    if (definition.require_deprived) {
        ImpactDefinition other = definition;
        other.require_deprived = false;
        out.push_back(varied("deprivation", "not asked for", other, view));
    }
    if (!definition.exclude_kinds.empty()) {
        ImpactDefinition other = definition;
        other.exclude_kinds.clear();
        out.push_back(varied("kinds", fmt::format("with {}", fmt::join(definition.exclude_kinds, ", ")),
                             other, view_of(evidence, other)));
    } else if (const std::vector<std::string> found = found_by_police(evidence);
               !found.empty() && found.size() < evidence.kinds.size()) {
        ImpactDefinition other = definition;
        other.exclude_kinds = found;
        out.push_back(varied("kinds", fmt::format("without {}", fmt::join(found, ", ")), other,
                             view_of(evidence, other)));
    }
    if (definition.measure != ImpactMeasure::crime && !choice.areas.empty()) {
        ImpactView other = view;
        other.drawn = without_gravest(evidence, definition, view, choice);
        out.push_back(varied("gravest offence", "one less in each area", definition, other));
    }
    if (!choice.areas.empty()) {
        AreaIndex top = choice.areas.front().units.front();
        const auto score = [&](AreaIndex unit) {
            const double one = choice.score[static_cast<std::size_t>(unit)];
            return std::isfinite(one) ? one : -1;
        };
        for (const ImpactArea& area : choice.areas)
            for (const AreaIndex unit : area.units)
                if (score(unit) > score(top)) top = unit;
        ImpactView other = view;
        other.without.push_back(top);
        const auto t = static_cast<std::size_t>(top);
        out.push_back(
            varied("top unit", fmt::format("without {}", evidence.units.names()[t]), definition, other));
    }
    return out;
}

/// Chooses among other units, and what that is of the proposal's.
void choose_among(const ImpactOtherUnits& other, ImpactScenario& scenario) {
    const ImpactGround ground(other.evidence.units, scenario.definition.contiguity);
    scenario.areas =
        units_of(choose_impact_areas(other.evidence, ground, scenario.definition, scenario.view));
    const ImpactScore set =
        score_areas(other.evidence, ground, scenario.definition, scenario.view, scenario.areas).set;
    scenario.resident_share = set.resident_share;
    scenario.event_share = set.event_share;
    scenario.chosen = chosen_by_surface(scenario.areas, other);
}

std::string lasting_word(const std::vector<bool>& in) {
    if (in.size() < 2) return {};
    if (std::ranges::all_of(in, [](bool one) { return one; })) return "persistent";
    if (!in.back())
        return std::ranges::any_of(in, [](bool one) { return one; }) ? "former" : "in no single year";
    // In the last year or years only: once in, never out again.
    const bool emerged = std::ranges::is_sorted(in);
    return emerged ? "emerging" : "intermittent";
}

}  // namespace

std::string_view name_of(ImpactStanding standing) noexcept {
    switch (standing) {
        case ImpactStanding::robust:
            return "robust";
        case ImpactStanding::arguable:
            return "arguable";
        case ImpactStanding::fragile:
            return "fragile";
    }
    return {};
}

ImpactDefence defend(const ImpactEvidence& evidence, const ImpactGround& ground,
                     const ImpactDefinition& definition, const ImpactChoice& choice,
                     std::span<const ImpactOtherUnits> others) {
    const ImpactView view = view_of(evidence, definition);
    std::vector<ImpactScenario> all = variations(evidence, definition, view, choice);
    const std::size_t of_own_units = all.size();
    for (const ImpactOtherUnits& other : others)
        all.push_back(varied("units", other.to, definition, view_of(other.evidence, definition)));
    std::vector<std::optional<std::string>> impossible(all.size());
    const std::size_t units = evidence.units.size();
    const std::vector<bool> proposed = chosen_units(units_of(choice), units);
    Stage stage("Choosing again under variations", all.size());
    in_parallel(all.size(), 0, [&](std::size_t i) {
        ImpactScenario& scenario = all[i];
        try {
            if (i >= of_own_units) {
                choose_among(others[i - of_own_units], scenario);
                scenario.overlap = jaccard_by_surface(proposed, scenario.chosen, ground);
                stage.step();
                return;
            }
            scenario.areas =
                units_of(choose_impact_areas(evidence, ground, scenario.definition, scenario.view));
        } catch (const UsageError& error) {
            impossible[i] = fmt::format("{} {}: {}", scenario.varied, scenario.to, error.what_happened());
            return;
        }
        stage.step();
        const ImpactScore set = score_areas(evidence, ground, definition, view, scenario.areas).set;
        scenario.resident_share = set.resident_share;
        scenario.event_share = set.event_share;
        scenario.chosen = chosen_wholly(scenario.areas, units);
        scenario.overlap = jaccard(proposed, chosen_units(scenario.areas, units));
    });
    ImpactDefence out;
    out.chosen_share.assign(units, 0);
    out.area_share.assign(choice.areas.size(), 0);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (impossible[i]) {
            out.left_out.push_back(*impossible[i]);
            continue;
        }
        const std::vector<double>& chosen = all[i].chosen;
        for (std::size_t u = 0; u < units; ++u) out.chosen_share[u] += chosen[u];
        for (std::size_t a = 0; a < choice.areas.size(); ++a)
            out.area_share[a] += chosen_again(choice.areas[a].units, chosen, evidence.residents) ? 1 : 0;
        out.scenarios.push_back(std::move(all[i]));
    }
    const auto n = static_cast<double>(out.scenarios.size());
    for (double& share : out.chosen_share) share /= n;
    for (double& share : out.area_share) {
        share /= n;
        out.standing.push_back(share >= robust_from     ? ImpactStanding::robust
                               : share >= arguable_from ? ImpactStanding::arguable
                                                        : ImpactStanding::fragile);
    }
    return out;
}

ImpactStability stability(const ImpactEvidence& evidence, const ImpactGround& ground,
                          const ImpactDefinition& definition, const ImpactChoice& choice) {
    const ImpactView view = view_of(evidence, definition);
    const std::size_t years = view.last_year - view.first_year + 1, units = evidence.units.size();
    std::vector<std::vector<bool>> chosen(years);
    std::vector<std::vector<double>> rates(years);
    in_parallel(years, 0, [&](std::size_t y) {
        ImpactView one = view;
        one.first_year = one.last_year = view.first_year + y;
        chosen[y] = chosen_units(units_of(choose_impact_areas(evidence, ground, definition, one)), units);
        rates[y] = relative_rates(evidence, ground, definition, one);
    });
    ImpactStability out;
    for (std::size_t y = 0; y < years; ++y) {
        out.years.push_back(evidence.years[view.first_year + y]);
        if (y == 0) continue;
        out.rank_correlation.push_back(
            correlation(rates[y - 1], rates[y], CorrelationKind::spearman).coefficient);
        out.overlap.push_back(jaccard(chosen[y - 1], chosen[y]));
    }
    for (const ImpactArea& area : choice.areas) {
        std::vector<bool> in;
        for (std::size_t y = 0; y < years; ++y)
            in.push_back(chosen_again(area.units, {chosen[y].begin(), chosen[y].end()}, evidence.residents));
        out.lasting.push_back(lasting_word(in));
        out.in_year.push_back(std::move(in));
    }
    out.chosen = std::move(chosen);
    return out;
}

ImpactForward forward(const ImpactEvidence& evidence, const ImpactGround& ground,
                      const ImpactDefinition& definition) {
    ImpactForward out;
    const ImpactView view = view_of(evidence, definition);
    if (view.first_year == view.last_year) return out;
    ImpactView before = view, last = view;
    --before.last_year;
    last.first_year = last.last_year;
    const auto areas = units_of(choose_impact_areas(evidence, ground, definition, before));
    out.possible = true;
    out.chosen_on = before.first_year == before.last_year
                        ? evidence.years[before.first_year]
                        : evidence.years[before.first_year] + " to " + evidence.years[before.last_year];
    out.scored_on = evidence.years[last.last_year];
    out.chosen = chosen_units(areas, evidence.units.size());
    const auto many = static_cast<std::size_t>(std::ranges::count(out.chosen, true));
    const ImpactScore set = score_areas(evidence, ground, definition, last, areas).set;
    out.event_share = set.event_share;
    out.area_share = set.area_share;
    out.pai = set.pai;
    // The best that as many units could have captured of each square metre.
    const ImpactMeasures measures = measures_of(evidence, definition, last);
    std::vector<std::size_t> order(evidence.units.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](std::size_t u) { return measures.crime[u] / ground.surface(u); });
    double events = 0, surface = 0, all_events = 0, all_surface = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        all_events += measures.crime[order[i]];
        all_surface += ground.surface(order[i]);
        if (i >= many) continue;
        events += measures.crime[order[i]];
        surface += ground.surface(order[i]);
    }
    out.best_pai = surface > 0 && all_events > 0 ? events / all_events / (surface / all_surface) : nan;
    out.pei = out.best_pai > 0 ? out.pai / out.best_pai : nan;
    return out;
}

std::vector<double> membership(const ImpactEvidence& evidence, const ImpactGround& ground,
                               const ImpactDefinition& definition, std::size_t draws) {
    const ImpactView view = view_of(evidence, definition);
    const std::size_t units = evidence.units.size(), kinds = evidence.kinds.size();
    std::vector<std::vector<bool>> chosen(draws);
    Stage stage("Choosing again from drawn counts", draws);
    in_parallel(draws, 0, [&](std::size_t draw) {
        stage.step();
        ImpactView one = view;
        one.drawn.assign(units * kinds, 0);
        for (std::size_t u = 0; u < units; ++u) {
            RandomStream stream(definition.seed, u, static_cast<std::uint32_t>(draw));
            for (const std::size_t kind : view.kinds) {
                double mean = 0;
                for (std::size_t year = view.first_year; year <= view.last_year; ++year)
                    mean += evidence.count(u, year, kind);
                one.drawn[u * kinds + kind] = poisson_draw(stream, mean);
            }
        }
        chosen[draw] = chosen_units(units_of(choose_impact_areas(evidence, ground, definition, one)), units);
    });
    std::vector<double> out(units, 0);
    for (const std::vector<bool>& one : chosen)
        for (std::size_t u = 0; u < units; ++u) out[u] += one[u] ? 1 : 0;
    for (double& share : out) share = draws > 0 ? share / static_cast<double>(draws) : nan;
    return out;
}

std::vector<ImpactBorderline> borderline(const ImpactChoice& choice, std::size_t units,
                                         std::size_t each_side) {
    std::vector<ImpactBorderline> in, out;
    const std::vector<int> area = choice.area_of_unit(units);
    for (std::size_t u = 0; u < units; ++u) {
        const double score = choice.score[u];
        if (!std::isfinite(score) || !std::isfinite(choice.cut) || !(choice.cut > 0)) continue;
        // Units above the line that are out were given up, each with its reason.
        if (area[u] < 0 && score > choice.cut) continue;
        ImpactBorderline one{static_cast<AreaIndex>(u), area[u] >= 0, score, score / choice.cut - 1};
        (one.inside ? in : out).push_back(one);
    }
    std::ranges::stable_sort(in, {}, &ImpactBorderline::score);
    std::ranges::stable_sort(out, std::ranges::greater{}, &ImpactBorderline::score);
    if (in.size() > each_side) in.resize(each_side);
    if (out.size() > each_side) out.resize(each_side);
    std::ranges::reverse(in);
    in.insert(in.end(), out.begin(), out.end());
    return in;
}

}  // namespace wardmap
