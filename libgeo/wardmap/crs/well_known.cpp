#include "wardmap/crs/well_known.hpp"

#include <array>

namespace wardmap {
namespace {

constexpr std::string_view grid_name = "OSGB36 / British National Grid";

constexpr std::array<WellKnownCrs, 7> systems{{
    {"EPSG:4326", "WGS 84", "EPSG:4326", "EPSG:4326", true},
    {"urn:ogc:def:crs:EPSG::4326", "WGS 84", "EPSG:4326", "EPSG:4326", true},
    {"OGC:CRS84", "WGS 84 (CRS84)", "OGC:CRS84", "EPSG:4326", true},
    {"urn:ogc:def:crs:OGC:1.3:CRS84", "WGS 84 (CRS84)", "OGC:CRS84", "EPSG:4326", true},
    {"EPSG:27700", grid_name, "EPSG:27700", "EPSG:27700", false},
    {"EPSG:3857", "WGS 84 / Pseudo-Mercator", "EPSG:3857", "EPSG:3857", false},
    {"urn:ogc:def:crs:EPSG::27700", grid_name, "EPSG:27700", "EPSG:27700", false},
}};

}  // namespace

const WellKnownCrs* well_known(std::string_view definition) noexcept {
    for (const WellKnownCrs& system : systems) {
        if (system.definition == definition) return &system;
    }
    return nullptr;
}

}  // namespace wardmap
