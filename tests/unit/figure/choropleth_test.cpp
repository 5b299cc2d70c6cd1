#include "wardmap/figure/choropleth.hpp"

#include "map_material.hpp"
#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/svg.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <numeric>

using namespace wardmap;
using namespace wardmap::testing;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
const TextMeasure& sans() {
    return liberation_sans();
}

TableMeta rates() {
    TableMeta meta;
    meta.measure = "noise complaints";
    meta.unit = "complaints";
    meta.per = 100000;
    meta.period_after = "2024";
    return meta;
}

MapOptions of_column(const std::string& column) {
    MapOptions options;
    options.value = column;
    return options;
}

Figure draw(const Table& table, const AreaSet& areas, const MapOptions& options = {}) {
    Figure figure = choropleth(table, areas, options, sans());
    const auto faults = text_faults(figure, sans());
    CHECK_MESSAGE(faults.empty(), (faults.empty() ? "" : faults.front()));
    const LabelCheck labels = check_labels(figure);
    CHECK_MESSAGE(labels.outside.empty(), (labels.outside.empty() ? "" : labels.outside.front()));
    CHECK_MESSAGE(labels.overlaps.empty(), (labels.overlaps.empty() ? "" : labels.overlaps.front()));
    return figure;
}

}  // namespace

TEST_CASE("choropleth: the published example has breaks 250, 400 and 1,000 with 7, 6, 4 and 1 wards") {
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    const Figure figure = draw(tables[0], coventry_wards());
    REQUIRE(figure.classes.size() == 4);
    CHECK(figure.classes[1].lower == 250);
    CHECK(figure.classes[2].lower == 400);
    CHECK(figure.classes[3].lower == 1000);
    CHECK(figure.classes[0].count == 7);
    CHECK(figure.classes[1].count == 6);
    CHECK(figure.classes[2].count == 4);
    CHECK(figure.classes[3].count == 1);
    CHECK(figure.classes[1].label == "250 to 399");
    CHECK(hex(figure.classes[0].color) == "#c7e5f0");
    CHECK(figure.title == "St Michael\u2019s rate is nearly three times Coventry\u2019s");
    CHECK(figure.alt.size() <= 160);
    CHECK(figure.sources.size() == 1);
    CHECK(figure.sources[0].find("Contains OS data") == figure.sources[0].rfind("Contains OS data"));
    CHECK(figure.scene.width_mm == 159);
    CHECK(figure.scene.height_mm <= 200);
}

TEST_CASE("choropleth: all 18 Coventry names of all nine tables stand inside their wards at 9 pt") {
    for (const Table& table : published_ward_tables()) {
        const Figure figure = draw(table, coventry_wards());
        const LabelCheck labels = check_labels(figure);
        CHECK(labels.inside == 18);
        CHECK(labels.with_leader == 0);
        for (const FigureClass& one : figure.classes) CHECK(contrast(ink_on(one.color), one.color) >= 4.5);
    }
}

TEST_CASE("choropleth: the same bytes twice, with rows in another order, and from grid coordinates") {
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    const std::string first = to_svg(draw(tables[0], coventry_wards()).scene);
    CHECK(to_svg(draw(tables[0], coventry_wards()).scene) == first);
    std::vector<std::size_t> backward(tables[0].row_count());
    std::iota(backward.begin(), backward.end(), std::size_t{0});
    std::reverse(backward.begin(), backward.end());
    CHECK(to_svg(draw(tables[0].take(backward), coventry_wards()).scene) == first);
    CHECK(to_svg(draw(tables[0], reproject(coventry_wards(), british_national_grid)).scene) == first);
}

TEST_CASE("choropleth: no data, suppressed, not calculated, not applicable and zero are told apart") {
    const AreaSet areas = square_areas(4, 2);
    const Table table(
        {Column::text("area_code", {areas.codes().begin(), areas.codes().end() - 1}),
         Column::numbers("rate", {0, 10, 20, 300, nan, nan, nan},
                         {CellState::value, CellState::value, CellState::value, CellState::value,
                          CellState::suppressed, CellState::undefined, CellState::not_applicable})},
        rates());
    const Figure figure = draw(table, areas);
    CHECK(figure.classes.front().label == "0");
    CHECK(figure.class_of_area[0] == "0");
    CHECK(figure.class_of_area[4] == "suppressed [c]");
    CHECK(figure.class_of_area[5] == "not calculated");
    CHECK(figure.class_of_area[6] == "not applicable [z]");
    CHECK(figure.class_of_area[7] == "no data");
    const std::string words = words_of(figure.scene.nodes);
    for (const char* entry :
         {"suppressed [c]", "not calculated", "not applicable", "no data", "[c]", "[z]"}) {
        CHECK_MESSAGE(words.find(entry) != std::string::npos, entry);
    }
    CHECK(figure.description.find("1 ward has no data") != std::string::npos);
    CHECK(figure.log.size() >= 2);
}

