#include "wardmap/indicator/deprivation.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/row_reports.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace wardmap {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct AreaSums {
    double small_areas = 0;
    double deciles = 0;
    double in_1 = 0;
    double in_1_2 = 0;
    // Of the small areas whose people are known.
    double people = 0;
    double people_deciles = 0;
    double people_1 = 0;
    double people_1_2 = 0;
    double scored_people = 0;
    double scores = 0;

    void add(const AreaSums& other) {
        small_areas += other.small_areas;
        deciles += other.deciles;
        in_1 += other.in_1;
        in_1_2 += other.in_1_2;
        people += other.people;
        people_deciles += other.people_deciles;
        people_1 += other.people_1;
        people_1_2 += other.people_1_2;
        scored_people += other.scored_people;
        scores += other.scores;
    }
};

AreaSums sums_of(double decile, double people, double score) {
    AreaSums one;
    one.small_areas = 1;
    one.deciles = decile;
    one.in_1 = decile <= 1 ? 1 : 0;
    one.in_1_2 = decile <= 2 ? 1 : 0;
    if (std::isnan(people)) return one;
    one.people = people;
    one.people_deciles = people * decile;
    one.people_1 = people * one.in_1;
    one.people_1_2 = people * one.in_1_2;
    if (std::isnan(score)) return one;
    one.scored_people = people;
    one.scores = people * score;
    return one;
}

bool is_decile(double value) {
    return value >= 1 && value <= 10 && value == std::floor(value);
}

}  // namespace

Table deprivation_table(const RowsInAreas& rows, const SmallAreaDeprivation& values, const TableMeta& meta,
                        Problems& problems) {
    check_rows(rows, values.decile);
    if (values.population) check_rows(rows, *values.population);
    if (values.score) check_rows(rows, *values.score);

    std::vector<AreaSums> sums(rows.codes.size());
    for (std::size_t row = 0; row < rows.area_of_row.size(); ++row) {
        if (rows.area_of_row[row] == no_area) {
            report_row(problems, rows, row, Severity::warning, "rows_in_no_area",
                       "small areas are in no area of the set and were left out", values.decile.name());
            continue;
        }
        const double decile = values.decile.number(row);
        if (values.decile.state(row) != CellState::value) {
            report_row(problems, rows, row, Severity::warning, "value_missing",
                       "small areas without a decile were left out", values.decile.name());
            continue;
        }
        if (!is_decile(decile)) {
            report_row(problems, rows, row, Severity::problem, "decile_impossible",
                       "deciles other than 1 to 10 were left out: is this the column of ranks?",
                       values.decile.name(), full_precision(decile));
            continue;
        }
        double people = nan;
        if (values.population) {
            people = values.population->number(row);
            if (!(people >= 0)) {
                report_row(problems, rows, row, Severity::warning, "weight_missing",
                           "small areas without people are left out of what is weighted by them",
                           values.population->name());
                people = nan;
            }
        }
        sums[static_cast<std::size_t>(rows.area_of_row[row])].add(
            sums_of(decile, people, values.score ? values.score->number(row) : nan));
    }
    AreaSums total;
    for (const AreaSums& area : sums) total.add(area);
    sums.push_back(total);

    const auto column = [&](std::string name, std::string unit, auto&& value) {
        std::vector<double> cells;
        std::vector<CellState> states;
        for (const AreaSums& area : sums) {
            const double cell = value(area);
            cells.push_back(cell);
            states.push_back(std::isnan(cell) ? CellState::undefined : CellState::value);
        }
        return Column::numbers(std::move(name), std::move(cells), std::move(states), std::move(unit));
    };
    const bool people = values.population.has_value();
    const auto ratio = [](double over, double under) { return under > 0 ? over / under : nan; };
    const auto of_people = [&](double value) { return people ? value : nan; };

    std::vector<std::string> codes = rows.codes;
    std::vector<std::string> names = rows.names;
    codes.emplace_back();
    names.emplace_back("Total");
    TableMeta filled = meta;
    filled.method =
        "deciles of small areas (1 = most deprived): mean_decile is their plain mean, "
        "mean_decile_weighted and mean_score are weighted by people";
    return Table(
        {Column::text("area_code", std::move(codes)), Column::text("area_name", std::move(names)),
         column("small_areas", "small areas", [](const AreaSums& a) { return a.small_areas; }),
         column("mean_decile", "decile", [&](const AreaSums& a) { return ratio(a.deciles, a.small_areas); }),
         column("mean_decile_weighted", "decile",
                [&](const AreaSums& a) { return ratio(a.people_deciles, a.people); }),
         column("mean_score", "score", [&](const AreaSums& a) { return ratio(a.scores, a.scored_people); }),
         column("small_areas_decile_1", "small areas", [](const AreaSums& a) { return a.in_1; }),
         column("share_small_areas_decile_1", "%",
                [&](const AreaSums& a) { return 100 * ratio(a.in_1, a.small_areas); }),
         column("small_areas_decile_1_2", "small areas", [](const AreaSums& a) { return a.in_1_2; }),
         column("share_small_areas_decile_1_2", "%",
                [&](const AreaSums& a) { return 100 * ratio(a.in_1_2, a.small_areas); }),
         column("people", "people", [&](const AreaSums& a) { return of_people(a.people); }),
         column("people_decile_1", "people", [&](const AreaSums& a) { return of_people(a.people_1); }),
         column("share_people_decile_1", "%",
                [&](const AreaSums& a) { return 100 * ratio(a.people_1, a.people); }),
         column("people_decile_1_2", "people", [&](const AreaSums& a) { return of_people(a.people_1_2); }),
         column("share_people_decile_1_2", "%",
                [&](const AreaSums& a) { return 100 * ratio(a.people_1_2, a.people); })},
        std::move(filled));
}

