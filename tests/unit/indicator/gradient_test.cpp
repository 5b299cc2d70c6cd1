#include "wardmap/indicator/gradient.hpp"

#include "support/csv_table.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::csv_table;
using wardmap::testing::number_in;
using wardmap::testing::table_of_csv;

TEST_CASE("gradient: small areas are added up by decile, nothing lost") {
    Problems problems;
    const Table table = csv_table("examples/comparisons/data/invented_counts_by_lsoa.csv");
    const Gradient gradient = deprivation_gradient(table, {}, problems);
    CHECK(problems.empty());
    CHECK(gradient.summed);
    REQUIRE(gradient.groups.size() == 10);
    CHECK(gradient.group_column == "imd2019_decile");
    double count = 0, people = 0, decile_1 = 0;
    for (const auto& row : csv_rows("examples/comparisons/data/invented_counts_by_lsoa.csv")) {
        count += number_in(row, "count");
        people += number_in(row, "population");
        if (number_in(row, "imd2019_decile") == 1) decile_1 += number_in(row, "count");
    }
    double counted = 0, counted_people = 0;
    for (const GradientRow& group : gradient.groups) {
        counted += group.count.number;
        counted_people += group.people.number;
    }
    CHECK(counted == count);
    CHECK(counted_people == people);
    CHECK(gradient.groups[0].count.number == decile_1);
}

TEST_CASE("gradient: Byar's limits of a decile as Breslow and Day give them, and the ratio of the ends") {
    // 100 events: Byar's 95% limits are 81.36 and 121.63.
    Problems problems;
    const Table table = table_of_csv("decile,count,population\n1,100,1000\n2,50,1000\n10,50,1000\n");
    GradientOptions options;
    options.per = 1000;
    const Gradient gradient = deprivation_gradient(table, options, problems);
    CHECK_FALSE(gradient.summed);
    CHECK(gradient.groups[0].rate.value == 100);
    CHECK(gradient.groups[0].rate.lower == doctest::Approx(81.36).epsilon(1e-4));
    CHECK(gradient.groups[0].rate.upper == doctest::Approx(121.63).epsilon(1e-4));
    CHECK(std::isnan(gradient.groups[4].rate.value));
    REQUIRE(gradient.ratio);
    CHECK(gradient.ratio->ratio == 2);
    CHECK(gradient.ratio->lower > 1);
    CHECK(gradient.ratio->lower < 2);
}

TEST_CASE("gradient: fifths are pairs of deciles, and a column of quintiles is taken as it is") {
    Problems problems;
    const Table deciles =
        table_of_csv("decile,count,population\n1,1,10\n2,2,20\n3,4,40\n9,8,80\n10,16,160\n");
    GradientOptions fifths;
    fifths.groups = GradientGroups::fifths;
    const Gradient five = deprivation_gradient(deciles, fifths, problems);
    REQUIRE(five.groups.size() == 5);
    CHECK(five.groups[0].count.number == 3);
    CHECK(five.groups[1].count.number == 4);
    CHECK(five.groups[4].count.number == 24);
    const Table quintiles = table_of_csv("imd_quintile,count,population\n1,1,10\n5,2,20\n");
    CHECK(deprivation_gradient(quintiles, {}, problems).groups.size() == 5);
    CHECK(problems.empty());
}

TEST_CASE("gradient: deciles in the words of Fingertips, beside the whole's own row") {
    Problems problems;
    const Gradient gradient =
        deprivation_gradient(table_of_csv("Area Name,Category,Count,Denominator\nEngland,,99,999\n"
                                          "England,Most deprived decile (IMD2019),10,100\nEngland,Second "
                                          "most deprived decile (IMD2019),9,100\n"
                                          "England,Third more deprived decile (IMD2019),8,100\nEngland,Fifth "
                                          "less deprived decile (IMD2019),6,100\n"
                                          "England,Second least deprived decile "
                                          "(IMD2019),4,100\nEngland,Least deprived decile (IMD2019),3,100\n"),
                             {}, problems);
    REQUIRE(gradient.groups.size() == 10);
    CHECK(gradient.group_column == "Category");
    const double counts[] = {10, 9, 8, 0, 0, 6, 0, 0, 4, 3};
    for (std::size_t i = 0; i < 10; ++i) {
        if (counts[i] > 0) CHECK(gradient.groups[i].count.number == counts[i]);
        if (counts[i] == 0) CHECK(gradient.groups[i].rows == 0);
    }
    CHECK(problems.count("group_missing") == 1);
}

TEST_CASE("gradient: rows of several periods are not added up") {
    Problems problems;
    CHECK_THROWS_WITH_AS(
        deprivation_gradient(table_of_csv("Time period,decile,count,population\n2020,1,2,30\n2021,1,3,30\n"),
                             {}, problems),
        doctest::Contains("--where 'Time period=2020'"), InputError);
}

TEST_CASE("gradient: rows without a decile, with an impossible one or without people are counted") {
    Problems problems;
    const Table table =
        table_of_csv("decile,count,population\n1,10,100\n,5,100\n11,5,100\n2.5,5,100\n10,5,\n10,20,400\n");
    const Gradient gradient = deprivation_gradient(table, {}, problems);
    CHECK(problems.count("group_missing") == 1);
    CHECK(problems.count("group_impossible") == 2);
    CHECK(problems.count("people_missing") == 1);
    CHECK(gradient.groups[9].count.number == 20);
}

TEST_CASE("gradient: a withheld count makes its decile withheld, and the rule is of the sums") {
    Problems problems;
    const Table table =
        table_of_csv("decile,count,population\n1,10,100\n1,*,100\n2,3,100\n2,3,100\n10,20,100\n");
    const Gradient gradient = deprivation_gradient(table, {}, problems);
    CHECK(gradient.groups[0].count.state == CellState::suppressed);
    CHECK(std::isnan(gradient.groups[0].rate.value));
    CHECK_FALSE(gradient.ratio);
    GradientOptions rule;
    rule.small_numbers = parse_small_numbers("under:5");
    CHECK(deprivation_gradient(table, rule, problems).groups[1].count.number == 6);
    rule.small_numbers = parse_small_numbers("under:7");
    CHECK(deprivation_gradient(table, rule, problems).groups[1].count.state == CellState::suppressed);
}

TEST_CASE("gradient: a table without deciles, counts or people says which column to name") {
    Problems problems;
    CHECK_THROWS_WITH_AS(deprivation_gradient(table_of_csv("a,count,population\n1,2,3\n"), {}, problems),
                         doctest::Contains("--decile"), InputError);
    CHECK_THROWS_WITH_AS(deprivation_gradient(table_of_csv("decile,population\n1,3\n"), {}, problems),
                         doctest::Contains("--count"), InputError);
    CHECK_THROWS_WITH_AS(deprivation_gradient(table_of_csv("decile,count\n1,3\n"), {}, problems),
                         doctest::Contains("--population"), InputError);
    GradientOptions slip;
    slip.group = "decil";
    CHECK_THROWS_AS(deprivation_gradient(table_of_csv("decile,count,population\n1,2,3\n"), slip, problems),
                    NameUnknown);
}
