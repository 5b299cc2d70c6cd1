#include "wardmap/render/png.hpp"

#include "support/read_png.hpp"
#include "unit/render/demo_scene.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace wardmap;

namespace {

struct Ink {
    std::size_t left = 1'000'000;
    std::size_t right = 0;
};

Ink ink_of(const ReadPng& png) {
    Ink ink;
    for (std::size_t y = 0; y < png.height; ++y) {
        for (std::size_t x = 0; x < png.width; ++x) {
            if (png.channel(x, y, 0) < 128) {
                ink.left = std::min(ink.left, x);
                ink.right = std::max(ink.right, x);
            }
        }
    }
    return ink;
}

}  // namespace

TEST_CASE("png: true size, resolution, title and alternative text are in the file") {
    const ReadPng png = read_png(to_png(demo_scene()));
    CHECK(png.width == 1181);
    CHECK(png.height == 827);
    CHECK(png.per_metre == 11811);
    CHECK(png.texts.at("Title") == demo_scene().title);
    CHECK(png.texts.at("Description") == demo_scene().alt);
    PngOptions screen;
    screen.dpi = 96;
    CHECK(read_png(to_png(demo_scene(), screen)).width == 378);
}

TEST_CASE("png: colours are where the shapes are, on white") {
    const ReadPng png = read_png(to_png(demo_scene()));
    const auto at = [&](double x_mm, double y_mm) {
        return png.channel(static_cast<std::size_t>(x_mm / 25.4 * 300),
                           static_cast<std::size_t>(y_mm / 25.4 * 300), 0);
    };
    CHECK(at(1, 1) == 255);
    CHECK(at(10, 20) == 0x12);
    CHECK(at(20, 35) == 255);   // the hole
    CHECK(at(60, 35) == 0xf7);  // 75% of f4 on white
    CHECK(at(10, 65) == 0x28);  // moved with its group
}

