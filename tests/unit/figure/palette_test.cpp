#include "wardmap/figure/palette.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/figure/quadrant_style.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/scene/color_sight.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

TEST_CASE("palette: four Blues are the reference of the house") {
    const auto blues = palette_colors("blues", 4);
    REQUIRE(blues.size() == 4);
    CHECK(hex(blues[0]) == "#c7e5f0");
    CHECK(hex(blues[1]) == "#6eadd3");
    CHECK(hex(blues[2]) == "#3170ac");
    CHECK(hex(blues[3]) == "#1d386b");
}

TEST_CASE("palette: sequential ramps darken with every step, begin visible on white and carry readable ink") {
    const Color white{255, 255, 255, 1};
    for (const auto& name : palette_names()) {
        if (palette_kind(name) != PaletteKind::sequential) {
            continue;
        }
        for (std::size_t k = 2; k <= 10; ++k) {
            CAPTURE(name);
            CAPTURE(k);
            const auto colors = palette_colors(name, k);
            REQUIRE(colors.size() == k);
            CHECK(contrast(colors.front(), white) >= 1.25);
            for (std::size_t i = 0; i < k; ++i) {
                if (i > 0) {
                    CHECK(luminance(colors[i]) < luminance(colors[i - 1]));
                }
                CHECK(contrast(ink_on(colors[i]), colors[i]) >= 4.5);
            }
        }
    }
}

TEST_CASE("palette: every fill has an ink of 4.5 to 1") {
    for (int grey = 0; grey < 256; ++grey) {
        const auto g = static_cast<std::uint8_t>(grey);
        CHECK(contrast(ink_on({g, g, g, 1}), {g, g, g, 1}) >= 4.5);
    }
}

TEST_CASE("palette: names and sizes that do not exist are refused with the way out") {
    CHECK_THROWS_WITH_AS(palette_colors("Bluse", 4), doctest::Contains("Blues"), NameUnknown);
    CHECK_THROWS_AS(palette_colors("Blues", 0), UsageError);
    CHECK_THROWS_AS(palette_colors("AF", 7), UsageError);
    CHECK(palette_colors("PuOr", 5).size() == 5);
}

TEST_CASE("palette: neighbours are at least 10 apart to every colour vision, up to seven classes") {
    for (const auto& name : palette_names()) {
        if (palette_kind(name) == PaletteKind::categorical) continue;
        for (std::size_t k = 2; k <= 7; ++k) {
            CAPTURE(name);
            CAPTURE(k);
            const auto colors = palette_colors(name, k);
            CHECK(closest_colors(colors, ColorPairs::neighbours, all_sights).distance >= 10);
        }
    }
}

TEST_CASE("palette: four categories are told apart by all, and the palette offers them first") {
    for (const auto& name : palette_names()) {
        if (palette_kind(name) != PaletteKind::categorical) continue;
        CAPTURE(name);
        CHECK(palette_size(name) >= 4);
        CHECK(closest_colors(palette_colors(name, 4), ColorPairs::all, all_sights).distance >= 10);
    }
}

TEST_CASE(
    "palette: diverging ramps darken to both sides of their middle, and every class carries readable ink") {
    for (const auto& name : palette_names()) {
        if (palette_kind(name) != PaletteKind::diverging) continue;
        for (std::size_t k = 2; k <= 10; ++k) {
            CAPTURE(name);
            CAPTURE(k);
            const auto colors = palette_colors(name, k);
            for (std::size_t i = 0; i < k; ++i) {
                CHECK(contrast(ink_on(colors[i]), colors[i]) >= 4.5);
                if (2 * i + 2 < k) CHECK(luminance(colors[i]) < luminance(colors[i + 1]));
                // Of an even number the two in the middle are each other's counterpart.
                if (2 * i > k) CHECK(luminance(colors[i]) < luminance(colors[i - 1]));
            }
        }
    }
}

TEST_CASE("palette: marks are at least 3 to 1 on white, to one decimal as the Analysis Function prints it") {
    const Color white{255, 255, 255, 1};
    const auto check = [&](const Color& color) {
        CAPTURE(hex(color));
        CHECK(contrast(color, white) >= 2.95);
    };
    for (const auto& name : palette_names()) {
        if (palette_kind(name) != PaletteKind::categorical) continue;
        for (const Color& color : palette_colors(name, palette_size(name))) check(color);
    }
    for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
        for (const auto& style : quadrant_styles(theme)) check(style.color);
        const MarkColors marks = mark_colors(theme);
        for (const Color& color : {marks.bar, marks.bar_fall, marks.earlier, marks.later}) check(color);
    }
}
