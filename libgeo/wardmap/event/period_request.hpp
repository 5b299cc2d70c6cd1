/// \file
/// Into which periods events are counted.
#pragma once

#include "wardmap/base/period.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

enum class PeriodBins : std::uint8_t {
    all,  ///< one period: everything, dated or not
    month,
    quarter,
    year,
    financial_year,
    rolling_year,  ///< the twelve months to each month
    listed,        ///< those of `periods`, which may overlap
    weekday,       ///< Monday to Sunday; events dated by month alone have none
    hour,          ///< 00 to 23; events without a time have none
    weekday_hour,  ///< "Monday 17"
};

/// What a month without a single event, between months that have some, is: files that are not there, or
/// nothing that happened.
enum class MonthGaps : std::uint8_t { left_out, zero };

struct PeriodRequest {
    PeriodBins bins = PeriodBins::all;
    std::vector<Period> periods{};  ///< of `listed`
    MonthGaps gaps = MonthGaps::left_out;
};

/// From the values of `--period`: `month quarter year financial-year rolling-year weekday hour weekday-hour
/// all`, or any number of `YYYY`, `YYYY-MM`, `YYYY-Qn`, `YYYY/YY`, `year-to:YYYY-MM`. Nothing given:
/// `fallback`. \throws UsageError naming what there is; also for a word beside other values
PeriodRequest parse_period_request(std::span<const std::string> texts, PeriodBins fallback);

/// Number of the first and the last month of a period (event_time.hpp, month_number).
struct MonthRange {
    std::int32_t first = 0;
    std::int32_t last = 0;
};
MonthRange months_of(const Period& period) noexcept;

/// The month as a period.
Period month_period(std::int32_t month_number) noexcept;

/// "Monday"; 0 to 6. "17" for hours; the row of events without a day or time is called `no_time_label`.
std::string weekday_name(int weekday);
inline constexpr const char* no_time_label = "no time";

}  // namespace wardmap
