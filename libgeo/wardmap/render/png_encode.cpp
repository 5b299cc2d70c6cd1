#include "wardmap/render/png_encode.hpp"

#include "wardmap/render/compress.hpp"

#include <libdeflate.h>

#include <cmath>
#include <cstring>

namespace wardmap {
namespace {

constexpr int compression_level = 2;

void append_be32(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>(static_cast<unsigned char>(value >> shift & 255U));
    }
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
    append_be32(out, static_cast<std::uint32_t>(data.size()));
    const std::size_t start = out.size();
    out += type;
    out += data;
    append_be32(out, libdeflate_crc32(0, out.data() + start, out.size() - start));
}

/// Each row as its filter byte and its pixels. Rows of a drawing are mostly like the row above, so each
/// is written as the difference to it (filter "Up").
std::string filtered_rows(const PixelView& pixels) {
    const std::size_t row_bytes = static_cast<std::size_t>(pixels.width) * 3;
    std::string out;
    out.resize((row_bytes + 1) * static_cast<std::size_t>(pixels.height));
    std::vector<std::uint32_t> above(static_cast<std::size_t>(pixels.width), 0);
    std::vector<std::uint32_t> row(static_cast<std::size_t>(pixels.width));
    char* to = out.data();
    for (int y = 0; y < pixels.height; ++y) {
        const unsigned char* from = pixels.data + static_cast<std::ptrdiff_t>(y) * pixels.stride;
        std::memcpy(row.data(), from, row.size() * sizeof(std::uint32_t));
        *to++ = 2;
        if (row == above) {
            to += row_bytes;  // resize() has made them 0
            continue;
        }
        for (std::size_t x = 0; x < row.size(); ++x) {
            const std::uint32_t a = above[x];
            const std::uint32_t b = row[x];
            to[0] = static_cast<char>(static_cast<unsigned char>((b >> 16) - (a >> 16)));
            to[1] = static_cast<char>(static_cast<unsigned char>((b >> 8) - (a >> 8)));
            to[2] = static_cast<char>(static_cast<unsigned char>(b - a));
            to += 3;
        }
        row.swap(above);
    }
    return out;
}

}  // namespace

std::string png_bytes(const PixelView& pixels, double dpi,
                      const std::vector<std::pair<std::string, std::string>>& texts) {
    std::string out("\x89PNG\r\n\x1a\n", 8);
    std::string header;
    append_be32(header, static_cast<std::uint32_t>(pixels.width));
    append_be32(header, static_cast<std::uint32_t>(pixels.height));
    header += std::string("\x08\x02\x00\x00\x00", 5);  // 8 bit, RGB, deflate, filters, not interlaced
    append_chunk(out, "IHDR", header);

    std::string density;
    const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
    append_be32(density, per_metre);
    append_be32(density, per_metre);
    density += '\x01';  // the unit is the metre
    append_chunk(out, "pHYs", density);
    for (const auto& [keyword, text] : texts) {
        // Keyword, not compressed, no language, no translated keyword, text.
        if (!text.empty()) append_chunk(out, "iTXt", keyword + std::string(5, '\0') + text);
    }
    append_chunk(out, "IDAT", zlib_compressed(filtered_rows(pixels), compression_level));
    append_chunk(out, "IEND", {});
    return out;
}

}  // namespace wardmap
