#include "wardmap/figure/compare_chart.hpp"

#include "count_tables.hpp"
#include "scene_texts.hpp"
#include "support/csv_table.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>

using namespace wardmap;
using wardmap::testing::check_texts_apart;
using wardmap::testing::csv_table;
using wardmap::testing::dashed_lines;
using wardmap::testing::has_note;
using wardmap::testing::has_text;
using wardmap::testing::table_of_csv;
using wardmap::testing::table_rows;

namespace {

const char* const fingertips = "examples/comparisons/data/invented_districts.csv";

/// District 1 is the highest; each one's limits are ten to either side.
Table many_districts(std::size_t n) {
    std::string text = "Area Name,Value,Lower CI 95.0 limit,Upper CI 95.0 limit\nEngland,1000,999,1001\n";
    for (std::size_t i = 1; i <= n; ++i) {
        const auto value = static_cast<int>(2000 - 10 * i);
        char line[80];
        std::snprintf(line, sizeof line, "District %03d,%d,%d,%d\n", static_cast<int>(i), value, value - 10,
                      value + 10);
        text += line;
    }
    return table_of_csv(text);
}

std::vector<std::string> names_in(const Figure& figure) {
    std::vector<std::string> names;
    for (const auto& row : table_rows(figure.scene.nodes)) names.push_back(row.at(0));
    return names;
}

}  // namespace

TEST_CASE("compare: the title says how the highlighted area stands to the reference, by its limits") {
    const Table table = table_of_csv(
        "Area Name,Value,Lower CI 95.0 limit,Upper CI 95.0 limit\n"
        "A,120,105,137\nB,104,90,119\nC,80,70,91\nEngland,100,99,101\n");
    const auto title = [&](const std::string& highlight) {
        Problems problems;
        CompareChartOptions options;
        options.roles = {{highlight}, {"England"}};
        return compare_chart(table, options, liberation_sans(), problems).title;
    };
    CHECK(title("A") == "A is higher than England: 120 against 100");
    CHECK(title("B") == "B is similar to England: 104 against 100");
    CHECK(title("C") == "C is lower than England: 80 against 100");
}

TEST_CASE("compare: without limits no difference is called one, and the note says it was not tested") {
    Problems problems;
    CompareChartOptions options;
    options.roles = {{"A"}, {"England"}};
    const Figure figure = compare_chart(table_of_csv("area,value\nA,120\nB,90\nEngland,100\n"), options,
                                        liberation_sans(), problems);
    CHECK(figure.title == "A is above England: 120 against 100");
    CHECK(has_note(figure, "no limits, so no difference from England was tested"));
}

TEST_CASE(
    "compare: without a highlighted area the districts are counted, without a reference they are ranked") {
    Problems problems;
    const Table table = table_of_csv(
        "Area Name,Value,Lower CI 95.0 limit,Upper CI 95.0 limit\n"
        "A,120,105,137\nB,104,90,119\nC,80,70,91\nEngland,100,99,101\n");
    CompareChartOptions options;
    options.roles.references = {"England"};
    CHECK(compare_chart(table, options, liberation_sans(), problems).title ==
          "Of 3 areas, one is higher than England, one similar, one lower");
    options.roles = {{"B"}, {}};
    CHECK(compare_chart(table, options, liberation_sans(), problems).title ==
          "B is 2nd highest of 4 areas, at 104");
}

TEST_CASE("compare: rows are sorted, the reference is a line and no row, states stand last with their sign") {
    Problems problems;
    CompareChartOptions options;
    options.roles = {{"Brackford"}, {"England"}};
    const Figure figure = compare_chart(csv_table(fingertips), options, liberation_sans(), problems);
    const auto rows = table_rows(figure.scene.nodes);
    REQUIRE(rows.size() == 16);
    double before = 1e9;
    for (std::size_t i = 0; i < 14; ++i) {
        const double value = std::stod(rows[i].at(1));
        CHECK(value <= before);
        before = value;
    }
    CHECK(rows[14] == std::vector<std::string>{"Gorse Hill", "[x]"});
    CHECK(rows[15] == std::vector<std::string>{"Old Sarley", "[c]"});
    CHECK(has_note(figure, "[c]: withheld."));
    CHECK(has_note(figure, "[x]: not known."));
    CHECK(dashed_lines(figure.scene.nodes).size() == 1);
    CHECK(figure.title.rfind("Brackford is ", 0) == 0);
    CHECK(figure.alt.size() <= 150);
    CHECK(figure.alt.find("England") != std::string::npos);
    CHECK(figure.subtitle == "Invented admissions, Persons, All ages, 2022/23");
    CHECK(problems.count("other_periods") == 7);
    check_texts_apart(figure);
}

