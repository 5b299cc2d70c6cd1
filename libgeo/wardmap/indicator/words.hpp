/// \file
/// Words for what the ward table says: true also where counts fell, with the name of the cut.
#pragma once

#include "wardmap/table/table.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace wardmap {

/// The quadrants' codes in the order of legends, without "none".
inline constexpr std::string_view quadrant_codes[] = {"high_faster", "high_slower", "low_faster",
                                                      "low_slower"};

/// "Coventry’s", "St Albans’": U+2019.
std::string possessive(std::string_view name);

/// Name of a quadrant: "Higher rate, change above Coventry’s". Says "the whole area’s" where the metadata
/// name no whole, "above the median", "count rose" / "count did not rise" (zero cut), "change above +10%"
/// (fixed). "none": "Not placed". Any other code: empty.
std::string quadrant_words(std::string_view code, const TableMeta& meta);

/// "in the year to June 2022", "in July 2022", "in 2022", "in Q1 2022".
std::string in_period(std::string_view period);

/// Each axis of it: "Higher rate" / "Lower rate", and "change above Coventry’s" / "change below ...".
std::string quadrant_rate_words(std::string_view code);
std::string quadrant_change_words(std::string_view code, const TableMeta& meta);

/// What the cuts are: "Coventry’s rate (402 per 100,000) and change (+64%)".
std::string cut_words(const TableMeta& meta);

/// "rose by 64%", "fell by 18%", "rose from none to 3", "fell to none from 5", "unchanged", "none in either
/// period", "withheld" or "not known", of one row of a ward table.
std::string describe_change(const Table& table, std::size_t row);

/// "+64%", "−18%", "0%", "from zero", "none", "[c]" (suppressed) or empty (not known), for tables and labels.
std::string change_text(const Table& table, std::size_t row);

/// "an emerging issue" for an area of `low_faster` that rose and whose change is clearly above the cut,
/// "a possible emerging issue" for any other of `low_faster` that rose or came from zero; else empty.
std::string emerging_words(const Table& table, std::size_t row);

}  // namespace wardmap
