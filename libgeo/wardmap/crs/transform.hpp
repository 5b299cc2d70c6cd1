/// \file
/// Moving coordinates from one system to another, and telling systems apart by meaning.
#pragma once

#include "wardmap/base/point.hpp"
#include "wardmap/crs/crs.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace wardmap {

/// From one coordinate system to another, x (easting, longitude) first on both sides.
///
/// The operation is the best one that needs no grid file and no network, so it is the same on every
/// machine: for EPSG:4326 to EPSG:27700 that is "OSGB36 to WGS 84 (6)", good to about 2 m, and done without
/// PROJ for points in its reach (british_grid.hpp). Copies share; any number of threads may use one.
class Transform {
public:
    /// \throws CrsError if either system is unknown or nothing leads from one to the other.
    Transform(const Crs& from, const Crs& to);

    /// \throws CrsError if the point has no place in the target system.
    Point operator()(Point point) const;
    /// All points in place. \throws CrsError naming the first point that has no place in the target
    /// system; the points are then in an unspecified state.
    void apply(std::span<Point> points) const;
    /// Columns of points in place. Those that are not finite or have no place in the target system become NaN
    /// in both columns. \returns how many did \pre the columns are of one length
    std::size_t apply_where_possible(std::span<double> x, std::span<double> y) const;

    const Crs& from() const noexcept;
    const Crs& to() const noexcept;
    /// True if both sides mean the same and points are left alone.
    bool is_identity() const noexcept;
    /// What is done, in PROJ's words: "Inverse of OSGB36 to WGS 84 (6) + British National Grid".
    const std::string& operation() const noexcept;
    /// Stated accuracy in metres; nothing if the registry states none.
    std::optional<double> accuracy_m() const noexcept;

private:
    void move(std::span<double> x, std::span<double> y) const;

    struct Data;
    std::shared_ptr<const Data> data_;
};

/// The system's name: "OSGB36 / British National Grid". \throws CrsError if PROJ does not know it.
std::string crs_name(const Crs& crs);

/// "EPSG:27700" where the registry knows the system, else empty. \throws CrsError if PROJ does not know it.
std::string crs_authority_code(const Crs& crs);

/// True if coordinates are longitudes and latitudes. \throws CrsError if PROJ does not know it.
bool is_geographic(const Crs& crs);

/// True if both mean the same system, however written; axis order does not count. Two unknown
/// systems are not the same. \throws CrsError if PROJ does not know one.
bool same_crs(const Crs& a, const Crs& b);

/// The rule for coordinates that come without a system: EPSG:4326 if all lie in ±180, ±90;
/// EPSG:27700 if all lie in its grid (0 to 700,000 by 0 to 1,300,000); else nothing.
std::optional<Crs> guess_crs(const Box& box) noexcept;

}  // namespace wardmap
