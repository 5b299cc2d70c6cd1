#include "wardmap/report/impact_call.hpp"

#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/geometry/dissolve.hpp"
#include "wardmap/geometry/intersection.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/indicator/adjust_p.hpp"
#include "wardmap/report/impact_other_units.hpp"
#include "wardmap/report/impact_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <span>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// An area argued from fewer events is not argued.
constexpr double few_events = 10;
/// A unit with so many times the whole's events per resident is often a centre.
constexpr double like_a_centre = 5;
/// Standard deviations of the funnel's two limits (95% and 99.8%).
constexpr double limit_95 = 1.959963984540054, limit_998 = 3.090232306167813;

/// Permutations of a scan among resampled counts: its p is needed against 0.05 only.
constexpr std::size_t drawn_permutations = 99;

/// A share of the events with a marker filled in says little of all events where more than a fifth is open:
/// the share of all may then lie anywhere in a range of over 20 percentage points.
constexpr double recorded_enough = 0.8;
/// Two shares may differ by as much as their completeness does, from that alone: 10 percentage points are as
/// much as a board would act on.
constexpr double recorded_apart = 0.1;

std::size_t at(AreaIndex unit) {
    return static_cast<std::size_t>(unit);
}

/// Residents of a group of units by the ward they live in, most first.
std::vector<std::pair<std::string, double>> residents_by_ward(const ImpactInputs& inputs,
                                                              const std::vector<AreaIndex>& units) {
    std::map<AreaIndex, double> sums;
    const auto& residents = inputs.evidence.residents;
    for (const AreaPart& part : inputs.parts.parts)
        if (std::ranges::binary_search(units, part.source) && residents[at(part.source)] > 0)
            sums[part.target] += residents[at(part.source)] * part.share;
    std::vector<std::pair<std::string, double>> out;
    const double all = std::accumulate(sums.begin(), sums.end(), 0.0,
                                       [](double sum, const auto& one) { return sum + one.second; });
    for (const auto& [ward, people] : sums)
        if (all > 0) out.emplace_back(inputs.wards.names()[at(ward)], people / all);
    std::ranges::stable_sort(out, std::ranges::greater{}, &std::pair<std::string, double>::second);
    return out;
}

/// "Foleshill", "Foleshill and Longford": the wards that hold a fifth of its residents or more, three at
/// most.
std::string name_after(const std::vector<std::pair<std::string, double>>& wards) {
    std::vector<std::string> names;
    for (const auto& [name, share] : wards)
        if (names.empty() || (share >= 0.2 && names.size() < 3)) names.push_back(name);
    // Names of wards hold "and" themselves: "Bewsey and Whitecross with Orford".
    std::string out = names.empty() ? std::string{} : names.front();
    for (std::size_t i = 1; i < names.size(); ++i) out += (i == 1 ? " with " : ", ") + names[i];
    return out;
}

std::string spans_words(const std::vector<std::pair<std::string, double>>& wards) {
    std::string out;
    for (const auto& [name, share] : wards) {
        if (share < 0.005) continue;
        out += (out.empty() ? "" : ", ") + name + " " + with_thousands(100 * share, 0) + "%";
    }
    return out.empty() ? out : out + " of residents";
}

/// Areas of one name get numbers: "Foleshill 1", "Foleshill 2".
void name_apart(std::vector<ImpactAreaReport>& areas) {
    std::map<std::string, int> many, numbers;
    for (const ImpactAreaReport& area : areas) ++many[area.name];
    for (ImpactAreaReport& area : areas) {
        const std::string name = area.name;
        if (many[name] > 1) area.name += fmt::format(" {}", ++numbers[name]);
    }
}

/// "Foleshill (2 areas); Longford": areas by what they would be called.
std::string list_words(const ImpactInputs& inputs, const std::vector<std::vector<AreaIndex>>& areas) {
    std::vector<std::pair<std::string, std::size_t>> names;
    for (const std::vector<AreaIndex>& units : areas) {
        const std::string name = name_after(residents_by_ward(inputs, units));
        const auto found = std::ranges::find(names, name, &std::pair<std::string, std::size_t>::first);
        if (found == names.end())
            names.emplace_back(name, 1);
        else
            ++found->second;
    }
    std::string out;
    for (const auto& [name, many] : names)
        out += (out.empty() ? "" : "; ") + name + (many > 1 ? fmt::format(" ({} areas)", many) : "");
    return out;
}

