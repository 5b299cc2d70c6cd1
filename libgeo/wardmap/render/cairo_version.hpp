/// \file
/// Which Cairo was loaded.
#pragma once

#include <string>

namespace wardmap {

/// Version of the Cairo library found at run time: "1.16.0".
std::string loaded_cairo_version();

}  // namespace wardmap
