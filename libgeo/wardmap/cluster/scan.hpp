/// \file
/// The circular scan statistic: is there a cluster, where, how strong.
#pragma once

#include "wardmap/area/area_set.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

struct ScanOptions {
    double max_share = 0.5;                  ///< of all people in a circle; above 0, at most a half
    std::optional<double> max_population{};  ///< people in a circle; the smaller of the two holds
    std::uint32_t permutations = 999;        ///< replications under no cluster; 0: no p
    std::uint64_t seed = 1;
    /// Replications end once so many were at least as strong as the strongest cluster (Besag and Clifford
    /// 1991), which saves time where there is none; 0: all are made.
    std::uint32_t stop_after = 0;
    unsigned threads = 0;  ///< 0: one a core. The result does not depend on it.
};

/// A circle in which events are more than its people explain.
struct ScanCluster {
    std::vector<AreaIndex> members{};  ///< places in the input, ascending
    AreaIndex centre = no_area;
    double radius = 0;  ///< from the centre to the farthest member, in the units of x and y
    double population = 0;
    double count = 0;
    double expected = 0;  ///< all events shared out by people
    double rr = 0;        ///< rate inside to rate outside; infinite where no event is outside
    double llr = 0;       ///< log-likelihood ratio against "the same rate everywhere"
    double p_value = 0;   ///< NaN without replications
};

/// Clusters that do not overlap, strongest first. After the first, those weaker than the strongest circle of
/// every replication are left out.
struct Scan {
    std::vector<ScanCluster> clusters{};
    std::size_t circles = 0;
    std::uint32_t replications = 0;  ///< made; fewer than asked for where they ended early
    std::string method{};            ///< every convention that was chosen, and what was left out
};

/// Kulldorff's scan with Poisson likelihood, circles on the areas' own places, clusters of high rates only.
/// The p of each cluster is (1 + replications whose strongest circle is at least as strong) / (1 +
/// replications), each replication dealing all events out anew by population; after an early end the
/// strongest cluster's is (those) / (replications made). A replication's numbers are those of
/// RandomStream(seed, whole map, number).
///
/// An area with a missing number is left out. One with events and no people has no rate: it is left out with
/// its events, and said. Source: Kulldorff 1997.
///
/// \param count       events, whole numbers
/// \param population  people
/// \param x, y        places; distances are straight lines in their units, so metres rather than degrees
/// \throws UsageError if lengths differ, for counts that are negative or no whole numbers, negative
/// populations, a
///         share outside 0 to a half, a cap that no area meets, or more circles than can be scanned
Scan scan(std::span<const double> count, std::span<const double> population, std::span<const double> x,
          std::span<const double> y, const ScanOptions& options = {});

}  // namespace wardmap