ImpactMix mix_of(const ImpactInputs& inputs, const std::vector<double>& events, const std::vector<bool>& in) {
    ImpactMix out;
    out.marked.assign(inputs.markers.size(), 0);
    out.unmarked = out.left_open = out.marked;
    out.ages.assign(inputs.ages.size(), 0);
    out.deciles.assign(inputs.deciles.size(), 0);
    const auto add = [](double& sum, double more) {
        if (std::isfinite(more)) sum += more;
    };
    for (std::size_t u = 0; u < in.size(); ++u) {
        if (!in[u]) continue;
        out.events += events[u];
        add(out.residents, inputs.evidence.residents[u]);
        for (std::size_t m = 0; m < out.marked.size(); ++m) {
            out.marked[m] += inputs.marked[m][u];
            out.unmarked[m] += inputs.unmarked[m][u];
            out.left_open[m] += inputs.left_open[m][u];
        }
        for (std::size_t b = 0; b < out.ages.size(); ++b) add(out.ages[b], inputs.ages[b][u]);
        for (std::size_t d = 0; d < out.deciles.size(); ++d) add(out.deciles[d], inputs.deciles[d][u]);
    }
    return out;
}

/// The class of an area's rate where units spread by tau2 beyond chance (Spiegelhalter 2005, square roots).
FunnelClass adjusted_class(const ImpactScore& area, const ImpactScore& whole, double tau2) {
    const double expected = whole.residents > 0 ? whole.events * area.residents / whole.residents : nan;
    if (!(expected > 0) || !std::isfinite(area.events) || !std::isfinite(tau2)) return FunnelClass::none;
    const double z = (std::sqrt(area.events / expected) - 1) / std::sqrt(1 / (4 * expected) + tau2);
    if (z > limit_998) return FunnelClass::high_998;
    if (z > limit_95) return FunnelClass::high_95;
    if (z < -limit_998) return FunnelClass::low_998;
    return z < -limit_95 ? FunnelClass::low_95 : FunnelClass::similar;
}

/// p adjusted over the areas, and funnel classes, from the scores as they are to be told.
void compare_areas(ImpactResult& result) {
    std::vector<double> p;
    for (const ImpactAreaReport& area : result.areas) p.push_back(area.score.against_rest.p_value);
    const std::vector<double> adjusted = adjust_p(p, Adjustment::bh);
    const ImpactScore& whole = result.scores.whole;
    for (std::size_t a = 0; a < result.areas.size(); ++a) {
        ImpactAreaReport& area = result.areas[a];
        area.p_adjusted = adjusted[a];
        if (!std::isfinite(area.score.events) || !(whole.residents > 0) || !(whole.events > 0)) continue;
        area.funnel =
            funnel(std::vector<double>{area.score.events}, std::vector<double>{area.score.residents},
                   {.baseline = whole.events / whole.residents})
                .pattern.front();
        area.funnel_adjusted = adjusted_class(area.score, whole, result.tau2);
    }
}

