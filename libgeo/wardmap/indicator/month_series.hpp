/// \file
/// Counts by month out of a long table: every month from the first to the last, gaps known.
#pragma once

#include "wardmap/base/period.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/indicator/count_rows.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wardmap {

enum class LastMonth : unsigned char {
    whole,
    part,  ///< the events do not reach to its end
};

struct MonthSeriesOptions {
    std::string kind{};         ///< a value of a column of kinds; empty: all events alone
    std::string kind_column{};  ///< needed only where two columns have that value
    LastMonth last_month = LastMonth::whole;
    SmallNumberRule small_numbers{};  ///< of the counts by month, not of the cells they are made of
};

/// One month. A month of which the table has no row is missing in all three: never zero.
struct MonthCounts {
    Period month{};
    CountCell kind{};    ///< missing too where no kind was asked for
    CountCell others{};  ///< all other kinds of the same marker
    CountCell total{};   ///< all kinds of the same marker
    bool whole = true;

    /// True if the table has rows of the month.
    bool in_table() const noexcept {
        return total.state != CellState::missing || kind.state != CellState::missing ||
               others.state != CellState::missing;
    }
};

struct MonthSeries {
    std::string kind{};    ///< as the table writes it; empty: none
    std::string marker{};  ///< "alcohol", "all"; empty: the table has none
    std::vector<MonthCounts> months{};
    LeftOut left_out{};  ///< events in no area, all kinds
    LeftOut left_out_of_kind{};

    /// The month's position; nothing if it is before the first or after the last.
    std::optional<std::size_t> find(const Period& month) const noexcept;
};

/// Months counted from January of year 0: the difference of two is the months between them.
int month_number(const Period& period) noexcept;
Period month_of_number(int number) noexcept;

/// Adds up areas and kinds. A month whose sum includes a withheld count is withheld, one with an unknown
/// count is missing. Problems: `month_gap` (a warning with the months that are not there), `unknown_count`.
/// \throws what count_rows throws; InputError where a period is no month.
MonthSeries month_series(const Table& table, const MonthSeriesOptions& options, Problems& problems);

/// Months in a row as one: "February to December 2015", "March 2016". \pre in order
std::vector<std::string> month_runs(const std::vector<Period>& months);

/// "January 2014 to November 2014" as people write it: "January to November 2014".
std::string month_range_words(const Period& first, const Period& last);

}  // namespace wardmap