TEST_CASE("choropleth: one area, equal values, no values at all and a missing ward all draw") {
    const AreaSet one = square_areas(1, 1, {"Only"});
    CHECK(draw(value_table(one, "rate", {5}, rates()), one).title == "Only\u2019s rate is 5");
    const AreaSet four = square_areas(2, 2);
    CHECK(draw(value_table(four, "rate", {7, 7, 7, 7}, rates()), four).title ==
          "Every ward with a rate has the same: 7");
    CHECK(draw(value_table(four, "rate", {nan, nan, nan, nan}, rates()), four).title ==
          "No ward has a rate to show");
    CHECK(draw(value_table(four, "rate", {0, 0, 0, 0}, rates()), four).classes.size() == 1);
    const Figure gap = draw(value_table(four, "rate", {1, 2, nan, 900}, rates()), four);
    CHECK(gap.class_of_area[2] == "no data");
}

TEST_CASE("choropleth: deciles have ten fixed classes, dark is the most deprived") {
    const AreaSet areas = square_areas(3, 1);
    TableMeta meta;
    meta.measure = "mean decile of the Index of Multiple Deprivation 2019";
    const Figure figure = draw(value_table(areas, "imd_decile_mean", {1.64, 9.96, 5.5}, meta), areas,
                               of_column("imd_decile_mean"));
    REQUIRE(figure.classes.size() == 10);
    CHECK(luminance(figure.classes.front().color) < luminance(figure.classes.back().color));
    CHECK(figure.class_of_area[0] == "1 to 1.9");
    CHECK(figure.class_of_area[1] == "10");
    CHECK(figure.labels[0].text.find("1.6") != std::string::npos);
    CHECK(figure.title.find("lowest") != std::string::npos);
}

TEST_CASE("choropleth: changes up and down meet at no change in two colours") {
    const AreaSet areas = square_areas(4, 2);
    const Figure figure = draw(value_table(areas, "change_pct", {-60, -30, -5, 3, 20, 45, 130, 150}, rates()),
                               areas, of_column("change_pct"));
    bool edge_at_zero = false;
    for (const FigureClass& one : figure.classes) edge_at_zero = edge_at_zero || one.lower == 0.0;
    CHECK(edge_at_zero);
    CHECK(figure.labels[0].text.find("\u221260%") != std::string::npos);
    CHECK(figure.labels[7].text.find("+150%") != std::string::npos);
}

TEST_CASE("choropleth: three hundred small areas keep every label off every other") {
    const AreaSet areas = square_areas(20, 15);
    std::vector<double> values;
    for (std::size_t i = 0; i < areas.size(); ++i) values.push_back(static_cast<double>((i * 37) % 101));
    const Figure figure = draw(value_table(areas, "rate", values, rates()), areas);
    CHECK(figure.scene.height_mm <= 200);
    CHECK(figure.log.size() > 1);
}

TEST_CASE(
    "choropleth: where names would cover the map four times over, none is tried and a note counts them") {
    const AreaSet areas = square_areas(60, 60);
    std::vector<double> values(areas.size());
    std::iota(values.begin(), values.end(), 1);
    const Figure figure = draw(value_table(areas, "rate", values, rates()), areas);
    CHECK(figure.labels.empty());
    const auto says = [](const std::vector<std::string>& lines, const std::string& words) {
        return std::count_if(lines.begin(), lines.end(),
                             [&](const std::string& line) { return line.find(words) != std::string::npos; });
    };
    CHECK(says(figure.notes, "3,600 wards are not named for want of room") == 1);
    CHECK(says(figure.log, "3,600 wards: too many to be named on the map") == 1);
    CHECK(says(figure.log, "left out") == 0);
    // What somebody has placed by hand stays.
    MapOptions by_hand = of_column("rate");
    PlacedLabel label;
    label.code = "A1830";
    label.text = "Area 1830";
    label.box = {70, 70, 90, 74};
    by_hand.label_positions = {label};
    const Figure again = draw(value_table(areas, "rate", values, rates()), areas, by_hand);
    REQUIRE(again.labels.size() == 1);
    CHECK(again.labels[0].code == "A1830");
}

TEST_CASE("choropleth: every slot and theme keeps words on the page and apart") {
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            // 14 pt and more on 77 mm has no room for a key; the rest would only repeat each other.
            const bool seldom =
                theme != Theme::report && slot != Slot::full && slot != Slot::slide && slot != Slot::half;
            if (seldom || (slot == Slot::half && theme == Theme::slide)) continue;
            CAPTURE(static_cast<int>(slot));
            CAPTURE(static_cast<int>(theme));
            MapOptions options;
            options.figure.slot = slot;
            options.figure.theme = theme;
            draw(tables[0], coventry_wards(), options);
        }
    }
}