int published_decile(double rank, double n) {
    if (!(rank >= 1 && rank <= n && rank == std::floor(rank))) {
        throw UsageError("rank " + full_precision(rank) + " of " + full_precision(n), {},
                         "a rank is a whole number from 1 to the number of small areas");
    }
    return static_cast<int>(std::ceil(10 * rank / n));
}

Column published_deciles(const Column& ranks, double n, std::string name, Problems& problems) {
    std::vector<double> deciles;
    std::vector<CellState> states;
    for (std::size_t row = 0; row < ranks.size(); ++row) {
        const double rank = ranks.number(row);
        const bool possible = rank >= 1 && rank <= n && rank == std::floor(rank);
        if (ranks.state(row) == CellState::value && !possible) {
            problems.add(Severity::problem, "rank_impossible",
                         "ranks beyond the number of small areas have no decile",
                         {{}, {}, {}, ranks.name(), {}}, full_precision(rank));
        }
        deciles.push_back(possible ? published_decile(rank, n) : nan);
        states.push_back(possible                               ? CellState::value
                         : ranks.state(row) == CellState::value ? CellState::missing
                                                                : ranks.state(row));
    }
    return Column::numbers(std::move(name), std::move(deciles), std::move(states), "decile");
}

int area_quantile(std::size_t rank, std::size_t n, std::size_t k) {
    if (rank < 1 || rank > n || k < 1) {
        throw UsageError("rank " + std::to_string(rank) + " of " + std::to_string(n) + " in " +
                             std::to_string(k) + " groups",
                         {}, "a rank is 1 to the number of areas, and there is at least one group");
    }
    // ceil((n + 1 - rank) k / n) in whole numbers.
    const std::size_t from_last = ((n + 1 - rank) * k + n - 1) / n;
    return static_cast<int>(k + 1 > from_last + 1 ? k + 1 - from_last : 1);
}

std::vector<int> area_quantiles(std::span<const double> values, std::size_t k, QuantileOrder order) {
    if (k < 1)
        throw UsageError("values are to be put in " + std::to_string(k) + " groups", {}, "ask for 1 or more");
    std::vector<double> sorted;
    for (const double value : values) {
        if (!std::isnan(value)) sorted.push_back(order == QuantileOrder::low_first ? value : -value);
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<int> groups;
    for (const double value : values) {
        if (std::isnan(value) || sorted.size() < k) {
            groups.push_back(0);
            continue;
        }
        const double key = order == QuantileOrder::low_first ? value : -value;
        const auto before = std::lower_bound(sorted.begin(), sorted.end(), key) - sorted.begin();
        groups.push_back(area_quantile(static_cast<std::size_t>(before) + 1, sorted.size(), k));
    }
    return groups;
}

}  // namespace wardmap
