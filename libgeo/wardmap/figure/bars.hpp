/// \file
/// Horizontal bars with their values: one a row, or several periods a row.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wardmap {

enum class BarOrder : unsigned char {
    largest_first,  ///< by the last of the values
    as_given,
};

struct BarsOptions {
    FigureOptions figure{};
    std::string label{};  ///< column of names; empty: `area_name`, else the first column of text
    std::vector<std::string> values{};  ///< one to four columns; empty: the first column of numbers
    BarOrder order = BarOrder::largest_first;
    std::optional<double> reference{};  ///< a dashed line; empty: none
    std::string reference_label{};
};

/// Bars start at 0. A total row is never a bar: its values are said in the notes. Where the values are
/// `count_before` and `count_after`, the change in % stands beside them. \throws NameUnknown for a column
/// that is not there, InputError for a table without rows or numbers, UsageError for more
///         than four values.
Figure bars(const Table& table, const BarsOptions& options, const TextMeasure& measure);

}  // namespace wardmap
