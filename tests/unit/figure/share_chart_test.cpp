#include "wardmap/figure/share_chart.hpp"

#include "count_tables.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

using namespace wardmap;
using wardmap::testing::check_texts_apart;
using wardmap::testing::has_note;
using wardmap::testing::months_by_kind;

namespace {

/// The points of trend_test.cpp: parts of 200, 210, 190, 205, 220, 198, (no month), 215, 207.
Table share_table(const std::vector<double>& parts) {
    const std::vector<double> wholes{200, 210, 190, 205, 220, 198, 0, 215, 207};
    std::vector<double> others;
    for (std::size_t i = 0; i < parts.size(); ++i) others.push_back(wholes[i] - parts[i]);
    return months_by_kind("2014-01", {{"Robbery", parts}, {"Theft", others}}, {"2014-07"});
}

Figure drawn(const Table& table, Problems& problems, ShareChartOptions options = {}) {
    options.series.kind = "Robbery";
    return share_chart(table, options, liberation_sans(), problems);
}

}  // namespace

TEST_CASE("share: the trend of statsmodels in words, the gap bridged by the curve only") {
    Problems problems;
    const Figure figure = drawn(share_table({12, 15, 11, 18, 20, 17, 0, 25, 24}), problems);
    CHECK(figure.title == "Robbery: share of all offences grew 9.0% a month");
    CHECK(has_note(figure,
                   "Fitted exponential trend (log-linear least squares): share grows 9.0% a month (95% "
                   "interval +5.0% to +13.3%), January to September 2014; not a forecast."));
    CHECK(has_note(figure, "No data for July 2014."));
    REQUIRE(figure.data.row_count() == 8);
    CHECK(figure.data.column("share").number(0) == doctest::Approx(6));
    CHECK(figure.data.column("fitted").number(0) == doctest::Approx(6.01460837));
    CHECK(figure.data.column("fitted_upper").number(7) == doctest::Approx(14.53043956));
    check_texts_apart(figure);
}

TEST_CASE("share: zeros are drawn as zeros, and the model that can take them is named") {
    Problems problems;
    const Figure figure = drawn(share_table({3, 0, 2, 4, 1, 6, 0, 5, 8}), problems);
    CHECK(figure.title == "Robbery: no clear trend in its share of all offences");
    CHECK(has_note(figure,
                   "(quasi-Poisson regression of the counts): share changes by +21.4% a month (95% interval "
                   "\u22120.3% to +47.9%), so no clear trend"));
    CHECK(has_note(figure, "1 month is zero, of which a log-linear fit is impossible; quasi-Poisson"));
    CHECK(figure.data.column("share").number(1) == 0);
    CHECK(problems.count("trend_model") == 1);
    check_texts_apart(figure);
}

TEST_CASE("share: no trend from few months, none where not wanted, and a month without events has no share") {
    Problems problems;
    const Table few = months_by_kind("2014-01", {{"Robbery", {1, 2, 0, 3}}, {"Theft", {9, 8, 0, 7}}});
    const Figure figure = drawn(few, problems);
    CHECK(has_note(figure, "No trend is drawn. A trend needs at least 6 months, and there are 3."));
    CHECK(has_note(figure, "No share where there were no events at all: 1 month."));
    CHECK(figure.title == "Robbery: 20% of all offences");
    CHECK(figure.data.row_count() == 3);
    CHECK(figure.data.find("fitted") == nullptr);
    CHECK(problems.count("no_trend") == 1);
    ShareChartOptions without;
    without.trend_shown = TrendShown::no;
    CHECK_FALSE(
        has_note(drawn(share_table({12, 15, 11, 18, 20, 17, 0, 25, 24}), problems, without), "trend"));
}

TEST_CASE("share: an unfinished last month is drawn and not fitted") {
    Problems problems;
    ShareChartOptions options;
    options.series.last_month = LastMonth::part;
    const Table table = months_by_kind(
        "2014-01", {{"Robbery", {10, 10, 10, 10, 10, 10, 90}}, {"Theft", {90, 90, 90, 90, 90, 90, 10}}});
    const Figure figure = drawn(table, problems, options);
    CHECK(figure.data.column("fitted").number(6) == doctest::Approx(10));
    CHECK(figure.data.column("share").number(6) == doctest::Approx(90));
    CHECK(has_note(figure, "July 2014 is not whole (not fitted)."));
}

TEST_CASE("share: a kind must be named, and something must have a share") {
    Problems problems;
    CHECK_THROWS_AS(share_chart(share_table({1, 1, 1, 1, 1, 1, 0, 1, 1}), {}, liberation_sans(), problems),
                    UsageError);
    CHECK_THROWS_AS(drawn(months_by_kind("2014-01", {{"Robbery", {0, 0}}, {"Theft", {0, 0}}}), problems),
                    InputError);
}

TEST_CASE("share: no text covers another in any slot or theme") {
    const Table table = share_table({12, 15, 11, 18, 20, 17, 0, 25, 24});
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            Problems problems;
            ShareChartOptions options;
            options.figure.slot = slot;
            options.figure.theme = theme;
            options.bands = {parse_time_band("2014-03=New counting rules")};
            CAPTURE(static_cast<int>(slot));
            CAPTURE(static_cast<int>(theme));
            check_texts_apart(drawn(table, problems, options));
        }
    }
}
