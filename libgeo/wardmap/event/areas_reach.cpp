#include "wardmap/event/areas_reach.hpp"

#include "wardmap/crs/transform.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {
namespace {

/// The box round the areas' box, in another system: corners and points between them, as its sides may bend.
Box box_in(const AreaSet& areas, const Crs& crs) {
    const Box box = areas.box();
    if (!crs.known() || !areas.crs().known() || same_crs(crs, areas.crs())) return box;
    constexpr int steps = 8;
    std::vector<double> x, y;
    for (int i = 0; i <= steps; ++i) {
        const double along = box.min_x + box.width() * i / steps;
        const double up = box.min_y + box.height() * i / steps;
        x.insert(x.end(), {along, along, box.min_x, box.max_x});
        y.insert(y.end(), {box.min_y, box.max_y, up, up});
    }
    (void)Transform(areas.crs(), crs).apply_where_possible(x, y);
    Box out;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::isfinite(x[i]) && std::isfinite(y[i])) out.add(Point{x[i], y[i]});
    }
    return out;
}

}  // namespace

AreasReach reach_of(const AreaSet& areas, const Crs& events) {
    const Crs& meant = events.known() ? events : areas.crs();
    AreasReach reach{events, box_in(areas, events)};
    const Box changed{reach.box.min_y, reach.box.min_x, reach.box.max_y, reach.box.max_x};
    // Eastings and northings of one country are like each other; its longitudes and latitudes are often not.
    reach.tells_swapped = meant.known() && is_geographic(meant) && !reach.box.overlaps(changed);
    return reach;
}

PlacedEvents placed_events(const AreaSet& areas, std::span<const double> x, std::span<const double> y,
                           const Crs& events, std::span<const AreaIndex> places) {
    PlacedEvents out;
    std::optional<AreasReach> reach;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] != outside_areas) {
            out.located += places[i] >= 0 ? 1U : 0U;
            continue;
        }
        if (!reach) reach = reach_of(areas, events);
        out.add_outside({x[i], y[i]}, *reach);
    }
    return out;
}

void say_misplaced(const PlacedEvents& events, const AreaSet& areas, Problems& problems) {
    const std::string noun = areas.noun();
    if (events.located == 0 && events.outside > 0) {
        if (events.swapped_fit * 2 > events.outside) {
            problems.add(Severity::problem, "coordinates_swapped",
                         "no event lies in any " + noun +
                             ", but with x and y changed over they would: these look like latitude, "
                             "longitude; give --x and --y the other way round",
                         {}, {}, events.swapped_fit);
        } else {
            problems.add(Severity::warning, "nothing_located",
                         "no event lies in any " + noun +
                             ": check the coordinate system (--crs) and whether these are the right areas",
                         {}, {}, events.outside);
        }
        return;
    }
    if (events.swapped_sure > 0) {
        problems.add(Severity::problem, "coordinates_swapped",
                     "events lie in no " + noun +
                         ", but with x and y changed over they would: these look like latitude, "
                         "longitude; read the files they are in by themselves",
                     {}, {}, events.swapped_sure);
    }
}

}  // namespace wardmap
