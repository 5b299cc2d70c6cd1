/// \file
/// Shares: of the city, of the largest few, and rounded so that they add up.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/table/column.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// Counts of several periods for each area (needle finds by ward and year).
struct PeriodCounts {
    std::vector<std::string> codes{};
    std::vector<std::string> names{};
    std::vector<Column> periods{};  ///< numbers, in order of time; their names become columns
    TableOrigin origin{};
};

/// Columns `area_code,area_name,<periods>,total,share,rank`, Total last: total over the periods, its share
/// of all areas together in percent, and rank of the total (ties share the smallest).
/// A count that is not known or withheld makes its area's total so; a negative one is counted in
/// `problems` and taken as not known.
/// \throws std::invalid_argument for no periods or columns of different length.
Table period_table(const PeriodCounts& counts, const TableMeta& meta, Problems& problems);

/// Place of each value, 1 for the largest; equal values share the smallest place. NaN has none (NaN).
std::vector<double> ranks_of(std::span<const double> values);

/// The share of the `k` largest of all counts.
struct LargestShare {
    double share_pct = 0;             ///< 0 to 100; NaN if all are 0
    std::vector<std::size_t> rows{};  ///< the largest first; of equal ones the earlier
};

/// Cells without a value are left out of both. \pre counts are numbers, without a total row
LargestShare largest_share(const Column& counts, std::size_t k);

/// The values in percent of their sum, rounded by the largest remainder: what is printed adds up to 100
/// at `decimals` exactly. NaN and an all-zero input stay as NaN.
std::vector<double> rounded_shares(std::span<const double> values, int decimals);

}  // namespace wardmap
