/// \file
/// People by area, as a caller gives them.
#pragma once

#include "python.hpp"

#include "wardmap/report/indicator_call.hpp"

namespace wardmap {

/// Of what `_indicators._population` makes: table, area, column, year, source.
PopulationInput population_of(const py::dict& given);

}  // namespace wardmap
