/// \file
/// Areas joined into larger ones.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/lookup.hpp"

namespace wardmap {

/// The larger areas of a lookup: wards into localities, small areas into wards. Shapes are dissolved; codes
/// and names are the lookup's; the order is that of the first part of each. Areas the lookup does not know
/// stay as they are (make_lookup counts them). \throws InputError if an area that stays has the code of a
/// larger one.
AreaSet merge_areas(const AreaSet& areas, const Lookup& lookup);

}  // namespace wardmap
