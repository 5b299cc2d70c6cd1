#include "wardmap/indicator/disclosure.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/shares.hpp"
#include "wardmap/indicator/ward_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::CsvRow;
using wardmap::testing::number_in;

namespace {

const SmallNumberRule under_five{5, 0};

/// Least and most of each withheld cell over every table of whole numbers that fits what is shown: rows
/// and columns add up and no withheld cell is zero. By trying them all.
std::vector<Feasible> by_trying_all(const CountGrid& grid) {
    std::vector<Feasible> result;
    for (const double cell : grid.cells) result.push_back({cell, cell});
    std::vector<std::size_t> open;
    double largest = 0;
    for (std::size_t cell = 0; cell < grid.cells.size(); ++cell) {
        largest = std::max(largest, grid.cells[cell]);
        if (!grid.withheld[cell]) continue;
        open.push_back(cell);
        result[cell] = {std::numeric_limits<double>::infinity(), 0};
    }
    const double limit = largest + 4;  // enough to see that something is not bounded by what is shown
    std::vector<double> cells = grid.cells;
    const auto fits = [&] {
        const bool rows_add_up = grid.row_totals == RowTotals::yes;
        for (std::size_t column = 0; column < grid.columns; ++column) {
            double sum = 0;
            for (std::size_t row = 0; row + 1 < grid.rows; ++row) sum += cells[grid.at(row, column)];
            if (sum != cells[grid.at(grid.rows - 1, column)]) return false;
        }
        for (std::size_t row = 0; rows_add_up && row < grid.rows; ++row) {
            double sum = 0;
            for (std::size_t column = 0; column + 1 < grid.columns; ++column)
                sum += cells[grid.at(row, column)];
            if (sum != cells[grid.at(row, grid.columns - 1)]) return false;
        }
        return true;
    };
    const std::function<void(std::size_t)> try_from = [&](std::size_t i) {
        if (i == open.size()) {
            if (!fits()) return;
            for (const std::size_t cell : open) {
                result[cell].lower = std::min(result[cell].lower, cells[cell]);
                result[cell].upper = std::max(result[cell].upper, cells[cell]);
            }
            return;
        }
        for (double value = 1; value <= limit; ++value) {
            cells[open[i]] = value;
            try_from(i + 1);
        }
    };
    try_from(0);
    return result;
}

AreaCounts city_of(const std::vector<double>& before, const std::vector<double>& after) {
    AreaCounts counts;
    std::vector<double> people;
    for (std::size_t i = 0; i < before.size(); ++i) {
        counts.codes.push_back("E" + std::to_string(i));
        counts.names.push_back("Ward " + std::to_string(i));
        people.push_back(1000 + 37.0 * static_cast<double>(i));
    }
    counts.before = Column::numbers("before", before);
    counts.after = Column::numbers("after", after);
    counts.population = Column::numbers("people", people);
    return counts;
}

Table under_rule(const AreaCounts& counts, const char* rule) {
    IndicatorOptions options;
    options.small_numbers = parse_small_numbers(rule);
    Problems problems;
    return ward_table(counts, options, {}, problems);
}

/// Everything a reader sees of a table, cut values too.
std::string printed(const Table& table) {
    std::string text;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        for (const Column& column : table.columns()) {
            if (column.is_text())
                text += column.text(row);
            else if (column.state(row) == CellState::value)
                text += full_precision(column.number(row));
            else
                text += column.state(row) == CellState::suppressed ? "[c]" : "-";
            text += '|';
        }
    }
    const auto cut = [](const std::optional<double>& value) {
        return value ? full_precision(*value) : std::string("?");
    };
    return text + cut(table.meta().cut_rate) + "|" + cut(table.meta().cut_change_pct);
}

}  // namespace

