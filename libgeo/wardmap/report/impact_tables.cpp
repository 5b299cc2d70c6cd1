#include "wardmap/report/impact_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace wardmap {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A row of the table of areas: of an area, or one of the sums below.
struct Row {
    std::string code{}, name{};
    const ImpactScore* score = nullptr;  ///< none: events that no unit holds
    const ImpactAreaReport* area = nullptr;
    double events = 0;  ///< of a row without a score
};

std::string flags_of(const ImpactAreaReport& area) {
    std::string out;
    const auto flag = [&](bool set, std::string_view name) {
        if (set) out += (out.empty() ? "" : ";") + std::string(name);
    };
    flag(area.score.events < 10, "small");
    flag(area.area.over_population, "single_large_unit");
    flag(area.score.gravest_share > 0.5, "one_event");
    flag(!(area.score.residents > 0), "no_population");
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

    void text(std::string name, const std::function<std::string(const Row&)>& cell) {
        std::vector<std::string> cells;
        for (const Row& row : rows_) cells.push_back(cell(row));
        keep(Column::text(std::move(name), std::move(cells)));
    }
    /// A column that is there even if nothing stands in it.
    void code() {
        std::vector<std::string> cells;
        for (const Row& row : rows_) cells.push_back(row.code);
        columns_.push_back(Column::text("area", std::move(cells)));
    }
    void scored(std::string name, std::string unit, const std::function<double(const ImpactScore&)>& cell) {
        std::vector<double> cells;
        for (const Row& row : rows_) cells.push_back(row.score != nullptr ? cell(*row.score) : nan);
        keep(Column::numbers(std::move(name), std::move(cells), std::move(unit)));
    }
    void of_area(std::string name, std::string unit,
                 const std::function<double(const ImpactAreaReport&)>& cell) {
        std::vector<double> cells;
        for (const Row& row : rows_) cells.push_back(row.area != nullptr ? cell(*row.area) : nan);
        keep(Column::numbers(std::move(name), std::move(cells), std::move(unit)));
    }
    void events() {
        std::vector<double> cells;
        for (const Row& row : rows_) cells.push_back(row.score != nullptr ? row.score->events : row.events);
        keep(Column::numbers("events", std::move(cells), "events"));
    }
    std::vector<Column> columns() && { return std::move(columns_); }

private:
    void keep(Column column) {
        if (any_known(column)) columns_.push_back(std::move(column));
    }
    std::vector<Row> rows_;
    std::vector<Column> columns_;
};

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
    double elsewhere = 0;
    for (std::size_t year = view.first_year; year <= view.last_year; ++year)
        elsewhere += evidence.not_located[year];
    std::vector<Row> rows;
    for (const ImpactAreaReport& area : result.areas)
        rows.push_back({area.code, area.name, &area.score, &area, 0});
    const std::string whole = evidence.units.whole().empty() ? "all units" : evidence.units.whole();
    rows.push_back({"", "All impact areas", &result.scores.set, nullptr, 0});
    rows.push_back({"", "Rest of " + whole, &result.scores.rest, nullptr, 0});
    rows.push_back({"", "Not located", nullptr, nullptr, elsewhere});
    total.events += elsewhere;
    rows.push_back({"", "Total", &total, nullptr, 0});

    Builder table(rows);
    table.code();
    table.text("name", [](const Row& row) { return row.name; });
    table.text("spans", [](const Row& row) { return row.area != nullptr ? row.area->spans : std::string{}; });
    table.events();
    const auto percent = [](double ImpactScore::*share) {
        return [share](const ImpactScore& score) { return 100 * (score.*share); };
    };
    table.scored("event_share_pct", "%", percent(&ImpactScore::event_share));
    table.scored("harm", "", [](const ImpactScore& score) { return score.harm; });
    table.scored("harm_share_pct", "%", percent(&ImpactScore::harm_share));
    table.scored("needle_finds", "finds", [](const ImpactScore& score) { return score.needles; });
    table.scored("needle_share_pct", "%", percent(&ImpactScore::needle_share));
    table.scored("residents", "people", [](const ImpactScore& score) { return score.residents; });
    table.scored("resident_share_pct", "%", percent(&ImpactScore::resident_share));
    table.scored("square_km", "km2", [](const ImpactScore& score) { return score.square_km; });
    table.scored("area_share_pct", "%", percent(&ImpactScore::area_share));
    table.scored("pai", "", [](const ImpactScore& score) { return score.pai; });
    table.scored("harm_pai", "", [](const ImpactScore& score) { return score.harm_pai; });
    table.scored("rate_ratio", "", [](const ImpactScore& score) { return score.against_rest.ratio; });
    table.scored("rate_ratio_lower", "", [](const ImpactScore& score) { return score.against_rest.lower; });
    table.scored("rate_ratio_upper", "", [](const ImpactScore& score) { return score.against_rest.upper; });
    table.scored("p_value", "", [](const ImpactScore& score) { return score.against_rest.p_value; });
    if (view.first_year < view.last_year)
        table.text("change", [](const Row& row) {
            return row.score != nullptr ? change_words(*row.score) : std::string{};
        });
    table.scored("deprived_pct", "%", percent(&ImpactScore::deprived));
    for (std::size_t m = 0; m < result.inputs.markers.size(); ++m)
        table.of_area(result.inputs.markers[m] + "_pct", "%",
                      [m](const ImpactAreaReport& area) { return 100 * area.marked[m].second; });
    if (result.stability.years.size() > 1) {
        table.of_area("years_in", "years",
                      [](const ImpactAreaReport& area) { return static_cast<double>(area.years_in); });
        table.text("lasting",
                   [](const Row& row) { return row.area != nullptr ? row.area->lasting : std::string{}; });
    }
    table.of_area("scan_p", "", [](const ImpactAreaReport& area) { return area.area.p_value.value_or(nan); });
    table.of_area("probability", "", [](const ImpactAreaReport& area) { return area.probability; });
    table.of_area("chosen_pct", "%", [](const ImpactAreaReport& area) { return 100 * area.chosen_share; });
    table.text("standing", [](const Row& row) {
        return row.area != nullptr && row.area->standing ? std::string(name_of(*row.area->standing))
                                                         : std::string{};
    });
    table.text("gravest_kind", [](const Row& row) {
        return row.area != nullptr ? row.area->score.gravest_kind : std::string{};
    });
    table.of_area("gravest_pct", "%",
                  [](const ImpactAreaReport& area) { return 100 * area.score.gravest_share; });
    table.text("flags",
               [](const Row& row) { return row.area != nullptr ? flags_of(*row.area) : std::string{}; });
    return Table(std::move(table).columns(), meta_of(result, result.definition.name));
}

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
    std::vector<Column> columns{Column::text("unit_code", texts(evidence.units.codes())),
                                Column::text("unit_name", texts(evidence.units.names())),
                                Column::text("area", std::move(areas)),
                                Column::numbers("events", measures.crime, "events")};
    const auto keep = [&](Column column) {
        if (any_known(column)) columns.push_back(std::move(column));
    };
    if (!measures.harm.empty()) keep(Column::numbers("harm", measures.harm));
    keep(Column::numbers("residents", evidence.residents, "people"));
    keep(Column::numbers("score", result.choice.score));
    keep(Column::numbers("probability", std::move(probability)));
    keep(Column::numbers("chosen_pct", std::move(chosen), "%"));
    keep(Column::numbers("deprived_pct", std::move(deprived), "%"));
    if (!result.inputs.nominated.empty()) keep(Column::text("nominated", result.inputs.nominated));
    keep(Column::text("excluded", evidence.excluded));
    keep(Column::text("given_up", std::move(given_up)));
    TableMeta meta = meta_of(result, result.definition.name + ": units");
    meta.area_noun = evidence.units.noun();
    return Table(std::move(columns), std::move(meta));
}

Table impact_scenarios_table(const ImpactResult& result) {
    std::vector<std::string> varied, to;
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
    return Table({Column::text("varied", std::move(varied)), Column::text("to", std::move(to)),
                  Column::numbers("areas", std::move(areas)),
                  Column::numbers("resident_share_pct", std::move(residents), "%"),
                  Column::numbers("event_share_pct", std::move(events), "%"),
                  Column::numbers("overlap", std::move(overlap))},
                 meta_of(result, result.definition.name + ": how the choice varies"));
}

}  // namespace wardmap
