/// \file
/// Where the fonts and boundaries that come with wardmap lie at run time.
#pragma once

#include <filesystem>

namespace wardmap {

/// The folder `share/wardmap` beside the loaded library: `<lib>/../share/wardmap` in a build tree or
/// an installation, `<lib>/share` in a Python package. Holds `boundaries/` and `fonts/`, in a
/// Python package also `proj/`.
/// \throws Error if neither is there.
std::filesystem::path data_folder();

/// The folder the library itself was loaded from: modules lie there too.
std::filesystem::path library_folder();

}  // namespace wardmap
