#include "wardmap/report/impact_disclosure.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/report/impact_call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// Shares of reruns are told in steps of this, where so much is at least twice the threshold.
constexpr double share_step = 0.01;

bool is_small(double count, const SmallNumberRule& rule) {
    return count > 0 && count < rule.under;
}

/// Cells of one column with their sum below them, by the house's rule.
CountGrid withheld_column(const std::vector<double>& counts, const SmallNumberRule& rule) {
    CountGrid grid = count_grid(std::vector<std::vector<double>>{counts}, RowTotals::no);
    withhold_small(grid, rule);
    return grid;
}

ImpactRowsWithheld either(const ImpactRowsWithheld& a, const ImpactRowsWithheld& b) {
    ImpactRowsWithheld out = a;
    for (std::size_t i = 0; i < out.areas.size(); ++i) out.areas[i] = a.areas[i] || b.areas[i];
    out.set = a.set || b.set;
    out.rest = a.rest || b.rest;
    out.not_located = a.not_located || b.not_located;
    out.total = a.total || b.total;
    return out;
}

/// Units of each area, and those of none last.
std::vector<std::vector<std::size_t>> groups_of(const ImpactResult& result) {
    const std::size_t units = result.inputs.evidence.units.size();
    std::vector<std::vector<std::size_t>> out(result.areas.size() + 1);
    const std::vector<int> area = result.choice.area_of_unit(units);
    for (std::size_t u = 0; u < units; ++u)
        out[area[u] < 0 ? result.areas.size() : static_cast<std::size_t>(area[u])].push_back(u);
    return out;
}

std::vector<double> events_of_units(const ImpactResult& result) {
    const ImpactEvidence& evidence = result.inputs.evidence;
    return measures_of(evidence, result.definition, view_of(evidence, result.definition)).crime;
}

template <class Of>
std::vector<double> of_areas(const ImpactResult& result, const Of& of) {
    std::vector<double> out;
    for (const ImpactScore& score : result.scores.areas) out.push_back(of(score));
    return out;
}

void round_counts(ImpactScore& score, const SmallNumberRule& rule) {
    for (double* count :
         {&score.events, &score.harm, &score.needles, &score.events_first, &score.events_last})
        *count = rounded_count(*count, rule);
}

void round_counts(ImpactMix& mix, const SmallNumberRule& rule) {
    for (std::vector<double>* counts : {&mix.marked, &mix.unmarked, &mix.left_open})
        for (double& count : *counts) count = rounded_count(count, rule);
    mix.events = rounded_count(mix.events, rule);
}

void forget_events(ImpactScore& score) {
    for (double* figure : {&score.events, &score.harm, &score.event_share, &score.harm_share, &score.pai,
                           &score.harm_pai, &score.against_residents, &score.gravest_share})
        *figure = nan;
    score.against_rest = {nan, nan, nan, nan};
    score.gravest_kind.clear();
}

void forget_change(ImpactScore& score) {
    score.events_first = score.events_last = nan;
    score.change = {nan, nan, nan, nan};
}

void forget(ImpactScore& score, bool events, bool needles, bool change) {
    if (events) forget_events(score);
    if (events || change) forget_change(score);
    if (needles) score.needles = score.needle_share = nan;
}

/// A share of the whole's events that other shares may be taken from.
double coarse(double share, double events, const SmallNumberRule& rule) {
    if (!std::isfinite(share)) return share;
    return events * share_step >= 2 * rule.under ? round_half_away(share, 2) : nan;
}

}  // namespace

bool ImpactRowsWithheld::any() const {
    return set || rest || not_located || total || std::ranges::find(areas, true) != areas.end();
}

