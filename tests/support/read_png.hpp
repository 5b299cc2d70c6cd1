/// \file
/// Reads the PNGs that this project writes: 8 bit, RGB or palette, rows without filter. Checks as it goes.
#pragma once

#include <doctest/doctest.h>
#include <libdeflate.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace wardmap {

struct ReadPng {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t per_metre = 0;  ///< pixels, from `pHYs`
    std::map<std::string, std::string> texts{};
    bool has_palette = false;
    std::string rgb{};

    /// 0 red, 1 green, 2 blue
    int channel(std::size_t x, std::size_t y, std::size_t which) const {
        return static_cast<unsigned char>(rgb[(y * width + x) * 3 + which]);
    }
};

inline ReadPng read_png(const std::string& bytes) {
    const auto be32 = [&](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
        return value;
    };
    ReadPng png;
    REQUIRE(bytes.substr(0, 8) == std::string("\x89PNG\r\n\x1a\n", 8));
    std::string packed;
    std::string palette;
    std::string last;
    for (std::size_t at = 8; at < bytes.size();) {
        const std::uint32_t size = be32(at);
        last = bytes.substr(at + 4, 4);
        const std::string data = bytes.substr(at + 8, size);
        REQUIRE(libdeflate_crc32(0, bytes.data() + at + 4, size + 4) == be32(at + 8 + size));
        if (last == "IHDR") {
            png.width = be32(at + 8);
            png.height = be32(at + 12);
            png.has_palette = data[9] == 3;
            CHECK(data.substr(8) ==
                  std::string(png.has_palette ? "\x08\x03\x00\x00\x00" : "\x08\x02\x00\x00\x00", 5));
        } else if (last == "PLTE") {
            palette = data;
            CHECK(data.size() <= 768);
        } else if (last == "pHYs") {
            png.per_metre = be32(at + 8);
            CHECK(be32(at + 12) == png.per_metre);
            CHECK(data[8] == 1);
        } else if (last == "iTXt") {
            const std::size_t end = data.find('\0');
            CHECK(data.substr(end, 5) == std::string(5, '\0'));
            png.texts[data.substr(0, end)] = data.substr(end + 5);
        } else if (last == "IDAT") {
            packed += data;
        }
        at += size + 12;
    }
    CHECK(last == "IEND");
    const std::size_t row = png.width * (png.has_palette ? 1U : 3U) + 1;
    std::string raw(row * png.height, '\0');
    libdeflate_decompressor* inflate = libdeflate_alloc_decompressor();
    const libdeflate_result result =
        libdeflate_zlib_decompress(inflate, packed.data(), packed.size(), raw.data(), raw.size(), nullptr);
    libdeflate_free_decompressor(inflate);
    REQUIRE(result == LIBDEFLATE_SUCCESS);
    for (std::size_t y = 0; y < png.height; ++y) {
        REQUIRE(raw[y * row] == 0);
        const std::string line = raw.substr(y * row + 1, row - 1);
        if (!png.has_palette) png.rgb += line;
        for (const char place : png.has_palette ? line : "") {
            png.rgb += palette.substr(static_cast<unsigned char>(place) * 3U, 3);
        }
    }
    return png;
}

}  // namespace wardmap
