/// \file
/// Periods as tables name them: "YT June 2022", "yt_june_2022", "2021/22", "2014-01", "2014-Q1".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardmap {

enum class PeriodKind : unsigned char { month, quarter, year, financial_year, year_to };

/// A stretch of whole months. `year` and `month` are of its last month.
struct Period {
    PeriodKind kind = PeriodKind::year;
    int year = 0;
    int month = 12;  ///< 1 to 12

    /// "2014-01", "2014-Q1", "2014", "2021/22", "year to 2022-06"
    std::string label() const;
    /// "January 2014", "January to March 2014", "2014", "April 2021 to March 2022", "year to June 2022"
    std::string words() const;
    friend bool operator==(const Period&, const Period&) = default;
};

/// Reads a column heading or cell as a period; letter case, underscores and "YT"/"Year to"/"12
/// months to" do not matter. Nothing if it is none.
std::optional<Period> parse_period(std::string_view text);

/// "YT June 2022" -> "year to June 2022"; other text comes back with underscores as spaces.
std::string period_words(std::string_view text);

}  // namespace wardmap
