/// \file
/// Small areas to areas: sums, means and weighted means by lookup.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/table/column.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// The areas, in the order in which tables shall stand, and which of them each row of an input lies in.
struct RowsInAreas {
    std::vector<std::string> codes{};
    std::vector<std::string> names{};
    std::vector<AreaIndex> area_of_row{};  ///< index into codes; no_area: the row is left out and counted
    std::vector<std::string> row_names{};  ///< code of each small area, for messages; may be empty
    TableOrigin origin{};                  ///< where the rows came from, for messages; may be empty
};

enum class AggregateKind : unsigned char { sum, mean, weighted_mean };

/// "sum", "mean", "weighted-mean". \throws UsageError naming the nearest.
AggregateKind parse_aggregate(std::string_view text);
std::string_view name_of(AggregateKind kind) noexcept;

/// Columns `area_code,area_name,<values' name>,n`: one row an area, n the rows that made its value.
///
/// Rows in no area, values not known and (weighted) rows without a weight are left out and counted in
/// `problems`. A suppressed value makes its area's suppressed. An area without rows has no value and n 0.
/// \param weights  of `weighted_mean` only: 0 or more
/// \throws UsageError without weights for a weighted mean, or for a negative weight; std::invalid_argument
///         for columns of different length or an index beyond the areas.
Table aggregate(const RowsInAreas& rows, const Column& values, AggregateKind kind,
                const std::optional<Column>& weights, const TableMeta& meta, Problems& problems);

}  // namespace wardmap
