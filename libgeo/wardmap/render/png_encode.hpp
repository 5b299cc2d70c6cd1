/// \file
/// The PNG format: chunks, filters, compression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

/// Pixels as Cairo holds them: 32 bits each, 0x00RRGGBB, rows `stride` bytes apart.
struct PixelView {
    const unsigned char* data = nullptr;
    int width = 0;
    int height = 0;
    int stride = 0;
};

/// \param texts  keyword (Latin letters) and UTF-8 text of each `iTXt` chunk; empty texts are left out
/// \throws OutputError if there is not enough memory
std::string png_bytes(const PixelView& pixels, double dpi,
                      const std::vector<std::pair<std::string, std::string>>& texts);

}  // namespace wardmap
