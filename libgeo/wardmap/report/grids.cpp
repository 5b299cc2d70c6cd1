#include "wardmap/report/grids.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/frame.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/quadrant_style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/class_breaks.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/indicator/words.hpp"
#include "wardmap/report/findings.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <utility>

namespace wardmap {
namespace {

std::string signed_text(const Column& column, std::size_t row) {
    return column.state(row) == CellState::value ? with_sign(column.number(row), 0) : printed(column, row);
}

/// \param columns  in rising order
void leave_out_columns(Grid& grid, std::initializer_list<std::ptrdiff_t> columns) {
    for (auto at = std::rbegin(columns); at != std::rend(columns); ++at) {
        grid.columns.erase(grid.columns.begin() + *at);
        for (auto& row : grid.rows) row.erase(row.begin() + *at);
    }
}

double largest_of(const Column& column, const std::vector<std::size_t>& rows) {
    double most = 0;
    for (const std::size_t row : rows) {
        if (column.state(row) == CellState::value && std::isfinite(column.number(row))) {
            most = std::max(most, std::abs(column.number(row)));
        }
    }
    return most;
}

std::optional<double> bar_of(const Column& column, std::size_t row, double most) {
    if (column.state(row) != CellState::value || most <= 0 || !std::isfinite(column.number(row))) return {};
    return column.number(row) / most;
}

/// The first cell of a row about one area, or about all of them.
GridCell area_cell(const Table& table, std::size_t row, const Places& places) {
    const std::string& code = table.column("area_code").text(row);
    if (code.empty()) return {.text = places.whole()};
    return {.text = typographic(table.column("area_name").text(row)),
            .target = places.target(code),
            .area_code = code};
}

/// "St Michael’s: 1,116 per 100,000 (1,016 to 1,224), rank 1 of 18, change +126%. Higher rate, ..."
std::string spoken_row(const Table& table, std::size_t row, std::size_t ranked) {
    const TableMeta& meta = table.meta();
    const Column& rate = table.column("rate");
    const Column& rank = table.column("rank");
    std::string out = typographic(table.column("area_name").text(row)) + ": ";
    if (rate.state(row) == CellState::value) {
        out += printed(rate, row) + " per " + with_thousands(meta.per, 0) + " (" +
               printed(table.column("rate_lower"), row) + " to " + printed(table.column("rate_upper"), row) +
               ")";
    } else {
        out += rate.state(row) == CellState::suppressed ? "rate withheld" : "no rate";
    }
    if (rank.state(row) == CellState::value) {
        out += ", rank " + printed(rank, row) + " of " + std::to_string(ranked);
    }
    const CellState change = table.column("change_pct").state(row);
    if (change == CellState::value || change == CellState::undefined)
        out += ", change " + change_text(table, row);
    const std::string quadrant = quadrant_words(table.column("quadrant").text(row), meta);
    return quadrant.empty() ? out : out + ". " + quadrant;
}

std::string short_period(const std::string& words) {
    return words.empty() ? "count" : sentence_case(words);
}

}  // namespace

std::string printed(const Column& column, std::size_t row, int decimals) {
    switch (column.state(row)) {
        case CellState::value:
            return std::isfinite(column.number(row)) ? with_thousands(column.number(row), decimals) : "[z]";
        case CellState::suppressed:
            return "[c]";
        case CellState::undefined:
        case CellState::not_applicable:
            return "[z]";
        case CellState::missing:
            break;
    }
    return "[x]";
}

std::vector<std::size_t> sorted_rows(const Column& column, std::vector<std::size_t> rows) {
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        const bool known_a = column.state(a) == CellState::value;
        const bool known_b = column.state(b) == CellState::value;
        if (known_a != known_b) return known_a;
        return known_a && column.number(a) > column.number(b);
    });
    return rows;
}

std::string type_name(const Table& table, std::size_t row) {
    std::string name = table.column("area_name").text(row);
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return name;
}

std::optional<std::size_t> row_of_area(const Table& table, const std::string& code) {
    const Column& codes = table.column("area_code");
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (codes.text(row) == code) return row;
    }
    return {};
}

