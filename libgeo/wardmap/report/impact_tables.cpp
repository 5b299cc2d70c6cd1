#include "wardmap/report/impact_tables.hpp"

#include "wardmap/base/letter_case.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/geometry/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A row of the table of areas: of an area, or one of the sums below.
struct Row {
    std::string code{}, name{};
    const ImpactScore* score = nullptr;  ///< none: events that no unit holds
    const ImpactMix* mix = nullptr;
    const ImpactAreaReport* area = nullptr;
    double events = 0;      ///< of a row without a score
    std::size_t place = 0;  ///< of an area among the areas
};

/// Which rows a column speaks of: all, or only those of areas.
enum class Speaks : unsigned char { of_all, of_areas };
/// Which count a column follows from, and so is withheld with.
using Follows = const ImpactRowsWithheld*;

bool withheld(Follows from, const Row& row) {
    if (from == nullptr) return false;
    if (row.area != nullptr) return !from->areas.empty() && from->areas[row.place];
    if (row.score == nullptr) return from->not_located;
    if (row.name == "Total") return from->total;
    return row.name == "All impact areas" ? from->set : from->rest;
}

std::string flags_of(const ImpactAreaReport& area, bool suppressed) {
    std::string out;
    const auto flag = [&](bool set, std::string_view name) {
        if (set) out += (out.empty() ? "" : ";") + std::string(name);
    };
    flag(area.score.events < 10, "small");
    flag(area.area.over_population, "single_large_unit");
    flag(area.score.gravest_share > 0.5, "one_event");
    flag(!(area.score.residents > 0), "no_population");
    flag(suppressed, "suppressed");
    return out;
}

bool any_known(const Column& column) {
    for (std::size_t row = 0; row < column.size(); ++row)
        if (column.is_text() ? !column.text(row).empty() : std::isfinite(column.number(row))) return true;
    return false;
}

class Builder {
public:
    explicit Builder(std::vector<Row> rows) : rows_(std::move(rows)) {}

    void text(std::string name, const std::function<std::string(const Row&)>& cell, Follows from = nullptr,
              Speaks speaks = Speaks::of_areas) {
        std::vector<std::string> cells;
        for (const Row& row : rows_)
            cells.push_back(withheld(from, row) && spoken(row, speaks) ? "[c]" : cell(row));
        keep(Column::text(std::move(name), std::move(cells)));
    }
    /// A column that is there even if nothing stands in it.
    void code() {
        std::vector<std::string> cells;
        for (const Row& row : rows_) cells.push_back(row.code);
        columns_.push_back(Column::text("area", std::move(cells)));
    }
    void scored(std::string name, std::string unit, const std::function<double(const ImpactScore&)>& cell,
                Follows from = nullptr) {
        numbers(std::move(name), std::move(unit), from,
                [&](const Row& row) { return row.score != nullptr ? cell(*row.score) : nan; });
    }
    void mixed(std::string name, std::string unit, const std::function<double(const ImpactMix&)>& cell,
               Follows from = nullptr) {
        numbers(std::move(name), std::move(unit), from,
                [&](const Row& row) { return row.mix != nullptr ? cell(*row.mix) : nan; });
    }
    void of_area(std::string name, std::string unit,
                 const std::function<double(const ImpactAreaReport&)>& cell, Follows from = nullptr) {
        numbers(
            std::move(name), std::move(unit), from,
            [&](const Row& row) { return row.area != nullptr ? cell(*row.area) : nan; }, Speaks::of_areas);
    }
    void events(Follows from) {
        numbers("events", "events", from,
                [](const Row& row) { return row.score != nullptr ? row.score->events : row.events; });
    }
    std::vector<Column> columns() && { return std::move(columns_); }

private:
    static bool spoken(const Row& row, Speaks speaks) {
        return row.area != nullptr || speaks == Speaks::of_all;
    }
    void numbers(std::string name, std::string unit, Follows from,
                 const std::function<double(const Row&)>& cell, Speaks speaks = Speaks::of_all) {
        std::vector<double> cells;
        std::vector<CellState> states;
        for (const Row& row : rows_) {
            cells.push_back(cell(row));
            const bool hidden = withheld(from, row) && spoken(row, speaks);
            if (hidden) cells.back() = nan;
            states.push_back(hidden                        ? CellState::suppressed
                             : std::isfinite(cells.back()) ? CellState::value
                                                           : CellState::missing);
        }
        keep(Column::numbers(std::move(name), std::move(cells), std::move(states), std::move(unit)));
    }
    void keep(Column column) {
        if (any_known(column)) columns_.push_back(std::move(column));
    }
    std::vector<Row> rows_;
    std::vector<Column> columns_;
};

