/// \file
/// Areas by two numbers: points with their names, the whole's values as lines, how closely the two go
/// together.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/range_axis.hpp"
#include "wardmap/indicator/correlation.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// Whether the total row's own values are drawn as lines.
enum class WholeLines : unsigned char { no, yes };

struct ScatterChartOptions {
    FigureOptions figure{};
    std::string label{};  ///< column of names; empty: `area_name`, else the first column of text
    std::string x{};
    std::string y{};
    AxisScale x_scale = AxisScale::linear;
    AxisScale y_scale = AxisScale::linear;
    std::vector<std::string> highlight{};  ///< names or codes; at most four
    WholeLines whole_lines = WholeLines::no;
    std::optional<CorrelationKind> correlation = CorrelationKind::spearman;  ///< empty: not said
    double level = 0.95;
    std::string count{};  ///< column of counts behind the values: hollow under `small_count`
                          ///< (ward_table.hpp); empty: by `flags` or name
};

/// A marker for each area of which both numbers are known, hollow where the count behind it is small. Up to
/// forty areas are named; beyond, the extremes and the highlighted. The correlation is printed with its
/// interval and the number of areas, and never as a cause. A total row is no point.
/// \throws NameUnknown for a column or a highlighted area that is not there; InputError where no area has
/// both
///         numbers; UsageError without x and y, or for numbers a logarithmic or square root axis cannot have.
Figure scatter_chart(const Table& table, const ScatterChartOptions& options, const TextMeasure& measure);

}  // namespace wardmap
