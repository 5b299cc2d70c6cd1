/// \file
/// Rates by decile (or fifth) of deprivation: columns with their limits, the most deprived at the left.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/figure/figure.hpp"
#include "wardmap/indicator/gradient.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

namespace wardmap {

struct GradientChartOptions {
    FigureOptions figure{};
    GradientOptions gradient{};
};

/// The ratio of the most to the least deprived group stands in the title and, with its interval, in the
/// notes. A group without people has no column, and is said. Rows of a small-area table are added up by
/// group, which the notes say. \throws what deprivation_gradient throws; InputError where no group has a
/// rate.
Figure gradient_chart(const Table& table, const GradientChartOptions& options, const TextMeasure& measure,
                      Problems& problems);

}  // namespace wardmap
