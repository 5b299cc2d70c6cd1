/// \file
/// The same events and people on other units, for the defence: would the areas be drawn on another grid?
#pragma once

#include "wardmap/cluster/impact_defence.hpp"
#include "wardmap/report/impact_inputs.hpp"

#include <span>
#include <string>
#include <vector>

namespace wardmap {

struct ImpactOnOtherUnits {
    std::vector<ImpactOtherUnits> units{};
    std::vector<std::string> left_out{};  ///< that could not be made, and why
};

/// Another grid and the request that counts in it.
struct ImpactOtherGrid {
    std::string to{};  ///< "hexagons of 600 m"
    ImpactRequest request{};
    ImpactUnits units{};
};

struct ImpactOtherGrids {
    std::vector<ImpactOtherGrid> grids{};
    std::vector<std::string> left_out{};  ///< that could not be made, and why
};

/// Of hexagons the grid moved by half a hexagon eastwards, and northwards, and hexagons a fifth larger and
/// smaller. Of areas, hexagons as large as those are on average. Known before any event is read, so that all
/// grids can be counted in one reading.
ImpactOtherGrids other_grids(const ImpactRequest& request, const ImpactUnits& units);

/// A hexagon is left out where most of it lies in units that are left out.
/// \param counted  of impact_counts, one a grid
ImpactOnOtherUnits on_other_units(ImpactOtherGrids grids, const ImpactInputs& inputs,
                                  std::span<CountResult> counted);

}  // namespace wardmap
