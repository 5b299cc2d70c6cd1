/// \file
/// Places for simulated events, on the grid that six decimals of a degree make.
#pragma once

#include "random.hpp"

#include "wardmap/area/area_set.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace wardmap::simulated {

/// Longitude and latitude in whole millionths of a degree: what a file with six decimals can say, and no
/// more. The text reads back as point(), bit for bit.
struct GridPlace {
    std::int32_t longitude = 0;
    std::int32_t latitude = 0;

    Point point() const noexcept { return {longitude / 1e6, latitude / 1e6}; }
};

/// "-1.529291"
std::string degrees_text(std::int32_t millionths);

/// Draws places in and round the wards, each at least `clearance` from every border, so that no way of
/// reading, rounding or transforming the coordinates moves one across.
class Places {
public:
    static constexpr double clearance = 0.00002;  ///< degrees: 1.4 m east, 2.2 m north

    /// \pre the wards are in longitudes and latitudes
    explicit Places(AreaSet wards);

    /// Anywhere in the ward, each place as likely as the others.
    GridPlace in_ward(std::size_t ward, Random& random) const;

    /// In no ward, within about three kilometres of the box round the city.
    GridPlace outside(Random& random) const;

    /// In no ward, but within 0.0005 degrees (35 to 55 m) of one.
    GridPlace just_outside(Random& random) const;

    /// The ward whose border is nearest, of all but the one the place is in.
    std::size_t neighbour(std::size_t ward, GridPlace place) const;

    const AreaSet& wards() const noexcept { return wards_; }

private:
    double distance_to_city(GridPlace place) const;

    AreaSet wards_;
    std::vector<Box> boxes_;
};

}  // namespace wardmap::simulated
