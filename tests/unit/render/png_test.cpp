#include "wardmap/render/png.hpp"

#include "unit/render/demo_scene.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>
#include <libdeflate.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

using namespace wardmap;

namespace {

std::uint32_t be32(const std::string& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

struct Png {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t per_metre = 0;
    std::map<std::string, std::string> texts{};
    bool has_palette = false;
    std::string rgb{};

    int red(std::size_t x, std::size_t y) const { return static_cast<unsigned char>(rgb[(y * width + x) * 3]); }
};

/// A reader of its own: checks every chunk's sum; knows the filter "none" alone.
Png read(const std::string& bytes) {
    Png png;
    REQUIRE(bytes.substr(0, 8) == std::string("\x89PNG\r\n\x1a\n", 8));
    std::string packed;
    std::string palette;
    std::string last;
    for (std::size_t at = 8; at < bytes.size();) {
        const std::uint32_t size = be32(bytes, at);
        last = bytes.substr(at + 4, 4);
        const std::string data = bytes.substr(at + 8, size);
        REQUIRE(libdeflate_crc32(0, bytes.data() + at + 4, size + 4) == be32(bytes, at + 8 + size));
        if (last == "IHDR") {
            png.width = be32(data, 0);
            png.height = be32(data, 4);
            png.has_palette = data[9] == 3;
            CHECK(data.substr(8) == std::string(png.has_palette ? "\x08\x03\x00\x00\x00" : "\x08\x02\x00\x00\x00", 5));
        } else if (last == "PLTE") {
            palette = data;
            CHECK(data.size() <= 768);
        } else if (last == "pHYs") {
            png.per_metre = be32(data, 0);
            CHECK(be32(data, 4) == png.per_metre);
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
    const std::size_t row = png.width * (png.has_palette ? 1 : 3) + 1;
    std::string raw(row * png.height, '\0');
    libdeflate_decompressor* inflate = libdeflate_alloc_decompressor();
    REQUIRE(libdeflate_zlib_decompress(inflate, packed.data(), packed.size(), raw.data(), raw.size(), nullptr) ==
            LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(inflate);
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

struct Ink {
    std::size_t left = 1'000'000;
    std::size_t right = 0;
};

Ink ink_of(const Png& png) {
    Ink ink;
    for (std::size_t y = 0; y < png.height; ++y) {
        for (std::size_t x = 0; x < png.width; ++x) {
            if (png.red(x, y) < 128) {
                ink.left = std::min(ink.left, x);
                ink.right = std::max(ink.right, x);
            }
        }
    }
    return ink;
}

}  // namespace

TEST_CASE("png: true size, resolution, title and alternative text are in the file") {
    const Png png = read(to_png(demo_scene()));
    CHECK(png.width == 1181);
    CHECK(png.height == 827);
    CHECK(png.per_metre == 11811);
    CHECK(png.texts.at("Title") == demo_scene().title);
    CHECK(png.texts.at("Description") == demo_scene().alt);
    PngOptions screen;
    screen.dpi = 96;
    CHECK(read(to_png(demo_scene(), screen)).width == 378);
}

TEST_CASE("png: colours are where the shapes are, on white") {
    const Png png = read(to_png(demo_scene()));
    const auto at = [&](double x_mm, double y_mm) {
        return png.red(static_cast<std::size_t>(x_mm / 25.4 * 300), static_cast<std::size_t>(y_mm / 25.4 * 300));
    };
    CHECK(at(1, 1) == 255);
    CHECK(at(10, 20) == 0x12);
    CHECK(at(20, 35) == 255);  // the hole
    CHECK(at(60, 35) == 0xf7);  // 75% of f4 on white
    CHECK(at(10, 65) == 0x28);  // moved with its group
}

TEST_CASE("png: a drawing has a palette, a picture of many colours keeps them all") {
    CHECK(read(to_png(demo_scene())).has_palette);
    Scene scene;
    scene.width_mm = 30;
    scene.height_mm = 10;
    std::vector<Color> colors;
    for (int i = 0; i < 600; ++i) {
        colors.push_back({static_cast<std::uint8_t>(i % 256), static_cast<std::uint8_t>(i / 256 * 90 + i % 8),
                          static_cast<std::uint8_t>(i * 31 % 256), 1});
        scene.nodes.push_back(node(Shape{RectShape{0.05 * i, 0, 0.05, 10}, Fill{colors.back(), {}}, {}}));
    }
    PngOptions fine;
    fine.dpi = 254 * 8;  // 80 px a mm: four px a colour
    const Png png = read(to_png(scene, fine));
    CHECK_FALSE(png.has_palette);
    for (std::size_t i = 0; i < colors.size(); ++i) CHECK(png.red(4 * i + 2, 20) == colors[i].r);
}

TEST_CASE("png: the same bytes twice, in any locale and on any thread") {
    const std::string first = to_png(demo_scene());
    CHECK(to_png(demo_scene()) == first);
    std::setlocale(LC_ALL, "de_DE.UTF-8");
    CHECK(to_png(demo_scene()) == first);
    std::setlocale(LC_ALL, "C");
    std::vector<std::string> made(3);
    std::vector<std::thread> threads;
    for (std::string& bytes : made) threads.emplace_back([&bytes] { bytes = to_png(demo_scene()); });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& bytes : made) CHECK(bytes == first);
}

TEST_CASE("png: text is drawn exactly as wide as it is measured") {
    for (const char* words : {"HAVAVA To. TyH", "H1,116 per 100,000H", "HLlan\u0175r \u0177 \u00f4H"}) {
        for (const TextAnchor anchor : {TextAnchor::start, TextAnchor::middle, TextAnchor::end}) {
            TextStyle style;
            style.size_pt = 12;
            const double width = liberation_sans().width_mm(words, style);
            const double start = anchor == TextAnchor::start ? 50 : anchor == TextAnchor::middle ? 50 - width / 2 : 50 - width;
            Scene scene;
            scene.width_mm = 100;
            scene.height_mm = 10;
            scene.nodes.push_back(node(text(50, 7, words, anchor, 12)));
            const Ink ink = ink_of(read(to_png(scene)));
            // The stems of H stand 168 units from both edges of its 1479 (fontTools, glyf table).
            const double bearing = 168 * style.size_pt * mm_per_pt / 2048;
            CAPTURE(words);
            CHECK(std::abs(static_cast<double>(ink.left) - (start + bearing) / 25.4 * 300) < 0.75);
            CHECK(std::abs(static_cast<double>(ink.right + 1) - (start + width - bearing) / 25.4 * 300) < 0.75);
        }
    }
}

TEST_CASE("png: sizes that cannot be written are refused with the reason") {
    Scene wide;
    wide.width_mm = 3000;
    CHECK_THROWS_WITH_AS(to_png(wide), doctest::Contains("32,767"), OutputError);
    PngOptions none;
    none.dpi = 0;
    CHECK_THROWS_AS(to_png(demo_scene(), none), UsageError);
    Scene nothing;
    nothing.height_mm = -1;
    CHECK_THROWS_AS(to_png(nothing), OutputError);
}