/// What is odd about the areas themselves, said as problems so that every face shows it.
void warn_of_areas(ImpactResult& result) {
    const ImpactEvidence& evidence = result.inputs.evidence;
    Problems& problems = result.inputs.problems;
    const ImpactView view = view_of(evidence, result.definition);
    const std::vector<double> events = measures_of(evidence, result.definition, view).crime;
    const double rate = result.scores.whole.events / result.scores.whole.residents;
    for (const ImpactAreaReport& area : result.areas) {
        if (area.score.events < few_events)
            problems.add(Severity::warning, "few_events",
                         "impact areas have fewer than ten events: too few to argue from", {},
                         result.withheld.rule.applies()
                             ? area.name
                             : fmt::format("{} ({})", area.name, with_thousands(area.score.events, 0)));
        if (area.score.against_rest.lower <= 1)
            problems.add(Severity::warning, "not_above_rest",
                         "impact areas have no clearly higher rate per resident than the rest: nothing says "
                         "that they are out of proportion",
                         {},
                         fmt::format("{} ({} times the rest's, {} to {})", area.name,
                                     with_thousands(area.score.against_rest.ratio, 2),
                                     with_thousands(area.score.against_rest.lower, 2),
                                     with_thousands(area.score.against_rest.upper, 2)));
        if (area.area.over_population)
            problems.add(Severity::warning, "single_large_unit",
                         "impact areas are a single unit with more residents than an area may have", {},
                         fmt::format("{} ({})", area.name, with_thousands(area.area.residents, 0)));
        if (area.score.gravest_share > 0.5)
            problems.add(Severity::warning, "one_event",
                         "more than half of the harm in impact areas is a single event", {},
                         fmt::format("{} ({}, {}%)", area.name, area.score.gravest_kind,
                                     with_thousands(100 * area.score.gravest_share, 0)));
        if (result.definition.denominator != ImpactDenominator::residents || !evidence.workday.empty())
            continue;
        for (const AreaIndex unit : area.units) {
            const double people = evidence.residents[at(unit)];
            if (result.withheld.unit(at(unit)) || !(people > 0) || !(rate > 0) ||
                events[at(unit)] < like_a_centre * rate * people)
                continue;
            problems.add(Severity::warning, "residents_only",
                         "units look like centres (five times the events per resident or more): many who are "
                         "victims there come by day and are not among the residents, so that the rate says "
                         "too much (how many people are there in the daytime was not given)",
                         {},
                         fmt::format("{} in {} ({} times)", evidence.units.names()[at(unit)], area.name,
                                     with_thousands(events[at(unit)] / people / rate, 1)));
        }
    }
    if (!result.areas.empty())
        problems.add(Severity::note, "same_events",
                     result.forward.possible
                         ? "the figures of the areas come from the events they were chosen on; the check one "
                           "year ahead does not"
                         : "the figures of the areas come from the events they were chosen on, and nothing "
                           "checks them: some of what stands out in one year is chance, and will be less in "
                           "the next");
}

/// How completely markers are filled in, where that is known and not withheld.
void warn_of_markers(ImpactResult& result) {
    const ImpactInputs& inputs = result.inputs;
    Problems& problems = result.inputs.problems;
    const auto percent = [](double share) { return with_thousands(100 * share, 0) + "%"; };
    for (std::size_t m = 0; m < inputs.markers.size(); ++m) {
        const std::string& marker = inputs.markers[m];
        if (inputs.marker_cells[m] == MarkerCells::flagged)
            problems.add(Severity::warning, "marker_never_no",
                         "no event says no to a marker: empty cells count as no, and how many were left open "
                         "cannot be told",
                         {}, marker);
        if (inputs.marker_cells[m] != MarkerCells::yes_or_no) continue;
        const double rest = result.rest_mix.recorded_share(m), whole = result.whole_mix.recorded_share(m);
        const auto low = [&](const std::string& where, double recorded) {
            if (recorded < recorded_enough)
                problems.add(Severity::warning, "marker_incomplete",
                             "a marker is filled in for fewer than four of five events: its share of those "
                             "events need not be that of all",
                             {}, fmt::format("{} in {} ({})", marker, where, percent(recorded)));
        };
        low(inputs.evidence.units.whole().empty() ? "all units" : inputs.evidence.units.whole(), whole);
        for (const ImpactAreaReport& area : result.areas) {
            const double recorded = area.mix.recorded_share(m);
            low(area.name, recorded);
            if (std::abs(recorded - rest) > recorded_apart)
                problems.add(Severity::warning, "marker_uneven",
                             "how often a marker is filled in differs by more than 10 percentage points "
                             "between impact areas and the rest: their shares with it cannot be compared",
                             {},
                             fmt::format("{} in {} ({}, in the rest {})", marker, area.name,
                                         percent(recorded), percent(rest)));
        }
    }
}

