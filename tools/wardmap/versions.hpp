/// \file
/// Which libraries the command was built with, and which it found at run time.
#pragma once

#include <string>

namespace wardmap {

/// `wardmap --version`: "wardmap X.Y.Z" first, then one library a line. Opens nothing.
std::string built_versions_text();

/// `wardmap doctor`: the versions loaded, the folders of data, the built-in areas, GDAL's if its module
/// opens.
std::string loaded_versions_text();

}  // namespace wardmap
