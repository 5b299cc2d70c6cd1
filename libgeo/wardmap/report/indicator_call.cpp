#include "wardmap/report/indicator_call.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/base/suggest.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/indicator/limits.hpp"
#include "wardmap/report/project.hpp"
#include "wardmap/table/cell_text.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/select_rows.hpp"
#include "wardmap/table/total_row.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace wardmap {
namespace {

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

/// Counts of the two periods beside the rows of the table, however they were written.
struct CountColumns {
    Column before{};
    Column after{};
    std::string before_name{};
    std::string after_name{};
};

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

Column pooled(const Table& table, const std::vector<std::string>& columns, Problems& problems) {
    std::vector<Column> read;
    for (const std::string& name : columns) read.push_back(read_counts(table, name, problems));
    return read.size() == 1 ? read.front() : pool_columns(read, joined(columns));
}

/// Of a long table: rows of the wanted periods added up under the first row of each (group, area).
struct LongRows {
    Table table{};
    Column before{};
    Column after{};
    std::vector<std::size_t> rows_behind{};  ///< rows of the file added up in each
    std::size_t out_of_period = 0;
};

bool same_period(const std::string& cell, const std::vector<std::string>& wanted) {
    const auto period = parse_period(cell);
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& text) {
        if (text == cell) return true;
        const auto other = parse_period(text);
        return period && other && *period == *other;
    });
}

std::string cell_words(const Column& column, std::size_t row) {
    return column.is_text() ? std::string(trimmed(column.text(row))) : full_precision(column.number(row));
}

LongRows spread_periods(const IndicatorRequest& request, const std::vector<std::string>& keys,
                        Problems& problems) {
    const Table& table = request.table;
    const Column& periods = table.column(request.period_column);
    const Column counts = read_counts(table, request.count_column, problems);
    std::map<std::vector<std::string>, std::size_t> place;
    std::vector<std::size_t> first_rows;
    std::vector<double> sums[2];
    std::vector<CellState> states[2];
    LongRows out;
    bool found[2] = {false, false};
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string period = cell_words(periods, row);
        const bool is[2] = {same_period(period, request.period_from), same_period(period, request.period_to)};
        if (!is[0] && !is[1]) {
            ++out.out_of_period;
            continue;
        }
        std::vector<std::string> key;
        for (const std::string& name : keys) key.push_back(cell_words(table.column(name), row));
        const auto [entry, is_new] = place.emplace(std::move(key), first_rows.size());
        if (is_new) {
            first_rows.push_back(row);
            out.rows_behind.push_back(0);
            for (int k = 0; k < 2; ++k) {
                sums[k].push_back(0);
                states[k].push_back(CellState::value);
            }
        }
        ++out.rows_behind[entry->second];
        for (int k = 0; k < 2; ++k) {
            if (!is[k]) continue;
            found[k] = true;
            CellState& state = states[k][entry->second];
            if (counts.state(row) == CellState::value) {
                sums[k][entry->second] += counts.number(row);
            } else if (state == CellState::value || counts.state(row) == CellState::suppressed) {
                state = counts.state(row);
            }
        }
    }
    for (int k = 0; k < 2; ++k) {
        if (found[k]) continue;
        const std::string& wanted = (k == 0 ? request.period_from : request.period_to).front();
        throw NameUnknown("no row is of the period '" + wanted + "'", table.where(0, request.period_column),
                          did_you_mean(wanted, distinct_values(table, request.period_column)));
    }
    out.table = table.take(first_rows);
    out.before = Column::numbers(joined(request.period_from), sums[0], states[0]);
    out.after = Column::numbers(joined(request.period_to), sums[1], states[1]);
    return out;
}

/// A row that is total, in a table without areas.
bool names_total(const Table& table, const std::string& column, std::size_t row) {
    return is_total_name(cell_words(table.column(column), row));
}

