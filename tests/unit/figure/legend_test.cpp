#include "wardmap/figure/legend.hpp"

#include "scene_texts.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

using namespace wardmap;
using namespace wardmap::testing;

TEST_CASE("scale bar: one, two or five of kilometres or metres, never longer than asked") {
    const TextMeasure& sans = liberation_sans();
    for (const double metres_per_mm : {0.5, 8.0, 82.0, 500.0, 7300.0}) {
        const LegendBlock bar = scale_bar(metres_per_mm, 28, Theme::report, sans);
        CHECK(bar.width_mm < 28 + 15);
        CHECK(bar.group.label.rfind("Scale bar: ", 0) == 0);
    }
    CHECK(scale_bar(82, 28, Theme::report, sans).group.label == "Scale bar: 2 km");
    CHECK(scale_bar(8, 28, Theme::report, sans).group.label == "Scale bar: 200 m");
    CHECK(scale_bar(0, 28, Theme::report, sans).width_mm == 0);
}

TEST_CASE("legend: the strip has one square an area, however many there are") {
    for (const std::size_t n : {2U, 18U, 60U, 300U}) {
        ClassLegend legend;
        legend.title = "Finds";
        LegendStrip strip;
        for (std::size_t i = 0; i < n; ++i) {
            strip.values.push_back(static_cast<double>((i * 31) % 97));
            strip.colors.push_back({0x31, 0x70, 0xac, 1});
        }
        strip.ticks = {20, 50};
        legend.strip = strip;
        const LegendBlock block = class_legend(legend, Theme::report, 66, liberation_sans());
        std::size_t squares = 0;
        for (const Node& one : block.group.children) {
            if (const auto* shape = std::get_if<Shape>(&one.content))
                squares += std::holds_alternative<RectShape>(shape->outline);
        }
        CHECK(squares == n);
        CHECK(block.height_mm < 45);
        CHECK(block.width_mm <= 66);
    }
}

TEST_CASE("legend: a square of the strip carries the code of its area, in the order of the values") {
    ClassLegend legend;
    LegendStrip strip;
    strip.values = {30, 10, 20};
    strip.colors = std::vector<Color>(3, Color{0x31, 0x70, 0xac, 1});
    strip.codes = {"C", "A", "B"};
    legend.strip = strip;
    std::string codes;
    for (const Node& one : class_legend(legend, Theme::report, 66, liberation_sans()).group.children) {
        const auto* square = std::get_if<Group>(&one.content);
        if (square == nullptr) continue;
        codes += square->code;
        REQUIRE(square->children.size() == 1);
        CHECK(std::holds_alternative<Shape>(square->children[0].content));
    }
    CHECK(codes == "ABC");
}

TEST_CASE("legend: the four states without a number look different") {
    const CellState states[] = {CellState::missing, CellState::suppressed, CellState::undefined,
                                CellState::not_applicable};
    for (const CellState a : states) {
        for (const CellState b : states) {
            if (a == b) continue;
            const Fill x = state_fill(a);
            const Fill y = state_fill(b);
            const bool same = x.color == y.color && x.hatch.has_value() == y.hatch.has_value() &&
                              (!x.hatch || x.hatch->angle_deg == y.hatch->angle_deg);
            CHECK_FALSE(same);
            CHECK(state_words(a) != state_words(b));
        }
    }
}
