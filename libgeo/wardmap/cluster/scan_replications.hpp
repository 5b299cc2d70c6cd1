/// \file
/// What the strongest circle would be if there were no cluster.
#pragma once

#include "wardmap/cluster/scan_circles.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace wardmap {

/// Log-likelihood ratio of `count` events in a circle where `expected` were due, of `total` events; 0 where
/// there are no more than expected. \pre 0 <= count <= total, 0 < expected < total
double scan_likelihood_ratio(double count, double expected, double total) noexcept;

struct ReplicationOptions {
    std::uint32_t replications = 999;
    std::uint64_t seed = 1;
    /// Ends at the `stop_after`th replication of at least `strength`; 0: never.
    std::uint32_t stop_after = 0;
    double strength = 0;
    unsigned threads = 0;
};

/// The largest ratio of each replication, in order: `total` events dealt out by population. \pre population
/// has one entry an area of the circles
std::vector<double> scan_replications(const ScanCircles& circles, std::span<const double> population,
                                      std::uint32_t total, const ReplicationOptions& options);

}  // namespace wardmap
