#include "wardmap/figure/month_chart.hpp"

#include "count_tables.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

using namespace wardmap;
using wardmap::testing::check_texts_apart;
using wardmap::testing::has_note;
using wardmap::testing::has_text;
using wardmap::testing::months_by_kind;

namespace {

std::vector<double> repeated(std::size_t n, double value) {
    return std::vector<double>(n, value);
}

std::vector<double> two_years(double before, double after) {
    std::vector<double> counts(12, before);
    counts.resize(24, after);
    return counts;
}

const std::vector<Slot> slots{Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk};
const std::vector<Theme> themes{Theme::report, Theme::large, Theme::slide, Theme::mono};

}  // namespace

TEST_CASE("months: the kind and all others, last values at their ends, the year against the year before") {
    const Table table =
        months_by_kind("2020-07", {{"ROBBERY", two_years(10, 15)}, {"THEFT", two_years(20, 30)}});
    MonthsChartOptions options;
    options.series.kind = "ROBBERY";
    Problems problems;
    const Figure figure = months_chart(table, options, liberation_sans(), problems);
    CHECK(figure.title == "Robbery rose 50% in the year to June 2022");
    CHECK(figure.subtitle == "Offences by month, Coventry, July 2020 to June 2022");
    CHECK(has_text(figure, "Robbery"));
    CHECK(has_text(figure, "15"));
    CHECK(has_text(figure, "30"));
    CHECK(figure.data.row_count() == 48);
    CHECK(figure.alt.size() <= 150);
    CHECK(problems.empty());
    check_texts_apart(figure);
}

TEST_CASE("months: more than five times the other means two panels and never two axes in one") {
    for (const double others : {50.0, 51.0}) {
        const Table table = months_by_kind("2020-07", {{"A", repeated(30, 10)}, {"B", repeated(30, others)}});
        MonthsChartOptions options;
        options.series.kind = "A";
        Problems problems;
        const Figure figure = months_chart(table, options, liberation_sans(), problems);
        CHECK(has_note(figure, "different scales") == (others > 50));
        check_texts_apart(figure);
    }
}

TEST_CASE(
    "months: a gap is said, named in the plot and never a zero; an unfinished month is dashed and said") {
    std::vector<std::string> without;
    for (int m = 3; m <= 11; ++m)
        without.push_back("2021-" + std::string(m < 10 ? "0" : "") + std::to_string(m));
    const Table table =
        months_by_kind("2020-07", {{"A", repeated(28, 10)}, {"B", repeated(28, 12)}}, without);
    MonthsChartOptions options;
    options.series.kind = "A";
    options.series.last_month = LastMonth::part;
    Problems problems;
    const Figure figure = months_chart(table, options, liberation_sans(), problems);
    CHECK(has_note(figure, "No data for March to November 2021."));
    CHECK(has_note(figure, "October 2022 is not whole (dashed)."));
    CHECK(has_text(figure, "no data"));
    CHECK(has_text(figure, "10 so far"));
    CHECK(figure.data.row_count() == 2 * (28 - 9));
    CHECK(problems.count("month_gap") == 1);
    check_texts_apart(figure);
}

TEST_CASE("months: one series of 24 months is columns from 0 in proportion, of 25 a line") {
    std::vector<double> counts = repeated(24, 20);
    counts[3] = 40;
    Problems problems;
    const Figure columns =
        months_chart(months_by_kind("2020-01", {{"A", counts}}), {}, liberation_sans(), problems);
    std::vector<RectShape> rects;
    testing::add_rects(columns.scene.nodes, rects);
    REQUIRE(rects.size() == 24);
    CHECK(rects[3].height == doctest::Approx(2 * rects[0].height));
    CHECK(columns.title == "Offences fell 8% in the year to December 2021");  // 260 to 240
    check_texts_apart(columns);
    counts.push_back(20);
    rects.clear();
    const Figure line =
        months_chart(months_by_kind("2020-01", {{"A", counts}}), {}, liberation_sans(), problems);
    testing::add_rects(line.scene.nodes, rects);
    CHECK(rects.empty());
}

TEST_CASE("months: withheld months are gaps and their numbers nowhere") {
    std::vector<double> counts = repeated(30, 20);
    counts[7] = 3;
    MonthsChartOptions options;
    options.series.small_numbers = {.under = 5};
    Problems problems;
    const Figure figure =
        months_chart(months_by_kind("2020-01", {{"A", counts}}), options, liberation_sans(), problems);
    CHECK(has_note(figure, "Withheld under the small-number rule:"));
    CHECK(figure.data.row_count() < 30);
    for (const double number : figure.data.column("count").numbers()) CHECK(number != 3);
    CHECK(figure.alt.find(" 3 ") == std::string::npos);
}

TEST_CASE("months: titles stay true for zeros, constants and small numbers") {
    Problems problems;
    const auto title = [&](const std::vector<double>& counts) {
        return months_chart(months_by_kind("2020-01", {{"A", counts}}), {}, liberation_sans(), problems)
            .title;
    };
    CHECK(title(repeated(5, 0)) == "Offences: none in any month shown");
    CHECK(title(repeated(5, 3)) == "Offences: 3 in every month");
    CHECK(title({4, 9, 9, 2}) == "Offences: between 2 and 9 a month");
    CHECK(title({7}) == "Offences: highest in January 2020, at 7");
    std::vector<double> rare = repeated(24, 0);
    rare[15] = 2;
    CHECK(title(rare) == "Offences rose from 0 to 2 in the year to December 2021");
}

