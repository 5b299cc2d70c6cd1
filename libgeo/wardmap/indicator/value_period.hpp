/// \file
/// Periods as indicators are published: "2021/22", "2015 - 17", "2014/15 - 16/17", "2020 Q3".
#pragma once

#include <optional>
#include <string_view>

namespace wardmap {

/// A stretch of whole months, both ends in it, counted from January of year 0.
struct ValuePeriod {
    int first_month = 0;
    int last_month = 0;

    friend bool operator==(const ValuePeriod&, const ValuePeriod&) = default;
};

/// Reads what parse_period reads, several years ("2015 - 17", "2015-17", "2014/15 - 16/17") and two months
/// ("Aug 2020 - Jul 2021"). "2018-19" without blanks is the financial year, "2018 - 19" two years. Nothing if
/// it is none, or runs backwards.
std::optional<ValuePeriod> parse_value_period(std::string_view text);

}  // namespace wardmap
