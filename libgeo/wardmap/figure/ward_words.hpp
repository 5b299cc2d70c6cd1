/// \file
/// What a ward table says, in words that stay true for any table: findings for titles, alternative texts.
#pragma once

#include "wardmap/figure/ward_rows.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// "Only St Michael’s is above Coventry in both rate and change", "No ward is ...", "Four wards are ...".
std::string both_higher_title(const WardRows& rows);

/// "Five wards exceed the Coventry rate, St Michael’s by far the most". \pre areas sorted by rate
std::string higher_rate_title(const WardRows& rows);

/// "Quadrant chart of 18 Coventry wards: alcohol-marked robbery, years to June 2021 and June 2022. ...".
std::string short_alt(std::string_view kind, const WardRows& rows);

/// A short alternative text: the subject, which is never cut (what kind of figure, what, where, when), and
/// the first of the ends with which it has at most 150 letters; without an end if there is none.
std::string fitting_alt(const std::string& subject, const std::vector<std::string>& ends);

/// Range, median, extremes by name, the whole's own figures, quadrants, what is missing.
std::string ward_description(std::string_view kind, const WardRows& rows);

/// "years to June 2021 and June 2022", "year to June 2021 and ..."; empty if the table does not say.
std::string periods_words(const TableMeta& meta);

/// "offences", or "events" where the table does not say.
std::string unit_word(const TableMeta& meta);

/// Whose rate and change the cuts are: "Coventry’s", "the median", "the cut".
std::string cut_owner(const TableMeta& meta);
/// The name at the line: "Coventry", "Median", "Cut".
std::string cut_name(const TableMeta& meta);

/// 1 where rates are under 10, else 0.
int rate_decimals(const TableMeta& meta);

/// 1 where whole percents would say that nothing changed, or that nothing is left, and it is not so; else 0.
int change_decimals(double change_pct);

/// What a screen reader says of a mark: "Henley: 616 per 100,000, up 63% (83 to 135); higher rate, ...".
std::string area_label(const WardRow& row, const TableMeta& meta);

/// "up 63%", "down 8%", "unchanged", "from none to 3", "from 5 to none", "none in either period", "not
/// known".
std::string change_words(const WardRow& row);

}  // namespace wardmap