/// A column of figures that are known but for those the small-number rule withholds.
Column withheld_where_unknown(std::string name, std::vector<double> cells, std::string unit,
                              const ImpactResult& result) {
    if (!result.withheld.rule.applies())
        return Column::numbers(std::move(name), std::move(cells), std::move(unit));
    std::vector<CellState> states;
    for (const double cell : cells)
        states.push_back(std::isfinite(cell) ? CellState::value : CellState::suppressed);
    return Column::numbers(std::move(name), std::move(cells), std::move(states), std::move(unit));
}

TableMeta meta_of(const ImpactResult& result, std::string title) {
    const ImpactEvidence& evidence = result.inputs.evidence;
    TableMeta meta;
    meta.title = std::move(title);
    meta.measure = result.measure;
    meta.source = result.source;
    meta.unit = "events";
    const ImpactView view = view_of(evidence, result.definition);
    meta.period_before = evidence.years[view.first_year];
    meta.period_after = evidence.years[view.last_year];
    meta.denominator = result.inputs.population_words;
    meta.whole = evidence.units.whole();
    meta.area_noun = "impact area";
    if (result.withheld.rule.applies()) meta.small_numbers = text_of(result.withheld.rule);
    meta.attribution.assign(evidence.units.attribution().begin(), evidence.units.attribution().end());
    for (const std::string& words : definition_words(result.definition))
        meta.method += (meta.method.empty() ? "" : " ") + words;
    return meta;
}

}  // namespace