/// The sum of a column's values compared with the total row that came with it.
void check_total(const Table& table, const Column& column, std::size_t total,
                 const std::vector<std::size_t>& rows, Problems& problems) {
    if (column.state(total) != CellState::value) return;
    double sum = 0;
    for (const std::size_t row : rows) {
        if (column.state(row) != CellState::value) return;
        sum += column.number(row);
    }
    if (sum == column.number(total)) return;
    problems.add(
        Severity::warning, "total_differs", "the total row is not the sum of the rows",
        table.where(total, column.name()),
        with_thousands(column.number(total), 0) + " printed, " + with_thousands(sum, 0) + " added up");
}

struct Wanted {
    Table table{};
    CountColumns counts{};
    std::vector<std::size_t> rows_behind{};
    std::size_t out_of_period = 0;
};

Wanted wanted_rows(const IndicatorRequest& request, const std::string& name_column, Problems& problems) {
    Wanted out;
    const bool is_long = !request.period_from.empty() || !request.period_to.empty();
    if (is_long) {
        if (request.period_from.empty() || request.period_to.empty()) {
            throw UsageError("one period alone cannot be compared", {},
                             "give both --period-from and --period-to");
        }
        std::vector<std::string> keys = request.by;
        keys.push_back(name_column);
        LongRows rows = spread_periods(request, keys, problems);
        out.table = std::move(rows.table);
        out.rows_behind = std::move(rows.rows_behind);
        out.out_of_period = rows.out_of_period;
        out.counts = {rows.before, rows.after, joined(request.period_from), joined(request.period_to)};
        return out;
    }
    if (request.from.empty() || request.to.empty()) {
        const std::vector<std::string> names = request.table.names();
        throw UsageError("it is not said which columns to compare", {},
                         "give --from COLUMN and --to COLUMN; the columns are " + in_words(names));
    }
    out.table = request.table;
    out.rows_behind.assign(out.table.row_count(), 1);
    out.counts = {pooled(request.table, request.from, problems), pooled(request.table, request.to, problems),
                  joined(request.from), joined(request.to)};
    return out;
}

/// Each group's values with its rows, in order of appearance.
std::vector<std::pair<std::vector<std::string>, std::vector<std::size_t>>> groups_of(
    const Table& table, const std::vector<std::string>& by) {
    std::vector<std::pair<std::vector<std::string>, std::vector<std::size_t>>> out;
    std::map<std::vector<std::string>, std::size_t> place;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        std::vector<std::string> key;
        for (const std::string& name : by) key.push_back(cell_words(table.column(name), row));
        const auto [entry, is_new] = place.emplace(key, out.size());
        if (is_new) out.emplace_back(key, std::vector<std::size_t>{});
        out[entry->second].second.push_back(row);
    }
    return out;
}

std::string choose(const std::string& given, const std::string& otherwise) {
    return given.empty() ? otherwise : given;
}

std::string measure_of(const IndicatorRequest& request, const std::vector<std::string>& values) {
    const std::string text = choose(request.meta.measure, request.table.meta().measure);
    std::vector<std::pair<std::string, std::string>> filled;
    std::string all;
    for (std::size_t i = 0; i < values.size(); ++i) {
        filled.emplace_back(request.by[i], values[i]);
        all += (all.empty() ? "" : " ") + std::string("{") + request.by[i] + "}";
    }
    if (values.empty()) return text;
    return fill_template(text.empty() ? all : text, filled);
}