TEST_CASE("disclosure: rules are read and written, others refused") {
    CHECK(parse_small_numbers("none") == SmallNumberRule{});
    CHECK(parse_small_numbers("under:5") == under_five);
    CHECK(parse_small_numbers("under:5,round:5") == SmallNumberRule{5, 5});
    for (const char* text : {"none", "under:5", "under:10,round:5"})
        CHECK(text_of(parse_small_numbers(text)) == text);
    for (const char* text : {"", "5", "under", "under:", "under:x", "under:1", "under:2.5", "round:5",
                             "under:5,", "under:5,under:6", "round:5,under:5"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_small_numbers(text), UsageError);
    }
}

TEST_CASE("disclosure: what a reader can work out equals trying every table that fits") {
    std::mt19937 random(5);
    for (int round = 0; round < 120; ++round) {
        std::vector<std::vector<double>> columns(2, std::vector<double>(3));
        for (auto& column : columns) {
            for (double& cell : column) cell = static_cast<double>(random() % 4);
        }
        const RowTotals totals = round % 2 == 0 ? RowTotals::yes : RowTotals::no;
        CountGrid grid = count_grid(columns, totals);
        std::size_t open = 0;
        for (std::size_t cell = 0; cell < grid.cells.size() && open < 5; ++cell) {
            if (grid.cells[cell] > 0 && random() % 2 == 0) {
                grid.withheld[cell] = true;
                ++open;
            }
        }
        const std::vector<Feasible> ours = feasible_values(grid);
        const std::vector<Feasible> tried = by_trying_all(grid);
        const double limit = *std::max_element(grid.cells.begin(), grid.cells.end()) + 4;
        for (std::size_t cell = 0; cell < ours.size(); ++cell) {
            CHECK(ours[cell].lower == tried[cell].lower);
            // Trying stops at a limit, which bounds sums of several withheld cells from below, too.
            if (tried[cell].upper < limit && std::isfinite(ours[cell].upper))
                CHECK(ours[cell].upper == tried[cell].upper);
            else
                CHECK(ours[cell].upper >= tried[cell].upper);
        }
    }
}

TEST_CASE("disclosure: no small count can be narrowed down, in tables with one total or with two") {
    std::mt19937 random(9);
    for (int round = 0; round < 400; ++round) {
        const std::size_t column_count = 1 + random() % 4;
        const std::size_t row_count = 1 + random() % 9;
        std::vector<std::vector<double>> columns(column_count, std::vector<double>(row_count));
        for (auto& column : columns) {
            for (double& cell : column) cell = static_cast<double>(random() % (round % 3 == 0 ? 6 : 40));
        }
        const RowTotals totals = round % 2 == 0 ? RowTotals::yes : RowTotals::no;
        CountGrid grid = count_grid(columns, totals);
        withhold_small(grid, under_five);
        const std::vector<Feasible> open = feasible_values(grid);
        for (std::size_t cell = 0; cell < grid.cells.size(); ++cell) {
            if (grid.cells[cell] == 0) CHECK_FALSE(grid.withheld[cell]);
            if (grid.cells[cell] < 1 || grid.cells[cell] > 4) continue;
            CAPTURE(round);
            CAPTURE(cell);
            CHECK(grid.withheld[cell]);
            CHECK(open[cell].lower < open[cell].upper);
            CHECK(open[cell].upper >= 4);
        }
    }
}

TEST_CASE("disclosure: a lone small count takes one other with it, many ones take the total") {
    const std::vector<std::vector<double>> lone{{3, 20, 7, 30, 0}};
    CountGrid grid = count_grid(lone, RowTotals::no);
    withhold_small(grid, under_five);
    CHECK(grid.withheld == std::vector<bool>{true, false, true, false, false, false});
    const std::vector<std::vector<double>> ones{{1, 1, 1, 1, 1}};
    CountGrid many = count_grid(ones, RowTotals::no);
    withhold_small(many, under_five);
    CHECK(many.withheld == std::vector<bool>{true, true, true, true, true, true});
    const std::vector<std::vector<double>> large{{5, 20, 7}};
    CountGrid none = count_grid(large, RowTotals::no);
    withhold_small(none, under_five);
    CHECK(std::count(none.withheld.begin(), none.withheld.end(), true) == 0);
}

