/// \file
/// Random counts of a binomial distribution.
#pragma once

#include "wardmap/base/random_stream.hpp"

#include <cstdint>

namespace wardmap {

/// How many of `trials` succeed when each does with chance `share`; at or below 0 none, at or above 1 all. By
/// inversion where under 10 are expected, else by Hörmann's transformed rejection (BTRS; Hörmann 1993, "The
/// generation of binomial random variates"). Exact but for the rounding of doubles.
std::uint32_t binomial_draw(RandomStream& stream, std::uint32_t trials, double share);

}  // namespace wardmap