ImpactRowsWithheld withhold_rows(const std::vector<double>& areas, double rest, double not_located,
                                 const SmallNumberRule& rule, const std::vector<bool>& forced) {
    ImpactRowsWithheld out;
    out.areas.assign(areas.size(), false);
    if (!rule.applies()) return out;
    const CountGrid grid = withheld_column(areas, rule);
    for (std::size_t i = 0; i < areas.size(); ++i) out.areas[i] = grid.withheld[i];
    out.set = !areas.empty() && grid.withheld.back();
    if (!forced.empty()) {
        for (std::size_t i = 0; i < areas.size(); ++i) out.areas[i] = out.areas[i] || forced[i];
        out.set = out.set || forced[areas.size()];
        out.rest = forced[areas.size() + 1];
        // An area withheld on its own would be the set less the others.
        if (std::ranges::count(out.areas, true) == 1) out.set = true;
    }
    const double set = grid.cells.back();
    out.rest = out.rest || is_small(rest, rule);
    out.not_located = is_small(not_located, rule);
    out.total = is_small(set + rest + not_located, rule);
    // The total of the areas is never shown beside areas that all are: it would be their sum.
    if (out.set && std::ranges::none_of(out.areas, [](bool one) { return one; }))
        for (std::size_t i = 0; i < areas.size(); ++i) out.areas[i] = areas[i] > 0;
    // One withheld row of three would be the total less the two others.
    const auto hidden = [&] { return (out.set ? 1 : 0) + (out.rest ? 1 : 0) + (out.not_located ? 1 : 0); };
    if (hidden() == 1 && !out.total) {
        if (!out.rest && rest > 0)
            out.rest = true;
        else if (!out.not_located && not_located > 0)
            out.not_located = true;
        else
            out.total = true;
    }
    return out;
}