TableMeta meta_of(const IndicatorRequest& request, const CountColumns& counts,
                  const std::vector<std::string>& values) {
    const TableMeta& given = request.meta;
    TableMeta meta = request.table.meta();
    meta.title = choose(given.title, meta.title);
    meta.measure = measure_of(request, values);
    meta.unit = choose(given.unit, meta.unit);
    meta.period_before = choose(given.period_before, period_words(counts.before_name));
    meta.period_after = choose(given.period_after, period_words(counts.after_name));
    meta.source = choose(given.source, meta.source);
    meta.denominator = choose(given.denominator, request.population ? "resident population" : "");
    meta.denominator_year =
        choose(given.denominator_year, request.population ? request.population->year : "");
    if (request.areas) {
        meta.whole = choose(choose(given.whole, meta.whole), request.areas->whole());
        meta.area_noun = choose(given.area_noun, request.areas->noun());
    } else {
        meta.whole = choose(given.whole, meta.whole);
        meta.area_noun = choose(given.area_noun, lower_case(request.row_column));
    }
    const auto add_line = [&](const std::string& line) {
        if (!line.empty() &&
            std::find(meta.attribution.begin(), meta.attribution.end(), line) == meta.attribution.end()) {
            meta.attribution.push_back(line);
        }
    };
    for (const std::string& line : given.attribution) add_line(line);
    if (request.population) {
        add_line(choose(request.population->source, request.population->table.meta().source));
        for (const std::string& line : request.population->table.meta().attribution) add_line(line);
    }
    for (const std::string& note : given.notes) {
        if (std::find(meta.notes.begin(), meta.notes.end(), note) == meta.notes.end())
            meta.notes.push_back(note);
    }
    return meta;
}

/// Rates on a further denominator, beside the table's own.
Table with_other_rates(Table table, const Column& population, const IndicatorOptions& options,
                       const std::string& suffix) {
    const Column& after = table.column("count_after");
    std::vector<double> people;
    std::vector<double> rates;
    std::vector<CellState> states;
    double all = 0;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const bool is_area = row < population.size();
        const double n = is_area ? population.number(row) : all;
        if (is_area && !std::isnan(n) && after.state(row) != CellState::missing) all += n;
        people.push_back(n);
        const bool known = n > 0 && after.state(row) == CellState::value;
        rates.push_back(
            known ? rate_limits(after.number(row), n * options.pool, options.per, options.level).value
                  : std::nan(""));
        states.push_back(known                                  ? CellState::value
                         : after.state(row) == CellState::value ? CellState::undefined
                                                                : after.state(row));
    }
    table = table.with(Column::numbers("population_also" + suffix, std::move(people), "people"));
    return table.with(Column::numbers("rate_also" + suffix, std::move(rates), std::move(states),
                                      table.column("rate").unit()));
}

}  // namespace

std::string population_column(const Table& table) {
    for (const Column& column : table.columns()) {
        if (lower_case(column.name()).rfind("population", 0) == 0) return column.name();
    }
    for (const std::string_view known :
         {"all_ages", "all ages", "people", "persons", "residents", "total", "pop"}) {
        for (const Column& column : table.columns()) {
            if (lower_case(column.name()) == known) return column.name();
        }
    }
    std::string all;
    for (const std::string& name : table.names()) all += (all.empty() ? "" : ", ") + name;
    throw NameUnknown(
        "no column says how many people there are (population..., all_ages, people, persons, residents, "
        "total, "
        "pop)",
        {.file = table.origin().file, .layer = table.origin().sheet},
        "name it (--population-column, or 'column' of [population] in a project file); the columns are " +
            all);
}

std::string population_year(std::string_view name) {
    const std::string text = lower_case(name);
    for (std::size_t at = text.find("mid"); at != std::string::npos; at = text.find("mid", at + 1)) {
        std::size_t i = at + 3;
        while (i < text.size() && (text[i] == '-' || text[i] == '_' || text[i] == ' ')) ++i;
        const std::string year = text.substr(i, 4);
        const bool digits = year.size() == 4 && std::all_of(year.begin(), year.end(),
                                                            [](char c) { return c >= '0' && c <= '9'; });
        if (digits && (year[0] == '1' || year[0] == '2')) return "mid-" + year;
    }
    return {};
}

