/// \file
/// Gamma numbers from a random stream: what an underlying rate may be, given a count.
#pragma once

#include "wardmap/base/random_stream.hpp"

namespace wardmap {

/// A number of the gamma distribution of this shape and scale 1, whose mean is the shape; 0 for a shape of 0
/// or less, or not finite. Source: Marsaglia and Tsang 2000, "A simple method for generating gamma
/// variables"; normal numbers by Marsaglia's polar method.
double gamma_draw(RandomStream& stream, double shape);

}  // namespace wardmap
