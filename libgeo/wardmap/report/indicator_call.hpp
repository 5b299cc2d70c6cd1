/// \file
/// The "table to ward table" call that the command, Python and the report share.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/report/run_log.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// A table of people by area.
struct PopulationInput {
    Table table{};
    std::string area_column{};  ///< empty: guessed
    std::string column{};       ///< empty: population..., all_ages, persons, total, pop
    std::string year{};    ///< "mid-2020"; empty: taken from the column's or the file's name if it is there
    std::string source{};  ///< licence line to be printed; empty: the table's own
};

/// Several rows of one area in one table: a slip, or all offences of a marker to be added up.
enum class SeveralRows : unsigned char { refused, added };

struct IndicatorRequest {
    Table table{};
    std::optional<AreaSet> areas{};  ///< without them rows are compared by `row_column`
    std::string area_column{};       ///< empty: guessed
    std::string row_column{};
    std::vector<std::string> from{};  ///< columns of the earlier counts; several are added up
    std::vector<std::string> to{};
    /// A long table instead: rows whose `period_column` is one of these periods are added up.
    std::string period_column{"period"};
    std::string count_column{"count"};
    std::vector<std::string> period_from{};
    std::vector<std::string> period_to{};
    std::optional<PopulationInput> population{};
    std::optional<PopulationInput> population_before{};
    std::vector<PopulationInput>
        population_also{};          ///< further denominators: population_also, rate_also, ...
    std::vector<std::string> by{};  ///< one table for each different value
    SeveralRows several = SeveralRows::refused;
    IndicatorOptions options{};
    /// What is filled here replaces what headings and files say. `measure` may hold {column} of `by`.
    TableMeta meta{};
    SmallNumberRule small_numbers{};
};

struct IndicatorResult {
    Table table{};                       ///< one table, or those of all groups below each other
    std::vector<GroupTable> groups{};    ///< one without `by`
    std::vector<MatchReport> matches{};  ///< of the counts, then of each population
    std::vector<std::string> guesses{};
    Problems problems{};
    Ledger ledger{};  ///< of the rows in `table`; rows filtered on reading are the caller's
};

/// The ward table of contract section 3, from a table as it was read: rows matched to areas, a total row
/// kept out (and compared with the sum), populations joined, groups made, small numbers withheld, meaning
/// filled in from headings.
/// \throws UsageError if it is not said what to compare; NameUnknown for a column that is not there;
///         InputError if an area has two rows in one group.
IndicatorResult make_indicators(const IndicatorRequest& request);

/// The column of people by its name, as the contract has it.
/// \throws NameUnknown if there is none.
std::string population_column(const Table& table);

/// "mid-2020" out of "population_mid2020" or "ward population mid-2020.csv"; empty if there is none.
std::string population_year(std::string_view name);

/// People by area, in the order of the areas; areas without a row are missing.
/// \throws NameUnknown, InputError (an area with two rows)
Column population_of_areas(const PopulationInput& input, const AreaSet& areas, Problems& problems,
                           std::vector<std::string>& guesses, std::vector<MatchReport>& matches);

}  // namespace wardmap
