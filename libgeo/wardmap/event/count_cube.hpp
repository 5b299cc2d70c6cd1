/// \file
/// Counted events: a dense cube, and its table.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/ledger.hpp"
#include "wardmap/base/period.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// One step along the time of a cube.
struct CountPeriod {
    std::string label{};             ///< "2014-01", "year to 2022-06", "Monday", "17", "all"
    std::optional<Period> period{};  ///< where it is one of the calendar
    /// False if the events do not reach over all its months: a year of which half is there.
    bool complete = true;
};

/// What a column says of a marker, and so what an empty cell of it means.
enum class MarkerCells : std::uint8_t {
    listed,     ///< markers by name, "alcohol;drugs": what is not listed is not there
    flagged,    ///< yes, and never no: an empty cell is taken for no, and may have been left open
    yes_or_no,  ///< yes and no, or no alone, or nothing at all: an empty cell was left open
};

/// Area x period x kind x marker, every cell there, also those with 0. Two rows stand behind the areas:
/// events outside, and events that could not be located.
struct CountCube {
    AreaSet areas{};
    std::vector<CountPeriod> periods{};
    std::vector<std::string> by{};  ///< names of the columns of kinds
    std::vector<std::vector<std::string>>
        kinds{};  ///< a value for each of `by`; sorted; one empty entry without `by`
    /// Markers overlap, so these never add up: each marker, then (of two) "both" and "either", (of more)
    /// "any", then "all" events. A marker of the data that is called like one of these gets a line behind its
    /// name. Empty where none was asked for.
    std::vector<std::string> markers{};
    std::vector<double> counts{};  ///< see at()
    std::vector<MarkerCells>
        marker_cells{};               ///< beside the markers themselves: not of both, either, any, all
    std::vector<double> left_open{};  ///< see open_at(); empty where every cell says something

    std::size_t area_rows() const noexcept { return areas.size() + 2; }
    std::size_t outside_row() const noexcept { return areas.size(); }
    std::size_t not_located_row() const noexcept { return areas.size() + 1; }
    std::size_t marker_count() const noexcept { return markers.empty() ? 1 : markers.size(); }
    double at(std::size_t area, std::size_t period, std::size_t kind, std::size_t marker = 0) const {
        return counts[((area * periods.size() + period) * kinds.size() + kind) * marker_count() + marker];
    }
    /// Events of which it is not recorded whether they have a marker (one with marker_cells): its cell is
    /// empty in a column of yes and no, or neither yes nor no. They count as without it in at().
    double open_at(std::size_t area, std::size_t period, std::size_t kind, std::size_t marker) const {
        if (left_open.empty()) return 0;
        return left_open[((area * periods.size() + period) * kinds.size() + kind) * marker_cells.size() +
                         marker];
    }
};

/// How many events of an area would lie elsewhere by the other way of placing them.
struct PlaceDifference {
    std::uint64_t compared = 0;   ///< events that one of the two ways, or both, puts in an area
    std::uint64_t different = 0;  ///< of them, in different areas (or in one and outside)
    /// One row an area: area_code, area_name, by_coordinates, by_area_column, difference.
    Table table{};
};

struct Counted {
    CountCube cube{};
    Ledger ledger{};  ///< located, outside, no_location, counted, out_of_period, no_date: in rows, not in
                      ///< weights
    /// month_gap, incomplete_period, no_whole_year, kind_renamed, bad_marker, coordinates_swapped,
    /// nothing_located, unknown_area, ambiguous_name; notes: just_outside, snapped, rows_elsewhere
    Problems problems{};
    std::uint64_t snapped = 0;                    ///< rows that --snap brought to an area
    std::uint64_t without_time = 0;               ///< located rows without a time of day
    std::optional<PlaceDifference> difference{};  ///< where events had both coordinates and an area
};

enum class Unlocated : unsigned char { keep, drop };

/// Names of the rows behind the areas.
inline constexpr std::string_view outside_row_name = "Outside";
inline constexpr std::string_view not_located_row_name = "Not located";

/// The long table of contract section 3: area_code, area_name, period, [by ...], [marker], count; then the
/// rows `Outside` and `Not located`, without a code. The meta says "events" and the periods unless the caller
/// says more.
Table count_table(const CountCube& cube, Unlocated unlocated);

/// Names of the table's columns, and its meta, for writers that do not hold the whole of it.
std::vector<std::string> count_columns(const CountCube& cube);
TableMeta count_meta(const CountCube& cube);

}  // namespace wardmap