TEST_CASE("disclosure: every column made of a withheld count is withheld in the ward table") {
    const Table table = under_rule(city_of({3, 20, 30, 40, 7}, {20, 21, 2, 3, 50}), "under:5");
    CHECK(table.meta().small_numbers == "under:5");
    for (std::size_t row = 0; row < 5; ++row) {
        const bool before = table.column("count_before").state(row) == CellState::suppressed;
        const bool after = table.column("count_after").state(row) == CellState::suppressed;
        CAPTURE(row);
        for (const char* name :
             {"change", "change_pct", "rate_ratio", "rate_ratio_lower", "rate_ratio_upper", "p_value"}) {
            CHECK((table.column(name).state(row) == CellState::suppressed) == (before || after));
        }
        for (const char* name : {"rate", "rate_lower", "rate_upper", "share", "rank"}) {
            CHECK((table.column(name).state(row) == CellState::suppressed) == after);
        }
        CHECK((table.column("rate_before").state(row) == CellState::suppressed) == before);
        CHECK((table.column("quadrant").text(row) == "none") == (before || after));
        CHECK((table.column("direction").text(row).empty()) == (before || after));
        CHECK((table.column("flags").text(row).find("suppressed") != std::string::npos) == (before || after));
    }
    // The totals stay those of all wards, and so do the cuts.
    CHECK(table.column("count_before").number(5) == 100);
    CHECK(table.column("count_after").number(5) == 96);
    CHECK(*table.meta().cut_change_pct == -4);
    // Ranks leave no gap that tells where a withheld ward stands.
    double most = 0;
    double ranked = 0;
    for (std::size_t row = 0; row < 5; ++row) {
        if (table.column("rank").state(row) != CellState::value) continue;
        most = std::max(most, table.column("rank").number(row));
        ++ranked;
    }
    CHECK(most == ranked);
}

TEST_CASE("disclosure: other cities print the very same ward table, so nobody can tell a small count") {
    std::mt19937 random(21);
    int cells = 0;
    for (int round = 0; round < 25; ++round) {
        std::vector<double> before(5, 25);
        std::vector<double> after(5);
        for (double& count : after)
            count = static_cast<double>(random() % 3 == 0 ? 6 + random() % 20 : random() % 7);
        const std::string seen = printed(under_rule(city_of(before, after), "under:5"));
        const Table table = under_rule(city_of(before, after), "under:5");
        std::vector<std::size_t> open;
        double withheld = 0;
        for (std::size_t row = 0; row < 5; ++row) {
            if (table.column("count_after").state(row) != CellState::suppressed) continue;
            open.push_back(row);
            withheld += after[row];
        }
        std::map<std::size_t, bool> other_value;
        std::vector<double> city = after;
        const bool total_shown = table.column("count_after").state(5) == CellState::value;
        const std::function<void(std::size_t, double)> try_from = [&](std::size_t i, double left) {
            if (i == open.size()) {
                if (total_shown && left != 0) return;
                if (printed(under_rule(city_of(before, city), "under:5")) != seen) return;
                for (const std::size_t row : open)
                    other_value[row] = other_value[row] || city[row] != after[row];
                return;
            }
            for (double value = 1; value <= (total_shown ? left : 5.0); ++value) {
                city[open[i]] = value;
                try_from(i + 1, left - value);
            }
        };
        try_from(0, withheld);
        for (const std::size_t row : open) {
            if (after[row] > 4) continue;
            CAPTURE(round);
            CAPTURE(row);
            CHECK(other_value[row]);
            ++cells;
        }
    }
    CHECK(cells > 20);
}

TEST_CASE("disclosure: a total that is small itself is withheld with its cuts and the quadrants") {
    const Table table = under_rule(city_of({10, 20, 30}, {1, 0, 2}), "under:5");
    CHECK(table.column("count_after").state(3) == CellState::suppressed);
    CHECK(table.column("rate").state(3) == CellState::suppressed);
    CHECK(table.column("change").state(3) == CellState::suppressed);
    CHECK(table.column("share").state(1) == CellState::suppressed);
    CHECK(table.column("count_after").number(1) == 0);
    CHECK_FALSE(table.meta().cut_rate.has_value());
    CHECK(table.column("quadrant").text(1) == "none");
}

