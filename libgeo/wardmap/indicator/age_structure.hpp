/// \file
/// People by age: the bands a table has, and those a reader wants.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/table/column.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Ages from `first` up to and with `last`, in completed years; without `last`, and over.
struct AgeBand {
    int first = 0;
    std::optional<int> last{};

    /// "0 to 14", "65 and over", "5" (one year)
    std::string label() const;
    /// "0_14", "65_plus", "5": the end of a column's name
    std::string key() const;
    friend bool operator==(const AgeBand&, const AgeBand&) = default;
};

/// The band a column holds: "age_0_4", "Aged 5-9", "age_90_plus", "90+", "Age 85 and over", "age_7". A
/// name without "age" must be a range ("0-4", "90+"). Nothing for any other name.
std::optional<AgeBand> parse_age_column(std::string_view name);

/// Bands as asked for: "0-15,16-24,25-64,65+". \throws UsageError unless they rise without overlap.
std::vector<AgeBand> parse_age_bands(std::string_view text);

/// Names of the columns of a table that hold ages, in its order.
std::vector<std::string> age_columns(const Table& table);

/// People of each area by the ages its table has.
struct AgeCounts {
    std::vector<std::string> codes{};
    std::vector<std::string> names{};
    std::vector<Column> ages{};        ///< numbers; their names say the ages
    std::optional<Column> all_ages{};  ///< checked against the sum of `ages`
    TableOrigin origin{};
};

/// Columns `area_code,area_name,all_ages`, a count `age_<key>` and a share `share_<key>` (percent of all
/// ages) for each band (`age_0_14`, `share_65_plus`), Total last. No bands: the table's own.
///
/// An area whose ages do not add up to its `all_ages` is counted in `problems`; its shares are of the sum.
/// \throws UsageError for a band that the table's ages cannot make, naming the nearest it can, and for
///         ages that overlap; std::invalid_argument for columns of different length.
Table age_structure(const AgeCounts& counts, std::span<const AgeBand> bands, const TableMeta& meta,
                    Problems& problems);

/// The bands of a table made by age_structure, in order.
std::vector<AgeBand> bands_of(const Table& table);

/// People of one row from `first` years up; nothing if the table's bands have no edge there.
/// \param table  made by age_structure
std::optional<double> people_from_age(const Table& table, std::size_t row, int first);

}  // namespace wardmap
