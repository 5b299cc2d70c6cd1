/// \file
/// Which PROJ was loaded.
#pragma once

#include <string>

namespace wardmap {

/// Version of the PROJ library found at run time: "9.1.1".
std::string proj_version();

}  // namespace wardmap