AreaSet layer_of(const ImpactResult& result) {
    if (result.areas.empty()) return {};
    AreaSetParts parts;
    const AreaSet& units = result.inputs.evidence.units;
    for (const ImpactAreaReport& area : result.areas) {
        std::vector<MultiPolygon> shapes;
        for (const AreaIndex unit : area.units) shapes.push_back(units.shapes()[at(unit)]);
        parts.shapes.push_back(dissolve(shapes));
        parts.codes.push_back(area.code);
        parts.names.push_back(area.name);
    }
    parts.crs = units.crs();
    parts.whole = units.whole();
    parts.noun = "impact area";
    // Hexagons are nobody's boundaries.
    if (!result.inputs.on_hexagons) parts.source = units.source();
    parts.attribution.assign(units.attribution().begin(), units.attribution().end());
    return AreaSet(std::move(parts));
}

/// Units that lie mostly in each of the existing areas.
std::vector<std::vector<AreaIndex>> units_within(const AreaSet& units, const AreaSet& existing) {
    std::vector<std::vector<AreaIndex>> out(existing.size());
    for (std::size_t u = 0; u < units.size(); ++u) {
        const double whole = area_of(units.shapes()[u]);
        for (std::size_t e = 0; e < existing.size(); ++e)
            if (intersection_area(units.shapes()[u], existing.shapes()[e]) > whole / 2)
                out[e].push_back(static_cast<AreaIndex>(u));
    }
    return out;
}

/// The existing areas and the ring around them, as two areas events are counted in exactly.
AreaSet watched_areas(const AreaSet& existing, const AreaSet& units, double ring_m) {
    std::vector<MultiPolygon> shapes(existing.shapes().begin(), existing.shapes().end());
    const MultiPolygon inside = dissolve(shapes);
    const MultiPolygon city =
        dissolve(std::vector<MultiPolygon>(units.shapes().begin(), units.shapes().end()));
    AreaSetParts parts;
    parts.codes = {"areas", "ring"};
    parts.names = {"Impact areas", "Ring"};
    parts.shapes = {inside, intersection(difference(grown_by(inside, ring_m), inside), city)};
    parts.crs = existing.crs();
    return AreaSet(std::move(parts));
}

/// \param counted  in watched_areas
Monitored watch(const ImpactAsk& ask, const ImpactResult& result, const AreaSet& existing,
                const CountResult& counted) {
    const ImpactEvidence& evidence = result.inputs.evidence;
    const auto watched = events_within(ask.inputs, counted, result.inputs.last_month, 2);
    const ImpactView view = view_of(evidence, result.definition);
    MonitorCounts counts;
    const std::size_t last = evidence.years.size() - 1;
    const auto city = [&](std::size_t year) {
        double sum = 0;
        for (std::size_t u = 0; u < evidence.units.size(); ++u)
            for (const std::size_t kind : view.kinds) sum += evidence.count(u, year, kind);
        return sum;
    };
    counts.areas_before = watched[0][0];
    counts.areas_after = watched[0][1];
    counts.ring_before = watched[1][0];
    counts.ring_after = watched[1][1];
    counts.rest_before = city(last - 1) - counts.areas_before - counts.ring_before;
    counts.rest_after = city(last) - counts.areas_after - counts.ring_after;
    if (!monitor_withheld(counts, ask.small_numbers))
        for (double* count : {&counts.areas_before, &counts.areas_after, &counts.ring_before,
                              &counts.ring_after, &counts.rest_before, &counts.rest_after})
            *count = rounded_count(*count, ask.small_numbers);
    return monitor(
        counts,
        existing.size() == 1 ? "the impact area" : fmt::format("the {} impact areas", existing.size()),
        evidence.years[last - 1], evidence.years[last], ask.level);
}

