/// \file
/// A figure out of the JSON that --data-out wrote: its words, classes, data and labels, without the picture.
#pragma once

#include "wardmap/figure/figure.hpp"

#include <string>
#include <string_view>

namespace wardmap {

/// \param file  named in errors
/// \throws InputError if it is no JSON of schema "wardmap.figure/1"
Figure figure_from_json(std::string_view json, const std::string& file);

}  // namespace wardmap
