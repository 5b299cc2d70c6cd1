/// \file
/// Packing the rows of a drawing, quicker than a general compressor can.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wardmap {

/// Rows longer than this look back farther than deflate can.
inline constexpr std::size_t most_row_bytes = 32768;

/// A zlib stream (RFC 1950) of bytes that come in rows. A drawing is flat colours: what repeats is the byte
/// before or the row above, so that only those two are looked at. A third of the time of libdeflate's level 3
/// for a fifth more bytes. \pre 0 < row_bytes <= most_row_bytes
std::string packed_rows(std::string_view data, std::size_t row_bytes);

}  // namespace wardmap
