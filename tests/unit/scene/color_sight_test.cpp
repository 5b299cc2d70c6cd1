#include "wardmap/scene/color_sight.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace wardmap;

namespace {

std::vector<Color> colors(std::initializer_list<const char*> hexes) {
    std::vector<Color> out;
    for (const char* one : hexes) out.push_back(color_from_hex(one));
    return out;
}

double worst(const std::vector<Color>& of, ColorPairs pairs) {
    return closest_colors(of, pairs, all_sights).distance;
}

}  // namespace

TEST_CASE("color sight: Lab of the corners of sRGB is as published") {
    // Bruce Lindbloom's calculator, D65.
    const Lab red = lab_of(color_from_hex("#ff0000"));
    CHECK(red.l == doctest::Approx(53.24).epsilon(0.001));
    CHECK(red.a == doctest::Approx(80.09).epsilon(0.001));
    CHECK(red.b == doctest::Approx(67.20).epsilon(0.001));
    CHECK(lab_of(color_from_hex("#ffffff")).l == doctest::Approx(100).epsilon(1e-6));
    CHECK(lab_of(color_from_hex("#000000")).l == doctest::Approx(0));
}

TEST_CASE("color sight: a colour comes back from Lab") {
    for (const char* one : {"#12436d", "#f46a25", "#28a197", "#a285d1", "#ffffff", "#000000"})
        CHECK(hex(color_of(lab_of(color_from_hex(one)))) == one);
}

TEST_CASE("color sight: the distances measured for the house's palettes come out again") {
    // mapping.md section 4: "Blues 11, cividis reversed 17, AF-6 drops to 6 for deuteranopes"; section 6
    // (a): 27.
    CHECK(worst(colors({"#EFF3FF", "#BDD7E7", "#6BAED6", "#3182BD", "#08519C"}), ColorPairs::neighbours) ==
          doctest::Approx(11).epsilon(0.02));
    CHECK(worst(colors({"#00224E", "#434E6C", "#7D7C78", "#BCAF6F", "#FEE838"}), ColorPairs::neighbours) ==
          doctest::Approx(17.9).epsilon(0.01));
    const auto af = colors({"#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"});
    const ClosestColors closest = closest_colors(af, ColorPairs::all, all_sights);
    CHECK(closest.distance == doctest::Approx(6.3).epsilon(0.01));
    CHECK(closest.sight == Sight::deutan);
    CHECK(worst(colors({"#12436D", "#F46A25", "#28A197", "#A285D1"}), ColorPairs::all) ==
          doctest::Approx(27.4).epsilon(0.01));
}

TEST_CASE("color sight: greys look alike to everybody") {
    for (const Sight sight : all_sights) {
        const Lab grey = seen_as(color_from_hex("#808080"), sight);
        CHECK(grey.l == doctest::Approx(53.59).epsilon(0.001));
        CHECK(grey.a == doctest::Approx(0).epsilon(0.01));
    }
}

TEST_CASE("color sight: red and green are told by hue; teal, blue, purple and greys are neither") {
    const Color red = color_from_hex("#d7191c");
    const Color green = color_from_hex("#1a9641");
    CHECK(red_and_green(red, green));
    CHECK(red_and_green(green, red));
    for (const char* other : {"#28a197", "#a285d1", "#12436d", "#808080", "#ffffff"})
        CHECK_FALSE(red_and_green(red, color_from_hex(other)));
    for (const char* other : {"#2c7bb6", "#5f4791", "#808080"})
        CHECK_FALSE(red_and_green(green, color_from_hex(other)));
    CHECK(seen_distance(red, green, Sight::deutan) < 0.5 * seen_distance(red, green, Sight::normal));
}
