/// \file
/// Results appear whole or not at all: written beside their target and renamed when complete.
#pragma once

#include <filesystem>
#include <string_view>

namespace wardmap {

enum class Overwrite : unsigned char { refuse, replace };

/// Writes `bytes` to a new file beside `target` and renames it. Makes no folders.
/// \throws OutputError if the target exists and may not be replaced, its folder is missing, or the
///         disk refuses.
void write_output(const std::filesystem::path& target, std::string_view bytes, Overwrite overwrite);

/// Throws as write_output would if the target exists and may not be replaced: ask before long work.
void check_output(const std::filesystem::path& target, Overwrite overwrite);

}  // namespace wardmap