Grid ward_grid(const TopicTable& topic, const Places& places) {
    const Table& table = topic.table;
    const TableMeta& meta = table.meta();
    Grid grid;
    grid.id = topic.id;
    grid.caption = measure_line(meta, meta.period_after);
    grid.csv = "tables/" + topic.id + ".csv";
    grid.columns = {{.heading = sentence_case(places.noun())},
                    {.heading = short_period(meta.period_before), .is_number = true},
                    {.heading = short_period(meta.period_after), .is_number = true},
                    {.heading = "Change", .is_number = true},
                    {.heading = "Change, %", .is_number = true},
                    {.heading = "Per " + with_thousands(meta.per, 0), .is_number = true},
                    {.heading = "95% limits", .is_number = true},
                    {.heading = "Quadrant"}};
    const Column& rate = table.column("rate");
    const bool rated = has_rates(table);
    const std::vector<std::size_t> rows =
        sorted_rows(rated ? rate : table.column("count_after"), area_rows(table));
    const double most = largest_of(rate, rows);
    const std::size_t ranked =
        static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](std::size_t row) {
            return table.column("rank").state(row) == CellState::value;
        }));
    const auto add = [&](std::size_t row, bool is_total) {
        const bool small = table.column("flags").text(row).find("small") != std::string::npos;
        const std::string limits =
            rate.state(row) == CellState::value
                ? printed(table.column("rate_lower"), row) + " to " + printed(table.column("rate_upper"), row)
                : std::string();
        GridCell name = area_cell(table, row, places);
        if (!is_total) name.spoken = spoken_row(table, row, ranked);
        grid.rows.push_back(
            {std::move(name),
             {.text = printed(table.column("count_before"), row)},
             {.text = printed(table.column("count_after"), row)},
             {.text = signed_text(table.column("change"), row)},
             {.text = change_text(table, row) + (small ? " [u]" : "")},
             {.text = printed(rate, row), .bar = bar_of(rate, row, most)},
             {.text = limits},
             {.text = is_total ? std::string() : quadrant_words(table.column("quadrant").text(row), meta)}});
    };
    for (const std::size_t row : rows) add(row, false);
    if (const auto total = total_row(table)) {
        add(*total, true);
        grid.has_total = true;
    }
    grid.notes.push_back(
        "[u]: low reliability, either count is under 10. [z]: not calculated. [c]: withheld. [x]: not "
        "known.");
    if (!rated) leave_out_columns(grid, {5, 6, 7});
    return grid;
}

/// The topics of a chapter side by side.
Grid chapter_grid(const TopicTable& first, const Material& material, const Places& places) {
    const TableMeta& meta = first.table.meta();
    bool rated = false;
    Grid grid;
    grid.caption = sentence_case(places.whole()) + ", and the " + places.noun() + " with the highest rate";
    grid.columns = {{.heading = "Topic"},
                    {.heading = short_period(meta.period_before), .is_number = true},
                    {.heading = short_period(meta.period_after), .is_number = true},
                    {.heading = "Change, %", .is_number = true},
                    {.heading = "Per " + with_thousands(meta.per, 0), .is_number = true},
                    {.heading = "Highest rate"}};
    for (const TopicTable& topic : material.topics) {
        if (topic.entry != first.entry || topic.chapter != first.chapter) continue;
        const Table& table = topic.table;
        const auto total = total_row(table);
        if (!total) continue;
        const Column& rate = table.column("rate");
        const double most = largest_of(rate, area_rows(table));
        const auto highest = highest_rate_areas(table);
        grid.rows.push_back(
            {{.text = typographic(sentence_case(table.meta().measure)), .target = "#" + topic.id},
             {.text = printed(table.column("count_before"), *total)},
             {.text = printed(table.column("count_after"), *total)},
             {.text = change_text(table, *total)},
             {.text = printed(rate, *total)},
             {.text = highest.empty() || highest.size() > 3
                          ? std::string("–")
                          : in_words(highest) + " (" + with_thousands(most, 0) + ")"}});
        rated = rated || has_rates(table);
    }
    if (!rated) {
        grid.caption = sentence_case(places.whole());
        leave_out_columns(grid, {4, 5});
    }
    return grid;
}

