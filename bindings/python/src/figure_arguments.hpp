/// \file
/// What a caller says about any picture.
#pragma once

#include "python.hpp"

#include "wardmap/figure/figure.hpp"

namespace wardmap {

/// id, title, subtitle, notes, source, alt, attribution, show_title, slot, theme, as far as they are given.
/// \throws UsageError for a value of the wrong kind or an unknown word
FigureOptions figure_options_of(const py::dict& options);

}  // namespace wardmap