/// Why no area is there, from what was given up first, or what no unit came up to.
std::string reason_for_none(const ImpactResult& result) {
    const ImpactEvidence& evidence = result.inputs.evidence;
    const ImpactView view = view_of(evidence, result.definition);
    const std::vector<double> events = measures_of(evidence, result.definition, view).crime;
    if (std::accumulate(events.begin(), events.end(), 0.0) == 0)
        return "no event is left to count, of the kinds and markers that it asks for";
    if (!result.choice.refused.empty()) {
        const ImpactRefusal& first = result.choice.refused.front();
        return fmt::format("{} came up and {} given up, the first of them {}: {}",
                           counted(result.choice.refused.size(), "unit"),
                           result.choice.refused.size() == 1 ? "was" : "were",
                           evidence.units.names()[at(first.unit)], first.reason);
    }
    double all = 0, fewest = std::numeric_limits<double>::infinity();
    for (const double one : evidence.residents)
        if (one > 0) {
            all += one;
            fewest = std::min(fewest, one);
        }
    const double most = result.definition.residents_share * all;
    if (result.definition.areas == 0 && most < fewest)
        return fmt::format("all areas together may hold {} residents, and the smallest unit has {}",
                           with_thousands(std::floor(most), 0), with_thousands(fewest, 0));
    return fmt::format("no unit came up by method {} that fits what all areas together may hold",
                       letter_of(result.definition.method));
}

/// "4 areas hold 9% of residents and 24% of events (95% interval 23% to 25%); 2 of them in every year since
/// ..."
std::string paragraph_of(const ImpactResult& result, double level) {
    const ImpactScore& set = result.scores.set;
    const ImpactEvidence& evidence = result.inputs.evidence;
    const std::string& city = evidence.units.whole();
    const std::string whole = city.empty() ? std::string("all ") : city + "'s ";
    const auto percent = [](double share) { return with_thousands(100 * share, share < 0.1 ? 1 : 0) + "%"; };
    if (result.areas.empty())
        return (city.empty() ? std::string("No area meets the definition")
                             : fmt::format("No area of {} meets the definition", city)) +
               ": " + reason_for_none(result) + ".";
    const std::string level_words = full_precision(100 * level) + "% interval";
    const std::string several = number_word(result.areas.size());
    const auto some = [](std::size_t n) {
        return n == 0 ? std::string("None") : sentence_case(number_word(n));
    };
    const bool one = result.areas.size() == 1;
    std::string out = fmt::format("{} impact {} {} of {}residents on {} of the surface",
                                  sentence_case(several), one ? "area holds" : "areas hold",
                                  percent(set.resident_share), whole, percent(set.area_share));
    std::vector<std::string> held;
    if (std::isfinite(set.event_share) && result.scores.whole.events > 0) {
        const Limits share = proportion_limits(set.events, result.scores.whole.events, level);
        held.push_back(fmt::format("{} of the {} ({} {} to {})", percent(set.event_share), result.measure,
                                   level_words, percent(share.lower), percent(share.upper)));
    }
    if (std::isfinite(set.harm_share)) held.push_back(percent(set.harm_share) + " of the harm");
    if (std::isfinite(set.needle_share)) held.push_back(percent(set.needle_share) + " of the needle finds");
    for (std::size_t i = 0; i < held.size(); ++i)
        out += (i + 1 < held.size() ? ", " : held.size() == 1 ? ", and " : " and ") + held[i];
    if (!std::isfinite(set.event_share))
        out += fmt::format(" (how many of the {} is withheld)", result.measure);
    out += ".";
    if (std::isfinite(set.against_rest.ratio))
        out +=
            fmt::format(" The rate per resident is {} times that of the rest ({} {} to {}).",
                        with_thousands(set.against_rest.ratio, 1), level_words,
                        with_thousands(set.against_rest.lower, 1), with_thousands(set.against_rest.upper, 1));
    if (result.stability.years.size() > 1) {
        const auto lasting =
            static_cast<std::size_t>(std::ranges::count(result.stability.lasting, "persistent"));
        out += one ? fmt::format(" It would {}be chosen on every single year since the {}.",
                                 lasting == 1 ? "" : "not ", result.stability.years.front())
                   : fmt::format(" {} of the {} would be chosen on every single year since the {}.",
                                 some(lasting), several, result.stability.years.front());
    }
    if (result.defence) {
        const std::size_t reruns = result.defence->scenarios.size();
        const auto robust =
            static_cast<std::size_t>(std::ranges::count(result.defence->standing, ImpactStanding::robust));
        if (one)
            out += fmt::format(
                " It is {}: chosen again by {} of {} reruns of the definition, each with one thing changed.",
                name_of(result.defence->standing.front()),
                with_thousands(std::round(result.defence->area_share.front() * static_cast<double>(reruns)),
                               0),
                reruns);
        else
            out += fmt::format(
                " {} of the {} {} robust: chosen again by at least 80% of {} reruns of the definition, each "
                "with "
                "one thing changed.",
                some(robust), several, robust == 1 || robust == 0 ? "is" : "are", reruns);
    }
    return out;
}

