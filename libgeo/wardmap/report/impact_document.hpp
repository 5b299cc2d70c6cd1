/// \file
/// Impact areas as one would hand them to a police board: the map, the table, the argument.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/report/document.hpp"
#include "wardmap/report/impact_call.hpp"
#include "wardmap/scene/text_measure.hpp"

namespace wardmap {

/// The units by events a year per 1,000 residents, the areas outlined on top. \param figure  slot, theme,
/// words that replace those made
Figure impact_map(const ImpactResult& result, const FigureOptions& figure, const TextMeasure& measure);

/// What they are and hold, how they were chosen, whether another analyst would have drawn the same, whether
/// they last and predict, what must be said beside them.
Document impact_document(const ImpactResult& result, const TextMeasure& measure);

}  // namespace wardmap
