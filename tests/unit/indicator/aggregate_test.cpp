#include "wardmap/indicator/aggregate.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>
#include <vector>

using namespace wardmap;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

RowsInAreas two_wards() {
    RowsInAreas rows;
    rows.codes = {"E1", "E2", "E3"};
    rows.names = {"One", "Two", "Three"};
    rows.area_of_row = {0, 0, 1, no_area};
    rows.row_names = {"a", "b", "c", "d"};
    rows.origin = {"small.csv", "", {2, 3, 4, 5}};
    return rows;
}

}  // namespace

TEST_CASE("aggregate: sums, means and weighted means of the small areas in each area") {
    Problems problems;
    const Column values = Column::numbers("score", {1, 3, 5, 100});
    const Column weights = Column::numbers("people", {300, 100, 10, 1});
    const Table sum = aggregate(two_wards(), values, AggregateKind::sum, {}, {}, problems);
    CHECK(sum.names() == std::vector<std::string>{"area_code", "area_name", "score", "n"});
    CHECK(sum.column("score").number(0) == 4);
    CHECK(sum.column("n").number(0) == 2);
    CHECK(sum.column("score").state(2) == CellState::missing);
    CHECK(sum.column("n").number(2) == 0);
    CHECK(aggregate(two_wards(), values, AggregateKind::mean, {}, {}, problems).column("score").number(0) ==
          2);
    const Table mean = aggregate(two_wards(), values, AggregateKind::weighted_mean, weights, {}, problems);
    CHECK(mean.column("score").number(0) == 1.5);
    CHECK(problems.count("rows_in_no_area") == 3);
    CHECK(problems.all()[0].examples[0] == "d");
    CHECK(problems.all()[0].where.text() == "small.csv, row 5, column score");
}

TEST_CASE("aggregate: what is missing is left out and counted, what is withheld withholds its area") {
    Problems problems;
    const Column values =
        Column::numbers("score", {1, missing, missing, 1},
                        {CellState::value, CellState::missing, CellState::suppressed, CellState::value});
    const Table mean = aggregate(two_wards(), values, AggregateKind::mean, {}, {}, problems);
    CHECK(mean.column("score").number(0) == 1);
    CHECK(mean.column("n").number(0) == 1);
    CHECK(mean.column("score").state(1) == CellState::suppressed);
    CHECK(problems.count("value_missing") == 1);
    const Column zero = Column::numbers("people", {0, 0, 0, 0});
    const Column ones = Column::numbers("score", {1, 1, 1, 1});
    CHECK(aggregate(two_wards(), ones, AggregateKind::weighted_mean, zero, {}, problems)
              .column("score")
              .state(0) == CellState::undefined);
}

TEST_CASE("aggregate: weights that are absent or negative and columns that do not fit are refused") {
    Problems problems;
    const Column values = Column::numbers("score", {1, 3, 5, 1});
    CHECK_THROWS_AS(aggregate(two_wards(), values, AggregateKind::weighted_mean, {}, {}, problems),
                    UsageError);
    const Column bad = Column::numbers("people", {-1, 1, 1, 1});
    CHECK_THROWS_AS(aggregate(two_wards(), values, AggregateKind::weighted_mean, bad, {}, problems),
                    UsageError);
    CHECK_THROWS_AS(aggregate(two_wards(), Column::numbers("x", {1}), AggregateKind::sum, {}, {}, problems),
                    std::invalid_argument);
    CHECK(parse_aggregate("weighted-mean") == AggregateKind::weighted_mean);
    CHECK_THROWS_AS(parse_aggregate("median"), UsageError);
}
