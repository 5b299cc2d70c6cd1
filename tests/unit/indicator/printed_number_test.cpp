#include "wardmap/indicator/printed_number.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace wardmap;

TEST_CASE("printed number: halves round away from zero, on both sides") {
    const auto prints = [](double value, double printed, int decimals = 0) {
        return can_print_as({value, value}, printed, decimals);
    };
    CHECK(prints(63.5, 64));
    CHECK_FALSE(prints(63.5, 63));
    CHECK(prints(64.4999, 64));
    CHECK_FALSE(prints(64.5, 64));
    CHECK(prints(-63.5, -64));
    CHECK_FALSE(prints(-63.5, -63));
    CHECK(prints(-0.4, 0));
    CHECK(prints(2.675, 2.68, 2));
    CHECK_FALSE(prints(2.675, 2.67, 2));
    CHECK(prints(29.882044560943644, 29.882044560943644, 15));
}

TEST_CASE("printed number: a range prints as whatever one of its values prints as") {
    CHECK(can_print_as({60.2, 63.6}, 64, 0));
    CHECK(can_print_as({60.2, 63.6}, 60, 0));
    CHECK_FALSE(can_print_as({60.6, 63.4}, 60, 0));
    CHECK(values_printed_as(1116, 0).lower == 1115.5);
    CHECK(values_printed_as(1116, 0).upper == 1116.5);
    CHECK(values_printed_as(0.4, 1).upper == doctest::Approx(0.45));
    CHECK(overlap({1, 2}, {2, 3}));
    CHECK_FALSE(overlap({1, 2}, {2.1, 3}));
    CHECK(overlap({1, INFINITY}, {5000, INFINITY}));
}

TEST_CASE(
    "printed number: a column's decimals are the most that any cell shows, and cells that are none are "
    "kept") {
    const Table table({Column::text("a", {"1,116.50", "12%", "[c]", "-", "many", ""})});
    const PrintedColumn column = printed_column(table, "a");
    CHECK(column.decimals == 2);
    CHECK(column.numbers[0] == 1116.5);
    CHECK(column.numbers[1] == 12);
    CHECK(column.states[2] == CellState::suppressed);
    CHECK(column.states[3] == CellState::undefined);
    CHECK(column.states[5] == CellState::missing);
    CHECK(column.no_numbers == std::vector<std::size_t>{4});
    CHECK(printed_column(Table({Column::numbers("b", {1, 2.25, INFINITY})}), "b").decimals == 2);
    CHECK_THROWS_WITH_AS(printed_column(table, "aa"), doctest::Contains("'a'"), NameUnknown);
}
