/// \file
/// The bytes of a file that the user named.
#pragma once

#include <string>

namespace wardmap {

/// The whole file; "-" is standard input. The text has a few bytes of capacity to spare.
/// \throws FileMissing naming the nearest files of its folder; InputError for a folder or a file that
///         cannot be read.
std::string read_input(const std::string& path);

/// \throws FileMissing naming the nearest files of its folder; InputError for a folder.
void require_file(const std::string& path);

}  // namespace wardmap
