/// \file
/// When simulated events happen.
#pragma once

#include "published.hpp"
#include "random.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace wardmap::simulated {

struct Moment {
    std::chrono::sys_days day{};
    std::optional<int> minute{};  ///< of the day; none: the record says the date only

    /// "2021-03-05T22:15", "2021-03-05"
    std::string text() const;
    friend auto operator<=>(const Moment&, const Moment&) = default;
};

/// A month of a calendar year; `month` from 0.
struct YearMonth {
    int year = 0;
    std::size_t month = 0;
};

/// The year whose last month is `last_month` of `last_year` (June: 5) has each calendar month once: this
/// one's year.
YearMonth month_of_year_to(int last_year, std::size_t last_month, std::size_t month) noexcept;

/// Percent of an ordinary month that the closures of 2020 and 2021 left of each month of the year to June.
CalendarMonths left_by_closures(int last_year);

/// A month of the year to June, by the season, the closures of 2020 and 2021 and the rise through the year
/// that clock.cpp assumes.
YearMonth draw_offence_month(int last_year, Random& random);

/// A month of the year to July; finds follow the light and the litter picks of summer.
YearMonth draw_find_month(int last_year, Random& random);

/// Weekends and evenings for alcohol, a flatter week for drugs. One row in nine has no time.
Moment draw_moment(YearMonth month, Marker marker, Random& random);

/// Any day of the month, without a time.
Moment draw_day(YearMonth month, Random& random);

}  // namespace wardmap::simulated
