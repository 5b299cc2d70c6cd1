#include "wardmap/geometry/vertex_numbers.hpp"

#include <algorithm>
#include <bit>

namespace wardmap {
namespace {

std::size_t hash_of(Point p) {
    constexpr std::uint64_t mix = 0x9E3779B97F4A7C15ULL;
    // -0 and 0 are equal, so they must hash alike: adding 0 makes both 0.
    const auto x = std::bit_cast<std::uint64_t>(p.x + 0.0);
    const auto y = std::bit_cast<std::uint64_t>(p.y + 0.0);
    const std::uint64_t once = (x ^ x >> 32) * mix;
    const std::uint64_t both = (once ^ once >> 29 ^ y) * mix;
    return static_cast<std::size_t>(both ^ both >> 32);
}

}  // namespace

VertexNumbers::VertexNumbers(std::size_t expected)
    : slots_(std::bit_ceil(std::max<std::size_t>(2 * expected, 16)), none) {
    points_.reserve(expected);
}

std::size_t VertexNumbers::slot_of(Point point) const {
    std::size_t at = hash_of(point) & (slots_.size() - 1);
    while (slots_[at] != none && points_[slots_[at]] != point) at = (at + 1) & (slots_.size() - 1);
    return at;
}

std::optional<VertexId> VertexNumbers::find(Point point) const {
    const VertexId number = slots_[slot_of(point)];
    return number == none ? std::nullopt : std::optional<VertexId>(number);
}

VertexId VertexNumbers::of(Point point) {
    if (2 * (points_.size() + 1) > slots_.size()) {
        slots_.assign(2 * slots_.size(), none);
        for (std::size_t i = 0; i < points_.size(); ++i)
            slots_[slot_of(points_[i])] = static_cast<VertexId>(i);
    }
    const std::size_t at = slot_of(point);
    if (slots_[at] == none) {
        slots_[at] = static_cast<VertexId>(points_.size());
        points_.push_back(point);
    }
    return slots_[at];
}

}  // namespace wardmap
