#include "wardmap/figure/hand_labels.hpp"

#include "map_material.hpp"
#include "published_wards.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/figure/choropleth.hpp"
#include "wardmap/figure/circle_map.hpp"
#include "wardmap/figure/quadrant_map.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/svg.hpp"
#include "wardmap/report/figure_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmap;
using namespace wardmap::testing;

namespace {

using Maker = Figure (*)(const Table&, const AreaSet&, const MapOptions&, const TextMeasure&);

/// As the command does it: out to JSON, back in.
std::vector<PlacedLabel> through_file(const Figure& figure) {
    return labels_from_json(figure_json(figure), "labels.json");
}

Point middle_of(const Figure& figure, const std::string& code) {
    for (const PlacedLabel& label : figure.labels) {
        if (label.code == code) return label.box.center();
    }
    return {-1, -1};
}

}  // namespace

TEST_CASE("hand labels: what nobody edited gives the same bytes, in every kind of map and slot") {
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    for (const Maker make : {&choropleth, &circle_map, &quadrant_map}) {
        for (const Slot slot : {Slot::full, Slot::half}) {
            MapOptions options;
            options.figure.slot = slot;
            const Figure first = make(tables[0], coventry_wards(), options, liberation_sans());
            options.label_positions = through_file(first);
            REQUIRE(!options.label_positions.empty());
            const Figure again = make(tables[0], coventry_wards(), options, liberation_sans());
            CHECK(to_svg(again.scene) == to_svg(first.scene));
            CHECK(again.log == first.log);
        }
    }
}

TEST_CASE(
    "hand labels: an edited place is honoured to a hundredth of a millimetre, and stays when fed back") {
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    for (const Maker make : {&choropleth, &circle_map, &quadrant_map}) {
        MapOptions options;
        const Figure first = make(tables[0], coventry_wards(), options, liberation_sans());
        std::vector<PlacedLabel> edited = through_file(first);
        const auto bablake = std::find_if(edited.begin(), edited.end(),
                                          [](const PlacedLabel& l) { return l.code == "E05001218"; });
        REQUIRE(bablake != edited.end());
        for (double* x : {&bablake->box.min_x, &bablake->box.max_x}) *x += 6;
        for (double* y : {&bablake->box.min_y, &bablake->box.max_y}) *y -= 5;
        options.label_positions = edited;
        const Figure moved = make(tables[0], coventry_wards(), options, liberation_sans());
        CHECK(middle_of(moved, "E05001218").x == doctest::Approx(bablake->box.center().x).epsilon(1e-4));
        CHECK(middle_of(moved, "E05001218").y == doctest::Approx(bablake->box.center().y).epsilon(1e-4));
        CHECK(middle_of(moved, "E05001235").x == doctest::Approx(middle_of(first, "E05001235").x));
        CHECK(to_svg(moved.scene) != to_svg(first.scene));
        options.label_positions = through_file(moved);
        CHECK(to_svg(make(tables[0], coventry_wards(), options, liberation_sans()).scene) ==
              to_svg(moved.scene));
    }
}

TEST_CASE("hand labels: a code of no area here is said, and changes nothing") {
    const AreaSet areas = square_areas(2, 2);
    const Table table = value_table(areas, "rate", {1, 2, 3, 4});
    MapOptions options;
    const Figure first = choropleth(table, areas, options, liberation_sans());
    options.label_positions = through_file(first);
    PlacedLabel stranger = options.label_positions.front();
    stranger.code = "Z9";
    stranger.text = "Nowhere\n12";
    options.label_positions.push_back(stranger);
    const Figure again = choropleth(table, areas, options, liberation_sans());
    CHECK(to_svg(again.scene) == to_svg(first.scene));
    CHECK(std::find(again.log.begin(), again.log.end(), "label of no area on this map: Z9 (Nowhere)") !=
          again.log.end());
}

TEST_CASE("hand labels: a box off the sheet is refused with file, area and what to do") {
    const AreaSet areas = square_areas(2, 2, {"Ash", "Elm", "Oak", "Yew"});
    const Table table = value_table(areas, "rate", {1, 2, 3, 4});
    MapOptions options;
    options.label_file = "moved.json";
    options.label_positions = through_file(choropleth(table, areas, options, liberation_sans()));
    for (const double by : {-400.0, 400.0}) {
        MapOptions bad = options;
        bad.label_positions[1].box.min_x += by;
        bad.label_positions[1].box.max_x += by;
        CHECK_THROWS_WITH_AS(choropleth(table, areas, bad, liberation_sans()),
                             doctest::Contains("moved.json"), InputError);
        CHECK_THROWS_WITH_AS(choropleth(table, areas, bad, liberation_sans()), doctest::Contains("Elm"),
                             InputError);
        CHECK_THROWS_WITH_AS(choropleth(table, areas, bad, liberation_sans()), doctest::Contains("box_mm"),
                             InputError);
    }
    MapOptions inside_out = options;
    std::swap(inside_out.label_positions[0].box.min_x, inside_out.label_positions[0].box.max_x);
    CHECK_THROWS_AS(choropleth(table, areas, inside_out, liberation_sans()), InputError);
}

TEST_CASE("hand labels: next year's numbers stand where last year's were moved to") {
    const AreaSet areas = square_areas(2, 2, {"Ash", "Elm", "Oak", "Yew"});
    MapOptions options;
    const Figure first =
        choropleth(value_table(areas, "rate", {1, 2, 3, 4}), areas, options, liberation_sans());
    options.label_positions = through_file(first);
    Box& box = options.label_positions[2].box;
    box = {box.min_x + 8, box.min_y + 8, box.max_x + 8, box.max_y + 8};
    const Figure next =
        choropleth(value_table(areas, "rate", {10, 2000, 1234, 4}), areas, options, liberation_sans());
    CHECK(middle_of(next, "A2").x == doctest::Approx(box.center().x).epsilon(0.01));
    CHECK(next.labels[2].text.find("1,234") != std::string::npos);
}
