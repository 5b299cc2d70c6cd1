#include "wardmap/table/select_rows.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace wardmap;

namespace {

Table offences() {
    return Table({Column::text("offence", {"ROBBERY ", "VIOLENCE", " ROBBERY", ""}),
                  Column::numbers("year", {2021, 2021, 2022, 2022})},
                 {}, {"offences.csv", "", {2, 3, 4, 5}});
}

}  // namespace

TEST_CASE("selecting rows: values are compared as trimmed text") {
    const Table t = rows_where(offences(), "offence", "ROBBERY");
    CHECK(t.row_count() == 2);
    CHECK(t.where(1).row == 4);
    CHECK(rows_where(offences(), "year", " 2022 ").row_count() == 2);
    CHECK(rows_where(offences(), "offence", "").row_count() == 1);
}

TEST_CASE("selecting rows: a value that is nowhere is refused with the nearest") {
    CHECK_THROWS_WITH_AS(
        rows_where(offences(), "offence", "robery"),
        "offences.csv, column offence: none of the 4 rows has offence = 'robery'; did you mean 'ROBBERY'?",
        NameUnknown);
    CHECK_THROWS_AS(rows_where(offences(), "offense_type", "x"), NameUnknown);
    const Table none = offences().take(std::vector<std::size_t>{});
    CHECK(rows_where(none, "offence", "ROBBERY").row_count() == 0);
}

TEST_CASE("distinct values come in the order of their first appearance") {
    CHECK(distinct_values(offences(), "offence") == std::vector<std::string>{"ROBBERY", "VIOLENCE", ""});
    CHECK(distinct_values(offences(), "year") == std::vector<std::string>{"2021", "2022"});
}