Table impact_table(const ImpactResult& result) {
    const ImpactEvidence& evidence = result.inputs.evidence;
    const ImpactView view = view_of(evidence, result.definition);
    ImpactScore total = result.scores.whole;
    std::vector<Row> rows;
    for (std::size_t a = 0; a < result.areas.size(); ++a) {
        const ImpactAreaReport& area = result.areas[a];
        rows.push_back({area.code, area.name, &area.score, &area.mix, &area, 0, a});
    }
    const std::string whole = evidence.units.whole().empty() ? "all units" : evidence.units.whole();
    rows.push_back({"", "All impact areas", &result.scores.set, &result.set_mix, nullptr, 0, 0});
    rows.push_back({"", "Rest of " + whole, &result.scores.rest, &result.rest_mix, nullptr, 0, 0});
    rows.push_back({"", "Not located", nullptr, nullptr, nullptr, result.not_located, 0});
    // With a row withheld the total stands on what was counted, which NaN must not reach.
    if (std::isfinite(result.not_located)) {
        total.events += result.not_located;
    } else if (!result.withheld.events.total) {
        for (std::size_t year = view.first_year; year <= view.last_year; ++year)
            total.events += evidence.not_located[year];
        total.events = rounded_count(total.events, result.withheld.rule);
    }
    rows.push_back({"", "Total", &total, &result.whole_mix, nullptr, 0, 0});

    const ImpactWithheld& hidden = result.withheld;
    const Follows of_events = &hidden.events, of_needles = &hidden.needles, of_change = &hidden.change;
    Builder table(rows);
    table.code();
    table.text("name", [](const Row& row) { return row.name; });
    table.text("spans", [](const Row& row) { return row.area != nullptr ? row.area->spans : std::string{}; });
    table.events(of_events);
    const auto percent = [](double ImpactScore::*share) {
        return [share](const ImpactScore& score) { return 100 * (score.*share); };
    };
    const auto plain = [](double ImpactScore::*figure) {
        return [figure](const ImpactScore& score) { return score.*figure; };
    };
    table.scored("event_share_pct", "%", percent(&ImpactScore::event_share), of_events);
    table.scored("harm", "", plain(&ImpactScore::harm), of_events);
    table.scored("harm_share_pct", "%", percent(&ImpactScore::harm_share), of_events);
    table.scored("needle_finds", "finds", plain(&ImpactScore::needles), of_needles);
    table.scored("needle_share_pct", "%", percent(&ImpactScore::needle_share), of_needles);
    table.scored("residents", "people", plain(&ImpactScore::residents));
    table.scored("resident_share_pct", "%", percent(&ImpactScore::resident_share));
    table.scored("square_km", "km2", plain(&ImpactScore::square_km));
    table.scored("area_share_pct", "%", percent(&ImpactScore::area_share));
    table.scored("events_to_residents", "", plain(&ImpactScore::against_residents), of_events);
    table.scored("pai", "", plain(&ImpactScore::pai), of_events);
    table.scored("harm_pai", "", plain(&ImpactScore::harm_pai), of_events);
    table.scored(
        "rate_ratio", "", [](const ImpactScore& score) { return score.against_rest.ratio; }, of_events);
    table.scored(
        "rate_ratio_lower", "", [](const ImpactScore& score) { return score.against_rest.lower; }, of_events);
    table.scored(
        "rate_ratio_upper", "", [](const ImpactScore& score) { return score.against_rest.upper; }, of_events);
    table.scored(
        "p_value", "", [](const ImpactScore& score) { return score.against_rest.p_value; }, of_events);
    table.of_area(
        "p_adjusted", "", [](const ImpactAreaReport& area) { return area.p_adjusted; }, of_events);
    table.of_area(
        "scan_p", "", [](const ImpactAreaReport& area) { return area.area.p_value.value_or(nan); },
        of_events);
    const auto classed = [](FunnelClass ImpactAreaReport::*funnel) {
        return [funnel](const Row& row) {
            return row.area != nullptr ? std::string(name_of(row.area->*funnel)) : std::string{};
        };
    };
    table.text("funnel", classed(&ImpactAreaReport::funnel), of_events);
    table.text("funnel_adjusted", classed(&ImpactAreaReport::funnel_adjusted), of_events);
    if (view.first_year < view.last_year) {
        table.scored("events_first", "events", plain(&ImpactScore::events_first), of_change);
        table.scored("events_last", "events", plain(&ImpactScore::events_last), of_change);
        table.scored(
            "change_ratio", "", [](const ImpactScore& score) { return score.change.ratio; }, of_change);
        table.scored(
            "change_lower", "", [](const ImpactScore& score) { return score.change.lower; }, of_change);
        table.scored(
            "change_upper", "", [](const ImpactScore& score) { return score.change.upper; }, of_change);
        table.text(
            "change",
            [](const Row& row) { return row.score != nullptr ? change_words(*row.score) : std::string{}; },
            of_change, Speaks::of_all);
    }
    table.scored("deprived_pct", "%", percent(&ImpactScore::deprived));
    for (std::size_t d = 0; d < result.inputs.deciles.size(); ++d)
        table.mixed(fmt::format("deciles_{}_{}_pct", 2 * d + 1, 2 * d + 2), "%", [d](const ImpactMix& mix) {
            return mix.residents > 0 ? 100 * mix.deciles[d] / mix.residents : nan;
        });
    for (std::size_t b = 0; b < result.inputs.ages.size(); ++b)
        table.mixed("age_" + result.inputs.age_bands[b] + "_pct", "%", [b](const ImpactMix& mix) {
            const double all = std::accumulate(mix.ages.begin(), mix.ages.end(), 0.0);
            return all > 0 ? 100 * mix.ages[b] / all : nan;
        });
    for (std::size_t m = 0; m < result.inputs.markers.size(); ++m) {
        const std::string& marker = result.inputs.markers[m];
        const Follows of_marker = m < hidden.marked.size() ? &hidden.marked[m] : nullptr;
        const auto counts = [m](std::vector<double> ImpactMix::*some) {
            return [m, some](const ImpactMix& mix) { return (mix.*some)[m]; };
        };
        table.mixed(
            marker + "_pct", "%", [m](const ImpactMix& mix) { return 100 * mix.marked_share(m); }, of_marker);
        if (result.inputs.marker_cells[m] == MarkerCells::yes_or_no)
            table.mixed(
                marker + "_recorded_pct", "%",
                [m](const ImpactMix& mix) { return 100 * mix.recorded_share(m); }, of_marker);
        table.mixed(marker + "_yes", "events", counts(&ImpactMix::marked), of_marker);
        table.mixed(marker + "_no", "events", counts(&ImpactMix::unmarked), of_marker);
        if (result.inputs.marker_cells[m] == MarkerCells::yes_or_no)
            table.mixed(marker + "_not_recorded", "events", counts(&ImpactMix::left_open), of_marker);
    }
    if (result.stability.years.size() > 1) {
        table.of_area("years_in", "years",
                      [](const ImpactAreaReport& area) { return static_cast<double>(area.years_in); });
        table.text("lasting",
                   [](const Row& row) { return row.area != nullptr ? row.area->lasting : std::string{}; });
    }
    table.of_area(
        "probability", "", [](const ImpactAreaReport& area) { return area.probability; }, of_events);
    table.of_area("chosen_pct", "%", [](const ImpactAreaReport& area) { return 100 * area.chosen_share; });
    table.text("standing", [](const Row& row) {
        return row.area != nullptr && row.area->standing ? std::string(name_of(*row.area->standing))
                                                         : std::string{};
    });
    table.text("gravest_kind", [](const Row& row) {
        return row.area != nullptr ? row.area->score.gravest_kind : std::string{};
    });
    table.of_area(
        "gravest_pct", "%", [](const ImpactAreaReport& area) { return 100 * area.score.gravest_share; },
        of_events);
    table.text("flags", [&](const Row& row) {
        return row.area != nullptr ? flags_of(*row.area, withheld(of_events, row)) : std::string{};
    });
    return Table(std::move(table).columns(), meta_of(result, result.definition.name));
}

