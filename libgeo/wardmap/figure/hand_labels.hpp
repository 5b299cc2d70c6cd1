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

/// True for a label that somebody moved: its box is not round its lines, or it has none, or it was moved
/// before and written out again.
bool is_moved(const PlacedLabel& label);

/// What was not done.
struct HandLabelsLeft {
    std::vector<std::string> of_no_area{};  ///< codes and names
    std::vector<std::string> log{};         ///< these, and numbers that somebody moved, in sentences
};

/// Sets the places of those labels in `wished` (mm on the page) that somebody moved. A wished name keeps its
/// line breaks; numbers that stand for names cannot be moved.
/// \param page  the sheet, mm
/// \param file  named in errors
/// \throws InputError for a box that is not wholly on the sheet
HandLabelsLeft set_by_hand(std::vector<LabelRequest>& requests, const AreaSet& areas,
                           std::span<const PlacedLabel> wished, const Box& page, const std::string& file);

}  // namespace wardmap
