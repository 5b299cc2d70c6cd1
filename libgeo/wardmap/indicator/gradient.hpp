/// \file
/// Rates by groups of deprivation, added up from small areas or from one row a group.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/indicator/limits.hpp"
#include "wardmap/table/number_cell.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// Into what the rows are put. Deciles are brought to fifths by pairs: 1 and 2 are the first fifth.
enum class GradientGroups : unsigned char { as_given, fifths };

struct GradientOptions {
    std::string group{};   ///< column of deciles or fifths, 1 the most deprived; empty: found by name
    std::string count{};   ///< empty: "count", "count_after", ... by name
    std::string people{};  ///< empty: "population", "denominator", ... by name
    GradientGroups groups = GradientGroups::as_given;
    double per = 100000;
    double level = 0.95;
    SmallNumberRule small_numbers{};  ///< of the sums, not of the rows they are made of
};

struct GradientRow {
    std::size_t group = 0;  ///< 1 is the most deprived
    std::size_t rows = 0;   ///< of the table
    NumberCell count{};
    NumberCell people{};
    Limits rate{};  ///< exact under 10 events, Byar's from 10; NaN where the rate is not known
};

struct Gradient {
    std::vector<GradientRow> groups{};  ///< all ten or five, the most deprived first
    std::string group_column{};
    std::string count_column{};
    std::string people_column{};
    bool summed = false;                 ///< some group is made of several rows
    std::optional<RatioLimits> ratio{};  ///< most over least deprived; nothing where one has no rate
};

/// Adds up events and people by group. Groups are tenths, or fifths where the column is called so or no
/// number is above 5 and it is not called "decile"; as numbers, or in words as Fingertips has them ("Second
/// most deprived decile (IMD2019)"). A withheld count makes its group's withheld. Problems: `group_missing`,
/// `group_impossible` (rows left out), `people_missing` (rows left out of both sums). \throws NameUnknown for
/// a column that is not there; InputError where none can be found, no row is left, or
///         the rows are of several periods.
Gradient deprivation_gradient(const Table& table, const GradientOptions& options, Problems& problems);

}  // namespace wardmap
