/// \file
/// The page "Changes since the last edition": in words first, then in tables.
#pragma once

#include "wardmap/report/changes.hpp"
#include "wardmap/report/document.hpp"
#include "wardmap/report/edition.hpp"
#include "wardmap/report/places.hpp"

#include <string>
#include <vector>

namespace wardmap {

/// What the page sums up in one line: "Since the last edition 14 numbers were revised and 2 wards moved."
std::string changes_line(const std::vector<EditionChange>& changes, const Places& places);

/// The page's sections. Long tables stop at a sensible length and say where the rest is.
/// \param now  the edition that is being made: the measures behind the tables' ids
std::vector<Section> changes_page(const std::vector<EditionChange>& changes, const Edition& before,
                                  const Edition& now, const Places& places);

}  // namespace wardmap
