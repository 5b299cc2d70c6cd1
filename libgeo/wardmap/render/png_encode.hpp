/// \file
/// The PNG format: chunks, filters, compression.
#pragma once

#include "wardmap/render/png.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardmap {

/// Pixels of 32 bits each, 0x00RRGGBB, row after row.
struct PixelView {
    const std::uint32_t* data = nullptr;
    int width = 0;
    int height = 0;

    std::span<const std::uint32_t> row(int y) const {
        return {data + static_cast<std::ptrdiff_t>(y) * width, static_cast<std::size_t>(width)};
    }
};

/// \pre neither side is longer than 65,535 pixels
/// \param texts  keyword (Latin letters) and UTF-8 text of each `iTXt` chunk; empty texts are left out
/// \throws OutputError if there is not enough memory
std::string png_bytes(const PixelView& pixels, double dpi, PngPacking packing,
                      const std::vector<std::pair<std::string, std::string>>& texts);

}  // namespace wardmap
