#include "clock.hpp"

#include <fmt/format.h>

#include <array>

namespace wardmap::simulated {
namespace {

constexpr std::size_t june = 5;
constexpr std::size_t july = 6;

// Assumptions, all of this block: nothing of it is printed anywhere. 100 is an ordinary month, hour or day.
constexpr CalendarMonths season{88, 82, 93, 95, 104, 108, 112, 110, 102, 103, 98, 105};
constexpr CalendarMonths season_of_finds{70, 70, 85, 95, 110, 120, 130, 125, 110, 100, 80, 70};
/// Percent of an ordinary month that was left in the months when pubs and clubs were shut.
struct Closure {
    int year;
    std::size_t month;
    std::uint32_t percent;
};
constexpr std::array<Closure, 7> closures{{{2020, 2, 85},
                                           {2020, 3, 60},
                                           {2020, 4, 72},
                                           {2020, 10, 85},
                                           {2021, 0, 72},
                                           {2021, 1, 72},
                                           {2021, 2, 80}}};
/// Monday first.
constexpr std::array<std::uint32_t, 7> week_of_alcohol{80, 78, 82, 90, 120, 150, 125};
constexpr std::array<std::uint32_t, 7> week_of_drugs{98, 100, 102, 102, 104, 100, 94};
constexpr std::array<std::uint32_t, 24> day_of_alcohol{
    150, 140, 120, 90, 50, 30, 20, 20, 25, 30, 35, 40, 50, 55, 60, 65, 75, 90, 110, 125, 140, 155, 165, 165};
constexpr std::array<std::uint32_t, 24> day_of_drugs{70,  60,  50,  35,  25,  20,  25,  35,
                                                     50,  70,  85,  95,  105, 110, 120, 125,
                                                     130, 135, 135, 130, 125, 115, 100, 85};
constexpr std::uint32_t percent_without_time = 11;
constexpr std::uint32_t minutes_apart = 5;  ///< as times are written down

/// From 90 in the first month of the year to 112 in the last.
std::uint32_t rise_within_year(std::size_t months_since_first) {
    return 90 + 2 * static_cast<std::uint32_t>(months_since_first);
}

std::chrono::sys_days first_day(YearMonth at) {
    return std::chrono::sys_days(std::chrono::year(at.year) /
                                 std::chrono::month(static_cast<unsigned>(at.month) + 1) / 1);
}

std::uint32_t days_in(YearMonth at) {
    const YearMonth next =
        at.month + 1 < months_in_year ? YearMonth{at.year, at.month + 1} : YearMonth{at.year + 1, 0};
    return static_cast<std::uint32_t>((first_day(next) - first_day(at)).count());
}

}  // namespace

std::string Moment::text() const {
    const std::chrono::year_month_day date(day);
    const std::string date_text =
        fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                    static_cast<unsigned>(date.day()));
    if (!minute) return date_text;
    return fmt::format("{}T{:02}:{:02}", date_text, *minute / 60, *minute % 60);
}

YearMonth month_of_year_to(int last_year, std::size_t last_month, std::size_t month) noexcept {
    return {month > last_month ? last_year - 1 : last_year, month};
}

CalendarMonths left_by_closures(int last_year) {
    CalendarMonths percent;
    percent.fill(100);
    for (const Closure& closure : closures) {
        if (month_of_year_to(last_year, june, closure.month).year == closure.year)
            percent[closure.month] = closure.percent;
    }
    return percent;
}

YearMonth draw_offence_month(int last_year, Random& random) {
    const CalendarMonths left = left_by_closures(last_year);
    CalendarMonths weights{};
    for (std::size_t month = 0; month < months_in_year; ++month) {
        const std::size_t months_since_first = (month + months_in_year - (june + 1)) % months_in_year;
        weights[month] = season[month] * left[month] * rise_within_year(months_since_first);
    }
    return month_of_year_to(last_year, june, random.weighted(weights));
}

YearMonth draw_find_month(int last_year, Random& random) {
    return month_of_year_to(last_year, july, random.weighted(season_of_finds));
}

Moment draw_moment(YearMonth month, Marker marker, Random& random) {
    const auto& week = marker == Marker::alcohol ? week_of_alcohol : week_of_drugs;
    const auto& hours = marker == Marker::alcohol ? day_of_alcohol : day_of_drugs;
    std::vector<std::uint32_t> weights;
    for (std::uint32_t day = 0; day < days_in(month); ++day) {
        const std::chrono::weekday weekday(first_day(month) + std::chrono::days(day));
        weights.push_back(week[weekday.iso_encoding() - 1]);
    }
    Moment moment{.day = first_day(month) + std::chrono::days(random.weighted(weights)), .minute = {}};
    if (random.in_percent(percent_without_time)) return moment;
    const auto hour = static_cast<std::uint32_t>(random.weighted(hours));
    moment.minute = static_cast<int>(60 * hour + minutes_apart * random.below(60 / minutes_apart));
    return moment;
}

Moment draw_day(YearMonth month, Random& random) {
    return {.day = first_day(month) + std::chrono::days(random.below(days_in(month))), .minute = {}};
}

}  // namespace wardmap::simulated
