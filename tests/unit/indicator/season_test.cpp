#include "wardmap/indicator/season.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

Table months_table(const std::string& first, const std::vector<double>& counts) {
    std::vector<std::string> codes, names, periods;
    const int number = month_number(*parse_period(first));
    for (std::size_t i = 0; i < counts.size(); ++i) {
        codes.emplace_back("E1");
        names.emplace_back("North");
        periods.push_back(month_of_number(number + static_cast<int>(i)).label());
    }
    return Table({Column::text("area_code", codes), Column::text("area_name", names),
                  Column::text("period", periods), Column::numbers("count", counts)});
}

Table hours_table(const std::vector<std::string>& periods, const std::vector<double>& counts) {
    return Table({Column::text("area_code", std::vector<std::string>(periods.size(), "E1")),
                  Column::text("area_name", std::vector<std::string>(periods.size(), "North")),
                  Column::text("period", periods), Column::numbers("count", counts)});
}

}  // namespace

TEST_CASE("three years from July are added up by calendar month and cut into whole years from July") {
    std::vector<double> counts;
    for (int i = 0; i < 36; ++i) counts.push_back(i % 12 == 0 ? 10 + i / 12 : 2);  // July: 10, 11, 12
    Problems problems;
    const Season made = season(month_series(months_table("2019-07", counts), {}, problems), {}, problems);
    CHECK(made.even());
    CHECK(made.counts[6] == known_count(33));
    CHECK(made.counts[0] == known_count(6));
    CHECK(made.total == known_count(33 + 11 * 6));
    REQUIRE(made.years.size() == 3);
    CHECK(made.first_month == 7);
    CHECK(made.years[2].total == 12 + 22);
    CHECK(made.years[2].share[6] == doctest::Approx(12.0 / 34));
}

TEST_CASE(
    "January years come before others where both give as many; a month that is not whole does not count") {
    Problems problems;
    const std::vector<double> counts(25, 4);
    MonthSeries series = month_series(months_table("2019-12", counts), {}, problems);
    CHECK(season(series, {}, problems).first_month == 1);
    CHECK(season(series, {}, problems).years.size() == 2);
    series.months.back().whole = false;  // December 2021
    const Season made = season(series, {}, problems);
    CHECK(made.first_month == 12);
    CHECK(made.months[11] == 2);
    CHECK(made.even());
}

TEST_CASE("a calendar month that is nowhere makes the total unknown") {
    Problems problems;
    const Season made =
        season(month_series(months_table("2014-01", std::vector<double>(11, 5)), {}, problems), {}, problems);
    CHECK_FALSE(made.total.known());
    CHECK_FALSE(made.even());
    CHECK(made.years.empty());
}

TEST_CASE("hours of the day and of the week find their places; rows without a time stand apart") {
    Problems problems;
    const HourCounts day =
        hour_counts(hours_table({"00", "17", "23", "no time", "17"}, {1, 2, 3, 4, 5}), {}, {}, problems);
    CHECK(day.of == HoursOf::day);
    REQUIRE(day.counts.size() == 24);
    CHECK(day.counts[0] == known_count(1));
    CHECK(day.counts[17] == known_count(7));
    CHECK_FALSE(day.counts[5].known());
    CHECK(day.without_time == known_count(4));
    const HourCounts week = hour_counts(hours_table({"Monday 00", "sunday 23"}, {1, 2}), {}, {}, problems);
    CHECK(week.of == HoursOf::week);
    CHECK(week.counts[0] == known_count(1));
    CHECK(week.counts[167] == known_count(2));
}

TEST_CASE("what is no hour is refused, and so are hours of two sorts and tables without times") {
    Problems problems;
    for (const std::string bad : {"24", "2014-01", "Mon 12", "Monday 24", "", "1a"}) {
        CHECK_THROWS_AS(hour_counts(hours_table({bad}, {1}), {}, {}, problems), InputError);
    }
    CHECK_THROWS_WITH_AS(hour_counts(hours_table({"12", "Monday 12"}, {1, 1}), {}, {}, problems),
                         doctest::Contains("mixed"), InputError);
    CHECK_THROWS_WITH_AS(hour_counts(hours_table({"no time"}, {9}), {}, {}, problems),
                         doctest::Contains("--period hour"), InputError);
}

TEST_CASE("small hours are withheld, and a small number without a time too") {
    Problems problems;
    std::vector<std::string> labels;
    std::vector<double> counts;
    for (int hour = 0; hour < 24; ++hour) {
        labels.push_back((hour < 10 ? "0" : "") + std::to_string(hour));
        counts.push_back(hour == 4 ? 2 : 20 + hour);
    }
    labels.emplace_back("no time");
    counts.push_back(3);
    const HourCounts made = hour_counts(hours_table(labels, counts), {}, {.under = 5}, problems);
    CHECK(made.counts[4].state == CellState::suppressed);
    CHECK(made.without_time.state == CellState::suppressed);
    std::size_t withheld = 0;
    for (const CountCell& cell : made.counts) withheld += !cell.known();
    CHECK(withheld >= 2);
}
