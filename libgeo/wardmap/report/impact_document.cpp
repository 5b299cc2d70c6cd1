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
    return with_thousands(100 * share, share < 0.1 ? 1 : 0) + "%";
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

std::vector<GridCell> cells(std::vector<std::string> texts) {
    std::vector<GridCell> out;
    for (std::string& text : texts) out.push_back({.text = std::move(text)});
    return out;
}

Grid areas_grid(const ImpactResult& result) {
    Grid grid;
    grid.id = "impact-areas";
    grid.caption = "What the impact areas hold, " + years_words(result);
    const bool harm = !result.inputs.evidence.weights.empty(),
               needles = !result.inputs.evidence.needles.empty();
    grid.columns = {{"Area", false, 3},
                    {"Residents", true, 1.3},
                    {"Share", true, 1},
                    {"Events", true, 1.2},
                    {"Share", true, 1}};
    if (harm) grid.columns.push_back({"Harm, share", true, 1.1});
    if (needles) grid.columns.push_back({"Needle finds, share", true, 1.2});
    grid.columns.push_back({"Times the rate elsewhere (95% interval)", true, 2.2});
    grid.columns.push_back({"Times its surface", true, 1.2});
    const auto row = [&](const std::string& name, const ImpactScore& score) {
        std::vector<std::string> texts{name, number(score.residents), percent(score.resident_share),
                                       number(score.events), percent(score.event_share)};
        if (harm) texts.push_back(percent(score.harm_share));
        if (needles) texts.push_back(percent(score.needle_share));
        const RatioLimits& ratio = score.against_rest;
        texts.push_back(std::isfinite(ratio.ratio)
                            ? fmt::format("{} ({} to {})", number(ratio.ratio, 1), number(ratio.lower, 1),
                                          number(ratio.upper, 1))
                            : std::string{});
        texts.push_back(std::isfinite(score.pai) ? number(score.pai, 1) : std::string{});
        grid.rows.push_back(cells(std::move(texts)));
    };
    for (const ImpactAreaReport& area : result.areas) row(area.code + " " + area.name, area.score);
    row("All impact areas", result.scores.set);
    const std::string& whole = result.inputs.evidence.units.whole();
    row("Rest of " + (whole.empty() ? "the units" : whole), result.scores.rest);
    row(whole.empty() ? "All units" : whole, result.scores.whole);
    grid.has_total = true;
    grid.notes.push_back(
        "Times its surface: share of events over share of surface (predictive accuracy index).");
    double elsewhere = 0;
    for (const double one : result.inputs.evidence.not_located) elsewhere += one;
    if (elsewhere > 0)
        grid.notes.push_back(fmt::format("Besides, {} events could not be placed.", number(elsewhere)));
    return grid;
}

Grid standing_grid(const ImpactResult& result) {
    Grid grid;
    grid.id = "standing";
    grid.caption = "How often each area is drawn again";
    grid.columns = {{"Area", false, 3},          {"Reruns that draw it", true, 1.4},
                    {"Standing", false, 1.2},    {"Probability on resampled counts", true, 1.6},
                    {"Single years", true, 1.2}, {"Lasting", false, 1.3}};
    for (const ImpactAreaReport& area : result.areas)
        grid.rows.push_back(cells({area.code + " " + area.name, percent(area.chosen_share),
                                   area.standing ? std::string(name_of(*area.standing)) : std::string{},
                                   number(area.probability, 2),
                                   result.stability.years.size() > 1
                                       ? fmt::format("{} of {}", area.years_in, result.stability.years.size())
                                       : std::string("one year only"),
                                   area.lasting}));
    grid.notes.push_back(
        "Robust: drawn by at least 80% of the reruns; arguable: by half; else fragile. An area is drawn "
        "again "
        "where at least half of its residents are chosen.");
    return grid;
}

Grid scenarios_grid(const ImpactResult& result) {
    Grid grid;
    grid.id = "reruns";
    grid.caption = "The definition with one thing changed";
    grid.columns = {{"Changed", false, 1.3}, {"To", false, 3},    {"Areas", true, 0.8},
                    {"Residents", true, 1},  {"Events", true, 1}, {"Overlap", true, 1}};
    for (const ImpactScenario& scenario : result.defence->scenarios)
        grid.rows.push_back(cells(
            {scenario.varied, scenario.to, number(static_cast<double>(scenario.areas.size())),
             percent(scenario.resident_share), percent(scenario.event_share), number(scenario.overlap, 2)}));
    grid.notes.push_back("Overlap: units chosen by both over units chosen by either (Jaccard).");
    return grid;
}

Grid borderline_grid(const ImpactResult& result) {
    Grid grid;
    grid.id = "borderline";
    grid.caption = "Units nearest the line";
    grid.columns = {{"Unit", false, 3}, {"Is", false, 1}, {"Against the last unit taken", true, 2}};
    for (const ImpactBorderline& one : result.borderline)
        grid.rows.push_back(cells({result.inputs.evidence.units.names()[static_cast<std::size_t>(one.unit)],
                                   one.inside ? "in" : "out", with_sign(100 * one.margin, 0) + "%"}));
    return grid;
}

