#include "wardmap/report/impact_document.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/base/version.hpp"
#include "wardmap/figure/choropleth.hpp"
#include "wardmap/report/grids.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string percent(double share) {
    if (!std::isfinite(share)) return "not known";
    return with_thousands(100 * share, share > 0 && share < 0.1 ? 1 : 0) + "%";
}
/// The same in a column, where every share has as many decimals.
std::string share_cell(double share, int decimals) {
    return std::isfinite(share) ? with_thousands(100 * share, decimals) + "%" : std::string("not known");
}
std::string number(double value, int decimals = 0) {
    return std::isfinite(value) ? with_thousands(value, decimals) : std::string("not known");
}

Block paragraph(std::string text) {
    return {Paragraph{std::move(text)}};
}
Block bullets(std::vector<std::string> items) {
    return {Bullets{std::move(items)}};
}

Section section(std::string id, int level, std::string heading, std::string short_name = {}) {
    Section out;
    out.id = std::move(id);
    out.level = level;
    out.heading = std::move(heading);
    out.short_name = std::move(short_name);
    return out;
}

std::string funnel_words(FunnelClass funnel) {
    switch (funnel) {
        case FunnelClass::high_998:
            return "above the 99.8% limit";
        case FunnelClass::high_95:
            return "above the 95% limit";
        case FunnelClass::low_95:
            return "below the 95% limit";
        case FunnelClass::low_998:
            return "below the 99.8% limit";
        case FunnelClass::similar:
            return "within the limits";
        case FunnelClass::none:
            break;
    }
    return "not known";
}

std::vector<GridCell> cells(std::vector<std::string> texts) {
    std::vector<GridCell> out;
    for (std::string& text : texts) out.push_back({.text = std::move(text)});
    return out;
}

/// What stands for a count, or what follows from it, that the small-number rule withholds.
constexpr const char* withheld_sign = "[c]";

std::string rest_name(const ImpactResult& result) {
    const std::string& whole = result.inputs.evidence.units.whole();
    return "Rest of " + (whole.empty() ? "the units" : whole);
}

Grid areas_grid(const ImpactResult& result) {
    Grid grid;
    grid.id = "impact-areas";
    grid.caption = "What the impact areas hold, " + years_words(result);
    const bool harm = !result.inputs.evidence.weights.empty(),
               needles = !result.inputs.evidence.needles.empty();
    grid.columns = {{"Area", false, 3},
                    {"Residents", true, 1.3},
                    {"Share of residents", true, 1.3},
                    {sentence_case(result.measure), true, 1.2},
                    {"Share of " + result.measure, true, 1.2}};
    if (harm) grid.columns.push_back({"Share of harm", true, 1.1});
    if (needles) grid.columns.push_back({"Share of needle finds", true, 1.2});
    grid.columns.push_back({"Rate per resident against the rest (95% interval)", true, 2.2});
    grid.columns.push_back({"Density against the whole", true, 1.2});
    const auto row = [&](const std::string& name, const ImpactScore& score, bool no_events, bool no_needles) {
        const auto told = [&](std::string text) { return no_events ? std::string(withheld_sign) : text; };
        std::vector<std::string> texts{name, number(score.residents), share_cell(score.resident_share, 1),
                                       told(number(score.events)), told(share_cell(score.event_share, 1))};
        if (harm) texts.push_back(told(share_cell(score.harm_share, 1)));
        if (needles)
            texts.push_back(no_needles ? std::string(withheld_sign) : share_cell(score.needle_share, 1));
        const RatioLimits& ratio = score.against_rest;
        texts.push_back(std::isfinite(ratio.ratio)
                            ? fmt::format("{} ({} to {})", number(ratio.ratio, 1), number(ratio.lower, 1),
                                          number(ratio.upper, 1))
                        : no_events && score.residents > 0 ? std::string(withheld_sign)
                                                           : std::string{});
        texts.push_back(std::isfinite(score.pai) ? number(score.pai, 1) : told({}));
        grid.rows.push_back(cells(std::move(texts)));
    };
    const ImpactRowsWithheld &events = result.withheld.events, &finds = result.withheld.needles;
    for (std::size_t a = 0; a < result.areas.size(); ++a)
        row(result.areas[a].code + " " + result.areas[a].name, result.areas[a].score,
            !events.areas.empty() && events.areas[a], !finds.areas.empty() && finds.areas[a]);
    row("All impact areas", result.scores.set, events.set, finds.set);
    const std::string& whole = result.inputs.evidence.units.whole();
    row(rest_name(result), result.scores.rest, events.rest, finds.rest);
    row(whole.empty() ? "All units" : whole, result.scores.whole, events.total, finds.total);
    grid.has_total = true;
    grid.notes.push_back(fmt::format(
        "Density against the whole: {} per square kilometre over that of {} (the predictive accuracy index).",
        result.measure, whole.empty() ? "all units" : whole));
    if (events.not_located)
        grid.notes.push_back("How many could not be placed is withheld.");
    else if (result.not_located > 0)
        grid.notes.push_back(
            fmt::format("Besides, {} of them could not be placed.", number(result.not_located)));
    if (const std::string words = withheld_words(result.withheld.rule); !words.empty())
        grid.notes.push_back(words);
    return grid;
}

