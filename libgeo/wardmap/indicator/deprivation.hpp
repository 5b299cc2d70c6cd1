/// \file
/// Deprivation of areas from that of the small areas in them, and the two rules for deciles.
#pragma once

#include "wardmap/indicator/aggregate.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace wardmap {

/// What is known of each small area. Decile 1 is the most deprived.
struct SmallAreaDeprivation {
    Column decile{};                     ///< 1 to 10
    std::optional<Column> population{};  ///< for everything "of people"
    std::optional<Column> score{};       ///< higher is more deprived
};

/// Columns `area_code,area_name,small_areas,mean_decile,mean_decile_weighted,mean_score,
/// small_areas_decile_1,share_small_areas_decile_1,small_areas_decile_1_2,share_small_areas_decile_1_2,
/// people,people_decile_1,share_people_decile_1,people_decile_1_2,share_people_decile_1_2`, Total last.
///
/// `mean_decile` is the plain mean of the small areas' deciles (what needs assessments print),
/// `mean_decile_weighted` and `mean_score` are weighted by population; shares are percent. Columns that
/// need a population or a score are `undefined` without one. Deciles other than 1 to 10, rows in no area
/// and rows without a decile are left out and counted in `problems`.
Table deprivation_table(const RowsInAreas& rows, const SmallAreaDeprivation& values, const TableMeta& meta,
                        Problems& problems);

/// Decile as published with the indices: ceil(10 rank / n), rank 1 the most deprived.
/// \throws UsageError unless rank is a whole number from 1 to n.
int published_decile(double rank, double n);

/// The column of published deciles of ranks among `n`; ranks that cannot be are counted and missing.
Column published_deciles(const Column& ranks, double n, std::string name, Problems& problems);

/// Which values come first in area_quantiles.
enum class QuantileOrder : unsigned char { low_first, high_first };

/// Group of a rank by the OHID rule: max(1, floor(k + 1 - ceil((n + 1 - rank) / (n / k)))). It is not the
/// published decile: the two differ at 8 of 32,844 ranks.
/// \throws UsageError unless rank is 1 to n and k at least 1.
int area_quantile(std::size_t rank, std::size_t n, std::size_t k);

/// The OHID group, 1 to k, of each value; ties take the lowest rank. NaN has group 0, and so has every
/// value where there are fewer of them than groups. \throws UsageError for k of 0
std::vector<int> area_quantiles(std::span<const double> values, std::size_t k, QuantileOrder order);

}  // namespace wardmap
