/// \file
/// Poisson counts from a random stream.
#pragma once

#include "wardmap/base/random_stream.hpp"

namespace wardmap {

/// A count of events of which `mean` are expected; 0 for a mean of 0 or less, or not finite. Under 10 by
/// multiplying uniform numbers (Knuth 1969), from 10 by transformed rejection (PTRS; Hormann 1993).
double poisson_draw(RandomStream& stream, double mean);

}  // namespace wardmap
