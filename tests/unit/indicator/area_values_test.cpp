#include "wardmap/indicator/area_values.hpp"

#include "support/csv_table.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmap;
using wardmap::testing::csv_table;
using wardmap::testing::table_of_csv;

namespace {

const char* const fingertips = "examples/comparisons/data/invented_districts.csv";

std::size_t rows_named(const AreaValues& values, const std::string& name) {
    return static_cast<std::size_t>(std::count_if(values.rows.begin(), values.rows.end(),
                                                  [&](const AreaValue& row) { return row.name == name; }));
}

}  // namespace

TEST_CASE("area values: an export of Fingertips is read by the meaning of its columns") {
    Problems problems;
    const AreaValues values = read_area_values(csv_table(fingertips), {}, {{}, {"England"}}, problems);
    CHECK(values.columns.area == "Area Name");
    CHECK(values.columns.code == "Area Code");
    CHECK(values.columns.period == "Time period");
    CHECK(values.columns.value == "Value");
    CHECK(values.columns.lower == "Lower CI 95.0 limit");
    CHECK(values.columns.upper == "Upper CI 95.0 limit");
    CHECK(values.columns.count == "Count");
    CHECK(values.columns.people == "Denominator");
    CHECK(values.level == 0.95);
    CHECK(values.measure == "Invented admissions, Persons, All ages");
    REQUIRE(values.periods.size() == 8);
    CHECK(values.periods.front() == "2015/16");
    CHECK(values.periods.back() == "2022/23");
    CHECK(rows_named(values, "England") == 8);
    CHECK(rows_named(values, "Invented region") == 0);
    CHECK(values.rows.size() == 17 * 8);
    CHECK(problems.count("breakdown_rows") == 2);
    CHECK(problems.count("other_area_types") == 8);
}

TEST_CASE("area values: limits of another level are taken by name, and their level with them") {
    Problems problems;
    const AreaValues values =
        read_area_values(csv_table(fingertips),
                         {.lower = "Lower CI 99.8 limit", .upper = "Upper CI 99.8 limit"}, {}, problems);
    CHECK(values.level == 0.998);
}

TEST_CASE("area values: withheld and missing values keep their states") {
    Problems problems;
    const AreaValues values = read_area_values(csv_table(fingertips), {}, {}, problems);
    const auto find = [&](const std::string& name) {
        return *std::find_if(values.rows.begin(), values.rows.end(), [&](const AreaValue& row) {
            return row.name == name && row.period == "2022/23";
        });
    };
    CHECK(find("Old Sarley").value.state == CellState::suppressed);
    CHECK(find("Gorse Hill").value.state == CellState::missing);
}

TEST_CASE("area values: a table of our own gives rate and its limits") {
    Problems problems;
    const AreaValues values = read_area_values(
        table_of_csv("area_code,area_name,count_after,population,rate,rate_lower,rate_upper\n"
                     "E05001,Henley,10,1000,1000,500,1800\n,Total,10,1000,1000,500,1800\n"),
        {}, {}, problems);
    CHECK(values.columns.value == "rate");
    CHECK(values.columns.lower == "rate_lower");
    CHECK(values.rows.size() == 1);
    CHECK(problems.count("total_row") == 1);
}

TEST_CASE("area values: the total row can be the reference, by its own name or the whole's") {
    const std::string rows =
        "area_code,area_name,rate,rate_lower,rate_upper\nE05001,Henley,10,5,18\n,Total,9,8,10\n";
    TableMeta meta;
    meta.whole = "Coventry";
    for (const char* name : {"Total", "coventry"}) {
        Problems problems;
        const AreaValues values = read_area_values(table_of_csv(rows).with(meta), {}, {{}, {name}}, problems);
        CHECK(values.rows.size() == 2);
        CHECK(values.rows.back().name == "Coventry");
        CHECK(problems.empty());
    }
}

TEST_CASE("area values: a column of lower-tier authorities is no limit") {
    Problems problems;
    const AreaValues values =
        read_area_values(table_of_csv("area,Lower tier authority,value\nA,X,5\n"), {}, {}, problems);
    CHECK(values.columns.lower.empty());
}

