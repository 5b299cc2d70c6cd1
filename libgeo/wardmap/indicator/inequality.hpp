/// \file
/// How steeply a value runs from the first to the last of groups in order, such as deprivation tenths.
#pragma once

#include <span>

namespace wardmap {

/// The straight line through the groups' values, each standing at the middle of its people.
struct InequalitySlope {
    double sii = 0;        ///< slope index: the line at the last person less the line at the first
    double rii = 0;        ///< relative index: the line at the last person by the line at the first
    double intercept = 0;  ///< the line at the first person
};

/// Slope and relative index of inequality by least squares weighted by people. Groups stand in order, from
/// the most to the least deprived: a value that is higher among the deprived has a slope below 0 and a
/// relative index below 1.
///
/// A group whose value or people are not known is left out, and so is its place in the order. Fewer than two
/// groups with people have no slope: NaN throughout. rii is NaN where the line starts at 0 or below.
/// Source: Low and Low 2004; OHID Fingertips guidance.
/// \throws UsageError for spans of different length or negative populations
InequalitySlope inequality_slope(std::span<const double> values, std::span<const double> populations);

}  // namespace wardmap
