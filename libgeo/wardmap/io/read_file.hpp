/// \file
/// A whole file as bytes.
#pragma once

#include <string>

namespace wardmap {

/// The bytes of a file.
/// \throws FileMissing if there is none, InputError if it is a folder or cannot be read.
std::string read_file(const std::string& path);

}  // namespace wardmap
