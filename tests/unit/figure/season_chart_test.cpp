#include "wardmap/figure/season_chart.hpp"

#include "count_tables.hpp"
#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace wardmap;
using wardmap::testing::check_texts_apart;
using wardmap::testing::csv_rows;
using wardmap::testing::has_note;
using wardmap::testing::has_text;
using wardmap::testing::months_by_kind;
using wardmap::testing::number_in;

namespace {

/// Three years from July 2019, of which the months add to the given sums.
Table three_years(const std::vector<double>& sums_from_january) {
    std::vector<double> counts;
    for (int i = 0; i < 36; ++i) {
        const double sum = sums_from_january[static_cast<std::size_t>((i + 6) % 12)];
        counts.push_back(i < 24 ? std::floor(sum / 3) : sum - 2 * std::floor(sum / 3));
    }
    return months_by_kind("2019-07", {{"VIOLENCE WITH INJURY", counts}});
}

}  // namespace

TEST_CASE("season: the twelve published shares of violence with injury come out of counts that have them") {
    const auto published = csv_rows("examples/coventry/data/needs_assessment/calendar_month_share.csv");
    if (published.empty()) return;
    REQUIRE(published.size() == 12);
    // 1,000 events: the published percents are of counts that round to them; 99 percents are printed.
    std::vector<double> sums;
    double total = 0;
    for (const auto& row : published) {
        sums.push_back(10 * number_in(row, "share_pct"));
        total += sums.back();
    }
    sums[4] += 4;  // May 124, June 124, August 102: still 12, 12 and 10
    sums[5] += 4;
    sums[7] += 2;
    total += 10;
    REQUIRE(total == 1000);
    Problems problems;
    const Figure figure =
        season_chart(three_years(sums), {{}, {.kind = "VIOLENCE WITH INJURY"}}, liberation_sans(), problems);
    std::vector<std::string> printed;
    for (const PlacedLabel& label : figure.labels) {
        if (label.text.back() == '%' && label.text != "8.3%") printed.push_back(label.text);
    }
    std::vector<std::string> expected;
    for (const auto& row : published) expected.push_back(row.at("share_pct") + "%");
    REQUIRE(printed.size() >= 12);
    CHECK(std::vector<std::string>(printed.end() - 12, printed.end()) == expected);
    CHECK(figure.title == "Violence with injury: May and June have the largest shares, 12% each");
    CHECK(has_note(figure, "All offences of 3 whole years, July 2019 to June 2022."));
    CHECK(has_note(figure, "Shares are rounded and add to 99%, not 100%."));
    CHECK(problems.empty());
    check_texts_apart(figure);
}

TEST_CASE("season: columns are in proportion, with a dashed line at a twelfth; April may come first") {
    std::vector<double> sums(12, 30);
    sums[3] = 60;
    Problems problems;
    SeasonChartOptions options;
    options.start = SeasonStart::april;
    const Figure figure = season_chart(three_years(sums), options, liberation_sans(), problems);
    std::vector<RectShape> rects;
    testing::add_rects(figure.scene.nodes, rects);
    REQUIRE(rects.size() == 12);
    CHECK(rects[0].height == doctest::Approx(2 * rects[1].height));
    const auto dashed = testing::dashed_lines(figure.scene.nodes);
    REQUIRE_FALSE(dashed.empty());
    // One column is 30 of 390: a twelfth is 390 / 12 / 30 of its height.
    const double bottom = rects[1].y + rects[1].height;
    CHECK(bottom - dashed[0].y1 == doctest::Approx(rects[1].height * 390 / 12 / 30));
    CHECK(figure.data.column("month").text(0) == "April");
    check_texts_apart(figure);
}

TEST_CASE("season: months unequally covered are warned of, and no month is called the largest") {
    Problems problems;
    const Figure figure = season_chart(months_by_kind("2019-01", {{"A", std::vector<double>(14, 20)}}), {},
                                       liberation_sans(), problems);
    CHECK(problems.count("uneven_months") > 0);
    CHECK(has_note(figure, "The months are not there equally often"));
    CHECK(figure.title == "Offences by calendar month, months unequally covered");
}

TEST_CASE("season: a month that is nowhere, no events, and dots of one year are refused") {
    Problems problems;
    CHECK_THROWS_WITH_AS(season_chart(months_by_kind("2019-01", {{"A", std::vector<double>(11, 20)}}), {},
                                      liberation_sans(), problems),
                         doctest::Contains("no December"), InputError);
    CHECK_THROWS_AS(season_chart(months_by_kind("2019-01", {{"A", std::vector<double>(12, 0)}}), {},
                                 liberation_sans(), problems),
                    InputError);
    SeasonChartOptions dots;
    dots.style = SeasonStyle::dots;
    CHECK_THROWS_AS(season_chart(months_by_kind("2019-01", {{"A", std::vector<double>(23, 20)}}), dots,
                                 liberation_sans(), problems),
                    InputError);
}

TEST_CASE("season: dots are medians over whole years with their range and the latest year") {
    std::vector<double> counts(36, 10);
    counts[0] = 20;   // January 2019: 20 of 130
    counts[12] = 10;  // January 2020: 10 of 120
    counts[24] = 0;   // January 2021: 0 of 110
    SeasonChartOptions options;
    options.style = SeasonStyle::dots;
    Problems problems;
    const Figure figure =
        season_chart(months_by_kind("2019-01", {{"A", counts}}), options, liberation_sans(), problems);
    CHECK(figure.data.column("median_share").number(0) == doctest::Approx(100 * 10.0 / 120));
    CHECK(figure.data.column("lowest_share").number(0) == 0);
    CHECK(figure.data.column("highest_share").number(0) == doctest::Approx(100 * 20.0 / 130));
    CHECK(figure.data.column("latest_share").number(0) == 0);
    CHECK(has_note(figure, "Dot: median of 3 years, 2019 to 2021; line: lowest to highest; ring: 2021."));
    check_texts_apart(figure);
}

TEST_CASE("season: no text covers another in any slot or theme") {
    const Table table = three_years({24, 15, 21, 21, 36, 36, 27, 30, 21, 24, 21, 21});
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            for (const SeasonStyle style : {SeasonStyle::columns, SeasonStyle::dots}) {
                Problems problems;
                SeasonChartOptions options;
                options.figure.slot = slot;
                options.figure.theme = theme;
                options.style = style;
                CAPTURE(static_cast<int>(slot));
                CAPTURE(static_cast<int>(theme));
                check_texts_apart(season_chart(table, options, liberation_sans(), problems));
            }
        }
    }
}