TEST_CASE("months and index: no text covers another in any slot or theme") {
    const Table table = months_by_kind("2019-07", {{"VIOLENCE WITHOUT INJURY", two_years(310, 290)},
                                                   {"POSSESSION OF DRUGS", two_years(420, 300)},
                                                   {"ROBBERY", two_years(11, 15)}});
    for (const Slot slot : slots) {
        for (const Theme theme : themes) {
            for (const char* kind : {"VIOLENCE WITHOUT INJURY", "ROBBERY", ""}) {
                Problems problems;
                FigureOptions figure;
                figure.slot = slot;
                figure.theme = theme;
                const std::vector<TimeBand> bands{
                    parse_time_band("2020-03..2020-06=First lockdown"),
                    parse_time_band("2020-11..2020-11=Second lockdown"),
                    parse_time_band("2021-01..2021-03=Third lockdown, schools closed")};
                CAPTURE(static_cast<int>(slot));
                CAPTURE(static_cast<int>(theme));
                CAPTURE(kind);
                check_texts_apart(
                    months_chart(table, {figure, {.kind = kind}, bands}, liberation_sans(), problems));
                IndexChartOptions index;
                index.figure = figure;
                index.series.kind = kind;
                index.bands = bands;
                check_texts_apart(index_chart(table, index, liberation_sans(), problems));
            }
        }
    }
}

TEST_CASE("index: change since the named month, with the counts it is counted from") {
    const Table table = months_by_kind("2020-01", {{"A", {20, 25, 30, 10}}, {"B", {200, 100, 100, 300}}});
    IndexChartOptions options;
    options.series.kind = "A";
    options.baseline = parse_period("2020-02");
    Problems problems;
    const Figure figure = index_chart(table, options, liberation_sans(), problems);
    CHECK(figure.title == "A: down 60% from February 2020 to April 2020");
    CHECK(has_note(figure, "In February 2020: A 25 and all other offences 100."));
    const auto change = figure.data.column("change_pct").numbers();
    REQUIRE(change.size() == 8);
    CHECK(change[0] == doctest::Approx(-20));
    CHECK(change[1] == 0);
    CHECK(change[3] == doctest::Approx(-60));
    CHECK(change[4] == doctest::Approx(100));
    CHECK(change[7] == doctest::Approx(200));
    CHECK(problems.empty());
    CHECK(has_text(figure, "+200%"));
    check_texts_apart(figure);
}

TEST_CASE("index: against the same month of the year before, only where there is one") {
    std::vector<double> counts = repeated(12, 40);
    for (int m = 0; m < 12; ++m) counts.push_back(m == 11 ? 50 : 40);
    IndexChartOptions options;
    options.against = IndexAgainst::year_before;
    Problems problems;
    const Figure figure =
        index_chart(months_by_kind("2020-01", {{"A", counts}}), options, liberation_sans(), problems);
    CHECK(figure.title == "Offences: up 25% from December 2020 to December 2021");
    CHECK(figure.data.row_count() == 12);
    CHECK(figure.data.column("period").text(0) == "2021-01");
    CHECK_THROWS_AS(index_chart(months_by_kind("2020-01", {{"A", repeated(12, 40)}}), options,
                                liberation_sans(), problems),
                    InputError);
}

TEST_CASE(
    "index: a base under 20 is warned of; a base of 0 is not drawn, and said; no base at all is refused") {
    IndexChartOptions options;
    options.series.kind = "A";
    Problems problems;
    const Figure small = index_chart(months_by_kind("2020-01", {{"A", {19, 25}}, {"B", {200, 100}}}), options,
                                     liberation_sans(), problems);
    CHECK(problems.count("small_base") == 1);
    CHECK(has_note(small, "Fewer than 20 in a baseline month"));
    const Figure zero = index_chart(months_by_kind("2020-01", {{"A", {0, 25}}, {"B", {200, 100}}}), options,
                                    liberation_sans(), problems);
    CHECK(has_note(zero, "A is not drawn: the baseline is 0, so change is not defined."));
    CHECK(zero.title == "All other offences: down 50% from January 2020 to February 2020");
    CHECK(zero.data.row_count() == 2);
    CHECK(problems.count("no_baseline") == 1);
    CHECK_THROWS_AS(
        index_chart(months_by_kind("2020-01", {{"A", {0, 25}}}), options, liberation_sans(), problems),
        InputError);
    options.baseline = parse_period("2019-12");
    CHECK_THROWS_WITH_AS(
        index_chart(months_by_kind("2020-01", {{"A", {1, 25}}}), options, liberation_sans(), problems),
        doctest::Contains("from 2020-01 to 2020-02"), UsageError);
    options.baseline = parse_period("2020-02");
    CHECK_THROWS_AS(index_chart(months_by_kind("2020-01", {{"A", {1, 25, 3}}}, {"2020-02"}), options,
                                liberation_sans(), problems),
                    UsageError);
}