/// A grid of shares of residents: a column a group, a row an area, the rest and the whole.
Grid shares_grid(const ImpactResult& result, std::vector<std::string> groups,
                 std::vector<double> ImpactMix::*people) {
    Grid grid;
    grid.columns = {{"Area", false, 3}};
    for (std::string& group : groups) grid.columns.push_back({std::move(group), true, 1});
    const auto row = [&](const std::string& name, const ImpactMix& mix) {
        std::vector<std::string> texts{name};
        double all = 0;
        for (const double some : mix.*people) all += some;
        for (const double some : mix.*people) texts.push_back(share_cell(all > 0 ? some / all : nan, 0));
        grid.rows.push_back(cells(std::move(texts)));
    };
    for (const ImpactAreaReport& area : result.areas) row(area.code + " " + area.name, area.mix);
    row(rest_name(result), result.rest_mix);
    const std::string& whole = result.inputs.evidence.units.whole();
    row(whole.empty() ? "All units" : whole, result.whole_mix);
    grid.has_total = true;
    return grid;
}

Grid deciles_grid(const ImpactResult& result) {
    std::vector<std::string> groups;
    for (std::size_t d = 0; d < result.inputs.deciles.size(); ++d)
        groups.push_back(fmt::format("Deciles {} and {}", 2 * d + 1, 2 * d + 2));
    Grid grid = shares_grid(result, std::move(groups), &ImpactMix::deciles);
    grid.id = "deprivation";
    grid.caption = "Residents by the deprivation of their small area";
    grid.notes.push_back(
        "Deciles of the Index of Multiple Deprivation (IMD): 1 and 2 are the most deprived fifth of "
        "England's "
        "small areas.");
    return grid;
}

Grid ages_grid(const ImpactResult& result) {
    std::vector<std::string> groups;
    for (std::string words : result.inputs.age_bands) {
        if (const auto plus = words.find("_plus"); plus != std::string::npos)
            words.replace(plus, 5, " and over");
        else if (const auto dash = words.find('_'); dash != std::string::npos)
            words.replace(dash, 1, " to ");
        groups.push_back("Aged " + words);
    }
    Grid grid = shares_grid(result, std::move(groups), &ImpactMix::ages);
    grid.id = "ages";
    grid.caption = "Residents by age";
    return grid;
}

