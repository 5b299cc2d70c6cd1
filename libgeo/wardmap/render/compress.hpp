/// \file
/// zlib compression, for PNG and PDF.
#pragma once

#include <string>
#include <string_view>

namespace wardmap {

/// \param level  1 (fast) to 12 (small)
/// \throws OutputError if there is not enough memory
std::string zlib_compressed(std::string_view data, int level);

}  // namespace wardmap