Grid small_maps_grid(const std::string& id, const std::string& column,
                     std::span<const TopicTable* const> topics, const Places& places) {
    const Table& first = topics.front()->table;
    const bool of_quadrants = column == "quadrant";
    Grid grid;
    grid.id = id;
    grid.caption = column == "rate" ? sentence_case(first.meta().unit) + " per " +
                                          with_thousands(first.meta().per, 0) + " people"
                   : of_quadrants ? "Rate and change"
                                  : "Number of " + first.meta().unit;
    grid.caption += ", " + places.whole() + " " + places.noun() + "s, " + first.meta().period_after;
    grid.csv = "tables/" + id + ".csv";
    grid.columns.push_back({.heading = sentence_case(places.noun())});
    for (const TopicTable* topic : topics)
        grid.columns.push_back(
            {.heading = sentence_case(topic->table.meta().measure), .is_number = !of_quadrants});
    const auto cell_of = [&](const Table& table, std::size_t row) {
        const Column& cells = table.column(column);
        if (!of_quadrants) return GridCell{.text = printed(cells, row)};
        GridCell cell{.text = quadrant_words(cells.text(row), table.meta())};
        if (!cell.text.empty()) cell.fill = quadrant_style(cells.text(row), Theme::report).color;
        return cell;
    };
    std::vector<std::size_t> rows = area_rows(first);
    const auto total = total_row(first);
    grid.has_total = total && !of_quadrants;
    if (grid.has_total) rows.push_back(*total);
    for (const std::size_t row : rows) {
        std::vector<GridCell> cells{area_cell(first, row, places)};
        for (const TopicTable* topic : topics) cells.push_back(cell_of(topic->table, row));
        grid.rows.push_back(std::move(cells));
    }
    return grid;
}

Grid matrix_grid(const std::string& id, std::span<const TopicTable* const> topics, const Places& places) {
    Grid grid = small_maps_grid(id, "rate", topics, places);
    for (std::size_t t = 0; t < topics.size(); ++t) {
        const Table& table = topics[t]->table;
        const Column areas_only = table.column("rate").take(area_rows(table));
        const ClassBreaks classes = class_breaks(
            areas_only.numbers(), {.k = map_class_count(areas_only.size()), .round = RoundBreaks::yes});
        const auto colors = palette_colors("Blues", std::max<std::size_t>(1, classes.counts.size()));
        for (std::size_t i = 0; i < areas_only.size(); ++i) {
            if (classes.codes[i] >= 0)
                grid.rows[i][t + 1].fill = colors[static_cast<std::size_t>(classes.codes[i])];
        }
    }
    return grid;
}

Grid type_grid(const BreakdownTable& one, const Places& places) {
    const Table& table = one.table;
    const TableMeta& meta = table.meta();
    const Column& after = table.column("count_after");
    Grid grid;
    grid.id = one.id;
    grid.caption = sentence_case(meta.measure) + " by type, " + places.whole() + ", " + meta.period_after;
    grid.csv = "tables/" + one.id + ".csv";
    grid.columns = {{.heading = "Type"},
                    {.heading = short_period(meta.period_before), .is_number = true},
                    {.heading = short_period(meta.period_after), .is_number = true},
                    {.heading = "Change", .is_number = true},
                    {.heading = "Change, %", .is_number = true},
                    {.heading = "Share", .is_number = true}};
    std::vector<std::size_t> rows = sorted_rows(after, area_rows(table));
    const double most = largest_of(after, rows);
    const auto total = total_row(table);
    if (total) rows.push_back(*total);
    grid.has_total = total.has_value();
    const double all = total ? after.number(*total) : 0;
    for (const std::size_t row : rows) {
        const bool is_total = total && row == *total;
        const bool known = after.state(row) == CellState::value && all > 0;
        GridCell latest{.text = printed(after, row)};
        if (!is_total) latest.bar = bar_of(after, row, most);
        grid.rows.push_back({{.text = is_total ? "All types" : sentence_case(type_name(table, row))},
                             {.text = printed(table.column("count_before"), row)},
                             latest,
                             {.text = signed_text(table.column("change"), row)},
                             {.text = change_text(table, row)},
                             {.text = known ? share_text(after.number(row) / all) : "[x]"}});
    }
    return grid;
}