/// What is marked, and of how many events that is recorded.
Grid markers_grid(const ImpactResult& result) {
    const ImpactInputs& inputs = result.inputs;
    Grid grid;
    grid.id = "markers";
    grid.caption = "Marked events, and how completely that is recorded";
    grid.columns = {{"Area", false, 3}};
    std::vector<std::string> never_no, listed, taken;
    for (std::size_t m = 0; m < inputs.markers.size(); ++m) {
        grid.columns.push_back({sentence_case(inputs.markers[m]), true, 1});
        switch (inputs.marker_cells[m]) {
            case MarkerCells::yes_or_no:
                grid.columns.push_back({sentence_case(inputs.markers[m]) + " recorded for", true, 1.2});
                taken.push_back(inputs.markers[m]);
                break;
            case MarkerCells::flagged:
                never_no.push_back(inputs.markers[m]);
                break;
            case MarkerCells::listed:
                listed.push_back(inputs.markers[m]);
                break;
        }
    }
    const auto row = [&](const std::string& name, const ImpactMix& mix) {
        std::vector<std::string> texts{name};
        for (std::size_t m = 0; m < inputs.markers.size(); ++m) {
            const bool hidden = !std::isfinite(mix.marked[m]);
            texts.push_back(hidden ? std::string(withheld_sign) : share_cell(mix.marked_share(m), 0));
            if (inputs.marker_cells[m] == MarkerCells::yes_or_no)
                texts.push_back(hidden ? std::string(withheld_sign) : share_cell(mix.recorded_share(m), 0));
        }
        grid.rows.push_back(cells(std::move(texts)));
    };
    for (const ImpactAreaReport& area : result.areas) row(area.code + " " + area.name, area.mix);
    row("All impact areas", result.set_mix);
    row(rest_name(result), result.rest_mix);
    const std::string& whole = inputs.evidence.units.whole();
    row(whole.empty() ? "All units" : whole, result.whole_mix);
    grid.has_total = true;
    if (!taken.empty())
        grid.notes.push_back(
            fmt::format("Shares marked {} are of the events where that is recorded, yes or no; the column "
                        "beside says of how many events it is.",
                        fmt::join(taken, " or ")));
    if (!listed.empty())
        grid.notes.push_back(fmt::format(
            "Events list what they are marked with: one that does not list {} counts as without it.",
            fmt::join(listed, " or ")));
    if (!never_no.empty())
        grid.notes.push_back(fmt::format(
            "No event says no to {}: what is empty counts as no, and how complete that is cannot be told.",
            fmt::join(never_no, " or ")));
    return grid;
}

/// Whether what stands out is more than chance, lasts, and moves.
Grid evidence_grid(const ImpactResult& result) {
    Grid grid;
    grid.id = "evidence";
    const bool years = result.stability.years.size() > 1;
    grid.caption = years ? "More than chance, and rising or not" : "More than chance or not";
    grid.columns = {{"Area", false, 3}, {"p (adjusted)", true, 1}, {"Funnel plot", false, 1.6}};
    if (years) grid.columns.push_back({"First year to last", false, 3});
    for (std::size_t a = 0; a < result.areas.size(); ++a) {
        const ImpactAreaReport& area = result.areas[a];
        const ImpactWithheld& hidden = result.withheld;
        const bool no_events = !hidden.events.areas.empty() && hidden.events.areas[a];
        std::vector<std::string> texts{area.code + " " + area.name};
        texts.push_back(no_events                         ? std::string(withheld_sign)
                        : !std::isfinite(area.p_adjusted) ? std::string("not known")
                        : area.p_adjusted < 0.001         ? std::string("under 0.001")
                                                          : number(area.p_adjusted, 3));
        texts.push_back(no_events ? std::string(withheld_sign) : funnel_words(area.funnel_adjusted));
        if (years) {
            const std::string change = change_words(area.score);
            texts.push_back(change.empty() ? std::string(withheld_sign) : change);
        }
        grid.rows.push_back(cells(std::move(texts)));
    }
    grid.notes.push_back(
        "p: how often chance alone would set an area so far from the rest, adjusted for there being several "
        "areas "
        "(Benjamini and Hochberg). It is of areas chosen because they stand out, and so flatters them.");
    grid.notes.push_back(
        fmt::format("Funnel plot: the rate against the whole's, allowing for units that differ beyond chance "
                    "(their variance is {} "
                    "times what chance alone gives). Within the limits: no further from the whole than units "
                    "commonly are, though further than chance sets them.",
                    number(result.phi, 1)));
    return grid;
}