namespace {

/// "year to June 2021" -> "year_to_june_2021".
std::string column_name(std::string_view words) {
    std::string out = lower_ascii(words);
    std::ranges::replace(out, ' ', '_');
    return out;
}

/// What the figures of areas, years and reruns are made of, a unit a row.
std::vector<Column> ingredients(const ImpactResult& result) {
    const ImpactInputs& inputs = result.inputs;
    const ImpactEvidence& evidence = inputs.evidence;
    const ImpactView view = view_of(evidence, result.definition);
    const std::size_t units = evidence.units.size();
    std::vector<Column> out;
    const auto yes = [](const std::vector<bool>& in) { return std::vector<double>(in.begin(), in.end()); };
    if (view.first_year < view.last_year) {
        for (std::size_t year = view.first_year; year <= view.last_year; ++year) {
            std::vector<double> events(units, 0);
            for (std::size_t u = 0; u < units; ++u)
                for (const std::size_t kind : view.kinds) events[u] += evidence.count(u, year, kind);
            out.push_back(
                Column::numbers("events_" + column_name(evidence.years[year]), std::move(events), "events"));
        }
        for (std::size_t y = 0; y < result.stability.years.size(); ++y)
            out.push_back(Column::numbers("chosen_on_" + column_name(result.stability.years[y]),
                                          yes(result.stability.chosen[y])));
        out.push_back(Column::numbers("chosen_on_all_but_the_last_year", yes(result.forward.chosen)));
    }
    if (!evidence.needles.empty()) out.push_back(Column::numbers("needle_finds", evidence.needles, "finds"));
    for (std::size_t d = 0; d < inputs.deciles.size(); ++d)
        out.push_back(Column::numbers(fmt::format("people_deciles_{}_{}", 2 * d + 1, 2 * d + 2),
                                      inputs.deciles[d], "people"));
    for (std::size_t b = 0; b < inputs.ages.size(); ++b)
        out.push_back(Column::numbers("people_age_" + inputs.age_bands[b], inputs.ages[b], "people"));
    for (std::size_t m = 0; m < inputs.markers.size(); ++m) {
        out.push_back(Column::numbers(inputs.markers[m] + "_yes", inputs.marked[m], "events"));
        out.push_back(Column::numbers(inputs.markers[m] + "_no", inputs.unmarked[m], "events"));
        if (inputs.marker_cells[m] == MarkerCells::yes_or_no)
            out.push_back(
                Column::numbers(inputs.markers[m] + "_not_recorded", inputs.left_open[m], "events"));
    }
    return out;
}

/// "U0;U1;U8:0.25": codes of the units a rerun chooses, with their share where it is not all of the surface.
std::string chosen_words(const ImpactScenario& scenario, std::span<const std::string> codes) {
    std::string out;
    for (std::size_t u = 0; u < scenario.chosen.size(); ++u) {
        if (!(scenario.chosen[u] > 0)) continue;
        out += (out.empty() ? "" : ";") + codes[u];
        if (scenario.chosen[u] < 1) out += ":" + full_precision(scenario.chosen[u]);
    }
    return out;
}

}  // namespace