Grid finds_grid(const FindsTable& one, const Places& places) {
    const Table& table = one.table;
    Grid grid;
    grid.id = one.id;
    grid.caption = sentence_case(table.meta().measure) + " by " + places.noun() + ", " + places.whole();
    grid.csv = "tables/" + one.id + ".csv";
    grid.columns.push_back({.heading = sentence_case(places.noun())});
    for (const std::string& words : one.periods)
        grid.columns.push_back({.heading = short_period(words), .is_number = true});
    grid.columns.push_back(
        {.heading = one.columns.empty() ? sentence_case(one.unit) : "Total", .is_number = true});
    grid.columns.push_back({.heading = "Share", .is_number = true});
    grid.notes = table.meta().notes;
    const Column& total = table.column("total");
    std::vector<std::size_t> rows = sorted_rows(total, area_rows(table));
    const double most = largest_of(total, rows);
    const auto all = total_row(table);
    if (all) rows.push_back(*all);
    grid.has_total = all.has_value();
    for (const std::size_t row : rows) {
        const bool is_total = all && row == *all;
        std::vector<GridCell> cells{area_cell(table, row, places)};
        for (const std::string& period : one.columns)
            cells.push_back({.text = printed(table.column(period), row)});
        GridCell sum{.text = printed(total, row)};
        if (!is_total) sum.bar = bar_of(total, row, most);
        cells.push_back(std::move(sum));
        const Column& share = table.column("share");
        cells.push_back({.text = share.state(row) == CellState::value ? share_text(share.number(row) / 100)
                                                                      : printed(share, row)});
        grid.rows.push_back(std::move(cells));
    }
    return grid;
}

Grid ledger_grid(std::span<const EventsUse> uses) {
    Grid grid;
    grid.caption = "Events: what was read and counted, in rows";
    grid.columns = {{.heading = "Rows", .share = 2}};
    for (const EventsUse& use : uses)
        grid.columns.push_back({.heading = use.what + " (" + use.files + ")", .is_number = true});
    const auto add = [&](const std::string& name, auto&& count) {
        std::vector<GridCell> cells{{.text = name}};
        for (const EventsUse& use : uses)
            cells.push_back({.text = with_thousands(static_cast<double>(count(use.ledger)), 0)});
        grid.rows.push_back(std::move(cells));
    };
    add("Read", [](const Ledger& l) { return l.rows_read; });
    add("Left out by 'where'", [](const Ledger& l) { return l.filtered; });
    add("Duplicates removed by 'dedupe'", [](const Ledger& l) { return l.duplicates; });
    add("Rejected: no rows that can be read", [](const Ledger& l) {
        std::uint64_t sum = 0;
        for (const auto& [reason, count] : l.rejected) sum += count;
        return sum;
    });
    add("Without a place", [](const Ledger& l) { return l.no_location; });
    add("Outside all areas", [](const Ledger& l) { return l.outside; });
    add("Located in an area", [](const Ledger& l) { return l.located; });
    add("… of these out of the periods", [](const Ledger& l) { return l.out_of_period; });
    add("… without a date that is fine enough", [](const Ledger& l) { return l.no_date; });
    add("… counted", [](const Ledger& l) { return l.counted; });
    grid.notes = {
        "Read = left out + duplicates + rejected + without a place + outside + located; located = out of the "
        "periods + without a date + counted."};
    return grid;
}

Grid deprivation_grid(const DeprivationTable& one, const ProjectDeprivation& entry, const Places& places) {
    const Table& table = one.table;
    Grid grid;
    grid.id = one.id;
    grid.caption = entry.name + " by " + places.noun() + ", " + places.whole();
    grid.csv = "tables/" + one.id + ".csv";
    grid.columns = {{.heading = sentence_case(places.noun())},
                    {.heading = "Small areas", .is_number = true},
                    {.heading = "Mean decile", .is_number = true},
                    {.heading = "Mean decile, weighted by people", .is_number = true},
                    {.heading = "In the most deprived tenth", .is_number = true},
                    {.heading = "Share of people in them", .is_number = true}};
    std::vector<std::size_t> rows = sorted_rows(table.column("mean_decile"), area_rows(table));
    std::reverse(rows.begin(), rows.end());
    const Column& share = table.column("share_people_decile_1");
    const double most = 100;
    const auto all = total_row(table);
    if (all) rows.push_back(*all);
    grid.has_total = all.has_value();
    for (const std::size_t row : rows) {
        const bool is_total = all && row == *all;
        const bool known = share.state(row) == CellState::value;
        GridCell people{.text = known ? share_text(share.number(row) / 100) : printed(share, row)};
        if (known && share.number(row) > 0 && !is_total) people.bar = share.number(row) / most;
        grid.rows.push_back({area_cell(table, row, places),
                             {.text = printed(table.column("small_areas"), row)},
                             {.text = printed(table.column("mean_decile"), row, 1)},
                             {.text = printed(table.column("mean_decile_weighted"), row, 1)},
                             {.text = printed(table.column("small_areas_decile_1"), row)},
                             people});
    }
    return grid;
}

