/// \file
/// Measuring flat shapes. Lengths are in the units of the coordinates (metres after area/reproject.hpp),
/// areas in their square.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <cstdint>
#include <span>

namespace wardmap {

/// Where a point lies.
enum class Location : std::uint8_t { outside, boundary, inside };

/// Signed area of a closed ring: positive if it runs counter-clockwise (shoelace formula).
double signed_area(std::span<const Point> ring) noexcept;

/// Area of the outer rings less that of the holes; 0 for an empty shape.
double area_of(const MultiPolygon& shape) noexcept;

/// Length of all rings, holes included.
double perimeter_of(const MultiPolygon& shape) noexcept;

/// Centre of mass. It may lie outside the shape: for a place to write on, see label_point.hpp. The mean
/// of the points if the area is 0; (0, 0) for an empty shape.
Point centroid(const MultiPolygon& shape) noexcept;

/// Even-odd rule over all rings; exact (orientation.hpp), so `boundary` only for points that lie on it to the
/// last bit.
Location locate(const MultiPolygon& shape, Point point) noexcept;

/// True if the point lies inside or on the boundary. Points that are not finite lie outside.
bool contains(const MultiPolygon& shape, Point point) noexcept;

/// Distance from the point to the nearest edge, 0 on it; infinite for an empty shape.
double distance_to_boundary(const MultiPolygon& shape, Point point) noexcept;

}  // namespace wardmap
