/// \file
/// Whether the areas cover their land once: gaps, overlaps, broken shapes.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/problems.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace wardmap {

/// Land in two areas.
struct Overlap {
    AreaIndex first = no_area;  ///< lower index
    AreaIndex second = no_area;
    double area_m2 = 0;
};

/// Land in no area with areas all round it.
struct Gap {
    double area_m2 = 0;
    Point at{};                       ///< a point in it, in CoverageReport::crs
    std::vector<AreaIndex> around{};  ///< areas that touch it, ascending
};

/// An area whose shape is broken.
struct InvalidShape {
    AreaIndex area = no_area;
    std::string reason{};
};

/// What check_coverage() found. Largest first.
struct CoverageReport {
    Crs crs{};              ///< what was measured in
    double area_m2 = 0;     ///< sum of all areas
    double overlap_m2 = 0;  ///< sum over `overlaps`
    double gap_m2 = 0;      ///< sum over `gaps`
    std::vector<Overlap> overlaps{};
    std::vector<Gap> gaps{};
    std::vector<InvalidShape> invalid{};  ///< in the order of the areas
    std::size_t without_shape = 0;
};

/// Measures gaps and overlaps between the areas in square metres, in their mapping_crs(). Those under
/// `least_m2` are left out: borders rounded twice leave slivers. Strips of no area's land that are open to
/// the outside are no gaps: nothing tells them from a bay. A district cut out of its neighbour's middle is a
/// gap: the report says its size. \throws CrsError if the areas' system is unknown.
CoverageReport check_coverage(const AreaSet& areas, double least_m2 = 1);

/// Lines for people: "gaps: none", "overlaps: 2 (310 m2: Abbey and Mill 300 m2, ...)", "invalid shapes:
/// none".
std::string coverage_text(const CoverageReport& report, const AreaSet& areas);

/// The same as problems `area_gaps`, `area_overlaps` (warnings), `invalid_shape` (problem). Readers count
/// areas without shape.
Problems coverage_problems(const CoverageReport& report, const AreaSet& areas);

}  // namespace wardmap