TEST_CASE("disclosure: rounding reaches every derived column") {
    const Table table = under_rule(city_of({12, 23, 38}, {14, 21, 42}), "under:5,round:5");
    CHECK(table.column("count_before").number(0) == 10);
    CHECK(table.column("count_after").number(0) == 15);
    CHECK(table.column("change").number(0) == 5);
    CHECK(table.column("change_pct").number(0) == 50);
    CHECK(table.column("rate").number(0) == 1500);
    CHECK(table.column("count_before").number(3) == 75);
    CHECK(table.column("count_after").number(3) == 75);  // 77, not the sum of what is shown
    CHECK(*table.meta().cut_change_pct == 0);
    CHECK(*table.meta().cut_rate == doctest::Approx(1e5 * 75 / (1000 + 1037 + 1074)));
}

TEST_CASE("disclosure: a finished ward table is treated as its counts would be") {
    for (const char* cuts : {"total", "median", "zero", "300,10"}) {
        for (const char* rule : {"under:5", "under:5,round:5"}) {
            AreaCounts counts = city_of({3, 20, 30, 40, 7, 18}, {20, 21, 2, 44, 50, 11});
            counts.population_before = Column::numbers("people", {900, 950, 1000, 1050, 1100, 1150});
            IndicatorOptions options;
            options.cuts = parse_cuts(cuts);
            options.per = 1000;
            options.pool = 3;
            Problems problems;
            const Table open = ward_table(counts, options, {}, problems);
            options.small_numbers = parse_small_numbers(rule);
            const Table direct = ward_table(counts, options, {}, problems);
            const Table later = suppress_small_numbers(open, options.small_numbers, problems);
            CAPTURE(cuts);
            CHECK(printed(later) == printed(direct));
            CHECK(later.meta().small_numbers == rule);
            CHECK(problems.count("withheld") > 0);
            // Twice is refused rather than wrong.
            const Table twice = suppress_small_numbers(later, options.small_numbers, problems);
            CHECK(printed(twice) == printed(later));
            CHECK(problems.count("withheld_before") == 1);
        }
    }
}

TEST_CASE("disclosure: groups below each other are treated each with its total") {
    Problems problems;
    const Table one = under_rule(city_of({3, 20, 30}, {20, 21, 42}), "none");
    const Table two = under_rule(city_of({30, 20, 30}, {2, 21, 42}), "none");
    const std::vector<std::string> by{"offence"};
    const std::vector<GroupTable> groups{{{"A"}, one}, {{"B"}, two}};
    const Table both = suppress_small_numbers(stack_groups(by, groups), under_five, problems);
    CHECK(both.row_count() == 8);
    CHECK(both.column("count_before").state(0) == CellState::suppressed);
    CHECK(both.column("count_before").number(3) == 53);
    CHECK(both.column("count_after").state(4) == CellState::suppressed);
    CHECK(both.column("offence").text(4) == "B");
}

