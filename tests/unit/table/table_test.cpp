#include "wardmap/table/table.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace wardmap;

TEST_CASE("table: a cell without a value holds NaN and says why") {
    const Column c = Column::numbers("rate", {1, 2}, {CellState::value, CellState::suppressed});
    CHECK(c.number(0) == 1);
    CHECK(std::isnan(c.number(1)));
    CHECK(c.state(1) == CellState::suppressed);
    const Column d = Column::numbers("rate", {std::numeric_limits<double>::quiet_NaN()});
    CHECK(d.state(0) == CellState::missing);
}

TEST_CASE("table: an unknown column is refused with the nearest name") {
    const Table t({Column::text("ward_code", {"a"}), Column::text("ward_name", {"b"})}, {},
                  {"w.csv", "", {2}});
    CHECK(t.column("WARD_CODE").text(0) == "a");
    CHECK_THROWS_WITH_AS(t.column("ward_cod"),
                         "w.csv: there is no column 'ward_cod'; did you mean 'ward_code'?", NameUnknown);
    CHECK(t.where(0, "ward_code").text() == "w.csv, row 2, column ward_code");
}

TEST_CASE("table: columns of different length or of one name are refused") {
    CHECK_THROWS_AS(Table({Column::text("a", {"1"}), Column::text("b", {})}), std::invalid_argument);
    CHECK_THROWS_AS(Table({Column::text("a", {"1"}), Column::text("a", {"2"})}), std::invalid_argument);
}