Grid standing_grid(const ImpactResult& result) {
    Grid grid;
    grid.id = "standing";
    grid.caption = "How often each area is chosen again";
    grid.columns = {{"Area", false, 3},
                    {"Reruns that choose it", true, 1.4},
                    {"Standing", false, 1.2},
                    {"Chance of being chosen", true, 1.6}};
    // Of one year there is nothing to tell.
    const bool years = result.stability.years.size() > 1;
    if (years) {
        grid.columns.push_back({"Single years", true, 1.2});
        grid.columns.push_back({"Lasting", false, 1.3});
    }
    for (const ImpactAreaReport& area : result.areas) {
        std::vector<std::string> texts{area.code + " " + area.name, share_cell(area.chosen_share, 0),
                                       area.standing ? std::string(name_of(*area.standing)) : std::string{},
                                       std::isfinite(area.probability) || !result.withheld.rule.applies()
                                           ? number(area.probability, 2)
                                           : std::string(withheld_sign)};
        if (years) {
            texts.push_back(fmt::format("{} of {}", area.years_in, result.stability.years.size()));
            texts.push_back(area.lasting);
        }
        grid.rows.push_back(cells(std::move(texts)));
    }
    grid.notes.push_back(
        "Robust: chosen by at least 80% of the reruns; arguable: by half; else fragile. An area is chosen "
        "again "
        "where at least half of its residents are.");
    grid.notes.push_back(
        "Chance of being chosen: how often its units are, where every count is drawn again at random around "
        "what was "
        "recorded; 1 is always.");
    return grid;
}

/// "per square kilometre" for the denominator "area".
std::string changed_words(const ImpactScenario& scenario) {
    if (scenario.varied != "denominator") return scenario.to;
    switch (scenario.definition.denominator) {
        case ImpactDenominator::workday:
            return "per person there in the daytime";
        case ImpactDenominator::area:
            return "per square kilometre";
        case ImpactDenominator::residents:
            break;
    }
    return "per resident";
}

Grid scenarios_grid(const ImpactResult& result) {
    Grid grid;
    grid.id = "reruns";
    grid.caption = "The definition with one thing changed";
    grid.columns = {{"Changed", false, 1.3}, {"To", false, 3},    {"Areas", true, 0.8},
                    {"Residents", true, 1},  {"Events", true, 1}, {"Overlap", true, 1}};
    const int decimals = result.withheld.rule.applies() ? 0 : 1;
    for (const ImpactScenario& scenario : result.defence->scenarios)
        grid.rows.push_back(
            cells({sentence_case(scenario.varied), changed_words(scenario),
                   number(static_cast<double>(scenario.areas.size())),
                   share_cell(scenario.resident_share, decimals),
                   std::isfinite(scenario.event_share) ? share_cell(scenario.event_share, decimals)
                                                       : std::string(withheld_sign),
                   number(scenario.overlap, 2)}));
    grid.notes.push_back(
        "Overlap: units in both lists over units in either (Jaccard); 1 is the same list, 0 nothing in "
        "common. By "
        "surface where the units differ.");
    if (result.withheld.rule.applies())
        grid.notes.push_back(
            "Shares are rounded, or withheld, so that no unit can be told from the difference of two.");
    return grid;
}