Column population_of_areas(const PopulationInput& input, const AreaSet& areas, Problems& problems,
                           std::vector<std::string>& guesses, std::vector<MatchReport>& matches) {
    const std::string name = input.column.empty() ? population_column(input.table) : input.column;
    if (input.column.empty()) guesses.push_back("column of people: " + name);
    const Column people = read_numbers(input.table, name, problems);
    const Matched matched = match_rows(input.table, areas, {.area_column = input.area_column});
    problems.merge(matched.problems);
    matches.push_back(matched.report);
    std::vector<double> numbers(areas.size(), std::nan(""));
    std::vector<CellState> states(areas.size(), CellState::missing);
    std::vector<std::size_t> row_of(areas.size(), input.table.row_count());
    for (std::size_t row = 0; row < input.table.row_count(); ++row) {
        if (matched.area_of_row[row] == no_area) continue;
        const auto area = static_cast<std::size_t>(matched.area_of_row[row]);
        if (row_of[area] != input.table.row_count()) {
            throw InputError(areas.names()[area] + " has two rows of people", input.table.where(row, name),
                             "keep one of them, or choose with --population-where");
        }
        row_of[area] = row;
        numbers[area] = people.number(row);
        states[area] = people.state(row);
    }
    return Column::numbers(name, std::move(numbers), std::move(states), "people");
}

