#include "wardmap/table/column_meaning.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("column meaning: our own columns are said in the table's own words") {
    TableMeta meta;
    meta.unit = "offences";
    meta.period_after = "year to June 2022";
    meta.per = 100000;
    meta.denominator = "residents";
    meta.denominator_year = "mid-2020";
    CHECK(column_meaning(Column::numbers("count_after", {1}), meta) == "Offences in the year to June 2022");
    CHECK(column_meaning(Column::numbers("rate", {1}), meta) ==
          "Offences per 100,000 residents in the year to June 2022");
    CHECK(column_meaning(Column::numbers("population", {1}), meta) == "Residents (mid-2020)");
    CHECK(column_meaning(Column::numbers("age_0_15", {1}, "people"), meta) == "People aged 0 to 15");
    CHECK(column_meaning(Column::numbers("share_45_plus", {1}, "%"), meta) ==
          "Share of people aged 45 and over");
    CHECK(column_meaning(Column::numbers("share_of_wallet", {1}, "%"), meta).empty());
    CHECK(column_meaning(Column::numbers("my column", {1}), meta).empty());
}