TEST_CASE("disclosure: the published needle finds are safe in rows and columns, shares and ranks with them") {
    PeriodCounts counts;
    std::vector<std::vector<double>> years(3);
    for (const CsvRow& row : csv_rows("examples/coventry/data/needs_assessment/needle_finds_by_ward.csv")) {
        if (row.at("ward") == "Total") continue;
        counts.codes.push_back("code of " + row.at("ward"));
        counts.names.push_back(row.at("ward"));
        years[0].push_back(number_in(row, "yt_july_2020"));
        years[1].push_back(number_in(row, "yt_july_2021"));
        years[2].push_back(number_in(row, "yt_july_2022"));
    }
    counts.periods = {Column::numbers("y20", years[0]), Column::numbers("y21", years[1]),
                      Column::numbers("y22", years[2])};
    Problems problems;
    const Table open = period_table(counts, {}, problems);
    const Table table = suppress_small_numbers(open, under_five, problems);
    CountGrid grid = count_grid(years, RowTotals::yes);
    const std::vector<std::string> names{"y20", "y21", "y22", "total"};
    for (std::size_t row = 0; row < grid.rows; ++row) {
        for (std::size_t c = 0; c < 4; ++c) {
            grid.withheld[grid.at(row, c)] = table.column(names[c]).state(row) == CellState::suppressed;
        }
    }
    const std::vector<Feasible> reader = feasible_values(grid);
    std::size_t withheld = 0;
    for (std::size_t cell = 0; cell < grid.cells.size(); ++cell) {
        if (grid.withheld[cell]) ++withheld;
        if (grid.cells[cell] >= 1 && grid.cells[cell] <= 4) {
            CHECK(grid.withheld[cell]);
            CHECK(reader[cell].lower < reader[cell].upper);
            CHECK(reader[cell].upper >= 4);
        }
    }
    CHECK(table.column("total").number(18) == 322);
    CHECK(withheld < 55);  // of 76
    for (std::size_t row = 0; row < 18; ++row) {
        const CellState state = table.column("total").state(row);
        CHECK(table.column("share").state(row) == state);
        CHECK(table.column("rank").state(row) == state);
    }
}

TEST_CASE("disclosure: named columns of any table, and a table whose counts are not known") {
    Problems problems;
    const Table table({Column::text("area_code", {"a", "b", "c", ""}),
                       Column::text("area_name", {"A", "B", "C", "Total"}),
                       Column::numbers("n", {2, 8, 9, 19}, "finds")});
    const std::vector<std::string> names{"n"};
    const Table safe = suppress_small_numbers(table, names, under_five, problems);
    CHECK(safe.column("n").state(0) == CellState::suppressed);
    CHECK(safe.column("n").state(1) == CellState::suppressed);
    CHECK(safe.column("n").number(2) == 9);
    CHECK(safe.column("n").number(3) == 19);
    CHECK(safe.column("n").unit() == "finds");
    CHECK_THROWS_AS(suppress_small_numbers(table, under_five, problems), UsageError);
    CHECK(printed(suppress_small_numbers(table, SmallNumberRule{}, problems)) == printed(table));
}

TEST_CASE("disclosure: tables as files have them, all text, are treated the same") {
    const auto as_text = [](const Table& table) {
        std::vector<Column> columns;
        for (const Column& column : table.columns()) {
            std::vector<std::string> cells;
            for (std::size_t row = 0; row < table.row_count(); ++row) {
                cells.push_back(column.is_text() ? column.text(row) : full_precision(column.number(row)));
            }
            columns.push_back(Column::text(column.name(), cells));
        }
        return Table(columns, table.meta());
    };
    Problems problems;
    const Table open = under_rule(city_of({3, 20, 30, 40}, {20, 21, 2, 44}), "none");
    const std::vector<std::string> names{"rate"};
    const Table safe = suppress_small_numbers(as_text(open), names, under_five, problems);
    CHECK(printed(safe) == printed(suppress_small_numbers(open, under_five, problems)));
    PeriodCounts counts;
    counts.codes = {"a", "b", "c"};
    counts.names = {"A", "B", "C"};
    counts.periods = {Column::numbers("2020", {3, 20, 30}), Column::numbers("2021", {9, 10, 11})};
    const Table periods = period_table(counts, {}, problems);
    const Table safe_periods = suppress_small_numbers(as_text(periods), under_five, problems);
    CHECK(printed(safe_periods) == printed(suppress_small_numbers(periods, under_five, problems)));
    CHECK(safe_periods.column("2020").state(0) == CellState::suppressed);
    const Table rates({Column::text("area_name", {"A", "B"}), Column::numbers("rate", {2.5, 7})});
    CHECK_THROWS_AS(suppress_small_numbers(rates, names, under_five, problems), UsageError);
}
