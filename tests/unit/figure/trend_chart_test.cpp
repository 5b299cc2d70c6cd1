#include "wardmap/figure/trend_chart.hpp"

#include "count_tables.hpp"
#include "support/csv_table.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

using namespace wardmap;
using wardmap::testing::check_texts_apart;
using wardmap::testing::csv_table;
using wardmap::testing::has_note;
using wardmap::testing::has_text;
using wardmap::testing::table_of_csv;

namespace {

const char* const fingertips = "examples/comparisons/data/invented_districts.csv";

/// The lines of an area: how many points each path has.
std::vector<std::size_t> paths_of(const std::vector<Node>& nodes, const std::string& code) {
    std::vector<std::size_t> lengths;
    for (const Node& one : nodes) {
        const auto* group = std::get_if<Group>(&one.content);
        if (group == nullptr) continue;
        if (group->role != Role::area) {
            for (const std::size_t length : paths_of(group->children, code)) lengths.push_back(length);
            continue;
        }
        if (group->code != code) continue;
        for (const Node& child : group->children) {
            const auto* shape = std::get_if<Shape>(&child.content);
            if (shape == nullptr) continue;
            if (const auto* path = std::get_if<Path>(&shape->outline)) lengths.push_back(path->points.size());
        }
    }
    return lengths;
}

}  // namespace

TEST_CASE("trend: the title says first and last value, and how the last stands to the reference") {
    Problems problems;
    TrendChartOptions options;
    options.roles = {{"A"}, {"England"}};
    const Table table = table_of_csv(
        "Area Name,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit\n"
        "A,2015 - 17,80,70,90\nA,2016 - 18,95,85,105\nA,2017 - 19,120,108,133\n"
        "England,2015 - 17,100,99,101\nEngland,2016 - 18,100,99,101\nEngland,2017 - 19,101,100,102\n");
    const Figure figure = trend_chart(table, options, liberation_sans(), problems);
    CHECK(figure.title == "A rose from 80 in 2015 - 17 to 120 in 2017 - 19, higher than England");
    CHECK(figure.description.find("do not overlap") != std::string::npos);
    CHECK(has_text(figure, "2017 - 19"));
    CHECK(figure.alt.size() <= 150);
    check_texts_apart(figure);
}

TEST_CASE("trend: a change is called a rise or fall only where the intervals of its ends are apart") {
    const auto title = [](const std::string& last) {
        Problems problems;
        return trend_chart(
                   table_of_csv("area,period,value,lower,upper\nA,2019,100,90,110\nA,2020," + last + "\n"),
                   {}, liberation_sans(), problems)
            .title;
    };
    CHECK(title("108,98,118") == "A: 100 in 2019, 108 in 2020, no clear change");
    CHECK(title("130,120,140") == "A rose from 100 in 2019 to 130 in 2020");
    CHECK(title("80,72,89") == "A fell from 100 in 2019 to 80 in 2020");
}

TEST_CASE("trend: a line breaks where a value is missing or withheld, and the notes say which") {
    Problems problems;
    TrendChartOptions options;
    options.roles = {{"Farleigh", "St Bride's"}, {"England"}};
    const Figure figure = trend_chart(csv_table(fingertips), options, liberation_sans(), problems);
    CHECK(has_note(figure, "Farleigh not known: 2018/19."));
    CHECK(has_note(figure, "St Bride\u2019s withheld: 2019/20."));
    // Eight periods of which the fourth is missing: three points and four.
    CHECK(paths_of(figure.scene.nodes, "E07990006") == std::vector<std::size_t>{3, 4});
    CHECK(paths_of(figure.scene.nodes, "E92000001") == std::vector<std::size_t>{8});
    CHECK(has_note(figure, "Grey lines: 14 areas more."));
}

TEST_CASE("trend: a period that no area has leaves its place empty and breaks the lines") {
    Problems problems;
    const Table table = table_of_csv("area,period,value\nA,2015,1\nA,2016,2\nA,2018,4\nA,2019,5\n");
    const Figure figure = trend_chart(table, {}, liberation_sans(), problems);
    CHECK(paths_of(figure.scene.nodes, "") == std::vector<std::size_t>{2, 2});
    CHECK(has_note(figure, "the lines break there"));
    CHECK_FALSE(has_text(figure, "2017"));
}

TEST_CASE("trend: the name of every line in focus stands at its end, and none covers another") {
    Problems problems;
    const Table table = table_of_csv(
        "area,period,value\nA,2015,10\nA,2016,10.1\nB,2015,10\nB,2016,10.2\nC,2015,10\nC,2016,10.15\n");
    const Figure figure = trend_chart(table, {}, liberation_sans(), problems);
    for (const char* name : {"A", "B", "C"}) CHECK(has_text(figure, name));
    check_texts_apart(figure);
}

TEST_CASE("trend: data hold every row drawn, with the role of its line") {
    Problems problems;
    TrendChartOptions options;
    options.roles = {{"Brackford"}, {"England"}};
    const Figure figure = trend_chart(csv_table(fingertips), options, liberation_sans(), problems);
    CHECK(figure.data.row_count() == 17 * 8);
    CHECK(figure.data.column("role").text(0) == "highlighted");
    CHECK(figure.data.column("role").text(8) == "reference");
    CHECK(figure.data.column("role").text(16) == "area");
}

TEST_CASE("trend: no text covers another in any slot or theme") {
    const Table table = csv_table(fingertips);
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            Problems problems;
            TrendChartOptions options;
            options.figure.slot = slot;
            options.figure.theme = theme;
            options.roles = {{"Brackford", "Ironbridge Common"}, {"England"}};
            CAPTURE(static_cast<int>(slot));
            CAPTURE(static_cast<int>(theme));
            check_texts_apart(trend_chart(table, options, liberation_sans(), problems));
        }
    }
}

TEST_CASE("trend: one period, no periods and many lines without a name are refused") {
    Problems problems;
    CHECK_THROWS_WITH_AS(trend_chart(table_of_csv("area,value\nA,1\n"), {}, liberation_sans(), problems),
                         doctest::Contains("--period-column"), InputError);
    CHECK_THROWS_AS(
        trend_chart(table_of_csv("area,period,value\nA,2015,1\n"), {}, liberation_sans(), problems),
        InputError);
    CHECK_THROWS_WITH_AS(trend_chart(csv_table(fingertips), {}, liberation_sans(), problems),
                         doctest::Contains("--highlight"), UsageError);
}