Grid ages_grid(const Table& ages, const Places& places) {
    Grid grid;
    grid.id = "population";
    grid.caption =
        "People by " + places.noun() + " and age, " + places.whole() + ", " + ages.meta().denominator_year;
    grid.csv = "tables/population.csv";
    grid.columns = {{.heading = sentence_case(places.noun())}, {.heading = "All ages", .is_number = true}};
    const std::vector<AgeBand> bands = bands_of(ages);
    for (const AgeBand& band : bands)
        grid.columns.push_back({.heading = band.label() + ", %", .is_number = true});
    std::vector<std::size_t> rows = area_rows(ages);
    const auto all = total_row(ages);
    if (all) rows.push_back(*all);
    grid.has_total = all.has_value();
    for (const std::size_t row : rows) {
        std::vector<GridCell> cells{area_cell(ages, row, places),
                                    {.text = printed(ages.column("all_ages"), row)}};
        for (const AgeBand& band : bands)
            cells.push_back({.text = printed(ages.column("share_" + band.key()), row)});
        grid.rows.push_back(std::move(cells));
    }
    grid.notes = {"Shares are rounded and may not add up to 100."};
    return grid;
}

/// All areas with what their pages say.
Grid wards_grid(const Material& material, const Places& places) {
    Grid grid;
    grid.id = "areas";
    grid.caption =
        "All " + std::to_string(places.areas().size()) + " " + places.noun() + "s of " + places.whole();
    grid.columns = {{.heading = sentence_case(places.noun())}};
    if (material.people) grid.columns.push_back({.heading = "People", .is_number = true});
    const auto rated = static_cast<std::size_t>(
        std::count_if(material.topics.begin(), material.topics.end(),
                      [](const TopicTable& topic) { return has_rates(topic.table); }));
    if (rated > 0) {
        grid.columns.push_back({.heading = "Highest rate, of " + counted(rated, "table"), .is_number = true});
        grid.columns.push_back(
            {.heading = "Rate clearly above " + possessive(places.whole()) + ", of " + std::to_string(rated),
             .is_number = true});
    }
    for (const FindsTable& one : material.finds) {
        grid.columns.push_back({.heading = sentence_case(one.unit), .is_number = true});
    }
    if (!material.deprivation.empty()) {
        grid.columns.push_back({.heading = "Small areas in the most deprived tenth", .is_number = true});
    }
    for (std::size_t area = 0; area < places.areas().size(); ++area) {
        const std::string& code = places.areas().codes()[area];
        std::vector<GridCell> cells{{.text = typographic(places.areas().names()[area]),
                                     .target = "#" + places.id(area),
                                     .area_code = code}};
        const auto add = [&](const Table& table, const char* column) {
            const auto row = row_of_area(table, code);
            cells.push_back({.text = row ? printed(table.column(column), *row) : "[x]"});
        };
        if (material.people) add(*material.people, "population");
        std::size_t highest = 0;
        std::size_t above = 0;
        for (const TopicTable& topic : material.topics) {
            const auto row = row_of_area(topic.table, code);
            if (!row || !has_rates(topic.table)) continue;
            const Column& rank = topic.table.column("rank");
            highest += rank.state(*row) == CellState::value && rank.number(*row) == 1;
            above += topic.table.column("rate_compared").text(*row) == "higher";
        }
        if (rated > 0) {
            cells.push_back({.text = highest == 0 ? "–" : std::to_string(highest)});
            cells.push_back({.text = above == 0 ? "–" : std::to_string(above)});
        }
        for (const FindsTable& one : material.finds) add(one.table, "total");
        if (!material.deprivation.empty()) {
            const Table& table = material.deprivation.front().table;
            const auto row = row_of_area(table, code);
            cells.push_back({.text = row ? printed(table.column("small_areas_decile_1"), *row) + " of " +
                                               printed(table.column("small_areas"), *row)
                                         : "[x]"});
        }
        grid.rows.push_back(std::move(cells));
    }
    return grid;
}

