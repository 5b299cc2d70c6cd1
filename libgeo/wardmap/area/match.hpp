/// \file
/// Rows of a table matched to areas: by code first, else by name.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// How to match.
struct MatchOptions {
    /// Column of codes or names. Empty: `area_code`, else `area_name`, else the column whose values match
    /// most areas.
    std::string area_column{};
    /// Code of the district all rows belong to: names are then sought within it only. Empty: anywhere.
    std::string parent{};
    /// Column with the code of each row's district, where names are not unique. Empty: a column such as
    /// `lad_code` or `LAD21CD` is used if it holds districts of the areas.
    std::string parent_column{};
};

/// What a row is.
enum class RowMatch : std::uint8_t {
    unmatched,  ///< names an area that is not there, or none
    ambiguous,  ///< its name belongs to several areas
    code,       ///< matched by code
    name,       ///< matched by name
    total,      ///< adds up the others: kept out of sums
    outside,  ///< of another district, or "Outside" or "Not located" of a count table: no area, and no fault
};

/// How a table and the areas fit, both ways.
struct MatchReport {
    std::string column{};  ///< the column used
    std::size_t rows = 0;
    std::size_t by_code = 0;
    std::size_t by_name = 0;
    std::size_t total_rows = 0;
    std::size_t outside_rows = 0;
    std::size_t ambiguous = 0;
    std::size_t unmatched = 0;
    std::size_t areas = 0;  ///< in the set
    std::size_t areas_with_rows = 0;
    std::vector<std::string> areas_without_row{};  ///< their codes, in the order of the set
    std::vector<std::string>
        unmatched_values{};  ///< different values that match nothing, in order of appearance
    std::string noun{"area"};

    /// "18 of 18 rows matched by name, 18 of 18 wards have a row; 1 total row kept out"
    std::string text() const;
};

/// The rows of a table and their areas.
struct Matched {
    std::vector<AreaIndex> area_of_row{};  ///< no_area where none was found
    std::vector<RowMatch> row_match{};     ///< beside area_of_row
    MatchReport report{};
    Problems problems{};  ///< unmatched_rows, no_area_name, ambiguous_name, areas_without_row, code_vintage,
                          ///< rows_elsewhere (note)
    std::vector<std::string> guesses{};  ///< sentences: which column was taken

    bool is_total(std::size_t row) const noexcept { return row_match[row] == RowMatch::total; }
};

/// The area of each row. Codes are compared trimmed and in capitals; names folded (area/name_folding.hpp). A
/// name that belongs to two areas matches neither. A row named "Total", or like all areas together, is a
/// total row. A national table may be longer than the areas: rows of other districts, and once every area has
/// its row other codes of the same kind, are `outside`. \throws NameUnknown if a named column is not there;
/// InputError if none can be guessed.
Matched match_rows(const Table& table, const AreaSet& areas, const MatchOptions& options = {});

/// Counts the areas that have more than one of `rows` as problem `area_twice`, naming code and rows. `rows`
/// are those that ought to differ: all rows of a wide table, or those of one group.
void report_repeated_areas(const Table& table, const AreaSet& areas, const Matched& matched,
                           std::span<const std::size_t> rows, Problems& problems);

}  // namespace wardmap
