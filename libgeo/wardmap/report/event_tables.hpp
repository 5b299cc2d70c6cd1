/// \file
/// From a cube of counted events to the long tables that ward tables, finds and month charts are made of.
#pragma once

#include "wardmap/event/count_cube.hpp"
#include "wardmap/indicator/count_rows.hpp"
#include "wardmap/table/table.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// What one table of a report is of: events of one marker and one kind.
struct EventGroup {
    /// The marker, where there are any, then a value for each column of kinds; a blank one reads "offence not
    /// stated".
    std::vector<std::string> values{};
    std::size_t kind = 0;    ///< in CountCube::kinds
    std::size_t marker = 0;  ///< in CountCube::markers
    double in_areas = 0;     ///< events in areas, all periods added up
};

/// Every marker with every kind, a marker's kinds together. Sums over markers ("both", "either", "any",
/// "all") are no groups: they would count events twice.
std::vector<EventGroup> event_groups(const CountCube& cube);

/// area_code, area_name, group, period, count: of the areas alone, a group's rows together. `group` is the
/// number of the group in the list, from 0.
Table table_of_groups(const CountCube& cube, std::span<const EventGroup> groups);

/// What of a group lies in no area, all periods added up.
LeftOut left_out_of(const CountCube& cube, const EventGroup& group);

/// The cube's long table with all areas added up: one area, called like the whole, then `Outside` and `Not
/// located`; rows of one marker. \param marker  as the cube writes it; empty: all events \throws NameUnknown
/// for a marker that is not there, naming the nearest
Table table_of_whole(const CountCube& cube, const std::string& marker);

}  // namespace wardmap
