#include "places.hpp"

#include "wardmap/geometry/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

namespace wardmap::simulated {
namespace {

constexpr double margin_of_the_city = 0.03;  ///< degrees round the box of all wards
constexpr double just_outside_at_most = 0.0005;

GridPlace anywhere_in(const Box& box, Random& random) {
    const auto draw = [&](double low, double high) {
        const auto first = static_cast<std::int32_t>(std::ceil(low * 1e6));
        const auto last = static_cast<std::int32_t>(std::floor(high * 1e6));
        return first + static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(last - first + 1)));
    };
    const std::int32_t longitude = draw(box.min_x, box.max_x);
    return {longitude, draw(box.min_y, box.max_y)};
}

}  // namespace

std::string degrees_text(std::int32_t millionths) {
    const std::int32_t size = std::abs(millionths);
    return fmt::format("{}{}.{:06}", millionths < 0 ? "-" : "", size / 1'000'000, size % 1'000'000);
}

Places::Places(AreaSet wards) : wards_(std::move(wards)) {
    for (const MultiPolygon& shape : wards_.shapes()) boxes_.push_back(shape.box());
}

GridPlace Places::in_ward(std::size_t ward, Random& random) const {
    const MultiPolygon& shape = wards_.shapes()[ward];
    for (;;) {
        const GridPlace place = anywhere_in(boxes_[ward], random);
        if (locate(shape, place.point()) == Location::inside &&
            distance_to_boundary(shape, place.point()) > clearance)
            return place;
    }
}

double Places::distance_to_city(GridPlace place) const {
    double nearest = std::numeric_limits<double>::infinity();
    for (const MultiPolygon& shape : wards_.shapes()) {
        if (contains(shape, place.point())) return 0;
        nearest = std::min(nearest, distance_to_boundary(shape, place.point()));
    }
    return nearest;
}

GridPlace Places::outside(Random& random) const {
    for (;;) {
        const GridPlace place = anywhere_in(wards_.box().grown(margin_of_the_city), random);
        if (distance_to_city(place) > just_outside_at_most) return place;
    }
}

GridPlace Places::just_outside(Random& random) const {
    for (;;) {
        const GridPlace place = anywhere_in(wards_.box().grown(just_outside_at_most), random);
        const double distance = distance_to_city(place);
        if (distance > clearance && distance < just_outside_at_most) return place;
    }
}

std::size_t Places::neighbour(std::size_t ward, GridPlace place) const {
    std::size_t nearest = ward;
    double distance = std::numeric_limits<double>::infinity();
    for (std::size_t other = 0; other < wards_.size(); ++other) {
        if (other == ward) continue;
        const double to_other = distance_to_boundary(wards_.shapes()[other], place.point());
        if (to_other < distance) nearest = other, distance = to_other;
    }
    return nearest;
}

}  // namespace wardmap::simulated
