#include "wardmap/figure/map_layers.hpp"

#include "map_material.hpp"
#include "scene_texts.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/figure/choropleth.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/svg.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

using namespace wardmap;
using namespace wardmap::testing;

namespace {

const TextMeasure& sans() {
    return liberation_sans();
}

/// A rectangle on the National Grid, metres from the lower left corner of square_areas().
MultiPolygon rectangle(double x, double y, double width, double height) {
    MultiPolygon shape;
    const double left = 430000 + x;
    const double low = 280000 + y;
    shape.add_ring(std::vector<Point>{
        {left, low}, {left + width, low}, {left + width, low + height}, {left, low + height}, {left, low}});
    shape.end_polygon();
    return shape;
}

AreaSet layer_of(const std::vector<std::pair<std::string, MultiPolygon>>& shapes,
                 std::vector<std::string> attribution = {}) {
    AreaSetParts parts;
    parts.crs = british_national_grid;
    parts.source = "layer.geojson";
    parts.attribution = std::move(attribution);
    for (const auto& [name, shape] : shapes) {
        parts.codes.push_back("L" + std::to_string(parts.codes.size()));
        parts.names.push_back(name);
        parts.shapes.push_back(shape);
    }
    return AreaSet(std::move(parts));
}

Table numbers_for(const AreaSet& areas) {
    std::vector<double> values;
    for (std::size_t i = 0; i < areas.size(); ++i) values.push_back(static_cast<double>(10 + 7 * i));
    TableMeta meta;
    meta.measure = "noise complaints";
    meta.unit = "complaints";
    meta.per = 100000;
    meta.source = "Council records";
    return value_table(areas, "rate", values, meta);
}

Figure draw(const AreaSet& areas, const MapOptions& options) {
    Figure figure = choropleth(numbers_for(areas), areas, options, sans());
    const auto faults = text_faults(figure, sans());
    CHECK_MESSAGE(faults.empty(), (faults.empty() ? "" : faults.front()));
    const LabelCheck labels = check_labels(figure);
    CHECK_MESSAGE(labels.overlaps.empty(), (labels.overlaps.empty() ? "" : labels.overlaps.front()));
    return figure;
}

const Group* group_of(const std::vector<Node>& nodes, const std::string& id) {
    for (const Node& one : nodes) {
        const auto* group = std::get_if<Group>(&one.content);
        if (group == nullptr) continue;
        if (group->id == id) return group;
        if (const Group* found = group_of(group->children, id)) return found;
    }
    return nullptr;
}

std::vector<Shape> shapes_in(const Group& group) {
    std::vector<Shape> out;
    for (const Node& one : group.children) {
        if (const auto* shape = std::get_if<Shape>(&one.content)) out.push_back(*shape);
    }
    return out;
}

/// The order in which two groups are drawn: the later one lies on top.
std::size_t position_of(const std::string& svg, const std::string& id) {
    return svg.find("id=\"figure-" + id + "\"");
}

bool says(const std::vector<std::string>& lines, const std::string& words) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const std::string& line) { return line.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("overlay: a dashed dark line of 0.9 mm on a white one of 1.7, named in bold on white, in the key") {
    const AreaSet areas = square_areas(4, 3);
    MapOptions options;
    options.overlay = layer_of({{"Town centre", rectangle(600, 700, 1900, 1500)}});
    options.overlay_title = "Impact area 2024";
    const Figure figure = draw(areas, options);
    const Group* lines = group_of(figure.scene.nodes, "overlay");
    REQUIRE(lines != nullptr);
    CHECK(lines->label == "Impact area 2024");
    const std::vector<Shape> shapes = shapes_in(*lines);
    REQUIRE(shapes.size() == 2);
    CHECK(shapes[0].stroke->width_mm == 1.7);
    CHECK(shapes[0].stroke->color == ink_white);
    CHECK(shapes[1].stroke->width_mm == 0.9);
    CHECK(hex(shapes[1].stroke->color) == "#0b0c0c");
    CHECK(shapes[1].stroke->dash_mm == std::vector<double>{3, 1.5});
    CHECK_FALSE(shapes[1].fill);
    const Group* names = group_of(figure.scene.nodes, "overlay-names");
    REQUIRE(names != nullptr);
    bool bold_name = false;
    for (const Node& one : names->children) {
        const auto* text = std::get_if<Text>(&one.content);
        bold_name = bold_name || (text != nullptr && text->text == "Town centre" &&
                                  text->style.weight == FontWeight::bold && text->style.size_pt == 9);
    }
    CHECK(bold_name);
    const Group* key = group_of(figure.scene.nodes, "legend");
    REQUIRE(key != nullptr);
    CHECK(words_of(key->children).find("Impact area 2024") != std::string::npos);
    CHECK(says(figure.notes, "Impact area 2024: outlines from layer.geojson."));
}

TEST_CASE("overlay: the description lists areas mostly inside by their share of surface") {
    const AreaSet areas = square_areas(4, 1, {"Ash", "Elm", "Oak", "Yew"});
    MapOptions options;
    // All of Ash, 60% of Elm, none of Oak: 40% of what is left goes unnamed.
    options.overlay =
        layer_of({{"Town centre", rectangle(0, 0, 1600, 1000)}, {"Station", rectangle(2000, 0, 400, 1000)}});
    const Figure figure = draw(areas, options);
    CHECK(figure.description.find(
              "Mostly inside Town centre, by share of surface: Ash (100%) and Elm (60%).") !=
          std::string::npos);
    CHECK(figure.description.find("Mostly inside Station") == std::string::npos);
    // Made of whole areas it needs no shares.
    options.overlay = layer_of({{"Town centre", rectangle(0, 0, 2000, 1000)}});
    CHECK(draw(areas, options).description.find("Inside Town centre: Ash and Elm.") != std::string::npos);
}

TEST_CASE("overlay: one outside the map is in the log, not in silence") {
    const AreaSet areas = square_areas(2, 2);
    MapOptions options;
    options.overlay = layer_of({{"Elsewhere", rectangle(90000, 90000, 1000, 1000)}});
    CHECK(says(draw(areas, options).log, "Elsewhere: outside the map"));
}

TEST_CASE("outlines: borders of larger areas lie over those of the areas and under the names") {
    const AreaSet areas = square_areas(4, 2);
    MapOptions options;
    options.outlines =
        layer_of({{"West", rectangle(0, 0, 2000, 2000)}, {"East", rectangle(2000, 0, 9000, 2000)}});
    options.outline_title = "Localities";
    const Figure figure = draw(areas, options);
    const Group* lines = group_of(figure.scene.nodes, "larger-areas");
    REQUIRE(lines != nullptr);
    CHECK(shapes_in(*lines).back().stroke->width_mm == 0.5);
    CHECK(hex(shapes_in(*lines).back().stroke->color) == "#414042");
    CHECK(words_of(group_of(figure.scene.nodes, "legend")->children).find("Localities") != std::string::npos);
    const std::string svg = to_svg(figure.scene);
    CHECK(position_of(svg, "areas") < position_of(svg, "larger-areas"));
    CHECK(position_of(svg, "larger-areas") < position_of(svg, "labels"));
    // What of a larger area lies beyond the map would run through key and words: it is not drawn.
    for (const Shape& shape : shapes_in(*lines)) {
        for (const auto& [x, y] : std::get<Path>(shape.outline).points) {
            CHECK(x <= figure.scene.width_mm + 1);
            CHECK(y >= -1);
        }
    }
}

TEST_CASE("context: neighbours are pale, cut to the frame, under the areas, named in italics where it fits") {
    const AreaSet areas = square_areas(3, 3);
    MapOptions options;
    options.context = layer_of({{"Westerly", rectangle(-9000, -4000, 9000, 12000)},
                                {"Far away", rectangle(50000, 50000, 1000, 1000)}});
    options.figure.slot = Slot::full;
    const Figure figure = draw(areas, options);
    const Group* context = group_of(figure.scene.nodes, "context");
    REQUIRE(context != nullptr);
    const std::vector<Shape> shapes = shapes_in(*context);
    REQUIRE(shapes.size() == 3);  // one neighbour, the borders, the frame
    CHECK(hex(shapes[0].fill->color) == "#f3f2f1");
    const auto& frame = std::get<RectShape>(shapes.back().outline);
    for (const auto& [x, y] : std::get<Path>(shapes[0].outline).points) {
        CHECK(x >= -1e-9);
        CHECK(y >= -1e-9);
        CHECK(x <= frame.width + 1e-9);
        CHECK(y <= frame.height + 1e-9);
    }
    const std::string svg = to_svg(figure.scene);
    CHECK(position_of(svg, "context") < position_of(svg, "areas"));
    CHECK(words_of(figure.scene.nodes).find("Far away") == std::string::npos);
}

TEST_CASE("context: the map's own areas are no neighbours, and degrees and metres give the same picture") {
    const AreaSet areas = square_areas(3, 2);
    AreaSetParts more = areas.parts();
    more.codes.emplace_back("N1");
    more.names.emplace_back("Next door");
    more.shapes.push_back(rectangle(-2000, 0, 2000, 2000));
    MapOptions options;
    options.context = AreaSet(more);
    const Figure figure = draw(areas, options);
    const Group* context = group_of(figure.scene.nodes, "context");
    REQUIRE(context != nullptr);
    CHECK(shapes_in(*context).size() == 3);
    options.context = reproject(AreaSet(more), longitude_latitude);
    const Figure in_degrees = draw(areas, options);
    const Group* again = group_of(in_degrees.scene.nodes, "context");
    REQUIRE(again != nullptr);
    CHECK(shapes_in(*again).size() == 3);
}

TEST_CASE("context: no word of key, bar or notes lies within the frame") {
    const AreaSet areas = square_areas(3, 2);
    MapOptions options;
    options.context = layer_of({{"Round about", rectangle(-9000, -9000, 30000, 30000)}});
    const Figure figure = draw(areas, options);
    const Group* context = group_of(figure.scene.nodes, "context");
    REQUIRE(context != nullptr);
    const auto frame = std::get<RectShape>(shapes_in(*context).back().outline);
    const Group* key = group_of(figure.scene.nodes, "legend");
    const Group* map = group_of(figure.scene.nodes, "map");
    REQUIRE(key != nullptr);
    REQUIRE(map != nullptr);
    const auto* on_map = std::get_if<Group>(&map->children.front().content);
    REQUIRE(on_map != nullptr);
    CHECK(key->dy >= on_map->dy + frame.height);
}

TEST_CASE("locator: a small map with the areas dark in it, in a free corner or with the key") {
    const AreaSet areas = square_areas(3, 2);
    MapOptions options;
    options.locator = layer_of({{"County", rectangle(-20000, -20000, 50000, 60000)}});
    const Figure figure = draw(areas, options);
    const Group* locator = group_of(figure.scene.nodes, "locator");
    REQUIRE(locator != nullptr);
    CHECK(words_of(locator->children).find("Where Squareton lies") != std::string::npos);
    std::vector<Box> boxes;
    for (const Shape& shape : shapes_in(*locator)) {
        if (const auto* path = std::get_if<Path>(&shape.outline)) {
            Box box;
            for (const auto& [x, y] : path->points) box.add(Point{x, y});
            boxes.push_back(box);
        }
    }
    REQUIRE(boxes.size() >= 3);
    // 3 km of 50 km: the dark part is six hundredths of the small map's width.
    CHECK(boxes.back().width() / boxes.front().width() == doctest::Approx(3.0 / 50).epsilon(0.1));
    const auto circle = std::any_of(locator->children.begin(), locator->children.end(), [](const Node& one) {
        const auto* shape = std::get_if<Shape>(&one.content);
        return shape != nullptr && std::holds_alternative<CircleShape>(shape->outline);
    });
    CHECK(circle);
}

TEST_CASE("layers: the attribution of areas, overlay, context and locator is printed, each line once") {
    AreaSetParts parts = square_areas(2, 2).parts();
    const std::string os = "Contains OS data \u00a9 Crown copyright and database right 2016";
    parts.attribution = {os};
    const AreaSet areas{parts};
    MapOptions options;
    options.overlay =
        layer_of({{"Centre", rectangle(500, 500, 800, 800)}}, {os, "Source: Police boundary file"});
    options.context = layer_of({{"Next", rectangle(-2000, 0, 2000, 2000)}}, {os});
    options.locator =
        layer_of({{"County", rectangle(-9000, -9000, 30000, 30000)}}, {"Source: County Council"});
    const Figure figure = draw(areas, options);
    REQUIRE(figure.sources.size() == 1);
    const std::string& line = figure.sources.front();
    CHECK(line.find("Contains OS data") == line.rfind("Contains OS data"));
    for (const char* part : {"Council records", "Police boundary file", "County Council"}) {
        CHECK_MESSAGE(line.find(part) != std::string::npos, part);
        CHECK(line.find(part) == line.rfind(part));
    }
}

TEST_CASE("layers: Coventry among the wards of the West Midlands keeps every name apart") {
    const std::string file = WARDMAP_SOURCE_DIR "/../shared/data/boundaries/west_midlands_met_wards.geojson";
    if (!std::filesystem::exists(file)) {
        MESSAGE("skipped: " << file << " is not there");
        return;
    }
    const AreaSet& areas = coventry_wards();
    MapOptions options;
    options.context = read_areas(file).areas;
    options.locator = options.context;
    const Figure figure = draw(areas, options);
    const LabelCheck labels = check_labels(figure);
    CHECK(labels.outside.empty());
    CHECK(labels.inside >= 16);
    CHECK(labels.inside + labels.with_leader + labels.numbered == 18);
    CHECK(group_of(figure.scene.nodes, "context") != nullptr);
    CHECK(group_of(figure.scene.nodes, "locator") != nullptr);
}
