/// \file
/// Naming a coordinate system.
#pragma once

#include <string>

namespace wardmap {

/// A coordinate system as PROJ understands it: "EPSG:27700", "OGC:CRS84", or WKT. Axis order is
/// always x (easting, longitude) first, whatever the authority says.
struct Crs {
    std::string definition{};  ///< empty: unknown

    bool known() const noexcept { return !definition.empty(); }
    friend bool operator==(const Crs&, const Crs&) = default;
};

inline const Crs longitude_latitude{"EPSG:4326"};
inline const Crs british_national_grid{"EPSG:27700"};

}  // namespace wardmap
