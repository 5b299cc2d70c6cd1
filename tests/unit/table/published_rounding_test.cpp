#include "wardmap/table/published_rounding.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace wardmap;

TEST_CASE("published tables print rates, percentages and counts without decimals") {
    CHECK(published_decimals(Column::numbers("rate", {401.69})) == 0);
    CHECK(published_decimals(Column::numbers("rate_lower", {401.69})) == 0);
    CHECK(published_decimals(Column::numbers("change_pct", {3.2})) == 0);
    CHECK(published_decimals(Column::numbers("anything", {3.2}, "%")) == 0);
    CHECK(published_decimals(Column::numbers("anything", {3.2}, "per 100,000")) == 0);
    CHECK(published_decimals(Column::numbers("count_after", {3, 4})) == 0);
    CHECK(published_decimals(Column::numbers("rate_ratio", {1.635})) == 2);
    CHECK(published_decimals(Column::numbers("p_value", {0.0412})) == 3);
    CHECK(published_decimals(Column::numbers("share", {0.46, 0.11})) == 3);
    CHECK(published_decimals(Column::numbers("decile", {3.27})) == 1);
}

TEST_CASE("rounding goes half away from zero and keeps what has no value") {
    const Table t({Column::numbers("change_pct", {62.5, -0.5, 0},
                                   {CellState::value, CellState::value, CellState::suppressed}, "%"),
                   Column::text("area_name", {"a", "b", "c"})});
    const Table rounded = rounded_as_published(t);
    CHECK(rounded.column("change_pct").number(0) == 63);
    CHECK(rounded.column("change_pct").number(1) == -1);
    CHECK(rounded.column("change_pct").state(2) == CellState::suppressed);
    CHECK(rounded.column("change_pct").unit() == "%");
    CHECK(rounded.column("area_name").text(2) == "c");
}
