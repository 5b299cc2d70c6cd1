/// \file
/// .zip archives in memory: what office documents are made of.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

enum class ZipPacking : std::uint8_t {
    deflated,
    stored,  ///< for what is packed already: PNG
};

struct ZipPart {
    std::string name{};  ///< "word/document.xml"
    std::string bytes{};
    ZipPacking packing = ZipPacking::deflated;
};

/// An archive of these parts in this order. Every part says that it is of 1 January 1980, so that the same
/// parts give the same bytes. \throws OutputError if it cannot be made
std::string zip_bytes(std::span<const ZipPart> parts);

/// The parts of an archive, in its order, without folders. \param name  for messages
/// \throws InputError if it is damaged, locked, or unpacks to more than 256 MiB
std::vector<ZipPart> zip_parts(std::string_view bytes, const std::string& name);

}  // namespace wardmap
