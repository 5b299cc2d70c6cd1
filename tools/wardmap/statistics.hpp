/// \file
/// The statistics behind `wardmap stats`: each a command of its own, by the name it has in Python.
#pragma once

#include "command.hpp"

#include <memory>
#include <vector>

namespace wardmap {

using Statistics = std::vector<std::unique_ptr<Command>>;

/// Each adds its statistics, in the order in which help lists them.
void add_rate_statistics(Statistics& all);
void add_change_statistics(Statistics& all);
void add_distribution_statistics(Statistics& all);
void add_areal_statistics(Statistics& all);
void add_neighbour_statistics(Statistics& all);

}  // namespace wardmap
