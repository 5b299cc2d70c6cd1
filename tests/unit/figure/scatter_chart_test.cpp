#include "wardmap/figure/scatter_chart.hpp"

#include "count_tables.hpp"
#include "scene_texts.hpp"
#include "support/csv_table.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

using namespace wardmap;
using wardmap::testing::check_texts_apart;
using wardmap::testing::csv_table;
using wardmap::testing::dashed_lines;
using wardmap::testing::has_note;
using wardmap::testing::has_text;
using wardmap::testing::table_of_csv;
using wardmap::testing::words_of;

namespace {

ScatterChartOptions x_and_y(const std::string& x, const std::string& y) {
    ScatterChartOptions options;
    options.x = x;
    options.y = y;
    return options;
}

/// Published rates of violence with injury in Coventry's wards by two markers.
Table published_wards() {
    const Table all = csv_table("examples/coventry/data/needs_assessment/offences_by_ward.csv");
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < all.row_count(); ++row) {
        if (all.column("marker").text(row) == "alcohol" &&
            all.column("offence").text(row) == "VIOLENCE WITH INJURY")
            rows.push_back(row);
    }
    return all.take(rows);
}

}  // namespace

TEST_CASE("scatter: eighteen wards have their names, none on another, in every slot and theme") {
    const Table table = published_wards();
    REQUIRE(table.row_count() >= 18);
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            ScatterChartOptions options = x_and_y("yt_june_2021", "yt_june_2022");
            options.figure.slot = slot;
            options.figure.theme = theme;
            options.label = "ward";
            CAPTURE(static_cast<int>(slot));
            CAPTURE(static_cast<int>(theme));
            const Figure figure = scatter_chart(table, options, liberation_sans());
            check_texts_apart(figure);
            if (slot == Slot::full && theme == Theme::report) CHECK(has_text(figure, "Foleshill"));
        }
    }
}

TEST_CASE(
    "scatter: the correlation is printed with its interval and the number of areas, and claims no cause") {
    std::string text = "area,x,y\n";
    for (int i = 1; i <= 12; ++i)
        text += "A" + std::to_string(i) + "," + std::to_string(i) + "," + std::to_string(i + (i % 3)) + "\n";
    const Figure figure = scatter_chart(table_of_csv(text), x_and_y("x", "y"), liberation_sans());
    CHECK(has_note(figure, "Spearman\u2019s rank correlation 0."));
    CHECK(has_note(figure, "95% interval"));
    CHECK(has_note(figure, "12 areas."));
    CHECK(figure.title.find("tend to have a higher") != std::string::npos);
    for (const char* word : {"cause", "because", "due to", "leads", "driv", "effect", "impact"})
        CHECK(words_of(figure.scene.nodes).find(word) == std::string::npos);
    CHECK(figure.alt.size() <= 150);
}

TEST_CASE("scatter: an interval that holds 0 is no finding, and three areas have no interval") {
    const Figure none = scatter_chart(table_of_csv("area,x,y\nA,1,5\nB,2,1\nC,3,6\nD,4,2\nE,5,5\nF,6,3\n"),
                                      x_and_y("x", "y"), liberation_sans());
    CHECK(none.title.find("do not clearly go together") != std::string::npos);
    const Figure few =
        scatter_chart(table_of_csv("area,x,y\nA,1,5\nB,2,6\nC,3,8\n"), x_and_y("x", "y"), liberation_sans());
    CHECK(few.title == "Y against X");
    CHECK_FALSE(has_note(few, "correlation"));
    ScatterChartOptions quiet = x_and_y("x", "y");
    quiet.correlation.reset();
    CHECK_FALSE(
        has_note(scatter_chart(table_of_csv("area,x,y\nA,1,5\nB,2,6\nC,3,8\n"), quiet, liberation_sans()),
                 "correlation"));
}

TEST_CASE("scatter: a total row is no point, and its values are lines when wished") {
    const Table table = table_of_csv("area_name,x,y\nA,1,5\nB,2,7\nC,4,6\nD,5,9\nTotal,3,6.5\n");
    ScatterChartOptions options = x_and_y("x", "y");
    const Figure without = scatter_chart(table, options, liberation_sans());
    CHECK(dashed_lines(without.scene.nodes).empty());
    CHECK(has_note(without, "4 areas."));
    options.whole_lines = WholeLines::yes;
    const Figure with = scatter_chart(table, options, liberation_sans());
    CHECK(dashed_lines(with.scene.nodes).size() == 2);
    CHECK(with.data.row_count() == 5);
    check_texts_apart(with);
}

TEST_CASE("scatter: areas without one of the numbers are named, and small counts are hollow and said") {
    const Table table = table_of_csv("area_name,count,x,y\nA,3,1,5\nB,50,2,7\nC,60,4,*\nD,70,5,\n");
    const Figure figure = scatter_chart(table, x_and_y("x", "y"), liberation_sans());
    CHECK(has_note(figure, "not drawn: C and D."));
    CHECK(words_of(figure.scene.nodes).find("Hollow: fewer than 10") != std::string::npos);
}

TEST_CASE("scatter: a zero has no place on a log axis and has one by square root") {
    const Table table = table_of_csv("area_name,x,y\nA,0,5\nB,20,7\nC,400,6\n");
    ScatterChartOptions options = x_and_y("x", "y");
    options.x_scale = AxisScale::log;
    CHECK_THROWS_WITH_AS(scatter_chart(table, options, liberation_sans()), doctest::Contains("A has 0"),
                         UsageError);
    options.x_scale = AxisScale::square_root;
    CHECK(has_note(scatter_chart(table, options, liberation_sans()), "by square root"));
}

TEST_CASE("scatter: the order of the rows does not change the picture") {
    const Figure one = scatter_chart(table_of_csv("area_name,x,y\nA,1,5\nB,2,7\nC,4,6\nD,5,9\n"),
                                     x_and_y("x", "y"), liberation_sans());
    const Figure two = scatter_chart(table_of_csv("area_name,x,y\nD,5,9\nC,4,6\nA,1,5\nB,2,7\n"),
                                     x_and_y("x", "y"), liberation_sans());
    CHECK(words_of(one.scene.nodes) == words_of(two.scene.nodes));
    REQUIRE(one.labels.size() == two.labels.size());
    for (std::size_t i = 0; i < one.labels.size(); ++i)
        CHECK(one.labels[i].box.min_x == two.labels[i].box.min_x);
}

TEST_CASE("scatter: columns not named, not there or without numbers are refused") {
    const Table table = table_of_csv("area_name,x,y\nA,*,5\nB,2,\n");
    CHECK_THROWS_AS(scatter_chart(table, x_and_y("x", ""), liberation_sans()), UsageError);
    CHECK_THROWS_AS(scatter_chart(table, x_and_y("x", "z"), liberation_sans()), NameUnknown);
    CHECK_THROWS_AS(scatter_chart(table, x_and_y("x", "y"), liberation_sans()), InputError);
    ScatterChartOptions options = x_and_y("x", "y");
    options.highlight = {"Z"};
    CHECK_THROWS_AS(scatter_chart(table_of_csv("area_name,x,y\nA,1,5\nB,2,4\n"), options, liberation_sans()),
                    NameUnknown);
}