Table impact_units_table(const ImpactResult& result) {
    const ImpactEvidence& evidence = result.inputs.evidence;
    const ImpactMeasures measures =
        measures_of(evidence, result.definition, view_of(evidence, result.definition));
    const std::size_t units = evidence.units.size();
    const std::vector<int> area = result.choice.area_of_unit(units);
    std::vector<std::string> areas(units), given_up(units);
    std::vector<double> deprived(units, nan), chosen(units, nan), probability(units, nan);
    for (std::size_t u = 0; u < units; ++u) {
        if (area[u] >= 0) areas[u] = result.areas[static_cast<std::size_t>(area[u])].code;
        if (!evidence.deprived.empty()) deprived[u] = 100 * evidence.deprived[u];
        if (result.defence) chosen[u] = 100 * result.defence->chosen_share[u];
        if (!result.membership.empty()) probability[u] = result.membership[u];
    }
    for (const ImpactRefusal& refusal : result.choice.refused)
        given_up[static_cast<std::size_t>(refusal.unit)] = refusal.reason;
    const auto texts = [](std::span<const std::string> all) {
        return std::vector<std::string>(all.begin(), all.end());
    };
    const auto counted_cells = [&](std::string name, std::vector<double> cells, std::string unit = {}) {
        std::vector<CellState> states;
        for (std::size_t u = 0; u < units; ++u) {
            const bool hidden = result.withheld.unit(u);
            cells[u] = hidden ? nan : rounded_count(cells[u], result.withheld.rule);
            states.push_back(hidden                    ? CellState::suppressed
                             : std::isfinite(cells[u]) ? CellState::value
                                                       : CellState::missing);
        }
        return Column::numbers(std::move(name), std::move(cells), std::move(states), std::move(unit));
    };
    // The order of the units follows from their counts: with them goes the score of those that are withheld,
    // and where counts are rounded that of all.
    std::vector<double> score = result.choice.score;
    std::vector<std::string> side(units);
    std::vector<double> margin(units, nan);
    for (const ImpactBorderline& one : result.borderline) {
        const auto u = static_cast<std::size_t>(one.unit);
        side[u] = one.inside ? "just in" : "just out";
        margin[u] = 100 * one.margin;
    }
    for (std::size_t u = 0; u < units; ++u)
        if (result.withheld.unit(u) || result.withheld.rule.round_to > 0) score[u] = nan;
    std::vector<Column> columns{Column::text("unit_code", texts(evidence.units.codes())),
                                Column::text("unit_name", texts(evidence.units.names())),
                                Column::text("area", std::move(areas)),
                                counted_cells("events", measures.crime, "events")};
    const auto keep = [&](Column column) {
        if (any_known(column)) columns.push_back(std::move(column));
    };
    if (!measures.harm.empty()) keep(counted_cells("harm", measures.harm));
    keep(Column::numbers("residents", evidence.residents, "people"));
    std::vector<double> surface;
    for (const MultiPolygon& shape : evidence.units.shapes()) surface.push_back(area_of(shape) / 1e6);
    keep(Column::numbers("square_km", std::move(surface), "km2"));
    keep(Column::numbers("score", std::move(score)));
    keep(Column::text("borderline", std::move(side)));
    keep(Column::numbers("margin_pct", std::move(margin), "%"));
    keep(Column::numbers("probability", std::move(probability)));
    keep(Column::numbers("chosen_pct", std::move(chosen), "%"));
    keep(Column::numbers("deprived_pct", std::move(deprived), "%"));
    // With a rule the counts by year and the single lists would tell what it withholds.
    if (!result.withheld.rule.applies())
        for (Column& column : ingredients(result)) keep(std::move(column));
    if (!result.inputs.nominated.empty()) keep(Column::text("nominated", result.inputs.nominated));
    keep(Column::text("excluded", evidence.excluded));
    keep(Column::text("given_up", std::move(given_up)));
    TableMeta meta = meta_of(result, result.definition.name + ": units");
    meta.area_noun = evidence.units.noun();
    return Table(std::move(columns), std::move(meta));
}