std::vector<std::string> warnings_of(const ImpactResult& result) {
    std::vector<std::string> out;
    for (const char* code :
         {"one_year",       "same_events",          "recording_change",   "marker_incomplete",
          "marker_uneven",  "marker_never_no",      "marker_change",      "marker_recording_change",
          "residents_only", "few_events",           "single_large_unit",  "one_event",
          "broad_kinds",    "kind_without_weight",  "proactive_left_out", "crime_domain",
          "imd_missing",    "people_missing",       "not_above_rest",     "same_shape",
          "no_neighbours",  "exclude_kind_unknown", "police_points"})
        for (const Problem& problem : result.inputs.problems.all())
            if (problem.code == code) {
                std::string text = problem.message;
                if (!problem.examples.empty())
                    text +=
                        fmt::format(": {}{}", fmt::join(problem.examples, ", "),
                                    problem.count > problem.examples.size()
                                        ? fmt::format(" and {} more", problem.count - problem.examples.size())
                                        : "");
                text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
                out.push_back(text + ".");
            }
    if (const std::string words = withheld_words(result.withheld.rule); !words.empty()) out.push_back(words);
    return out;
}

}  // namespace

double ImpactMix::marked_share(std::size_t marker) const {
    const double recorded = marked[marker] + unmarked[marker];
    return recorded > 0 ? marked[marker] / recorded : nan;
}

double ImpactMix::recorded_share(std::size_t marker) const {
    const double recorded = marked[marker] + unmarked[marker], all = recorded + left_open[marker];
    return all > 0 ? recorded / all : nan;
}

std::string years_words(const ImpactResult& result) {
    const ImpactEvidence& evidence = result.inputs.evidence;
    const ImpactView view = view_of(evidence, result.definition);
    const std::string& last = evidence.years[view.last_year];
    const std::size_t years = view.last_year - view.first_year + 1;
    return years == 1 ? last : number_word(years) + " years" + last.substr(last.find(' '));
}

