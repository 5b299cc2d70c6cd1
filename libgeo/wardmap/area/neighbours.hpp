/// \file
/// Which areas lie side by side.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/problems.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace wardmap {

/// What makes two areas neighbours.
enum class Contiguity : std::uint8_t {
    queen,  ///< their borders meet, if only in a point
    rook,   ///< their borders run together for a stretch
};

/// The neighbours of each area in compressed sparse rows: those of area i are indices[indptr[i]] up to
/// indices[indptr[i + 1]], ascending. If a is a neighbour of b, b is one of a; none is its own.
struct Neighbours {
    std::vector<std::size_t> indptr{0};
    std::vector<AreaIndex> indices{};

    std::size_t size() const noexcept { return indptr.size() - 1; }
    std::span<const AreaIndex> of(std::size_t area) const noexcept {
        return {indices.data() + indptr[area], indices.data() + indptr[area + 1]};
    }
    /// Areas without any neighbour, ascending.
    std::vector<AreaIndex> islands() const;
};

/// Areas whose borders come within `snap` of each other (in the units of the areas' coordinates). Rook
/// neighbours also run within it for more than twice `snap`. Borders need not share vertices. No snap: 0.5 m,
/// or 5e-6 degrees where the coordinates are degrees; 0: only exactly equal points count. \throws
/// std::invalid_argument if snap is negative or not finite.
Neighbours contiguity(const AreaSet& areas, Contiguity kind, std::optional<double> snap = std::nullopt);

/// Neighbours from elsewhere, put in order. They need not be mutual (the nearest few of each area are not).
/// \throws UsageError for rows that do not fit together, a neighbour that is not there, is the area itself,
/// or comes twice
Neighbours neighbours_from(std::vector<std::size_t> indptr, std::vector<AreaIndex> indices);

/// Areas with exactly the same shape (the same points in the same order), in groups of two or more, each
/// ascending. Areas without shape are in none.
std::vector<std::vector<AreaIndex>> same_shapes(const AreaSet& areas);

/// `no_neighbours` (note), with the codes of islands for examples, and `same_shape` (warning): areas drawn
/// twice are neighbours of each other and of each other's neighbours.
Problems neighbour_problems(const AreaSet& areas, const Neighbours& neighbours);

}  // namespace wardmap
