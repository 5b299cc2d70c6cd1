/// \file
/// Where a horizontal band of the page is free: the question behind every placed label and legend.
#pragma once

#include "wardmap/geometry/multi_polygon.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wardmap {

/// A stretch of x, in mm.
struct FreeSpan {
    double from = 0;
    double to = 0;
};

enum class Side : unsigned char { inside, outside };

/// The borders of one shape, of its largest part, or of many shapes, ready to be asked. Exact: a span is
/// free if no border and no obstacle comes into the band over the whole of it. Not for several threads at
/// once.
class SpanFinder {
public:
    SpanFinder() = default;

    /// All rings of a shape, or of its largest part alone.
    void add(const MultiPolygon& shape);
    void add_largest_part(const MultiPolygon& shape);
    /// A box nothing may touch, on either side of the borders.
    void block(const Box& box) { obstacles_.push_back(box); }

    const Box& box() const noexcept { return box_; }

    /// Puts into `out`, from left to right, the spans in which the band from `top` to `bottom` lies wholly
    /// on the given side of the borders. Outside spans are cut to `limits`.
    void find(double top, double bottom, Side side, FreeSpan limits, std::vector<FreeSpan>& out) const;

private:
    struct Edge {
        double x1 = 0, y1 = 0, x2 = 0, y2 = 0;  ///< y1 <= y2
    };
    void add_ring(std::span<const Point> ring);
    void index() const;
    std::size_t bucket_of(double y) const;

    std::vector<Edge> edges_{};
    struct FiledEdge {
        Edge edge{};
        std::size_t first = 0;  ///< bucket it reaches
    };
    /// Edges by millimetres of y: those of bucket b are filed_[starts_[b]] up to filed_[starts_[b + 1]]. Made
    /// by find().
    mutable std::vector<std::uint32_t> starts_{};
    mutable std::vector<FiledEdge> filed_{};
    std::vector<Box> obstacles_{};
    Box box_{};
};

/// Position of the polygon with the largest area (its holes taken off); 0 if there is none.
std::size_t largest_part(const MultiPolygon& shape);

}  // namespace wardmap
