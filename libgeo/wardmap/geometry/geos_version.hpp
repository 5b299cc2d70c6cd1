/// \file
/// Which GEOS was loaded.
#pragma once

#include <string>

namespace wardmap {

/// Version of the GEOS library found at run time: "3.11.1-CAPI-1.17.1".
std::string geos_version();

}  // namespace wardmap
