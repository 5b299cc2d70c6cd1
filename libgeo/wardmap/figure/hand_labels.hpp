/// \file
/// Places of labels that somebody edited: what moved is honoured, what did not is left to the search.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/figure/area_labels.hpp"
#include "wardmap/figure/figure.hpp"

#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// Sets the places of those labels in `wished` that differ from `automatic` (both mm on the page). A wished
/// name keeps its line breaks; numbers that stand for names cannot be moved.
/// \param page  the sheet, mm
/// \param file  named in errors
/// \returns sentences for the log: codes of no area here, numbers that somebody moved
/// \throws InputError for a box that is not wholly on the sheet
std::vector<std::string> set_by_hand(std::vector<LabelRequest>& requests, const AreaSet& areas,
                                     std::span<const PlacedLabel> wished,
                                     std::span<const PlacedLabel> automatic, const Box& page,
                                     const std::string& file);

}  // namespace wardmap
