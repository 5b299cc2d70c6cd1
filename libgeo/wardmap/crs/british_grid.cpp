#include "wardmap/crs/british_grid.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace wardmap {
namespace {

constexpr Box reach{-10, 49, 4, 62};
constexpr double radians = std::numbers::pi / 180;

struct Ellipsoid {
    double a = 0;  ///< half of the longer axis, metres
    double flattening = 0;

    constexpr double b() const { return a * (1 - flattening); }
    constexpr double e2() const { return flattening * (2 - flattening); }
};
constexpr Ellipsoid wgs84{6378137.0, 1 / 298.257223563};
constexpr Ellipsoid airy{6377563.396, 1 / 299.3249646};

struct Cartesian {
    double x = 0, y = 0, z = 0;
};

Cartesian cartesian(Point degrees) {
    const double longitude = degrees.x * radians;
    const double latitude = degrees.y * radians;
    const double s = std::sin(latitude);
    const double c = std::cos(latitude);
    const double across = wgs84.a / std::sqrt(1 - wgs84.e2() * s * s);
    return {across * c * std::cos(longitude), across * c * std::sin(longitude),
            across * (1 - wgs84.e2()) * s};
}

/// EPSG:1314, "OSGB36 to WGS 84 (6)", backwards. Its rotations are position vectors, small enough to be
/// turned back by the transposed matrix, as PROJ does.
Cartesian to_osgb36(const Cartesian& p) {
    constexpr double scale = 1 - 20.489e-6;
    constexpr double second = radians / 3600;
    constexpr double rx = 0.15 * second;
    constexpr double ry = 0.247 * second;
    constexpr double rz = 0.842 * second;
    const double x = (p.x - 446.448) / scale;
    const double y = (p.y + 125.157) / scale;
    const double z = (p.z - 542.06) / scale;
    return {x + rz * y - ry * z, y - rz * x + rx * z, z + ry * x - rx * y};
}

/// Where a point is for the projection, its angles by what is needed of them.
struct OnAiry {
    double tan_latitude = 0;
    double cos_east = 1;  ///< of the longitude from the central meridian
    double sin_east = 0;
};

/// Latitude by Bowring's formula (1976), exact to well under a millimetre at the surface.
OnAiry on_airy(const Cartesian& p) {
    static const double cos_meridian = std::cos(-2 * radians);
    static const double sin_meridian = std::sin(-2 * radians);
    constexpr double b = airy.b();
    constexpr double e2 = airy.e2();
    const double axis = std::sqrt(p.x * p.x + p.y * p.y);
    const double up = p.z * airy.a;
    const double out = axis * b;
    const double length = std::sqrt(up * up + out * out);
    const double s = up / length;
    const double c = out / length;
    return {(p.z + e2 / (1 - e2) * b * s * s * s) / (axis - e2 * airy.a * c * c * c),
            (p.x * cos_meridian + p.y * sin_meridian) / axis,
            (p.y * cos_meridian - p.x * sin_meridian) / axis};
}

/// Krüger's series (Karney, Transverse Mercator with an accuracy of a few nanometers, 2011, equations 7 to
/// 12 and 35) to the fourth power of n: the fifth is less than a ten thousandth of a millimetre.
constexpr double n = airy.flattening / (2 - airy.flattening);
constexpr double n2 = n * n;
constexpr double n3 = n2 * n;
constexpr double n4 = n2 * n2;
constexpr double rectifying_radius = airy.a / (1 + n) * (1 + n2 / 4 + n4 / 64);
constexpr std::array<double, 4> alpha{n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180,
                                      13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1440,
                                      61 * n3 / 240 - 103 * n4 / 140, 49561 * n4 / 161280};

/// Northing (y) and easting (x) on a sphere of radius 1, from the equator and the central meridian.
Point transverse_mercator(const OnAiry& at) {
    static const double e = std::sqrt(airy.e2());
    const double tau = at.tan_latitude;
    const double secant = std::sqrt(1 + tau * tau);
    const double sigma = std::sinh(e * std::atanh(e * tau / secant));
    const double conformal = tau * std::sqrt(1 + sigma * sigma) - sigma * secant;
    const double length = std::sqrt(conformal * conformal + at.cos_east * at.cos_east);
    const double sinh_eta = at.sin_east / length;
    double xi = std::atan2(conformal, at.cos_east);
    double eta = std::asinh(sinh_eta);
    // Sines and cosines of twice the angles, then of their multiples by addition.
    const double s = conformal / length;
    const double c = at.cos_east / length;
    const double cosh_eta = std::sqrt(1 + sinh_eta * sinh_eta);
    const double sin2 = 2 * s * c;
    const double cos2 = c * c - s * s;
    const double sinh2 = 2 * sinh_eta * cosh_eta;
    const double cosh2 = 1 + 2 * sinh_eta * sinh_eta;
    double sin_j = 0, cos_j = 1, sinh_j = 0, cosh_j = 1;
    for (const double a : alpha) {
        const double next_sin = sin_j * cos2 + cos_j * sin2;
        const double next_sinh = sinh_j * cosh2 + cosh_j * sinh2;
        cos_j = cos_j * cos2 - sin_j * sin2;
        cosh_j = cosh_j * cosh2 + sinh_j * sinh2;
        sin_j = next_sin;
        sinh_j = next_sinh;
        xi += a * sin_j * cosh_j;
        eta += a * cos_j * sinh_j;
    }
    return {eta, xi};
}

}  // namespace

bool in_reach_of_british_grid(Point longitude_latitude) noexcept {
    return reach.contains(longitude_latitude);
}

Point british_grid(Point longitude_latitude) noexcept {
    constexpr double metres = 0.9996012717 * rectifying_radius;
    static const double origin = transverse_mercator({std::tan(49 * radians), 1, 0}).y;
    const Point p = transverse_mercator(on_airy(to_osgb36(cartesian(longitude_latitude))));
    return {400'000 + metres * p.x, -100'000 + metres * (p.y - origin)};
}

}  // namespace wardmap