Grid ward_topics_grid(std::size_t area, const Material& material, double per, const Places& places) {
    Grid grid;
    grid.id = places.id(area);
    const std::string name = typographic(places.areas().names()[area]);
    grid.caption = name + " in every table";
    const TableMeta meta = material.topics.empty() ? TableMeta{} : material.topics.front().table.meta();
    const bool same_periods =
        std::all_of(material.topics.begin(), material.topics.end(), [&](const TopicTable& topic) {
            return topic.table.meta().period_before == meta.period_before &&
                   topic.table.meta().period_after == meta.period_after;
        });
    grid.columns = {
        {.heading = "Table"},
        {.heading = same_periods ? short_period(meta.period_before) : "Earlier", .is_number = true},
        {.heading = same_periods ? short_period(meta.period_after) : "Later", .is_number = true},
        {.heading = "Change, %", .is_number = true},
        {.heading = "Per " + with_thousands(per, 0), .is_number = true},
        {.heading = places.whole(), .is_number = true},
        {.heading = "Rank", .is_number = true},
        {.heading = "Quadrant"}};
    if (same_periods && !meta.period_after.empty()) grid.caption += ", " + meta.period_after;
    for (const TopicTable& topic : material.topics) {
        const Table& table = topic.table;
        const auto found = row_of_area(table, places.areas().codes()[area]);
        if (!found) continue;
        const std::size_t row = *found;
        const auto all = total_row(table);
        const bool small = table.column("flags").text(row).find("small") != std::string::npos;
        grid.rows.push_back(
            {{.text = typographic(sentence_case(table.meta().measure)), .target = "#" + topic.id},
             {.text = printed(table.column("count_before"), row)},
             {.text = printed(table.column("count_after"), row)},
             {.text = change_text(table, row) + (small ? " [u]" : "")},
             {.text = printed(table.column("rate"), row)},
             {.text = all ? printed(table.column("rate"), *all) : std::string()},
             {.text = printed(table.column("rank"), row)},
             {.text = quadrant_words(table.column("quadrant").text(row), table.meta())}});
    }
    const bool rated = std::any_of(material.topics.begin(), material.topics.end(),
                                   [](const TopicTable& topic) { return has_rates(topic.table); });
    grid.notes = {std::string("Rank 1 is the highest ") + (rated ? "rate" : "count") + " of " +
                  std::to_string(places.areas().size()) +
                  ". [u]: low reliability, either count is under 10."};
    if (!rated) leave_out_columns(grid, {4, 5, 7});
    return grid;
}

std::optional<Grid> ward_ages_grid(const Table& ages, const std::string& code, const Places& places) {
    const auto row = row_of_area(ages, code);
    const auto all = total_row(ages);
    if (!row || !all) return {};
    Grid grid;
    grid.caption = "People by age, " + ages.meta().denominator_year;
    grid.columns = {{.heading = "Age"}};
    GridCell here{.text = typographic(ages.column("area_name").text(*row))};
    std::vector<std::vector<GridCell>> rows{
        {here}, {{.text = here.text + ", %"}}, {{.text = places.whole() + ", %"}}};
    for (const AgeBand& band : bands_of(ages)) {
        grid.columns.push_back({.heading = band.label(), .is_number = true});
        rows[0].push_back({.text = printed(ages.column("age_" + band.key()), *row)});
        rows[1].push_back({.text = printed(ages.column("share_" + band.key()), *row)});
        rows[2].push_back({.text = printed(ages.column("share_" + band.key()), *all)});
    }
    grid.rows = std::move(rows);
    return grid;
}

}  // namespace wardmap
