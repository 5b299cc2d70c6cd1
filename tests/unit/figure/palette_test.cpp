#include "wardmap/figure/palette.hpp"

#include "wardmap/base/error.hpp"

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