TEST_CASE("area values: two sexes of an area are refused with the column that tells them apart") {
    Problems problems;
    const Table table =
        table_of_csv("Area Name,Sex,Time period,Value\nAldermere,Male,2020,1\nAldermere,Female,2020,2\n");
    CHECK_THROWS_WITH_AS(read_area_values(table, {}, {}, problems), doctest::Contains("--where 'Sex=Male'"),
                         InputError);
}

TEST_CASE("area values: the same row under two parents is one, two values are two") {
    Problems problems;
    const std::string head = "Parent Name,Area Name,Time period,Value\n";
    const AreaValues values =
        read_area_values(table_of_csv(head + "East,England,2020,5\nWest,England,2020,5\n"), {}, {}, problems);
    CHECK(values.rows.size() == 1);
    CHECK(problems.count("repeated_rows") == 1);
    CHECK_THROWS_AS(
        read_area_values(table_of_csv(head + "East,England,2020,5\nWest,England,2020,6\n"), {}, {}, problems),
        InputError);
}

TEST_CASE("area values: a name that is not there is answered with the nearest, whichever role it had") {
    Problems problems;
    const Table table = csv_table(fingertips);
    CHECK_THROWS_WITH_AS(read_area_values(table, {}, {{"Aldermre"}, {}}, problems),
                         doctest::Contains("Aldermere"), NameUnknown);
    CHECK_THROWS_WITH_AS(read_area_values(table, {}, {{}, {"Englnd"}}, problems),
                         doctest::Contains("England"), NameUnknown);
    CHECK_THROWS_AS(read_area_values(table, {}, {{"England"}, {"England"}}, problems), UsageError);
}

TEST_CASE("area values: names are matched without case, apostrophes and 'Saint'") {
    Problems problems;
    const AreaValues values =
        read_area_values(csv_table(fingertips), {}, {{"saint brides"}, {"ENGLAND"}}, problems);
    CHECK(rows_named(values, "St Bride's") == 8);
    CHECK(rows_named(values, "England") == 8);
}

TEST_CASE("area values: limits that do not hold their value are reported and not used") {
    Problems problems;
    const AreaValues values =
        read_area_values(table_of_csv("area,value,lower,upper\nA,5,6,7\nB,5,4,7\n"), {}, {}, problems);
    CHECK(problems.count("limits_impossible") == 1);
    CHECK_FALSE(values.rows[0].has_limits());
    CHECK(values.rows[1].has_limits());
}

TEST_CASE("area values: periods of several years are put in order by what they mean") {
    Problems problems;
    const AreaValues values = read_area_values(
        table_of_csv("area,period,value\nA,2017 - 19,3\nA,2015 - 17,1\nA,2016 - 18,2\n"), {}, {}, problems);
    CHECK(values.periods == std::vector<std::string>{"2015 - 17", "2016 - 18", "2017 - 19"});
}

TEST_CASE("area values: a table with no clear column of values names its columns of numbers") {
    Problems problems;
    CHECK_THROWS_WITH_AS(read_area_values(table_of_csv("area,a,b\nA,1,2\n"), {}, {}, problems),
                         doctest::Contains("a, b"), InputError);
    CHECK_THROWS_WITH_AS(read_area_values(table_of_csv("area,value,lower\nA,1,2\n"), {}, {}, problems),
                         doctest::Contains("--lower"), InputError);
}

TEST_CASE(
    "compared: by the limits of the area against the reference's value, a limit at the value is similar") {
    const auto area = [](double value, double lower, double upper) {
        AreaValue out;
        out.value = {value, CellState::value};
        out.lower = {lower, CellState::value};
        out.upper = {upper, CellState::value};
        return out;
    };
    const NumberCell reference{100, CellState::value};
    CHECK(compared_with(area(120, 101, 140), reference) == Compared::higher);
    CHECK(compared_with(area(120, 100, 140), reference) == Compared::similar);
    CHECK(compared_with(area(90, 80, 100), reference) == Compared::similar);
    CHECK(compared_with(area(90, 80, 99.9), reference) == Compared::lower);
    AreaValue without = area(120, 101, 140);
    without.lower = {};
    CHECK(compared_with(without, reference) == Compared::unknown);
    CHECK(compared_with(area(120, 101, 140), {}) == Compared::unknown);
}
