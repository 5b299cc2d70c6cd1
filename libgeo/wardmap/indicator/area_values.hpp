/// \file
/// One indicator of many areas, as Fingertips exports it or our own tables have it, read by meaning.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/indicator/value_period.hpp"
#include "wardmap/table/number_cell.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// Names of columns. Empty: found by meaning, and left empty where the table has none (only `area` and
/// `value` are needed).
struct AreaValueColumns {
    std::string area{};    ///< "Area Name", "area_name", "ward"
    std::string code{};    ///< "Area Code"
    std::string period{};  ///< "Time period"
    std::string value{};   ///< "Value", "rate"
    std::string lower{};   ///< "Lower CI 95.0 limit", "rate_lower"
    std::string upper{};
    std::string count{};   ///< "Count", "count_after"
    std::string people{};  ///< "Denominator", "population"
};

/// One row.
struct AreaValue {
    std::size_t row = 0;  ///< of the table
    std::string code{};
    std::string name{};
    bool is_total = false;  ///< adds up the others; called as the whole is, where the table says
    std::string period{};   ///< as written
    NumberCell value{};
    NumberCell lower{};
    NumberCell upper{};
    NumberCell count{};
    NumberCell people{};

    bool has_limits() const noexcept { return lower.known() && upper.known(); }
};

/// The rows of a table, at most one an area and period.
struct AreaValues {
    std::vector<AreaValue> rows{};
    AreaValueColumns columns{};  ///< those that were read
    std::string measure{};  ///< what the table says of all its rows: "Smoking prevalence, Persons, 18+ yrs"
    std::optional<double> level{};  ///< of the limits, as the column's name or the table says
    /// Different periods, the earliest first: by the column "Time period Sortable", else by what they mean,
    /// else as they come.
    std::vector<std::string> periods{};
};

/// Which areas are drawn for themselves, and which are what the others are held against.
struct AreaRoles {
    std::vector<std::string> highlight{};   ///< names or codes
    std::vector<std::string> references{};  ///< names or codes: "England"
};

/// Reads the rows. Breakdowns within an area (a column "Category" that is filled) are left out where there
/// are whole areas, and so are areas of another type than the highlighted ones' ("Area Type"; without
/// highlighted ones the type most areas have) unless they are references: the notes `breakdown_rows` and
/// `other_area_types`. A total row that is no reference is left out: `total_row`. Rows that
/// differ in their parent alone are one: `repeated_rows`. Limits that do not hold
/// their value between them are the problem `limits_impossible`, and are taken as not known. \throws
/// NameUnknown for a column, a highlighted area or a reference that is not there; InputError for
///         a table without rows, or with two rows of an area and period, naming the column they differ in.
AreaValues read_area_values(const Table& table, const AreaValueColumns& columns, const AreaRoles& roles,
                            Problems& problems);

/// True if `wanted` is the row's code or name, or "Total" and the like of a row that is; letter case,
/// apostrophes and "St" do not matter in names.
bool is_area(const AreaValue& row, std::string_view wanted);

/// How an area's value stands to that of a reference.
enum class Compared : unsigned char {
    unknown,  ///< one of them has no value, or the area has no limits
    lower,    ///< the upper limit lies below the reference's value
    similar,  ///< the reference's value lies within the limits
    higher,   ///< the lower limit lies above it
};

/// By the limits of the area against the reference's value alone, as Fingertips does with a benchmark.
/// Source: OHID, Fingertips technical guidance, "Comparing area values with a benchmark".
Compared compared_with(const AreaValue& area, const NumberCell& reference) noexcept;
std::string_view name_of(Compared compared) noexcept;  ///< "higher"; empty for unknown

}  // namespace wardmap