Grid borderline_grid(const ImpactResult& result) {
    Grid grid;
    grid.id = "borderline";
    grid.caption = "Units nearest the line";
    grid.columns = {{"Unit", false, 3}, {"Is", false, 1}, {"Score against the last unit taken", true, 2}};
    const bool drawn = !result.membership.empty();
    if (drawn) grid.columns.push_back({"Chance of being chosen", true, 1.6});
    const auto told = [&](double value, std::string text) {
        if (std::isfinite(value)) return text;
        return std::string(result.withheld.rule.applies() ? withheld_sign : "not known");
    };
    for (const ImpactBorderline& one : result.borderline) {
        const auto u = static_cast<std::size_t>(one.unit);
        std::vector<std::string> texts{result.inputs.evidence.units.names()[u],
                                       one.inside ? "just in" : "just out",
                                       told(one.margin, with_sign(100 * one.margin, 0) + "%")};
        if (drawn) texts.push_back(told(result.membership[u], number(result.membership[u], 2)));
        grid.rows.push_back(cells(std::move(texts)));
    }
    return grid;
}

/// "31% of recorded crime", or that it is withheld.
std::string share_words(const ImpactResult& result) {
    const double share = result.scores.set.event_share;
    return std::isfinite(share) ? percent(share) + " of " + result.measure
                                : "a withheld share of " + result.measure;
}

std::string about(std::size_t place, const ImpactResult& result) {
    const ImpactAreaReport& area = result.areas[place];
    const ImpactWithheld& hidden = result.withheld;
    const bool no_events = !hidden.events.areas.empty() && hidden.events.areas[place];
    std::string out = fmt::format("{} residents ({}). {}", number(area.score.residents),
                                  area.spans.empty() ? counted(area.units.size(), "unit")
                                                     : area.spans.substr(0, area.spans.find(" of residents")),
                                  sentence_case(result.measure));
    if (no_events) {
        out += ": withheld";
    } else {
        out += fmt::format(": {} in the {}", number(area.score.events), years_words(result));
        if (std::isfinite(area.score.against_rest.ratio))
            out += fmt::format(", {} times the rest's rate per resident",
                               number(area.score.against_rest.ratio, 1));
    }
    out += ".";
    if (std::isfinite(area.area.deprived))
        out += fmt::format(" {} of its residents live in small areas of IMD {} {}.",
                           area.area.deprived >= 0.9995 ? std::string("All") : percent(area.area.deprived),
                           result.definition.deciles.size() == 1 ? "decile" : "deciles",
                           fmt::join(result.definition.deciles, " or "));
    std::string marked;
    for (std::size_t m = 0; m < result.inputs.markers.size(); ++m) {
        if (!std::isfinite(area.mix.marked_share(m))) continue;
        const double recorded = area.mix.recorded_share(m);
        marked += fmt::format("{}{}: {} of {}", marked.empty() ? " Marked " : "; ", result.inputs.markers[m],
                              percent(area.mix.marked_share(m)),
                              // What prints as 100% is said as all.
                              recorded >= 0.9995
                                  ? std::string("events")
                                  : fmt::format("the {} of events where it is recorded", percent(recorded)));
    }
    if (!marked.empty()) out += marked + ".";
    if (result.stability.years.size() > 1)
        if (const std::string change = change_words(area.score); !change.empty())
            out += fmt::format(" From the first year to the last: {}.", change);
    return out;
}

/// What the list would be under what a board asks first.
std::vector<std::string> asked_first(const ImpactResult& result) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < result.defence->scenarios.size(); ++i) {
        const ImpactScenario& scenario = result.defence->scenarios[i];
        const std::string& list = result.scenario_lists[i];
        const std::string areas = list.empty() ? std::string("no area") : list;
        if (scenario.varied == "deprivation")
            out.push_back("With deprivation not asked for: " + areas + ".");
        else if (scenario.varied == "kinds")
            out.push_back(sentence_case(scenario.to) + ": " + areas + ".");
        else if (scenario.varied == "top unit")
            out.push_back(sentence_case(scenario.to) + ", the unit with the highest score: " + areas + ".");
        else if (scenario.varied == "gravest offence")
            out.push_back("With one of the gravest offence less in each area: " + areas + ".");
        else if (scenario.varied == "measure")
            out.push_back("By " + scenario.to + ": " + areas + ".");
    }
    return out;
}

}  // namespace