std::string about(const ImpactAreaReport& area, const ImpactResult& result) {
    std::string out = fmt::format("{} spans {}. {} residents meet {} events", area.name,
                                  area.spans.empty() ? counted(area.units.size(), "unit") : area.spans,
                                  number(area.score.residents), number(area.score.events));
    if (std::isfinite(area.score.against_rest.ratio))
        out += fmt::format(", {} times the rate elsewhere", number(area.score.against_rest.ratio, 1));
    out += ".";
    if (std::isfinite(area.area.deprived))
        out += fmt::format(" {} of them live in small areas of the most deprived deciles asked for.",
                           percent(area.area.deprived));
    for (const auto& [marker, share] : area.marked)
        if (std::isfinite(share))
            out += fmt::format(" {} of its events are marked {}.", percent(share), marker);
    if (std::isfinite(area.score.change.ratio) || area.score.events_first + area.score.events_last > 0)
        if (result.stability.years.size() > 1)
            out += fmt::format(" From the first year to the last: {}.", change_words(area.score));
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
        rates.push_back(people && in ? 1000 * measures.crime[u] / years / evidence.residents[u] : nan);
        states.push_back(!in ? CellState::not_applicable : people ? CellState::value : CellState::undefined);
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
    options.legend_title = "Events a year per 1,000 residents";
    options.labels = AreaLabels::none;
    if (!result.areas.empty()) {
        // Names would cover what they name: the map has the codes, the table and the note their names.
        AreaSetParts parts = result.layer.parts();
        parts.names = parts.codes;
        options.overlay = AreaSet(std::move(parts));
        std::string names;
        for (const ImpactAreaReport& area : result.areas)
            names += (names.empty() ? "" : "; ") + area.code + " " + area.name;
        options.figure.notes.push_back(names + ".");
    }
    if (options.figure.title.empty())
        options.figure.title = result.areas.empty() ? "No area meets the definition"
                                                    : fmt::format("{} {} {} of residents and {} of events",
                                                                  counted(result.areas.size(), "impact area"),
                                                                  result.areas.size() == 1 ? "holds" : "hold",
                                                                  percent(result.scores.set.resident_share),
                                                                  percent(result.scores.set.event_share));
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
    FigureOptions figure;
    figure.id = "impact-map";
    out.figures.push_back({.figure = impact_map(result, figure, measure)});
    for (const std::string& source : out.figures.front().figure.sources) out.sources.push_back(source);
    for (const ImpactAreaReport& area : result.areas)
        out.key_points.push_back(fmt::format("{}: {} of residents, {} of events{}{}", area.name,
                                             percent(area.score.resident_share),
                                             percent(area.score.event_share), area.standing ? ", " : "",
                                             area.standing ? name_of(*area.standing) : std::string_view{}));

    Section areas = section("areas", 1, {}, "The areas");
    areas.heading = result.areas.empty() ? "No area meets the definition"
                                         : fmt::format("Where {} of events meet {} of residents",
                                                       percent(result.scores.set.event_share),
                                                       percent(result.scores.set.resident_share));
    areas.new_page = true;
    areas.blocks.push_back(paragraph(result.paragraph));
    areas.blocks.push_back({Picture{0}});
    areas.blocks.push_back({areas_grid(result)});
    out.sections.push_back(std::move(areas));
    for (const ImpactAreaReport& area : result.areas) {
        Section one = section(area.code, 3, area.code + " " + area.name);
        one.blocks.push_back(paragraph(about(area, result)));
        out.sections.push_back(std::move(one));
    }

    Section how = section("definition", 2, "How the areas were chosen", "The definition");
    how.blocks.push_back(bullets(definition_words(result.definition)));
    if (!result.inputs.evidence.weights_name.empty())
        how.blocks.push_back(paragraph("Harm is weighted by " + result.inputs.evidence.weights_name + "."));
    if (result.inputs.on_hexagons)
        how.blocks.push_back(paragraph(
            "The units are hexagons laid over the areas; residents, deprivation and needle finds are "
            "shared out to them by surface, which is an approximation: people do not live evenly."));
    if (result.concentration && std::isfinite(result.concentration->generalised()))
        how.blocks.push_back(paragraph(fmt::format(
            "A quarter of events lies in {} of the units, half in {} (generalised Gini coefficient {}).",
            percent(result.concentration->places_for(0.25)), percent(result.concentration->places_for(0.5)),
            number(result.concentration->generalised(), 2))));
    if (!result.choice.refused.empty()) {
        std::vector<std::string> items;
        for (const ImpactRefusal& refusal : result.choice.refused)
            items.push_back(fmt::format(
                "{}: {}", result.inputs.evidence.units.names()[static_cast<std::size_t>(refusal.unit)],
                refusal.reason));
        constexpr std::size_t most = 12;
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
        Section defence = section("defence", 2, "Would another analyst have drawn the same?", "The defence");
        defence.blocks.push_back({standing_grid(result)});
        defence.blocks.push_back({scenarios_grid(result)});
        if (!result.defence->left_out.empty()) {
            defence.blocks.push_back(paragraph("Reruns that could not be made:"));
            defence.blocks.push_back(bullets(result.defence->left_out));
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
        lasting.blocks.push_back(paragraph("One year of events cannot tell. Give two years or more."));
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
                cells({result.existing_names[e], number(score.residents), number(score.events),
                       percent(score.event_share), number(score.pai, 1)}));
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
