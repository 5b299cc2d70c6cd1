/// \file
/// The same events and people on other units, for the defence: would the areas be drawn on another grid?
#pragma once

#include "wardmap/cluster/impact_defence.hpp"
#include "wardmap/report/impact_inputs.hpp"

#include <string>
#include <vector>

namespace wardmap {

struct ImpactOnOtherUnits {
    std::vector<ImpactOtherUnits> units{};
    std::vector<std::string> left_out{};  ///< that could not be made, and why
};

/// Of hexagons the grid moved by half a hexagon eastwards, and northwards, and hexagons a fifth larger and
/// smaller. Of areas, hexagons as large as those are on average. Events are read again for each. A hexagon is
/// left out where most of it lies in units that are left out.
ImpactOnOtherUnits on_other_units(const ImpactRequest& request, const ImpactInputs& inputs);

}  // namespace wardmap
