/// \file
/// The ward table: two counts for each area become change, rate, limits, ratio and quadrant.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/indicator/disclosure.hpp"
#include "wardmap/table/column.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Counts of two periods for each area, in the order in which the table shall stand.
///
/// The columns' names ("yt_june_2021") stand in messages. Rows that are no areas (offence types) have an
/// empty code and their name in `names`.
struct AreaCounts {
    std::vector<std::string> codes{};
    std::vector<std::string> names{};
    Column before{};  ///< numbers, not negative
    Column after{};
    std::optional<Column> population{};  ///< people, for the later rate (and the earlier, without the next)
    std::optional<Column> population_before{};  ///< people in the earlier period
    TableOrigin origin{};                       ///< where the rows came from, for messages; may be empty
};

/// What divides higher from lower rates and faster from slower change.
enum class CutKind : unsigned char {
    total,   ///< the rate and change of all areas together
    median,  ///< the medians of the areas' rates and changes that are defined
    zero,    ///< the rate of all areas together, and no change
    fixed,   ///< given numbers
};

struct Cuts {
    CutKind kind = CutKind::total;
    double rate = 0;        ///< of `fixed`, in units of IndicatorOptions::per
    double change_pct = 0;  ///< of `fixed`, percent
};

/// "total", "median", "zero" or "RATE,CHANGE" ("402,64"). \throws UsageError
Cuts parse_cuts(std::string_view text);
/// "total", "median", "zero", "fixed".
std::string_view name_of(CutKind kind) noexcept;

struct IndicatorOptions {
    double per = 100000;  ///< people a rate is given for
    Cuts cuts{};
    double level = 0.95;              ///< of all limits
    double pool = 1;                  ///< years added up in each count: populations become person-years
    SmallNumberRule small_numbers{};  ///< applied to the counts before anything is derived from them
};

/// Flag `small` and the word "small" everywhere: either count under this many.
inline constexpr double small_count = 10;

/// Columns `area_code,area_name,count_before,count_after,change,change_pct,direction,population,
/// rate_before,rate,rate_lower,rate_upper,share,rank,rate_ratio,rate_ratio_lower,rate_ratio_upper,
/// p_value,quadrant,rate_compared,change_compared,certainty,flags`: one row an area and a last row
/// "Total" with an empty code; with an earlier population also `population_before`, last. Rules:
/// docs/methods.md.
///
/// Comparing with a cut is exact: no rounding moves an area across it. Cells that cannot be calculated
/// are `undefined`; what follows from a suppressed count is `suppressed`, from a missing one `missing`.
/// A negative count or a population of 0 or none is counted in `problems`, and its area is `none` with flags.
/// An infinite ratio (from zero) stays infinity in the column; files leave it empty. Under a small-number
/// rule ranks and medians are of the areas shown, and the cuts of all together are left out where they would
/// tell a withheld count. \param meta  carried over; cuts, cut_rate, cut_change_pct, level, per,
/// small_numbers and method are filled in. \throws UsageError for options out of range; std::invalid_argument
/// for columns of different length.
Table ward_table(const AreaCounts& counts, const IndicatorOptions& options, const TableMeta& meta,
                 Problems& problems);

/// One group of a long table: the values of the `--by` columns, and its table.
struct GroupTable {
    std::vector<std::string> values{};
    Table table{};
};

/// The groups' tables below each other, the `by` columns first: one long table. Metadata are those of the
/// first group, without what differs between groups (the cuts, the measure).
/// \throws std::invalid_argument if the groups' columns differ or a group has not one value for each name.
Table stack_groups(std::span<const std::string> by, std::span<const GroupTable> groups);

/// The row-wise sum of columns, for `--pool N` and markers added up. A suppressed cell makes the sum
/// suppressed, else a missing one makes it missing. \throws std::invalid_argument for no or unlike columns.
Column pool_columns(std::span<const Column> columns, std::string name);

/// Counts as they may be used: what is negative or not finite is the problem `negative_count` and missing;
/// fractions (weighted counts) are used and noted.
/// \param codes, names  of the rows, for messages; `origin` too
Column usable_counts(const Column& counts, std::span<const std::string> codes,
                     std::span<const std::string> names, const TableOrigin& origin, Problems& problems);

/// How many cells of a count column are 1 to 4: said on every run for anything counted from records.
std::size_t small_cells(const Column& counts);

/// Rows of a ward table that are areas: all but those with the name Total and no code.
std::vector<std::size_t> area_rows(const Table& table);
/// The row of the total; nothing if there is none.
std::optional<std::size_t> total_row(const Table& table);

}  // namespace wardmap
