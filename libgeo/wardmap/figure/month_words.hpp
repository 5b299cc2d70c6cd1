/// \file
/// What charts of a count table call things, and the notes they share.
#pragma once

#include "wardmap/indicator/count_rows.hpp"
#include "wardmap/indicator/month_series.hpp"
#include "wardmap/table/table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Names of what is counted. `kind` and `marker` are as in the table; without a kind all events are meant.
struct CountNames {
    std::string unit{};     ///< "offences", "events"
    std::string subject{};  ///< of the chart, as a sentence begins: "Drug-marked violence with injury"
    std::string kind{};     ///< for a label: "Violence with injury", "All drug-marked offences"
    std::string others{};   ///< "All other drug-marked offences"
    std::string all{};      ///< within a sentence: "all drug-marked offences"
    std::string whole{};  ///< the same where the words should be few: "drug-marked offences", "all offences"
};
CountNames count_names(const std::string& kind, const std::string& marker, const TableMeta& meta);

/// "Theft" -> "theft"; "CCTV" and "A level" stay.
std::string within_sentence(std::string_view text);

/// "Offences by month, Coventry wards, January to November 2014", as far as the table knows.
std::string counts_line(const std::string& first, const TableMeta& meta, const std::string& period);

/// "Not in the chart: 12 events outside all areas, 3 not located."; empty if there are none.
std::string left_out_note(const LeftOut& left_out, const std::string& unit);

/// The months shown and what is missing of them.
std::string series_range(const MonthSeries& series);
/// "No data for December 2014 to January 2016.", "Withheld as small: March and May 2014.", "November 2014 is
/// not whole (dashed)." Each only where it is so. \param part_words  "dashed", "paler"
std::vector<std::string> series_notes(const MonthSeries& series, std::string_view part_words);

/// "1 offence", "12 offences"
std::string counted_unit(double count, const std::string& unit);

/// A count as it is printed: whole numbers, weighted ones with one decimal.
std::string count_text(double count);

/// "8%", "<1%" for less than a half but not none, "12.5%" where decimals are wanted.
std::string percent_text(double percent, int decimals = 0);
/// "8%" or, under 10, "3.2%"; under 1 two decimals.
std::string fine_percent(double percent);

}  // namespace wardmap
