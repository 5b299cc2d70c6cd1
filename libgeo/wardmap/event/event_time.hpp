/// \file
/// When an event happened, as exactly as its record says.
#pragma once

#include <cstdint>
#include <string_view>

namespace wardmap {

/// How much of a date and time is known.
enum class TimePrecision : std::uint8_t { none, month, day, minute };

/// A date, or a date with a time of day: small, for there are millions of them. Clock time of the place: what
/// a record says, or, where it names a zone, the same moment on British clocks.
struct EventTime {
    std::int32_t day =
        0;  ///< days since 1 January 1970; of a month alone its first day; 0 if nothing is known
    std::int16_t minute = 0;  ///< of the day, 0 to 1439; 0 if it is not known
    TimePrecision precision = TimePrecision::none;

    friend bool operator==(const EventTime&, const EventTime&) = default;
};

/// Which number of 01/02/2014 is the day.
enum class DateOrder : std::uint8_t { day_first, month_first };

enum class DateFault : std::uint8_t {
    none,
    blank,       ///< nothing there
    unreadable,  ///< no date in any form that is read
    impossible,  ///< the form of a date, but there is no such day: 31/02/2014, 25:10
};

struct ReadTime {
    EventTime time{};
    DateFault fault = DateFault::none;
};

/// Reads a cell as a date, white space round it ignored:
///
/// | text | is |
/// |---|---|
/// | `2014-01` `2014/01` `201401` `Jan 2014` `January 2014` `Jan-14` `01/2014` | a month |
/// | `2014-01-05` `2014/01/05` `20140105` `05/01/2014` `5.1.14` `5-Jan-2014` `5 January 2014` `Sun 5 Jan
/// 2014` | a day | | `41644` `41644.75` | an Excel serial (1900 system): a day, with a time where it has a
/// fraction; 18,264 to 73,415 (1950 to 2100) | | any day, then blank(s), `T` or `,` and `17:05` `17:05:30`
/// `17:05:30.250` `5:05 pm` `1705` | a day and a time | | ... then `Z` `+01:00` `-0500` `GMT` `BST` `UTC` |
/// the moment, on British clocks (the rule of 1996: last Sundays of March and October, 01:00 UTC) |
///
/// Two-figure years are 1970 to 2069. Times are cut to the minute. `24:00` is 00:00 of the next day.
/// "00:00:00" behind a date is a time like any other.
ReadTime parse_event_time(std::string_view text, DateOrder order = DateOrder::day_first) noexcept;

/// Days since 1 January 1970 of a date of the Gregorian calendar. \pre the date exists
std::int32_t day_number(int year, int month, int day) noexcept;

struct CalendarDay {
    int year = 1970;
    int month = 1;  ///< 1 to 12
    int day = 1;
};
CalendarDay calendar_day(std::int32_t day) noexcept;

/// 0 = Monday ... 6 = Sunday.
int weekday_of(std::int32_t day) noexcept;

/// year * 12 + month - 1 of a day: months in a row are numbers in a row.
std::int32_t month_number(std::int32_t day) noexcept;

}  // namespace wardmap