Table impact_scenarios_table(const ImpactResult& result) {
    std::vector<std::string> varied, to, list;
    std::vector<double> areas, residents, events, overlap;
    if (result.defence)
        for (const ImpactScenario& scenario : result.defence->scenarios) {
            varied.push_back(scenario.varied);
            to.push_back(scenario.to);
            areas.push_back(static_cast<double>(scenario.areas.size()));
            residents.push_back(100 * scenario.resident_share);
            events.push_back(100 * scenario.event_share);
            overlap.push_back(scenario.overlap);
        }
    list = result.scenario_lists;
    std::vector<Column> columns{Column::text("varied", std::move(varied)),
                                Column::text("to", std::move(to)),
                                Column::numbers("areas", std::move(areas)),
                                Column::numbers("resident_share_pct", std::move(residents), "%"),
                                withheld_where_unknown("event_share_pct", std::move(events), "%", result),
                                Column::numbers("overlap", std::move(overlap)),
                                Column::text("list", std::move(list))};
    if (!result.withheld.rule.applies()) {
        std::vector<std::string> units;
        if (result.defence)
            for (const ImpactScenario& scenario : result.defence->scenarios)
                units.push_back(chosen_words(scenario, result.inputs.evidence.units.codes()));
        columns.push_back(Column::text("units", std::move(units)));
    }
    return Table(std::move(columns), meta_of(result, result.definition.name + ": how the choice varies"));
}

Table impact_summary_table(const ImpactResult& result) {
    std::vector<std::string> names, of, words;
    std::vector<double> values;
    const auto add = [&](std::string name, std::string which, double value, std::string what) {
        names.push_back(std::move(name));
        of.push_back(std::move(which));
        values.push_back(value);
        words.push_back(std::move(what));
    };
    if (result.concentration) {
        const Concentration& one = *result.concentration;
        add("gini", "units", one.generalised(),
            "Gini coefficient of events over units, generalised to fewer events than units");
        add("units_for_25_pct", "units", 100 * one.places_for(0.25),
            "% of the units that hold a quarter of events");
        add("units_for_50_pct", "units", 100 * one.places_for(0.5),
            "% of the units that hold half of events");
    }
    add("phi", "units", result.phi, "overdispersion of the units' rates; 1 if only chance is at work");
    add("tau2", "units", result.tau2,
        "variance between units beyond chance, of square roots of observed over expected");
    if (result.draws > 0)
        add("draws", "units", static_cast<double>(result.draws),
            fmt::format("times that counts were drawn again, from seed {}: 'probability' is a share of them",
                        result.definition.seed));
    const ImpactForward& ahead = result.forward;
    if (ahead.possible) {
        const std::string which = ahead.chosen_on + ", scored on the " + ahead.scored_on;
        add("ahead_event_share_pct", which, 100 * ahead.event_share, "% of the last year's events captured");
        add("ahead_area_share_pct", which, 100 * ahead.area_share, "% of the surface");
        add("ahead_pai", which, ahead.pai, "share of events over share of surface");
        add("ahead_best_pai", which, ahead.best_pai, "the best as many units could have reached");
        add("ahead_pei", which, ahead.pei, "ahead_pai over ahead_best_pai");
    }
    for (std::size_t y = 0; y + 1 < result.stability.years.size(); ++y) {
        const std::string which = result.stability.years[y] + " to " + result.stability.years[y + 1];
        add("rank_correlation", which, result.stability.rank_correlation[y],
            "Spearman's, of the units' rates in the two years");
        add("overlap", which, result.stability.overlap[y],
            "units in the lists of both years over units in either (Jaccard)");
    }
    if (result.monitored && !result.withheld.monitored) {
        const Monitored& seen = *result.monitored;
        const auto pair = [&](const std::string& where, double before, double after) {
            add("events_before", where, before, "events of the year before the last");
            add("events_after", where, after, "events of the last year");
        };
        pair("existing areas", seen.counts.areas_before, seen.counts.areas_after);
        pair("ring", seen.counts.ring_before, seen.counts.ring_after);
        pair("rest", seen.counts.rest_before, seen.counts.rest_after);
        const std::string against = "existing areas against the rest";
        add("ratio", against, seen.against_rest.ratio, "their change over the rest's");
        add("ratio_lower", against, seen.against_rest.lower, "its lower limit");
        add("ratio_upper", against, seen.against_rest.upper, "its upper limit");
        const std::string both = "existing areas and ring";
        add("displacement_difference", both, seen.displacement_difference.value,
            "events more (or, below 0, fewer) than if they had moved as the rest did");
        add("displacement_lower", both, seen.displacement_difference.lower, "its lower limit");
        add("displacement_upper", both, seen.displacement_difference.upper, "its upper limit");
    }
    return Table({Column::text("figure", std::move(names)), Column::text("of", std::move(of)),
                  withheld_where_unknown("value", std::move(values), {}, result),
                  Column::text("what", std::move(words))},
                 meta_of(result, result.definition.name + ": all areas together"));
}

}  // namespace wardmap
