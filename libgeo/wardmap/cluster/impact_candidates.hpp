/// \file
/// In which order each method offers the units.
#pragma once

#include "wardmap/cluster/impact_choice.hpp"

#include <vector>

namespace wardmap {

/// Units that come together (a scan's cluster), or one.
struct ImpactCandidate {
    std::vector<AreaIndex> units{};
    std::optional<double> p_value{};
};

struct ImpactCandidates {
    std::vector<ImpactCandidate> order{};  ///< best first
    std::vector<double> score{};           ///< see ImpactChoice
};

/// What a unit's measure is divided by: people or square metres; NaN or 0 where there is none.
std::vector<double> denominators_of(const ImpactEvidence& evidence, const ImpactGround& ground,
                                    const ImpactDefinition& definition);

/// Rates of the units against that of the whole (1: as everywhere), by the definition's measure and
/// denominator; NaN for excluded units and those without a denominator.
std::vector<double> relative_rates(const ImpactEvidence& evidence, const ImpactGround& ground,
                                   const ImpactDefinition& definition, const ImpactView& view);

/// \pre the definition's needs are met by the evidence (choose_impact_areas sees to it)
ImpactCandidates candidates(const ImpactEvidence& evidence, const ImpactGround& ground,
                            const ImpactDefinition& definition, const ImpactView& view);

}  // namespace wardmap
