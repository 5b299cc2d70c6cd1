/// \file
/// How events are spread over the calendar: the twelve months, the hours of the day and week.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/indicator/count_rows.hpp"
#include "wardmap/indicator/month_series.hpp"
#include "wardmap/table/table.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace wardmap {

/// Twelve months in a row that all have counts, and each calendar month's share of their events.
struct SeasonYear {
    Period first{};                  ///< its first month
    double total = 0;                ///< above 0
    std::array<double, 12> share{};  ///< 0 to 1, January first
};

struct Season {
    std::array<CountCell, 12> counts{};    ///< all years' events of each calendar month, January first
    std::array<std::size_t, 12> months{};  ///< how many months each of them is made of
    CountCell total{};                     ///< missing if one of the twelve is not known
    std::size_t first_month = 1;           ///< of the whole years: 4 where they are April to March
    std::vector<SeasonYear> years{};       ///< whole ones, in order; years without events are left out

    /// Every calendar month is made of the same number of months: only then do shares compare them.
    bool even() const noexcept;
};

/// The counts of the kind (of all events where the series has none). Months that are withheld, unknown, not
/// in the table, or not whole are left out. Years are those of the first month of the year that gives the
/// most of them: January, then April, then the series' own first month, then any other. The rule is applied
/// to the twelve sums.
Season season(const MonthSeries& series, const SmallNumberRule& rule, Problems& problems);

inline constexpr std::array<const char*, 7> weekday_names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                          "Friday", "Saturday", "Sunday"};

enum class HoursOf : unsigned char { day, week };

/// Counts by hour of the day, or by weekday and hour.
struct HourCounts {
    HoursOf of = HoursOf::day;
    std::string kind{};    ///< as the table writes it; empty: all events
    std::string marker{};  ///< "alcohol", "all"; empty: the table has none
    /// 24, or 7 x 24 with Monday first. An hour without rows is missing, never zero.
    std::vector<CountCell> counts{};
    CountCell without_time{};  ///< rows of `no time`; missing if there are none
    LeftOut left_out{};        ///< of the kind, or of all where there is none
};

/// Reads periods `00` to `23`, or `Monday 17`, and `no time`.
/// \throws what count_rows throws; InputError where a period is no hour, or hours of both sorts are mixed.
HourCounts hour_counts(const Table& table, const CountRowsOptions& options, const SmallNumberRule& rule,
                       Problems& problems);

}  // namespace wardmap
