/// \file
/// The small-number rule: which counts are withheld so that no reader can work out a small one.
///
/// Small counts (1 up to the threshold) are withheld, and of the others so many that neither the totals
/// nor the differences between rows and columns give a small one away. Zeros are never withheld. Everything
/// derived from a withheld count (change, rate, limits, share, rank, quadrant) is withheld with it. One
/// table with its totals is protected; two tables that add up to a third are not known to each other.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// What is withheld and how the rest is rounded. Without a threshold nothing is.
struct SmallNumberRule {
    double under = 0;     ///< counts of 1 and more under this are withheld; 0: none
    double round_to = 0;  ///< the others, totals too, are rounded to the nearest multiple; 0: not

    bool applies() const noexcept { return under > 0; }
    friend bool operator==(const SmallNumberRule&, const SmallNumberRule&) = default;
};

/// "none", "under:5", "under:5,round:5". \throws UsageError
SmallNumberRule parse_small_numbers(std::string_view text);
/// The text that parses to the rule.
std::string text_of(const SmallNumberRule& rule);

/// Whether the last column holds the sums of the others.
enum class RowTotals : unsigned char { no, yes };

/// Counts with their totals: the last row holds the sum of each column, and with row totals the last
/// column the sum of each row. Row by row; NaN (not known) adds nothing to any sum.
struct CountGrid {
    std::size_t rows = 0;     ///< with the row of totals
    std::size_t columns = 0;  ///< with the column of totals, if there is one
    RowTotals row_totals = RowTotals::no;
    std::vector<double> cells{};
    std::vector<bool> withheld{};

    std::size_t at(std::size_t row, std::size_t column) const noexcept { return row * columns + column; }
};

/// A grid of counts, with the sums of rows (if wanted) and columns appended; nothing withheld.
/// \throws std::invalid_argument unless the columns have one length.
CountGrid count_grid(std::span<const std::vector<double>> columns, RowTotals row_totals);

/// The least and the most that a withheld cell can be, for a reader who knows all shown cells, that
/// totals are sums, and that zeros are never withheld.
struct Feasible {
    double lower = 0;
    double upper = 0;
};

/// Of every withheld cell, in the order of the cells; of shown cells their value twice.
/// \param most_interior  if above 0, the reader also takes no withheld cell but totals to be larger
std::vector<Feasible> feasible_values(const CountGrid& grid, double most_interior = 0);

/// Withholds small counts and as few others as found, so that for every small count but a total every
/// value from 1 up to the threshold stays possible, and no small total has one value only.
void withhold_small(CountGrid& grid, const SmallNumberRule& rule);

/// A table with the rule applied, as `TableMeta::small_numbers` says afterwards. Knows ward tables (also
/// several below each other, each with its Total), which are made again from their counts, and tables of
/// periods with `total` and `share`. Columns of text, as files have them, are read. How many cells are
/// withheld is a note in `problems`. \throws UsageError for any other table: name its columns of counts.
Table suppress_small_numbers(const Table& table, const SmallNumberRule& rule, Problems& problems);

/// The same; of a table it does not know, the named columns are counts, each with its total in the row
/// Total, if there is one. Other columns of such a table stay: leave out those derived from the counts.
/// \throws UsageError if a named column of such a table holds fractions: rates and shares are no counts.
Table suppress_small_numbers(const Table& table, std::span<const std::string> count_columns,
                             const SmallNumberRule& rule, Problems& problems);

/// Notes how many counts a rule withheld, and how many of them only to protect others.
void note_withheld(Problems& problems, const CountGrid& grid, const SmallNumberRule& rule);

/// A shown count as the rule prints it.
double rounded_count(double count, const SmallNumberRule& rule);

}  // namespace wardmap
