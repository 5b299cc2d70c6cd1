#include "wardmap/table/spread_column.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace wardmap;

namespace {

Table counts() {
    return Table({Column::text("area_code", {"A", "A", "B", "B", "C"}),
                  Column::text("area_name", {"a", "a", "b", "b", "c"}),
                  Column::text("period", {"2014-01", "2014-02", "2014-01", "2014-02", "2014-02"}),
                  Column::numbers("count", {1, 2, 3, 4, 5}, "offences")});
}

}  // namespace

TEST_CASE("spreading: one column spread is named by the values; what is not there is missing") {
    const Table t = spread_column(counts(), "period");
    CHECK(t.names() == std::vector<std::string>{"area_code", "area_name", "2014-01", "2014-02"});
    REQUIRE(t.row_count() == 3);
    CHECK(t.column("2014-01").number(1) == 3);
    CHECK(t.column("2014-01").state(2) == CellState::missing);
    CHECK(t.column("2014-02").number(2) == 5);
    CHECK(t.column("2014-02").unit() == "offences");
}

TEST_CASE("spreading: several columns carry their own name before the value") {
    const Table two = counts().with(Column::text("flag", {"", "x", "", "", "y"}));
    const Table t = spread_column(two, "period");
    CHECK(t.names() == std::vector<std::string>{"area_code", "area_name", "count_2014-01", "count_2014-02",
                                                "flag_2014-01", "flag_2014-02"});
    CHECK(t.column("flag_2014-02").text(2) == "y");
    const Table one = spread_column(two, "period", {.keys = {"area_code"}, .values = {"count"}});
    CHECK(one.names() == std::vector<std::string>{"area_code", "2014-01", "2014-02"});
}

TEST_CASE("spreading: two rows for one cell are refused, and so is nothing to spread") {
    const Table twice = counts().take(std::vector<std::size_t>{0, 0});
    CHECK_THROWS_AS(spread_column(twice, "period"), InputError);
    const Table bare({Column::text("a", {"x"}), Column::text("b", {"y"})});
    CHECK_THROWS_AS(spread_column(bare, "b"), InputError);
    CHECK_THROWS_AS(spread_column(counts(), "perriod"), NameUnknown);
}
