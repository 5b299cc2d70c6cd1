/// \file
/// Harm: events weighted by how grave their kind is, with weights from a user's file.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// The harm of one event of each kind. Which weights they are is part of them: a figure of harm without
/// name and version cannot be checked.
struct HarmWeights {
    std::string name{};
    std::string version{};
    std::vector<std::string> kinds{};
    std::vector<double> weights{};  ///< 0 or more, one a kind
    std::vector<bool> proactive{};  ///< found by looking for it (stop and search), one a kind
};

/// Which columns of a table of weights to take; empty: guessed by their names (kind, offence or crime type;
/// weight, or the only other column of numbers; proactive).
struct HarmColumns {
    std::string kind{};
    std::string weight{};
    std::string proactive{};
};

/// Weights out of a table. Columns `weights_name` and `weights_version` say which they are, unless `name`
/// and `version` do. Kinds without a usable weight are the problem `weight_missing`, kinds that come twice
/// with different weights `weight_conflict`; neither is used.
/// \throws InputError if there is no name or version, or no usable weight; NameUnknown for a column that is
/// not there
HarmWeights harm_weights(const Table& table, const HarmColumns& columns, std::string name,
                         std::string version, Problems& problems);

/// Proactively detected events say where police looked, not where harm was done.
enum class ProactiveEvents : unsigned char { left_out, counted };

/// What the events of one area add up to.
struct AreaHarm {
    double events = 0;         ///< with a weight, and not left out
    double harm = 0;           ///< sum of their weights
    double share = 0;          ///< of the harm of all areas, 0 to 1; NaN where there is none
    double gravest_share = 0;  ///< of the area's harm that its single gravest event makes; NaN without harm
    std::string gravest_kind{};
    double left_out = 0;    ///< proactive events
    double unweighted = 0;  ///< events of kinds without a weight
};

/// Counts by area and kind, row by row, as harm of each area. Kinds are compared folded (letter case,
/// punctuation). Rows in no area or without a count are passed over.
///
/// Kinds without a weight are the warning `kind_without_weight`, proactive ones left out the note
/// `proactive_left_out`, and weights on police.uk's fourteen broad categories the warning `broad_kinds`: they
/// mix grave and slight offences, so that harm is an approximation.
/// \throws UsageError for a negative count; std::invalid_argument for columns of different length
std::vector<AreaHarm> harm_of(std::span<const AreaIndex> area_of_row, std::span<const std::string> kinds,
                              std::span<const double> counts, std::size_t areas, const HarmWeights& weights,
                              ProactiveEvents proactive, Problems& problems);

}  // namespace wardmap
