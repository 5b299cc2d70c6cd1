#include "wardmap/figure/hours_chart.hpp"

#include "count_tables.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/indicator/season.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

using namespace wardmap;
using wardmap::testing::check_texts_apart;
using wardmap::testing::has_note;
using wardmap::testing::has_text;
using wardmap::testing::table_rows;

namespace {

std::string two_digits(int hour) {
    return (hour < 10 ? "0" : "") + std::to_string(hour);
}

Table hours_table(const std::vector<std::string>& periods, const std::vector<double>& counts) {
    TableMeta meta;
    meta.unit = "offences";
    meta.whole = "Coventry";
    return Table({Column::text("area_code", std::vector<std::string>(periods.size(), "E05001218")),
                  Column::text("area_name", std::vector<std::string>(periods.size(), "Bablake")),
                  Column::text("period", periods), Column::numbers("count", counts)},
                 meta);
}

Table day_table(double midnight, double without_time) {
    std::vector<std::string> periods;
    std::vector<double> counts;
    for (int hour = 0; hour < 24; ++hour) {
        periods.push_back(two_digits(hour));
        counts.push_back(hour == 0 ? midnight : hour == 18 ? 40 : 10);
    }
    periods.emplace_back("no time");
    counts.push_back(without_time);
    return hours_table(periods, counts);
}

Table week_table(double times) {
    std::vector<std::string> periods;
    std::vector<double> counts;
    for (std::size_t day = 0; day < 7; ++day) {
        for (int hour = 0; hour < 24; ++hour) {
            periods.push_back(std::string(weekday_names[day]) + " " + two_digits(hour));
            counts.push_back(times * (day == 4 && hour == 22 ? 60 : hour));
        }
    }
    return hours_table(periods, counts);
}

}  // namespace

TEST_CASE("hours: columns by hour, the busiest named, rows without a time as a share of all") {
    Problems problems;
    const Figure figure = hours_chart(day_table(10, 68), {}, liberation_sans(), problems);
    // 22 hours of 10, midnight 10, 18:00 40: 270 with a time; 68 of 338 without.
    CHECK(figure.title == "Offences: most from 18:00 to 18:59, with 15%");
    CHECK(has_note(figure, "Without a time and not shown: 68 offences, 20% of all."));
    std::vector<RectShape> rects;
    testing::add_rects(figure.scene.nodes, rects);
    REQUIRE(rects.size() == 24);
    CHECK(rects[18].height == doctest::Approx(4 * rects[1].height));
    CHECK(figure.data.row_count() == 24);
    CHECK(problems.empty());
    check_texts_apart(figure);
}

TEST_CASE(
    "hours: a midnight of more than three times its neighbours is warned of, one of three times is not") {
    Problems problems;
    CHECK_FALSE(has_note(hours_chart(day_table(30, 0), {}, liberation_sans(), problems), "unknown time"));
    CHECK(problems.count("midnight_spike") == 0);
    const Figure figure = hours_chart(day_table(41, 0), {}, liberation_sans(), problems);
    CHECK(has_note(figure, "00:00 often stands for an unknown time"));
    CHECK(figure.title == "Offences: most at 00:00, which often stands for an unknown time");
    CHECK(problems.count("midnight_spike") == 1);
}

TEST_CASE("hours: a week is a table of seven rows with its numbers, shaded by class") {
    Problems problems;
    const Figure figure = hours_chart(week_table(1), {}, liberation_sans(), problems);
    CHECK(figure.title.find("Offences: most on Friday, 22:00 to 22:59") == 0);
    const auto rows = table_rows(figure.scene.nodes);
    REQUIRE(rows.size() == 7);
    REQUIRE(rows[4].size() == 25);
    CHECK(rows[4][0] == "Friday");
    CHECK(rows[4][23] == "60");
    CHECK(rows[0][1] == "0");
    CHECK(figure.data.row_count() == 168);
    CHECK(figure.classes.size() >= 3);
    check_texts_apart(figure);
}

TEST_CASE("hours: withheld and unknown hours are told apart from zero") {
    Problems problems;
    HoursChartOptions options;
    options.small_numbers = {.under = 5};
    std::vector<std::string> periods;
    std::vector<double> counts;
    for (int hour = 0; hour < 23; ++hour) {
        periods.push_back(two_digits(hour));
        counts.push_back(hour == 5 ? 0 : hour == 6 ? 2 : 30);
    }
    const Figure figure = hours_chart(hours_table(periods, counts), options, liberation_sans(), problems);
    CHECK(has_note(figure, "[c]: withheld under the small-number rule."));
    CHECK(has_note(figure, "[x]: not known."));
    CHECK(has_text(figure, "[c]"));
    CHECK_FALSE(has_text(figure, "2"));
    CHECK(figure.data.column("count").number(5) == 0);
    CHECK(figure.data.column("count").state(6) == CellState::suppressed);
    CHECK(figure.data.column("count").state(23) == CellState::missing);
}

TEST_CASE("hours: no events, and no text covers another in any slot or theme") {
    Problems problems;
    std::vector<std::string> periods;
    for (int hour = 0; hour < 24; ++hour) periods.push_back(two_digits(hour));
    const Figure none =
        hours_chart(hours_table(periods, std::vector<double>(24, 0)), {}, liberation_sans(), problems);
    CHECK(none.title == "Offences: none with a known time");
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            for (const Table& table : {day_table(12, 9), week_table(1), week_table(100)}) {
                HoursChartOptions options;
                options.figure.slot = slot;
                options.figure.theme = theme;
                CAPTURE(static_cast<int>(slot));
                CAPTURE(static_cast<int>(theme));
                check_texts_apart(hours_chart(table, options, liberation_sans(), problems));
            }
        }
    }
}
