/// \file
/// Fingerprints of files: what was read and what was written can be told apart from all else.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace wardmap {

/// SHA-256 (FIPS 180-4) of bytes, as 64 lower-case hexadecimal digits.
std::string sha256_of(std::string_view bytes);

/// SHA-256 of a file's content, read in pieces.
/// \throws FileMissing if it cannot be opened, InputError if reading it fails.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace wardmap