TEST_CASE("choropleth: overlays lie on top, named and in the key") {
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    AreaSetParts parts;
    parts.codes = {"i1"};
    parts.names = {"City centre impact area"};
    parts.crs = british_national_grid;
    MultiPolygon shape;
    shape.add_ring(std::vector<Point>{
        {432500, 278200}, {434500, 278200}, {434500, 280100}, {432500, 280100}, {432500, 278200}});
    shape.end_polygon();
    parts.shapes = {shape};
    MapOptions options;
    options.overlay = AreaSet(parts);
    const Figure figure = draw(tables[0], coventry_wards(), options);
    CHECK(words_of(figure.scene.nodes).find("City centre impact area") != std::string::npos);
    CHECK(words_of(figure.scene.nodes).find("Impact areas") != std::string::npos);
}

TEST_CASE("choropleth: a label file moves a name and breaks it as asked") {
    const AreaSet areas = square_areas(2, 2, {"Upper Stoke", "B", "C", "D"});
    const Table table = value_table(areas, "rate", {1, 2, 3, 4}, rates());
    PlacedLabel wish;
    wish.code = "A0";
    wish.text = "Upper\nStoke\n1.0";
    wish.box = {30, 110, 40, 120};
    MapOptions options;
    options.label_positions = {wish};
    const Figure figure = draw(table, areas, options);
    CHECK(figure.labels[0].text.rfind("Upper\nStoke\n", 0) == 0);
    CHECK(figure.labels[0].box.center().x == doctest::Approx(35));
    CHECK(figure.labels[0].box.center().y == doctest::Approx(115));
}

TEST_CASE("choropleth: what cannot be drawn says why and what to do") {
    const AreaSet areas = square_areas(2, 1);
    CHECK_THROWS_WITH_AS(choropleth(value_table(areas, "rate_a", {1, 2}), areas, of_column("rate"), sans()),
                         doctest::Contains("rate_a"), NameUnknown);
    const Table twice({Column::text("area_code", {"A0", "A0"}), Column::numbers("rate", {1, 2})});
    CHECK_THROWS_WITH_AS(choropleth(twice, areas, {}, sans()), doctest::Contains("--where"), InputError);
    CHECK_THROWS_WITH_AS(choropleth(Table({Column::numbers("rate", {1, 2})}), areas, {}, sans()),
                         doctest::Contains("area_code"), NameUnknown);
    AreaSetParts shapeless;
    shapeless.codes = {"x"};
    shapeless.names = {"X"};
    shapeless.shapes.resize(1);
    const Table table({Column::text("area_code", {"x"}), Column::numbers("rate", {1})});
    CHECK_THROWS_WITH_AS(choropleth(table, AreaSet(shapeless), {}, sans()),
                         doctest::Contains("no map to draw"), InputError);
    const Table strangers(
        {Column::text("area_code", {"A0", "A1", "Z9"}), Column::numbers("rate", {1, 2, 3})});
    const Figure figure = draw(strangers, areas);
    CHECK(std::any_of(figure.log.begin(), figure.log.end(),
                      [](const std::string& line) { return line.find("Z9") != std::string::npos; }));
}

TEST_CASE("choropleth: numbers may come as text, with a total row, as files have them") {
    const AreaSet areas = square_areas(2, 1);
    const Table table({Column::text("area_code", {"A0", "A1", ""}),
                       Column::text("area_name", {"Area 0", "Area 1", "Total"}),
                       Column::text("rate", {"1,200", "[c]", "600"})},
                      rates());
    const Figure figure = draw(table, areas);
    CHECK(figure.labels[0].text.find("1,200") != std::string::npos);
    CHECK(figure.class_of_area[1] == "suppressed [c]");
    CHECK(figure.title.find("Squareton") == std::string::npos);
    CHECK(figure.data.row_count() == 2);
}

TEST_CASE("choropleth: a rate is marked by the count that it is made of, not by that of the year before") {
    for (const Table& table : published_ward_tables()) {
        const Figure figure = draw(table, coventry_wards(), {});
        std::size_t small = 0;
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            if (table.column("area_code").text(row).empty()) continue;
            small += table.column("count_after").number(row) < 10;
        }
        const std::string words = words_of(figure.scene.nodes);
        std::size_t marks = 0;
        for (std::size_t at = words.find("[u]"); at != std::string::npos; at = words.find("[u]", at + 1))
            ++marks;
        CHECK(marks == small + (small > 0 ? 1 : 0));  // and once in the note
        CHECK(words.find("either period") == std::string::npos);
    }
}
