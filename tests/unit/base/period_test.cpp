#include "wardmap/base/period.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("period: the headings of the assessment read as a year to a month") {
    CHECK(parse_period("YT June 2022") == Period{PeriodKind::year_to, 2022, 6});
    CHECK(parse_period("yt_june_2021") == Period{PeriodKind::year_to, 2021, 6});
    CHECK(parse_period("Year to July 2020") == Period{PeriodKind::year_to, 2020, 7});
    CHECK(parse_period("year to 2022-06") == Period{PeriodKind::year_to, 2022, 6});
    CHECK(parse_period("12 months to Sept 2021") == Period{PeriodKind::year_to, 2021, 9});
}

TEST_CASE("period: every label reads back as the period it was made from") {
    for (const auto* label : {"2014-01", "2014-Q1", "2014", "2021/22", "year to 2022-06"}) {
        const auto period = parse_period(label);
        REQUIRE(period);
        CHECK(period->label() == label);
    }
    CHECK(parse_period("1999/00")->label() == "1999/00");
}

TEST_CASE("period: what is no period is none") {
    for (const auto* text : {"", "ward", "change", "May", "2021-13", "2021/23", "total", "yt", "12 June"})
        CHECK_FALSE(parse_period(text));
}

TEST_CASE("period: words are spelled out") {
    CHECK(period_words("YT June 2022") == "year to June 2022");
    CHECK(period_words("2021/22") == "April 2021 to March 2022");
    CHECK(period_words("2014-Q1") == "January to March 2014");
    CHECK(period_words("count_before") == "count before");
}
