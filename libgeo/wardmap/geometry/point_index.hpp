/// \file
/// Which of many shapes a point lies in: an index that answers most points without touching a shape.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>

namespace wardmap {

/// What one unit of x and of y counts when distances are measured: metres in a degree, where coordinates are
/// longitudes and latitudes.
struct Stretch {
    double x = 1;
    double y = 1;
};

/// The nearest shape and how far it is.
struct NearestShape {
    std::int32_t shape = -1;
    double distance = 0;  ///< stretched; 0 on or in a shape, infinite if there is none
};

/// A grid of two levels over a set of shapes. A cell that lies in one shape, or in none, answers by itself;
/// the others hold the edges that cross them, and the side of one corner, and count crossings exactly
/// (orientation.hpp).
///
/// A point in or on several shapes belongs to the one of the lowest index: a point on a shared edge always
/// goes to the same. That is what GEOS's `covers` says, shape by shape. Shapes may overlap, leave gaps, have
/// holes.
///
/// Immutable; copies share; any number of threads may ask.
class PointIndex {
public:
    PointIndex();
    /// Shapes need not be valid; rings must be closed and finite. An empty shape holds no point.
    explicit PointIndex(std::span<const MultiPolygon> shapes);

    /// The shape of each point; -1 outside all, and where a coordinate is not finite. \pre the spans have one
    /// size
    void locate(std::span<const double> x, std::span<const double> y,
                std::span<std::int32_t> out) const noexcept;
    std::int32_t locate(Point point) const noexcept;

    /// The nearest shape within `most`; of several as near the lowest index; -1 if there is none or the point
    /// is not finite.
    NearestShape nearest(Point point, const Stretch& stretch = {},
                         double most = std::numeric_limits<double>::infinity()) const noexcept;

    std::size_t bytes() const noexcept;  ///< memory it holds

private:
    struct Data;
    std::shared_ptr<const Data> data_;
};

}  // namespace wardmap
