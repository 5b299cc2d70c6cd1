/// \file
/// Events outside all areas that would lie in some with x and y changed over.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/base/point.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/crs/crs.hpp"
#include "wardmap/event/locator.hpp"

#include <cstdint>
#include <span>

namespace wardmap {

/// Where the areas lie in a system of events.
struct AreasReach {
    Crs crs{};  ///< of the events
    Box box{};
    /// False where an event may lie in the box with x and y changed over, and be right.
    bool tells_swapped = false;
};

AreasReach reach_of(const AreaSet& areas, const Crs& events);

/// How many events lie where.
struct PlacedEvents {
    std::uint64_t located = 0;
    std::uint64_t outside = 0;
    std::uint64_t swapped_fit = 0;   ///< outside, but inside the areas' box with x and y changed over
    std::uint64_t swapped_sure = 0;  ///< of them, those that hardly lie there by chance

    void add_outside(Point point, const AreasReach& reach) noexcept {
        ++outside;
        if (!reach.box.contains({point.y, point.x})) return;
        ++swapped_fit;
        swapped_sure += reach.tells_swapped ? 1U : 0U;
    }
    void add(const PlacedEvents& other) noexcept {
        located += other.located;
        outside += other.outside;
        swapped_fit += other.swapped_fit;
        swapped_sure += other.swapped_sure;
    }
};

/// Of events and their places, as Locator::locate gives them.
PlacedEvents placed_events(const AreaSet& areas, std::span<const double> x, std::span<const double> y,
                           const Crs& events, std::span<const AreaIndex> places);

/// coordinates_swapped; where nothing is located for another reason, nothing_located.
void say_misplaced(const PlacedEvents& events, const AreaSet& areas, Problems& problems);

}  // namespace wardmap