IndicatorResult make_indicators(const IndicatorRequest& asked) {
    IndicatorResult out;
    IndicatorRequest request = asked;
    if (request.table.row_count() == 0) {
        throw InputError("the table has no rows",
                         {.file = request.table.origin().file, .layer = request.table.origin().sheet});
    }
    if (!request.areas && request.row_column.empty()) {
        throw UsageError("it is not said what the rows are", {},
                         "give --areas AREAS, or --row COLUMN to compare rows that are no areas");
    }
    if (request.population && request.population->year.empty()) {
        const std::string& column = request.population->column;
        const std::string name = column.empty() ? population_column(request.population->table) : column;
        std::string year = population_year(name);
        if (year.empty()) year = population_year(request.population->table.origin().file);
        if (!year.empty()) out.guesses.push_back("year of the population: " + year);
        request.population->year = year;
    }

    std::string name_column = request.row_column;
    if (request.areas) {
        const MatchReport first =
            match_rows(request.table, *request.areas, {.area_column = request.area_column}).report;
        name_column = first.column;
    }
    const Wanted wanted = wanted_rows(request, name_column, out.problems);
    const Table& table = wanted.table;
    out.ledger.rows_read = request.table.row_count();

    std::optional<Matched> matched;
    if (request.areas) {
        matched = match_rows(table, *request.areas, {.area_column = name_column});
        out.problems.merge(matched->problems);
        if (request.area_column.empty()) {
            out.guesses.insert(out.guesses.end(), matched->guesses.begin(), matched->guesses.end());
        }
        out.matches.push_back(matched->report);
    }
    std::optional<Column> population;
    std::optional<Column> population_before;
    std::vector<Column> population_also;
    if (request.areas) {
        const auto read = [&](const PopulationInput& input) {
            return population_of_areas(input, *request.areas, out.problems, out.guesses, out.matches);
        };
        if (request.population) population = read(*request.population);
        if (request.population_before) population_before = read(*request.population_before);
        for (const PopulationInput& input : request.population_also) population_also.push_back(read(input));
    } else if (request.population) {
        throw UsageError("a population belongs to areas", {}, "give --areas AREAS with it");
    }

    for (const auto& [values, rows] : groups_of(table, request.by)) {
        AreaCounts counts;
        counts.population = population;
        counts.population_before = population_before;
        std::vector<double> numbers[2];
        std::vector<CellState> states[2];
        std::vector<std::size_t> origin_rows;
        // The sum of some rows; a withheld count withholds it, an unknown one leaves it unknown.
        const auto add = [&](std::span<const std::size_t> some) {
            const Column* columns[2] = {&wanted.counts.before, &wanted.counts.after};
            for (int k = 0; k < 2; ++k) {
                double sum = some.empty() ? std::nan("") : 0;
                CellState state = some.empty() ? CellState::missing : CellState::value;
                for (const std::size_t row : some) {
                    sum += columns[k]->number(row);
                    const CellState one = columns[k]->state(row);
                    if (one == CellState::suppressed || state == CellState::value) state = one;
                }
                numbers[k].push_back(sum);
                states[k].push_back(state);
            }
        };
        const auto refuse_second = [&](const std::string& what, std::size_t first, std::size_t second,
                                       const std::string& column) {
            if (request.several == SeveralRows::added) return;
            const Where earlier = table.where(first);
            throw InputError(
                what + " has two rows" +
                    (earlier.row ? ", the first is row " + std::to_string(*earlier.row) : std::string()),
                table.where(second, column),
                "choose rows with --where COLUMN=VALUE, make a table for each value with --by COLUMN, or add "
                "them up with --add-rows");
        };
        std::vector<std::size_t> totals;
        std::vector<std::size_t> used;
        if (request.areas) {
            const AreaSet& areas = *request.areas;
            std::vector<std::vector<std::size_t>> rows_of(areas.size());
            for (const std::size_t row : rows) {
                switch (matched->row_match[row]) {
                    case RowMatch::total:
                        totals.push_back(row);
                        out.ledger.reject("total_row", wanted.rows_behind[row]);
                        continue;
                    case RowMatch::outside:
                    case RowMatch::unmatched:
                        out.ledger.outside += wanted.rows_behind[row];
                        continue;
                    case RowMatch::ambiguous:
                        out.ledger.reject("ambiguous_name", wanted.rows_behind[row]);
                        continue;
                    case RowMatch::code:
                    case RowMatch::name:
                        break;
                }
                const auto area = static_cast<std::size_t>(matched->area_of_row[row]);
                if (!rows_of[area].empty())
                    refuse_second(areas.names()[area], rows_of[area].front(), row, name_column);
                rows_of[area].push_back(row);
                used.push_back(row);
                out.ledger.located += wanted.rows_behind[row];
                out.ledger.counted += wanted.rows_behind[row];
            }
            for (std::size_t area = 0; area < areas.size(); ++area) {
                counts.codes.push_back(areas.codes()[area]);
                counts.names.push_back(areas.names()[area]);
                add(rows_of[area]);
            }
        } else {
            std::vector<std::vector<std::size_t>> rows_of;
            for (const std::size_t row : rows) {
                if (names_total(table, request.row_column, row)) {
                    totals.push_back(row);
                    out.ledger.reject("total_row", wanted.rows_behind[row]);
                    continue;
                }
                const std::string name = cell_words(table.column(request.row_column), row);
                const auto known = std::find(counts.names.begin(), counts.names.end(), name);
                const auto place = static_cast<std::size_t>(known - counts.names.begin());
                if (known == counts.names.end()) {
                    counts.codes.emplace_back();
                    counts.names.push_back(name);
                    rows_of.emplace_back();
                } else {
                    refuse_second("'" + name + "'", rows_of[place].front(), row, request.row_column);
                }
                rows_of[place].push_back(row);
                used.push_back(row);
                out.ledger.located += wanted.rows_behind[row];
                out.ledger.counted += wanted.rows_behind[row];
            }
            for (const auto& some : rows_of) add(some);
        }
        counts.before = Column::numbers(wanted.counts.before_name, numbers[0], states[0]);
        counts.after = Column::numbers(wanted.counts.after_name, numbers[1], states[1]);
        if (totals.size() == 1) {
            check_total(table, wanted.counts.before, totals.front(), used, out.problems);
            check_total(table, wanted.counts.after, totals.front(), used, out.problems);
        }
        IndicatorOptions options = request.options;
        options.small_numbers = request.small_numbers;
        Table made = ward_table(counts, options, meta_of(request, wanted.counts, values), out.problems);
        for (std::size_t i = 0; i < population_also.size(); ++i) {
            made = with_other_rates(std::move(made), population_also[i], options,
                                    i == 0 ? "" : "_" + std::to_string(i + 1));
        }
        out.groups.push_back({values, std::move(made)});
    }
    out.ledger.located += wanted.out_of_period;
    out.ledger.out_of_period += wanted.out_of_period;
    out.table = request.by.empty() ? out.groups.front().table : stack_groups(request.by, out.groups);
    return out;
}

}  // namespace wardmap
