/// \file
/// The area of many points at once, in any coordinate system.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/crs/crs.hpp"

#include <cstddef>
#include <limits>
#include <memory>
#include <span>

namespace wardmap {

/// Where an event is when it is in no area: outside all of them, or nowhere, for it has no coordinates that
/// can be used.
inline constexpr AreaIndex outside_areas = no_area;
inline constexpr AreaIndex not_located = -2;

/// What a point without usable coordinates is.
enum class Nowhere : unsigned char {
    apart,    ///< not_located
    outside,  ///< outside_areas, as any other point in no area
};

struct NearestArea {
    AreaIndex area = no_area;
    double distance_m = 0;  ///< 0 on or in the area; infinite if there is none
};

/// Finds areas. Copies share; any number of threads may ask one.
class Locator {
public:
    explicit Locator(AreaSet areas);

    const AreaSet& areas() const noexcept;

    /// The area of each point (point_index.hpp has the rule), outside_areas or not_located. Points are moved
    /// to the areas' system in bulk first; `crs` unknown: they are in it already. The answer does not depend
    /// on `threads` (0: one a core). \throws CrsError if nothing leads from `crs` to the areas' system
    void locate(std::span<const double> x, std::span<const double> y, const Crs& crs,
                std::span<AreaIndex> out, unsigned threads = 1, Nowhere nowhere = Nowhere::apart) const;

    /// The nearest area to a point, at most `most_m` away. Longitudes and latitudes are measured by the
    /// length of a degree there (WGS 84 ellipsoid): right to a thousandth within some kilometres. \throws
    /// CrsError as locate; also if the areas' system is unknown
    NearestArea nearest(Point point, const Crs& crs,
                        double most_m = std::numeric_limits<double>::infinity()) const;

private:
    struct Data;
    std::shared_ptr<const Data> data_;
};

}  // namespace wardmap
