#include "wardmap/figure/gradient_chart.hpp"

#include "count_tables.hpp"
#include "scene_texts.hpp"
#include "support/csv_table.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

using namespace wardmap;
using wardmap::testing::add_rects;
using wardmap::testing::check_texts_apart;
using wardmap::testing::csv_table;
using wardmap::testing::has_note;
using wardmap::testing::has_text;
using wardmap::testing::table_of_csv;

namespace {

const char* const small_areas = "examples/comparisons/data/invented_counts_by_lsoa.csv";

GradientChartOptions per_thousand() {
    GradientChartOptions options;
    options.gradient.per = 1000;
    return options;
}

}  // namespace

TEST_CASE("gradient: the title says how many times the rate of the least deprived that of the most is") {
    Problems problems;
    const Figure figure =
        gradient_chart(table_of_csv("decile,count,population\n1,300,1000\n5,200,1000\n10,100,1000\n"),
                       per_thousand(), liberation_sans(), problems);
    CHECK(figure.title == "The rate in the most deprived decile is 3.0 times that in the least deprived");
    CHECK(has_note(figure, "ratio of rates 3.00 (95% interval "));
    CHECK(has_note(figure, "[x]: no rate (decile 2, 3, 4, 6, 7, 8 and 9)."));
    CHECK(figure.alt.size() <= 150);
}

TEST_CASE("gradient: a ratio whose interval holds 1 is no finding") {
    Problems problems;
    const Figure figure = gradient_chart(table_of_csv("decile,count,population\n1,11,1000\n10,10,1000\n"),
                                         per_thousand(), liberation_sans(), problems);
    CHECK(figure.title == "Rates in the most and the least deprived decile do not clearly differ");
}

TEST_CASE("gradient: ten columns from 0, the most deprived at the left, heights as the rates") {
    Problems problems;
    const Figure figure = gradient_chart(csv_table(small_areas), {}, liberation_sans(), problems);
    std::vector<RectShape> rects;
    add_rects(figure.scene.nodes, rects);
    REQUIRE(rects.size() == 10);
    const Column& rates = figure.data.column("rate");
    for (std::size_t i = 0; i < rects.size(); ++i) {
        CHECK(rects[i].height / rects[0].height == doctest::Approx(rates.number(i) / rates.number(0)));
        if (i > 0) CHECK(rects[i].x > rects[i - 1].x);
    }
    CHECK(has_text(figure, "Most deprived"));
    CHECK(has_note(figure, "Events and people of 195 areas added up by decile."));
    CHECK(figure.data.column("rows").number(0) > 1);
}

TEST_CASE("gradient: withheld sums have a sign in their place and are said") {
    Problems problems;
    GradientChartOptions options = per_thousand();
    options.gradient.small_numbers = parse_small_numbers("under:5");
    const Figure figure =
        gradient_chart(table_of_csv("decile,count,population\n1,300,1000\n2,3,1000\n3,4,1000\n10,100,1000\n"),
                       options, liberation_sans(), problems);
    CHECK(has_text(figure, "[c]"));
    CHECK(has_note(figure, "[c]: withheld (decile 2 and 3)."));
    CHECK(figure.data.column("rate").state(1) == CellState::suppressed);
    CHECK(figure.data.column("count").state(1) == CellState::suppressed);
}

TEST_CASE("gradient: no text covers another in any slot or theme") {
    const Table table = csv_table(small_areas);
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            for (const GradientGroups groups : {GradientGroups::as_given, GradientGroups::fifths}) {
                Problems problems;
                GradientChartOptions options;
                options.figure.slot = slot;
                options.figure.theme = theme;
                options.gradient.groups = groups;
                CAPTURE(static_cast<int>(slot));
                CAPTURE(static_cast<int>(theme));
                check_texts_apart(gradient_chart(table, options, liberation_sans(), problems));
            }
        }
    }
}

TEST_CASE("gradient: where every rate is withheld there is nothing to draw") {
    Problems problems;
    CHECK_THROWS_AS(
        gradient_chart(table_of_csv("decile,count,population\n1,*,1000\n"), {}, liberation_sans(), problems),
        InputError);
}
