#include "wardmap/figure/quadrant_style.hpp"

#include "wardmap/figure/style.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace wardmap;

TEST_CASE("quadrant style: four colours seen on white, four shapes, in every theme") {
    for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
        std::set<MarkerShape> shapes;
        for (const auto& style : quadrant_styles(theme)) {
            CHECK(contrast(style.color, ink_white) >= 3.0 - 0.005);
            shapes.insert(style.shape);
            CHECK(quadrant_style(style.code, theme).shape == style.shape);
        }
        CHECK(shapes.size() == 4);
    }
    CHECK(quadrant_style("none", Theme::report).shape == MarkerShape::cross);
}

TEST_CASE("quadrant style: names say which cut, and never growth") {
    TableMeta meta;
    meta.whole = "Coventry";
    meta.cuts = "total";
    CHECK(quadrant_name("high_faster", meta) == "Higher rate, change above Coventry\u2019s");
    CHECK(quadrant_name("low_slower", meta) == "Lower rate, change below Coventry\u2019s");
    meta.cuts = "median";
    CHECK(quadrant_name("low_faster", meta) == "Lower rate, change above the median");
    meta.cuts = "zero";
    CHECK(quadrant_name("high_slower", meta) == "Higher rate, count did not rise");
    meta.cuts = "fixed";
    meta.cut_change_pct = -25;
    CHECK(quadrant_name("high_slower", meta) == "Higher rate, change below \u221225%");
    CHECK(quadrant_name("none", meta) == "Not placed");
}