void withhold_impact(ImpactResult& result, const SmallNumberRule& rule, double level) {
    result.withheld = {};
    result.withheld.rule = rule;
    if (!rule.applies()) return;
    ImpactWithheld& out = result.withheld;
    ImpactScores& scores = result.scores;

    // Units within their area, and those of no area within the rest.
    const std::vector<double> events = events_of_units(result);
    const auto groups = groups_of(result);
    out.units.assign(events.size(), false);
    std::vector<bool> forced(result.areas.size() + 2, false);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        std::vector<double> counts;
        for (const std::size_t u : groups[g]) counts.push_back(events[u]);
        const CountGrid grid = withheld_column(counts, rule);
        for (std::size_t i = 0; i < counts.size(); ++i) out.units[groups[g][i]] = grid.withheld[i];
        if (!counts.empty() && grid.withheld.back()) forced[g < result.areas.size() ? g : g + 1] = true;
    }
    out.events = withhold_rows(of_areas(result, [](const ImpactScore& one) { return one.events; }),
                               scores.rest.events, result.not_located, rule, forced);
    // Units of a withheld row would add up to it.
    for (std::size_t g = 0; g < groups.size(); ++g)
        if (g < result.areas.size() ? out.events.areas[g] : out.events.rest)
            for (const std::size_t u : groups[g]) out.units[u] = out.units[u] || events[u] > 0;

    out.needles.areas.assign(result.areas.size(), false);
    if (std::isfinite(scores.whole.needles))
        out.needles = withhold_rows(of_areas(result, [](const ImpactScore& one) { return one.needles; }),
                                    scores.rest.needles, 0, rule);
    out.change.areas.assign(result.areas.size(), false);
    if (std::isfinite(scores.whole.events_first))
        out.change =
            either(withhold_rows(of_areas(result, [](const ImpactScore& one) { return one.events_first; }),
                                 scores.rest.events_first, 0, rule),
                   withhold_rows(of_areas(result, [](const ImpactScore& one) { return one.events_last; }),
                                 scores.rest.events_last, 0, rule));
    for (std::size_t m = 0; m < result.inputs.markers.size(); ++m) {
        // Three counts that add up to the events: where one is withheld so are all.
        ImpactRowsWithheld any = out.events;
        for (const auto counts : {&ImpactMix::marked, &ImpactMix::unmarked, &ImpactMix::left_open}) {
            std::vector<double> of_area;
            for (const ImpactAreaReport& area : result.areas) of_area.push_back((area.mix.*counts)[m]);
            any = either(any, withhold_rows(of_area, (result.rest_mix.*counts)[m], 0, rule));
        }
        out.marked.push_back(std::move(any));
    }
    for (const ImpactScore& score : result.existing_scores)
        out.existing.push_back(is_small(score.events, rule));

    if (rule.round_to > 0) {
        for (ImpactScore& score : scores.areas) round_counts(score, rule);
        for (ImpactScore* score : {&scores.set, &scores.rest, &scores.whole}) round_counts(*score, rule);
        score_again(scores, level);
        for (ImpactScore& score : result.existing_scores) {
            round_counts(score, rule);
            score.event_share = scores.whole.events > 0 ? score.events / scores.whole.events : nan;
            score.pai = score.area_share > 0 ? score.event_share / score.area_share : nan;
        }
        for (ImpactAreaReport& area : result.areas) round_counts(area.mix, rule);
        for (ImpactMix* mix : {&result.set_mix, &result.rest_mix, &result.whole_mix})
            round_counts(*mix, rule);
        result.not_located = rounded_count(result.not_located, rule);
    }
    const double all = scores.whole.events;
    for (std::size_t a = 0; a < result.areas.size(); ++a) {
        forget(scores.areas[a], out.events.areas[a], out.needles.areas[a], out.change.areas[a]);
        if (out.events.areas[a]) {
            result.areas[a].probability = nan;
            result.areas[a].area.p_value.reset();
        }
        result.areas[a].score = scores.areas[a];
    }
    forget(scores.set, out.events.set, out.needles.set, out.change.set);
    forget(scores.rest, out.events.rest, out.needles.rest, out.change.rest);
    forget(scores.whole, out.events.total, out.needles.total, out.change.total);
    if (out.events.not_located) result.not_located = nan;
    for (std::size_t e = 0; e < out.existing.size(); ++e)
        if (out.existing[e]) forget(result.existing_scores[e], true, true, true);
    for (std::size_t m = 0; m < out.marked.size(); ++m) {
        const auto forget_marker = [m](ImpactMix& mix, bool hidden) {
            if (hidden) mix.marked[m] = mix.unmarked[m] = mix.left_open[m] = nan;
        };
        for (std::size_t a = 0; a < result.areas.size(); ++a)
            forget_marker(result.areas[a].mix, out.marked[m].areas[a]);
        forget_marker(result.set_mix, out.marked[m].set);
        forget_marker(result.rest_mix, out.marked[m].rest);
        forget_marker(result.whole_mix, out.marked[m].total);
    }
    if (result.defence)
        for (ImpactScenario& scenario : result.defence->scenarios)
            scenario.event_share = coarse(scenario.event_share, all, rule);
    ImpactForward& ahead = result.forward;
    ahead.event_share = coarse(ahead.event_share, all, rule);
    ahead.pai = ahead.area_share > 0 ? ahead.event_share / ahead.area_share : nan;
    ahead.pei = ahead.best_pai > 0 ? ahead.pai / ahead.best_pai : nan;
    for (std::size_t u = 0; u < out.units.size(); ++u)
        if (out.units[u] && !result.membership.empty()) result.membership[u] = nan;

    // Margins are against the last unit taken: where that is withheld, each would tell it.
    const auto hidden_at_cut = [&] {
        for (std::size_t u = 0; u < events.size(); ++u)
            if (out.units[u] && result.choice.score[u] == result.choice.cut) return true;
        return false;
    };
    const bool all_margins = rule.round_to > 0 || hidden_at_cut();
    for (ImpactBorderline& one : result.borderline)
        if (all_margins || out.units[static_cast<std::size_t>(one.unit)]) one.score = one.margin = nan;

    std::size_t small = 0, others = 0;
    for (std::size_t u = 0; u < events.size(); ++u)
        if (out.units[u]) ++(is_small(events[u], rule) ? small : others);
    const auto rows = static_cast<std::size_t>(std::ranges::count(out.events.areas, true));
    if (small + others + rows > 0)
        result.inputs.problems.add(
            Severity::note, "withheld",
            "counts were withheld under the small-number rule, with everything derived from them", {},
            fmt::format("{} and {} of units, {} of areas", counted(small, "small count"),
                        counted(others, "other"), rows),
            small + others + rows);
}

std::size_t small_impact_counts(const ImpactResult& result) {
    constexpr SmallNumberRule usual{5, 0};
    const std::vector<double> events = events_of_units(result);
    return static_cast<std::size_t>(
        std::ranges::count_if(events, [&](double count) { return is_small(count, usual); }));
}

std::string withheld_words(const SmallNumberRule& rule) {
    if (!rule.applies()) return {};
    std::string out = fmt::format(
        "Counts under {}, and those from which they could be worked out, are withheld with "
        "everything derived from them: [c].",
        full_precision(rule.under));
    if (rule.round_to > 0)
        out += fmt::format(" Others are rounded to the nearest {}.", full_precision(rule.round_to));
    return out;
}

bool monitor_withheld(const MonitorCounts& counts, const SmallNumberRule& rule) {
    return std::ranges::any_of(
        std::initializer_list<double>{counts.areas_before, counts.areas_after, counts.ring_before,
                                      counts.ring_after, counts.rest_before, counts.rest_after},
        [&](double count) { return is_small(count, rule); });
}

}  // namespace wardmap
