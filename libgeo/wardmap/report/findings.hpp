/// \file
/// The sentences of a report: what a table says, true whatever the numbers did.
#pragma once

#include "wardmap/table/table.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace wardmap {

/// Whether any area of an `indicators` table has a rate: none has one without people to divide by.
bool has_rates(const Table& table);

/// The names of areas with the highest rate (several only if they tie); empty where no rate is known.
std::vector<std::string> highest_rate_areas(const Table& ward_table);

/// A heading that states the finding: "St Michael’s has the highest rate of alcohol-marked robbery".
/// Without rates the highest counts, if none is withheld; where all are 0, or many tie, the measure alone.
std::string finding_of(const Table& ward_table);

/// Two to four sentences on level, spread and change. Never "growth" of what fell; what is not clear at
/// the table's level of confidence is not said to differ.
std::vector<std::string> sentences_of(const Table& ward_table);

/// One line for each quadrant that holds areas: "Higher rate, change above Coventry’s: Henley, Westwood".
std::vector<std::string> quadrant_lines(const Table& ward_table);

/// "St Michael’s is highest in 8 of 9 tables": where an area stands among the others, for its own page.
/// \param rows  of each ward table, the row of this area
std::string standing_of(const std::string& name, const std::vector<Table>& ward_tables,
                        const std::vector<std::size_t>& rows);

/// "there were 362 offences, 100 fewer than in the year to June 2021 (462, −22%)": counts of two periods in
/// words, without the rate.
std::string change_sentence(const Table& table, std::size_t row);

/// "1st", "2nd", "3rd", "11th".
std::string ordinal(std::size_t n);

/// A share of 0 to 1 as whole percent: "45%"; "under 1%" where it is above 0 and would print as 0.
std::string share_text(double share);

}  // namespace wardmap