ImpactResult find_impact_areas(const ImpactAsk& ask) {
    ImpactResult out;
    out.definition = ask.inputs.definition;
    out.measure = ask.measure;
    out.source = ask.source;
    ImpactUnits units = impact_units(ask.inputs);
    ImpactOtherGrids grids;
    if (ask.defence == DefencePack::made) grids = other_grids(ask.inputs, units);
    std::optional<AreaSet> existing;
    if (ask.existing) existing = reproject(*ask.existing, units.units.crs());
    // Every set of areas that events are wanted in, so that they are read once.
    std::vector<AreaSet> sets{units.units};
    for (const ImpactOtherGrid& grid : grids.grids) sets.push_back(grid.units.units);
    if (existing) sets.push_back(watched_areas(*existing, units.units, ask.ring_m));
    std::vector<CountResult> counted = impact_counts(ask.inputs, sets);
    out.inputs = impact_inputs(ask.inputs, std::move(units), std::move(counted.front()));
    const ImpactEvidence& evidence = out.inputs.evidence;
    const ImpactGround ground(evidence.units, out.definition.contiguity);
    out.inputs.problems.merge(neighbour_problems(evidence.units, ground.neighbours()));
    const ImpactView view = view_of(evidence, out.definition);
    out.choice = choose_impact_areas(evidence, ground, out.definition, view);
    std::vector<std::vector<AreaIndex>> areas;
    for (const ImpactArea& area : out.choice.areas) areas.push_back(area.units);
    out.scores = score_areas(evidence, ground, out.definition, view, areas, ask.level);
    out.stability = stability(evidence, ground, out.definition, out.choice);
    out.forward = forward(evidence, ground, out.definition);
    const ImpactMeasures measures = measures_of(evidence, out.definition, view);
    out.concentration = Concentration(measures.crime);
    std::vector<double> people = evidence.residents;
    for (double& one : people)
        if (!(one > 0)) one = nan;
    const Funnel spread = funnel(measures.crime, people);
    out.phi = spread.phi;
    out.tau2 = spread.tau2;
    for (std::size_t year = view.first_year; year <= view.last_year; ++year)
        out.not_located += evidence.not_located[year];
    std::vector<bool> in_set(evidence.units.size(), false);
    for (const std::vector<AreaIndex>& area : areas)
        for (const AreaIndex unit : area) in_set[at(unit)] = true;
    out.set_mix = mix_of(out.inputs, measures.crime, in_set);
    in_set.flip();
    out.rest_mix = mix_of(out.inputs, measures.crime, in_set);
    out.whole_mix = mix_of(out.inputs, measures.crime, std::vector<bool>(in_set.size(), true));
    if (ask.defence == DefencePack::made) {
        ImpactOnOtherUnits others =
            on_other_units(std::move(grids), out.inputs, std::span(counted).subspan(1));
        out.defence = defend(evidence, ground, out.definition, out.choice, others.units);
        for (std::string& reason : others.left_out) out.defence->left_out.push_back(std::move(reason));
        ImpactDefinition drawn = out.definition;
        drawn.permutations = std::min(drawn.permutations, drawn_permutations);
        out.membership = membership(evidence, ground, drawn, ask.draws);
        out.draws = ask.draws;
    }
    out.borderline = borderline(out.choice, evidence.units.size(), 5);

    for (std::size_t a = 0; a < areas.size(); ++a) {
        ImpactAreaReport report;
        report.code = fmt::format("IA{}", a + 1);
        report.units = areas[a];
        report.area = out.choice.areas[a];
        report.score = out.scores.areas[a];
        const auto wards = residents_by_ward(out.inputs, areas[a]);
        report.name = name_after(wards);
        report.spans = spans_words(wards);
        std::vector<bool> in(evidence.units.size(), false);
        for (const AreaIndex unit : areas[a]) in[at(unit)] = true;
        report.mix = mix_of(out.inputs, measures.crime, in);
        report.lasting = out.stability.lasting[a];
        report.years_in = static_cast<std::size_t>(std::ranges::count(out.stability.in_year[a], true));
        report.probability = nan;
        report.chosen_share = nan;
        if (out.defence) {
            double sum = 0;
            for (const AreaIndex unit : areas[a]) sum += out.membership[at(unit)];
            report.probability = sum / static_cast<double>(areas[a].size());
            report.chosen_share = out.defence->area_share[a];
            report.standing = out.defence->standing[a];
        }
        out.areas.push_back(std::move(report));
    }
    name_apart(out.areas);
    out.layer = layer_of(out);
    if (existing) {
        const auto within = units_within(evidence.units, *existing);
        out.existing_scores = score_areas(evidence, ground, out.definition, view, within, ask.level).areas;
        out.existing_names.assign(existing->names().begin(), existing->names().end());
        for (std::size_t e = 0; e < within.size(); ++e)
            if (within[e].empty())
                out.inputs.problems.add(
                    Severity::warning, "existing_without_units",
                    "existing areas hold no unit by more than half: they are smaller than the units", {},
                    existing->names()[e]);
        if (evidence.years.size() >= 2) out.monitored = watch(ask, out, *existing, counted.back());
    }
    if (out.defence)
        for (const ImpactScenario& scenario : out.defence->scenarios)
            out.scenario_lists.push_back(scenario.varied == "units" ? std::string{}
                                                                    : list_words(out.inputs, scenario.areas));
    withhold_impact(out, ask.small_numbers, ask.level);
    if (out.monitored && monitor_withheld(out.monitored->counts, ask.small_numbers)) {
        out.withheld.monitored = true;
        out.monitored->sentence =
            "What became of the existing areas is withheld under the small-number rule: counts in them, in "
            "the ring or in the rest are too small.";
    }
    compare_areas(out);
    warn_of_areas(out);
    warn_of_markers(out);
    out.paragraph = paragraph_of(out, ask.level);
    out.warnings = warnings_of(out);
    out.table = impact_table(out);
    out.units = impact_units_table(out);
    out.scenarios = impact_scenarios_table(out);
    out.summary = impact_summary_table(out);
    return out;
}

}  // namespace wardmap