Figure impact_map(const ImpactResult& result, const FigureOptions& figure, const TextMeasure& measure) {
    const ImpactEvidence& evidence = result.inputs.evidence;
    const ImpactView view = view_of(evidence, result.definition);
    const ImpactMeasures measures = measures_of(evidence, result.definition, view);
    const auto years = static_cast<double>(view.last_year - view.first_year + 1);
    std::vector<double> rates;
    std::vector<CellState> states;
    for (std::size_t u = 0; u < evidence.units.size(); ++u) {
        const bool people = evidence.residents[u] > 0, in = evidence.excluded[u].empty();
        const bool hidden = result.withheld.unit(u);
        const double events = rounded_count(measures.crime[u], result.withheld.rule);
        rates.push_back(people && in && !hidden ? 1000 * events / years / evidence.residents[u] : nan);
        states.push_back(!in      ? CellState::not_applicable
                         : hidden ? CellState::suppressed
                         : people ? CellState::value
                                  : CellState::undefined);
    }
    TableMeta meta = result.table.meta();
    meta.per = 1000;
    meta.period_after = years_words(result);
    meta.area_noun = evidence.units.noun();
    const auto texts = [](std::span<const std::string> all) {
        return std::vector<std::string>(all.begin(), all.end());
    };
    const Table table(
        {Column::text("area_code", texts(evidence.units.codes())),
         Column::text("area_name", texts(evidence.units.names())),
         Column::numbers("rate", std::move(rates), std::move(states), "a year per 1,000 residents")},
        meta);
    MapOptions options;
    options.figure = figure;
    options.value = "rate";
    options.value_words = sentence_case(result.measure) + " a year per 1,000 residents";
    options.legend_title = options.value_words;
    options.labels = AreaLabels::none;
    options.not_applicable_words = "left out of the choice";
    MapSpots in{.title = "just inside the line", .filled = true},
        out{.title = "just outside it", .filled = false};
    for (const ImpactBorderline& one : result.borderline)
        (one.inside ? in : out).codes.push_back(evidence.units.codes()[static_cast<std::size_t>(one.unit)]);
    options.spots = {std::move(in), std::move(out)};
    if (!result.areas.empty()) {
        options.overlay_title = "Impact areas";
        options.overlay_dashed_title = "Fragile impact areas";
        for (const ImpactAreaReport& area : result.areas)
            options.overlay_looks.push_back(area.standing == ImpactStanding::fragile ? OverlayLook::dashed
                                                                                     : OverlayLook::solid);
        // Names would cover what they name: the map has the codes, the table and the note their names.
        AreaSetParts parts = result.layer.parts();
        parts.names = parts.codes;
        options.overlay = AreaSet(std::move(parts));
        std::string names;
        for (const ImpactAreaReport& area : result.areas)
            names += (names.empty() ? "" : "; ") + area.code + " " + area.name;
        options.figure.notes.push_back(names + ".");
    }
    if (result.definition.require_deprived)
        options.figure.notes.push_back(
            fmt::format("An impact area must be deprived too: at least {}% of its residents live in small "
                        "areas of IMD {} {}.",
                        full_precision(round_half_away(100 * result.definition.deprived_share, 2)),
                        result.definition.deciles.size() == 1 ? "decile" : "deciles",
                        fmt::join(result.definition.deciles, " or ")));
    if (options.figure.title.empty())
        options.figure.title =
            result.areas.empty()
                ? "No area meets the definition"
                : fmt::format("{} impact {} {} of residents and {}",
                              sentence_case(number_word(result.areas.size())),
                              result.areas.size() == 1 ? "area holds" : "areas hold",
                              percent(result.scores.set.resident_share), share_words(result));
    return choropleth(table, evidence.units, options, measure);
}