TEST_CASE("compare: data hold every area, shown or not, its role and how it compares") {
    Problems problems;
    CompareChartOptions options;
    options.roles = {{"District 075"}, {"England"}};
    options.keep = 2;
    const Figure figure = compare_chart(many_districts(150), options, liberation_sans(), problems);
    CHECK(figure.data.row_count() == 151);
    CHECK(figure.data.column("role").text(150) == "reference");
    CHECK(figure.data.column("role").text(74) == "highlighted");
    CHECK(figure.data.column("compared").text(0) == "higher");
    CHECK(figure.data.column("compared").text(99) == "similar");
    CHECK(figure.data.column("compared").text(149) == "lower");
}

TEST_CASE(
    "compare: kept are the ends and the neighbours of the highlighted, the others are counted in their "
    "place") {
    Problems problems;
    CompareChartOptions options;
    options.roles = {{"District 075"}, {"England"}};
    options.keep = 2;
    const Figure figure = compare_chart(many_districts(150), options, liberation_sans(), problems);
    CHECK(names_in(figure) == std::vector<std::string>{"District 001", "District 002", "70 not shown",
                                                       "District 073", "District 074", "District 075",
                                                       "District 076", "District 077", "71 not shown",
                                                       "District 149", "District 150"});
    CHECK(has_note(figure, "9 areas of 150 are shown"));
}

TEST_CASE(
    "compare: 150 districts fit a page without smaller text, and all of them stand on a page as high as "
    "needed") {
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        Problems problems;
        CompareChartOptions options;
        options.figure.slot = slot;
        options.roles = {{"District 075"}, {"England"}};
        const Figure fit = compare_chart(many_districts(150), options, liberation_sans(), problems);
        CAPTURE(static_cast<int>(slot));
        CHECK(fit.scene.height_mm <= 231);
        const auto names = names_in(fit);
        CHECK(std::find(names.begin(), names.end(), "District 075") != names.end());
        CHECK(names.front() == "District 001");
        CHECK(names.back() == "District 150");
        check_texts_apart(fit);
        options.rows = CompareRows::all;
        CHECK(names_in(compare_chart(many_districts(150), options, liberation_sans(), problems)).size() ==
              150);
    }
}

TEST_CASE("compare: an axis that does not start at 0 says so") {
    Problems problems;
    const Table table = table_of_csv("area,value,lower,upper\nA,81,80.1,82\nB,79,78.2,80.2\n");
    const Figure figure = compare_chart(table, {}, liberation_sans(), problems);
    CHECK(has_note(figure, "The axis does not start at 0."));
    CHECK_FALSE(has_text(figure, "0"));
}

TEST_CASE("compare: two references near each other have names that do not cover each other") {
    Problems problems;
    CompareChartOptions options;
    options.roles = {{"A"}, {"England", "Nearest neighbours' average"}};
    const Figure figure =
        compare_chart(table_of_csv("area,value,lower,upper\nA,120,100,137\nB,90,80,99\nEngland,100,99,101\n"
                                   "Nearest neighbours' average,101,96,106\n"),
                      options, liberation_sans(), problems);
    CHECK(has_text(figure, "England 100"));
    CHECK(has_text(figure, "Nearest neighbours\u2019 average 101"));
    CHECK(dashed_lines(figure.scene.nodes).size() == 2);
    check_texts_apart(figure);
}

TEST_CASE("compare: no text covers another in any slot or theme") {
    const Table table = csv_table(fingertips);
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            Problems problems;
            CompareChartOptions options;
            options.figure.slot = slot;
            options.figure.theme = theme;
            options.roles = {{"Brackford", "St Bride's"}, {"England"}};
            CAPTURE(static_cast<int>(slot));
            CAPTURE(static_cast<int>(theme));
            check_texts_apart(compare_chart(table, options, liberation_sans(), problems));
        }
    }
}

TEST_CASE("compare: a period that is not there, references alone and five highlighted areas are refused") {
    Problems problems;
    CompareChartOptions options;
    options.period = "2022/24";
    CHECK_THROWS_WITH_AS(compare_chart(csv_table(fingertips), options, liberation_sans(), problems),
                         doctest::Contains("2022/23"), NameUnknown);
    options = {};
    options.roles.references = {"England"};
    CHECK_THROWS_AS(
        compare_chart(table_of_csv("area,value\nEngland,100\n"), options, liberation_sans(), problems),
        InputError);
    options.roles = {{"A", "B", "C", "D", "E"}, {}};
    CHECK_THROWS_AS(compare_chart(table_of_csv("area,value\nA,1\nB,2\nC,3\nD,4\nE,5\n"), options,
                                  liberation_sans(), problems),
                    UsageError);
}