TEST_CASE("png: a drawing has a palette, a picture of many colours keeps them all") {
    CHECK(read_png(to_png(demo_scene())).has_palette);
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
    const ReadPng png = read_png(to_png(scene, fine));
    CHECK_FALSE(png.has_palette);
    for (std::size_t i = 0; i < colors.size(); ++i) CHECK(png.channel(4 * i + 2, 20, 0) == colors[i].r);
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

TEST_CASE("png: the same bytes on any number of threads") {
    for (const double dpi : {96.0, 300.0}) {
        const std::string one = to_png(demo_scene(), {.dpi = dpi, .threads = 1});
        CHECK(to_png(demo_scene(), {.dpi = dpi, .threads = 2}) == one);
        CHECK(to_png(demo_scene(), {.dpi = dpi, .threads = 5}) == one);
        CHECK(to_png(demo_scene(), {.dpi = dpi, .threads = 0}) == one);
    }
}

TEST_CASE("png: dashes begin with a dash, stop flat and keep their lengths round a corner") {
    Scene scene;
    scene.width_mm = scene.height_mm = 25.4;
    Path corner;
    corner.move_to(2.54, 5.08);
    corner.line_to(15.24, 5.08);
    corner.line_to(15.24, 22.86);
    // At 100 dots an inch: 30 on, 10 off; the corner is 120 - 120 = 0 into its fourth period.
    scene.nodes.push_back(node(Shape{corner, {}, Stroke{{0, 0, 0, 1}, 1.016, {7.62, 2.54}}}));
    const ReadPng png = read_png(to_png(scene, {.dpi = 100}));
    const auto dark = [&](std::size_t x, std::size_t y) { return png.channel(x, y, 0) < 128; };
    CHECK_FALSE(dark(8, 20));
    CHECK(dark(11, 20));
    CHECK(dark(38, 20));
    CHECK_FALSE(dark(42, 20));
    CHECK_FALSE(dark(48, 20));
    CHECK(dark(51, 20));
    CHECK(dark(57, 20));
    CHECK(dark(60, 38));  // 50 + 20 = 70 along: the end of the second dash
    CHECK_FALSE(dark(60, 44));
    CHECK(dark(60, 52));
}

TEST_CASE("png: borders of areas side by side are drawn over both of them, fills first") {
    Scene scene;
    scene.width_mm = 25.4;
    scene.height_mm = 12.7;
    Group areas;
    const Stroke border{{0, 0, 0, 1}, 0.508, {}};
    areas.children.push_back(node(Shape{RectShape{0, 0, 12.7, 12.7}, Fill{{255, 0, 0, 1}, {}}, border}));
    areas.children.push_back(node(Shape{RectShape{12.7, 0, 12.7, 12.7}, Fill{{0, 0, 255, 1}, {}}, {}}));
    const auto left_of_middle = [&](ShapesOverlap overlap, std::size_t x) {
        areas.overlap = overlap;
        scene.nodes = {node(areas)};
        return read_png(to_png(scene, {.dpi = 100})).channel(x, 25, 2);
    };
    CHECK(left_of_middle(ShapesOverlap::may, 50) == 255);  // the second area lies over half of the border
    CHECK(left_of_middle(ShapesOverlap::never, 50) == 0);
    CHECK(left_of_middle(ShapesOverlap::never, 49) == 0);
    CHECK(left_of_middle(ShapesOverlap::never, 60) == 255);
}

TEST_CASE("png: a border that two areas share is drawn as that of one, whichever way round it runs") {
    const auto picture = [](bool both) {
        Scene scene;
        scene.width_mm = 25.4;
        scene.height_mm = 25.4;
        Group areas;
        areas.overlap = ShapesOverlap::never;
        const auto ring = [](std::initializer_list<std::pair<double, double>> points) {
            Path path;
            for (const auto& [x, y] : points) path.ops.empty() ? path.move_to(x, y) : path.line_to(x, y);
            path.close();
            return path;
        };
        const Path left = ring({{2, 2}, {12, 2}, {15, 9}, {11, 22}, {2, 22}});
        const Path right = ring({{23, 2}, {12, 2}, {15, 9}, {11, 22}, {23, 22}});
        Path edges;  // of the right one that it has alone
        edges.move_to(11, 22);
        edges.line_to(23, 22);
        edges.line_to(23, 2);
        edges.line_to(12, 2);
        const Stroke border{{0, 0, 0, 1}, 0.6, {}};
        const Fill fill{{200, 220, 240, 1}, {}};
        areas.children.push_back(node(Shape{right, fill, both ? std::optional(border) : std::nullopt}));
        areas.children.push_back(node(Shape{left, fill, border}));
        if (!both) areas.children.push_back(node(Shape{edges, std::nullopt, border}));
        scene.nodes.push_back(node(areas));
        return read_png(to_png(scene, {.dpi = 150}));
    };
    const ReadPng both = picture(true);
    const ReadPng apart = picture(false);
    for (std::size_t y = 0; y < both.height; ++y) {
        for (std::size_t x = 0; x < both.width; ++x) {
            if (both.channel(x, y, 0) != apart.channel(x, y, 0)) FAIL("pixel " << x << ", " << y);
        }
    }
    CHECK(both.channel(88, 53, 0) < 60);  // the shared border's bend
}

TEST_CASE("png: a halo parts letters from what lies under them, and is nothing on its own colour") {
    const auto picture = [](bool halo, bool line) {
        Scene scene;
        scene.width_mm = 30;
        scene.height_mm = 10;
        if (line)
            scene.nodes.push_back(node(Shape{RectShape{12, 0, 0.6, 10}, Fill{{90, 90, 90, 1}, {}}, {}}));
        Text words = text(2, 7, "WHOBERLEY", TextAnchor::start, 12);
        if (halo) words.halo = Color{255, 255, 255, 1};
        scene.nodes.push_back(node(words));
        return read_png(to_png(scene));
    };
    const auto differing = [](const ReadPng& a, const ReadPng& b) {
        std::size_t left = a.width;
        std::size_t right = 0;
        for (std::size_t y = 0; y < a.height; ++y) {
            for (std::size_t x = 0; x < a.width; ++x) {
                if (a.channel(x, y, 0) == b.channel(x, y, 0)) continue;
                left = std::min(left, x);
                right = std::max(right, x);
            }
        }
        return std::pair(left, right);
    };
    CHECK(differing(picture(false, false), picture(true, false)).first == picture(false, false).width);
    const auto [left, right] = differing(picture(false, true), picture(true, true));
    CHECK(left >= 140);  // 12 mm at 300 dots an inch, and only there
    CHECK(right <= 150);
    CHECK(left < right);
}

TEST_CASE("png: text is drawn exactly as wide as it is measured") {
    for (const char* words : {"HAVAVA To. TyH", "H1,116 per 100,000H", "HLlan\u0175r \u0177 \u00f4H"}) {
        for (const TextAnchor anchor : {TextAnchor::start, TextAnchor::middle, TextAnchor::end}) {
            TextStyle style;
            style.size_pt = 12;
            const double width = liberation_sans().width_mm(words, style);
            const double start = anchor == TextAnchor::start    ? 50
                                 : anchor == TextAnchor::middle ? 50 - width / 2
                                                                : 50 - width;
            Scene scene;
            scene.width_mm = 100;
            scene.height_mm = 10;
            scene.nodes.push_back(node(text(50, 7, words, anchor, 12)));
            const Ink ink = ink_of(read_png(to_png(scene)));
            // The stems of H stand 168 units from both edges of its 1479 (fontTools, glyf table).
            const double bearing = 168 * style.size_pt * mm_per_pt / 2048;
            CAPTURE(words);
            CHECK(std::abs(static_cast<double>(ink.left) - (start + bearing) / 25.4 * 300) < 0.75);
            CHECK(std::abs(static_cast<double>(ink.right + 1) - (start + width - bearing) / 25.4 * 300) <
                  0.75);
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
