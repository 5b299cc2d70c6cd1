/// \file
/// .zip archives by libzip.
#pragma once

#include "wardmap/io/office/module_interface.hpp"

namespace wardmap {

std::string packed(std::span<const ZipPart> parts);
std::vector<ZipPart> unpacked(std::string_view bytes, std::uint64_t most_bytes);
std::unique_ptr<Archive> archive_at(const std::string& path);

}  // namespace wardmap