Document impact_document(const ImpactResult& result, const TextMeasure& measure) {
    Document out;
    const std::string& whole = result.inputs.evidence.units.whole();
    out.title = result.definition.name;
    out.organisation = whole;
    out.edition = years_words(result);
    out.summary = result.paragraph;
    out.made_by = fmt::format("wardmap {}", version);
    out.files = FilesBeside::none;
    FigureOptions figure;
    figure.id = "impact-map";
    out.figures.push_back({.figure = impact_map(result, figure, measure)});
    for (const std::string& source : out.figures.front().figure.sources) out.sources.push_back(source);
    for (const ImpactAreaReport& area : result.areas)
        out.key_points.push_back(fmt::format(
            "{}: {} of residents{}{}{}", area.name, percent(area.score.resident_share),
            std::isfinite(area.score.event_share)
                ? ", " + percent(area.score.event_share) + " of " + result.measure
                : std::string{},
            area.standing ? ", " : "", area.standing ? name_of(*area.standing) : std::string_view{}));

    Section areas = section("areas", 1, {}, "The areas");
    areas.heading = result.areas.empty()
                        ? "No area meets the definition"
                        : fmt::format("{} of residents, {}", percent(result.scores.set.resident_share),
                                      share_words(result));
    areas.new_page = true;
    areas.blocks.push_back(paragraph(result.paragraph));
    areas.blocks.push_back({Picture{0}});
    areas.blocks.push_back({areas_grid(result)});
    out.sections.push_back(std::move(areas));
    for (std::size_t a = 0; a < result.areas.size(); ++a) {
        const ImpactAreaReport& area = result.areas[a];
        Section one = section(area.code, 3, area.code + " " + area.name);
        one.blocks.push_back(paragraph(about(a, result)));
        out.sections.push_back(std::move(one));
    }

    if (!result.areas.empty()) {
        Section evidence = section("evidence", 2, "Is it more than chance, and who lives there?", "Evidence");
        evidence.blocks.push_back({evidence_grid(result)});
        if (!result.inputs.deciles.empty()) evidence.blocks.push_back({deciles_grid(result)});
        if (!result.inputs.ages.empty()) evidence.blocks.push_back({ages_grid(result)});
        if (!result.inputs.markers.empty()) evidence.blocks.push_back({markers_grid(result)});
        out.sections.push_back(std::move(evidence));
    }

    Section how = section("definition", 2, "How the areas were chosen", "The definition");
    how.blocks.push_back(bullets(definition_words(result.definition)));
    const std::vector<std::string>& years = result.inputs.evidence.years;
    const ImpactView view = view_of(result.inputs.evidence, result.definition);
    if (view.last_year - view.first_year + 1 < result.definition.years)
        how.blocks.push_back(paragraph(fmt::format(
            "The definition asks for {} full years, and the events hold only {}: the {}.",
            number_word(result.definition.years), number_word(years.size()), fmt::join(years, ", the "))));
    if (!result.inputs.evidence.weights_name.empty())
        how.blocks.push_back(paragraph("Harm is weighted by " + result.inputs.evidence.weights_name + "."));
    if (result.inputs.on_hexagons)
        how.blocks.push_back(paragraph(
            "The units are hexagons laid over the areas; residents, deprivation and needle finds are "
            "shared out to them by surface, which is an approximation: people do not live evenly."));
    if (result.concentration && std::isfinite(result.concentration->generalised()))
        how.blocks.push_back(paragraph(fmt::format(
            "A quarter of {} lies in {} of the {}s, half in {} (generalised Gini coefficient {}).",
            result.measure, percent(result.concentration->places_for(0.25)),
            result.inputs.evidence.units.noun(), percent(result.concentration->places_for(0.5)),
            number(result.concentration->generalised(), 2))));
    if (!result.choice.refused.empty()) {
        std::vector<std::string> items;
        for (const ImpactRefusal& refusal : result.choice.refused)
            items.push_back(fmt::format(
                "{}: {}", result.inputs.evidence.units.names()[static_cast<std::size_t>(refusal.unit)],
                refusal.reason));
        constexpr std::size_t most = 6;
        const std::size_t all = items.size();
        if (all > most) {
            items.resize(most);
            items.push_back(fmt::format("and {} more, in the table of units", all - most));
        }
        how.blocks.push_back(paragraph("Units that came up and were given up:"));
        how.blocks.push_back(bullets(std::move(items)));
    }
    out.sections.push_back(std::move(how));

    if (result.defence) {
        Section defence = section("defence", 2, "Would another analyst have chosen the same?", "The defence");
        defence.blocks.push_back({standing_grid(result)});
        if (const std::vector<std::string> lists = asked_first(result); !lists.empty()) {
            defence.blocks.push_back(paragraph("What the list would be:"));
            defence.blocks.push_back(bullets(lists));
        }
        defence.blocks.push_back({scenarios_grid(result)});
        if (!result.defence->left_out.empty()) {
            defence.blocks.push_back(paragraph("Reruns that could not be made:"));
            std::vector<std::string> reasons;
            for (const std::string& reason : result.defence->left_out)
                reasons.push_back(sentence_case(reason) + ".");
            defence.blocks.push_back(bullets(std::move(reasons)));
        }
        if (!result.borderline.empty()) defence.blocks.push_back({borderline_grid(result)});
        out.sections.push_back(std::move(defence));
    }

    Section lasting = section("lasting", 2, "Do they last, and do they predict?", "Lasting");
    if (result.forward.possible) {
        lasting.blocks.push_back(paragraph(fmt::format(
            "Chosen on the {} alone, areas by this definition hold {} of the events of the {} on {} of the "
            "surface: {} times "
            "what the surface would (the best that as many units could do: {} times; efficiency {}).",
            result.forward.chosen_on, percent(result.forward.event_share), result.forward.scored_on,
            percent(result.forward.area_share), number(result.forward.pai, 1),
            number(result.forward.best_pai, 1), number(result.forward.pei, 2))));
        for (std::size_t y = 0; y + 1 < result.stability.years.size(); ++y)
            lasting.blocks.push_back(paragraph(fmt::format(
                "From the {} to the {} the ranking of the units keeps to {} (Spearman), the lists to {} "
                "(Jaccard).",
                result.stability.years[y], result.stability.years[y + 1],
                number(result.stability.rank_correlation[y], 2), number(result.stability.overlap[y], 2))));
    } else {
        lasting.blocks.push_back(paragraph("One year of events cannot tell: it takes two or more."));
    }
    out.sections.push_back(std::move(lasting));

    if (!result.existing_scores.empty()) {
        Section existing = section("existing", 2, "The areas that are there already", "Existing areas");
        if (result.monitored) existing.blocks.push_back(paragraph(result.monitored->sentence));
        Grid grid;
        grid.id = "existing-areas";
        grid.caption = "Existing areas by the same measures (units that lie in them by more than half)";
        grid.columns = {{"Area", false, 3},
                        {"Residents", true, 1.3},
                        {"Events", true, 1.3},
                        {"Share of events", true, 1.2},
                        {"Times its surface", true, 1.2}};
        for (std::size_t e = 0; e < result.existing_scores.size(); ++e) {
            const ImpactScore& score = result.existing_scores[e];
            grid.rows.push_back(
                result.withheld.existing.size() > e && result.withheld.existing[e]
                    ? cells({result.existing_names[e], number(score.residents), withheld_sign, withheld_sign,
                             withheld_sign})
                    : cells({result.existing_names[e], number(score.residents), number(score.events),
                             share_cell(score.event_share, 1), number(score.pai, 1)}));
        }
        existing.blocks.push_back({std::move(grid)});
        out.sections.push_back(std::move(existing));
    }

    if (!result.warnings.empty()) {
        Section warnings = section("cautions", 2, "What must be said beside them", "Cautions");
        warnings.blocks.push_back(bullets(result.warnings));
        out.sections.push_back(std::move(warnings));
    }
    return out;
}

}  // namespace wardmap
