#include "wardmap/figure/circle_map.hpp"

#include "map_material.hpp"
#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace wardmap;
using namespace wardmap::testing;

namespace {

std::vector<double> radii_in(const std::vector<Node>& nodes, const std::string& id, bool within = false) {
    std::vector<double> out;
    for (const Node& one : nodes) {
        if (const auto* group = std::get_if<Group>(&one.content)) {
            const auto more = radii_in(group->children, id, within || group->id == id);
            out.insert(out.end(), more.begin(), more.end());
        } else if (const auto* shape = std::get_if<Shape>(&one.content); shape != nullptr && within) {
            if (const auto* circle = std::get_if<CircleShape>(&shape->outline)) out.push_back(circle->radius);
        }
    }
    return out;
}

Figure draw(const Table& table, const AreaSet& areas, const MapOptions& options = {}) {
    Figure figure = circle_map(table, areas, options, liberation_sans());
    const auto faults = text_faults(figure, liberation_sans());
    CHECK_MESSAGE(faults.empty(), (faults.empty() ? "" : faults.front()));
    const LabelCheck labels = check_labels(figure);
    CHECK_MESSAGE(labels.outside.empty(), (labels.outside.empty() ? "" : labels.outside.front()));
    CHECK(labels.overlaps.empty());
    return figure;
}

}  // namespace

TEST_CASE("circle map: a circle's surface is in proportion to its count, the largest is 12 mm") {
    const AreaSet areas = square_areas(4, 1);
    TableMeta meta;
    meta.unit = "finds";
    const auto radii = radii_in(
        draw(value_table(areas, "count_after", {100, 25, 4, 0}, meta), areas).scene.nodes, "symbols");
    REQUIRE(radii.size() == 3);
    CHECK(radii[0] / radii[1] == doctest::Approx(2));
    CHECK(radii[0] / radii[2] == doctest::Approx(5));
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    const auto coventry = radii_in(draw(tables[0], coventry_wards()).scene.nodes, "symbols");
    REQUIRE(coventry.size() == 18);
    CHECK(coventry[0] == doctest::Approx(6).epsilon(0.02));
}

TEST_CASE("circle map: all names of all nine tables stand inside their wards") {
    const AreaSet wards = reproject(coventry_wards(), british_national_grid);
    for (const Table& table : published_ward_tables()) {
        const Figure figure = draw(table, wards);
        CHECK(check_labels(figure).inside == 18);
        CHECK(words_of(figure.scene.nodes).find("Circles, not shading") != std::string::npos);
    }
}

TEST_CASE("circle map: none found is not no data") {
    const AreaSet areas = square_areas(3, 1);
    TableMeta meta;
    meta.unit = "finds";
    const Figure figure = draw(
        value_table(areas, "count_after", {0, 7, std::numeric_limits<double>::quiet_NaN()}, meta), areas);
    CHECK(figure.class_of_area == std::vector<std::string>{"none", "circle", "no data"});
    CHECK(words_of(figure.scene.nodes).find("none: 1 ward") != std::string::npos);
    CHECK(words_of(figure.scene.nodes).find("no data") != std::string::npos);
}

TEST_CASE("circle map: all zero, and less than zero") {
    const AreaSet areas = square_areas(2, 1);
    TableMeta meta;
    meta.unit = "finds";
    CHECK(draw(value_table(areas, "count_after", {0, 0}, meta), areas).title == "No finds in any ward");
    CHECK_THROWS_WITH_AS(
        circle_map(value_table(areas, "count_after", {-1, 3}, meta), areas, {}, liberation_sans()),
        doctest::Contains("choropleth"), InputError);
}

TEST_CASE(
    "circle map: zero, no data, suppressed, not calculated and not applicable have looks of their own") {
    const AreaSet areas = square_areas(6, 1);
    const double none = std::numeric_limits<double>::quiet_NaN();
    TableMeta meta;
    meta.unit = "finds";
    const Table table(
        {Column::text("area_code", {areas.codes().begin(), areas.codes().end()}),
         Column::numbers("count_after", {0, 7, none, none, none, none},
                         {CellState::value, CellState::value, CellState::missing, CellState::suppressed,
                          CellState::undefined, CellState::not_applicable})},
        meta);
    const Figure figure = draw(table, areas);
    const std::string words = words_of(figure.scene.nodes);
    for (const char* entry :
         {"none: 1 ward", "no data", "suppressed [c]", "not calculated", "not applicable [z]"})
        CHECK_MESSAGE(words.find(entry) != std::string::npos, entry);
    std::vector<std::string> looks;
    const auto collect = [&](const auto& self, const std::vector<Node>& nodes) -> void {
        for (const Node& one : nodes) {
            const auto* group = std::get_if<Group>(&one.content);
            if (group == nullptr) continue;
            self(self, group->children);
            if (group->role != Role::area) continue;
            const Fill& fill = *std::get<Shape>(group->children.front().content).fill;
            looks.push_back(hex(fill.color) + (fill.hatch ? std::to_string(fill.hatch->angle_deg) : ""));
        }
    };
    collect(collect, figure.scene.nodes);
    REQUIRE(looks.size() == 6);
    CHECK(looks[0] == looks[1]);  // a hollow square parts none from some
    std::vector<std::string> states(looks.begin() + 1, looks.end());
    std::sort(states.begin(), states.end());
    CHECK(std::unique(states.begin(), states.end()) == states.end());
    CHECK(std::find(looks.begin() + 2, looks.end(), "#f3f2f1") == looks.end());  // that of neighbours
}
