#include "wardmap/figure/map_facets.hpp"

#include "map_material.hpp"
#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/svg.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <set>

using namespace wardmap;
using namespace wardmap::testing;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

const TextMeasure& sans() {
    return liberation_sans();
}

/// The nine published tables as panels, named by their measure.
std::vector<MapPanel> published_panels() {
    std::vector<MapPanel> out;
    for (const Table& table : published_ward_tables()) {
        const std::string measure = table.meta().measure;
        out.push_back({sentence_case(measure), {{"offence", measure}}, table});
    }
    return out;
}

Table all_rows(const std::vector<MapPanel>& panels, const std::string& column) {
    std::vector<std::string> codes;
    std::vector<double> values;
    for (const MapPanel& panel : panels) {
        for (std::size_t row = 0; row < panel.table.row_count(); ++row) {
            codes.push_back(panel.table.column("area_code").text(row));
            values.push_back(panel.table.column(column).number(row));
        }
    }
    return Table({Column::text("area_code", codes), Column::numbers(column, values)},
                 panels.front().table.meta());
}

Figure draw(MapKind kind, const std::vector<MapPanel>& panels, const AreaSet& areas, MapOptions options) {
    if (kind != MapKind::quadrant) {
        const std::string column = kind == MapKind::circles ? "count_after" : "rate";
        options = with_shared_scale(kind, all_rows(panels, column), areas, options);
    }
    Figure figure = facet_maps(kind, panels, areas, options, sans());
    const auto faults = text_faults(figure, sans());
    CHECK_MESSAGE(faults.empty(), (faults.empty() ? "" : faults.front()));
    return figure;
}

void collect_ids(const std::vector<Node>& nodes, std::vector<std::string>& ids) {
    for (const Node& one : nodes) {
        if (const auto* group = std::get_if<Group>(&one.content)) {
            if (!group->id.empty()) ids.push_back(group->id);
            collect_ids(group->children, ids);
        }
    }
}

MapPanel small_panel(const std::string& title, const AreaSet& areas, std::vector<double> values) {
    TableMeta meta;
    meta.measure = "noise complaints";
    meta.unit = "complaints";
    meta.per = 100000;
    return {title, {{"year", title}}, value_table(areas, "rate", std::move(values), meta)};
}

}  // namespace

TEST_CASE("facets: nine published tables stand on one page with one scale, one key and one scale bar") {
    const std::vector<MapPanel> panels = published_panels();
    if (panels.empty()) return;
    for (const MapKind kind : {MapKind::choropleth, MapKind::circles, MapKind::quadrant}) {
        CAPTURE(static_cast<int>(kind));
        MapOptions options;
        options.figure.slot = Slot::page;
        const Figure figure = draw(kind, panels, coventry_wards(), options);
        CHECK(figure.scene.width_mm == 159);
        CHECK(figure.scene.height_mm <= 230.5);
        std::vector<std::string> ids;
        collect_ids(figure.scene.nodes, ids);
        CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
        CHECK(std::count(ids.begin(), ids.end(), "legend") == 1);
        CHECK(std::count(ids.begin(), ids.end(), "scale-bar") == 1);
        CHECK(std::count_if(ids.begin(), ids.end(), [](const std::string& id) {
                  return id.rfind("panel-", 0) == 0 && id.find("-area-") != std::string::npos;
              }) == 9 * 18);
        const std::string words = words_of(figure.scene.nodes);
        for (const MapPanel& panel : panels) CHECK(words.find(panel.title) != std::string::npos);
        CHECK(words.find("Numbers on the maps: 1") != std::string::npos);
        CHECK(figure.data.row_count() == 9 * 18);
        CHECK(figure.data.column("offence").text(18) == panels[1].group.front().second);
        CHECK(figure.data.find("class") != nullptr);
        CHECK(figure.alt.find("9 maps of Coventry") != std::string::npos);
    }
}

TEST_CASE("facets: maps are smaller for a height that is asked for, and keep to it with key and notes") {
    std::vector<MapPanel> panels = published_panels();
    if (panels.empty()) return;
    panels.resize(4);
    const auto of_height = [&](std::optional<double> height_mm) {
        return facet_maps(MapKind::quadrant, panels, coventry_wards(), {}, sans(), height_mm);
    };
    const Figure roomy = of_height({});
    CHECK(roomy.scene.height_mm - roomy.head_mm > 170);
    const Figure low = of_height(150);
    CHECK(low.scene.height_mm - low.head_mm <= 150.5);
    CHECK(low.scene.height_mm - low.head_mm > 120);  // and use what there is
    CHECK(text_faults(low, sans()).empty());
    CHECK(low.data.row_count() == roomy.data.row_count());
    CHECK(of_height(1000).scene.height_mm == roomy.scene.height_mm);
}

TEST_CASE("facets: a value has the same colour in every map") {
    const AreaSet areas = square_areas(3, 1);
    const std::vector<MapPanel> panels{small_panel("2023", areas, {10, 20, 400}),
                                       small_panel("2024", areas, {20, 200, 10})};
    const Figure figure = draw(MapKind::choropleth, panels, areas, {});
    const Column& classes = figure.data.column("class");
    CHECK(classes.text(0) == classes.text(5));
    CHECK(classes.text(1) == classes.text(3));
    std::size_t counted_areas_in_classes = 0;
    for (const FigureClass& one : figure.classes) counted_areas_in_classes += one.count;
    CHECK(counted_areas_in_classes == 6);
    // Alone, the second year would have classes of its own.
    const Figure again = draw(MapKind::choropleth, panels, areas, {});
    CHECK(to_svg(again.scene) == to_svg(figure.scene));
}

TEST_CASE("facets: the title counts maps, and says nothing where two areas lead equally often") {
    const AreaSet areas = square_areas(2, 1, {"Upper", "Lower"});
    const std::vector<MapPanel> leads{small_panel("2022", areas, {9, 1}), small_panel("2023", areas, {9, 1}),
                                      small_panel("2024", areas, {1, 9})};
    CHECK(draw(MapKind::choropleth, leads, areas, {}).title == "Upper has the highest rate in 2 of 3 maps");
    const std::vector<MapPanel> always{leads[0], leads[1]};
    CHECK(draw(MapKind::choropleth, always, areas, {}).title == "Upper has the highest rate in both maps");
    const std::vector<MapPanel> each_once{leads[1], leads[2]};
    CHECK(draw(MapKind::choropleth, each_once, areas, {}).title ==
          "Noise complaints per 100,000 people by year");
}

TEST_CASE("facets: names stand in areas that have room for all of them, and need no key of numbers") {
    const AreaSet areas = square_areas(2, 2, {"Ash", "Elm", "Oak", "Yew"});
    const Figure figure =
        draw(MapKind::choropleth,
             {small_panel("2023", areas, {1, 2, 3, 4}), small_panel("2024", areas, {4, 3, 2, 1})}, areas, {});
    const std::string words = words_of(figure.scene.nodes);
    CHECK(words.find("Numbers on the maps") == std::string::npos);
    CHECK(figure.labels.size() == 8);
    CHECK(words.find("Ash") != std::string::npos);
}

TEST_CASE("facets: hundreds of areas are neither named nor numbered, and the log says so") {
    const AreaSet areas = square_areas(20, 15);
    std::vector<double> values;
    for (std::size_t i = 0; i < areas.size(); ++i) values.push_back(static_cast<double>((i * 37) % 101));
    const Figure figure = draw(MapKind::choropleth,
                               {small_panel("2023", areas, values), small_panel("2024", areas, values),
                                small_panel("2025", areas, values)},
                               areas, {});
    CHECK(figure.labels.empty());
    CHECK(std::any_of(figure.log.begin(), figure.log.end(), [](const std::string& line) {
        return line.find("data table names the areas") != std::string::npos;
    }));
}

TEST_CASE("facets: a state that one map alone has is in the key") {
    const AreaSet areas = square_areas(2, 1);
    const Figure figure =
        draw(MapKind::choropleth, {small_panel("2023", areas, {1, 2}), small_panel("2024", areas, {nan, 3})},
             areas, {});
    CHECK(words_of(figure.scene.nodes).find("no data") != std::string::npos);
}

TEST_CASE("facets: a map whose areas are all in one class of the common scale says so, the others do not") {
    const AreaSet areas = square_areas(3, 3);
    const std::vector<MapPanel> panels{small_panel("2023", areas, {1, 2, 3, 4, 5, 6, 7, 8, 9}),
                                       small_panel("2024", areas, {1, 2, 30, 40, 50, 60, 70, 80, 90})};
    MapOptions options;
    options.breaks = {25, 55};
    const Figure figure = draw(MapKind::choropleth, panels, areas, options);
    const std::string words = words_of(figure.scene.nodes);
    const auto first = words.find("ll under 25");  // "All", where it begins a line
    REQUIRE(first != std::string::npos);
    CHECK(words.find("ll under 25", first + 1) == std::string::npos);
    CHECK(figure.description.find("2023: Highest: Area 8 9; all under 25.") != std::string::npos);
}

TEST_CASE("facets: what one map knows of its rows, the page knows with the map's name") {
    const AreaSet areas = square_areas(2, 2);
    MapPanel gap = small_panel("2023", areas, {1, 2, 3, 4});
    const std::vector<std::size_t> three{0, 1, 2};
    gap.table = gap.table.take(three);
    const Figure figure =
        draw(MapKind::choropleth, {gap, small_panel("2024", areas, {1, 20, 30, 40})}, areas, {});
    REQUIRE(figure.facts.areas_without_row.size() == 1);
    CHECK(figure.facts.areas_without_row.front() == "2023: " + areas.names()[3]);
    CHECK(figure.facts.shows_rates);
}

TEST_CASE("facets: every slot keeps words on the page and apart") {
    const std::vector<MapPanel> panels = published_panels();
    if (panels.empty()) return;
    for (const Slot slot : {Slot::full, Slot::page, Slot::landscape, Slot::slide}) {
        CAPTURE(static_cast<int>(slot));
        for (const std::size_t n : {1U, 2U, 4U, 5U, 9U}) {
            CAPTURE(n);
            MapOptions options;
            options.figure.slot = slot;
            draw(MapKind::choropleth, {panels.begin(), panels.begin() + static_cast<std::ptrdiff_t>(n)},
                 coventry_wards(), options);
        }
    }
}

TEST_CASE("facets: no map and too many maps are refused with what to do") {
    const AreaSet areas = square_areas(2, 1);
    CHECK_THROWS_AS(facet_maps(MapKind::choropleth, {}, areas, {}, sans()), UsageError);
    const std::vector<MapPanel> many(61, small_panel("2023", areas, {1, 2}));
    CHECK_THROWS_WITH_AS(facet_maps(MapKind::choropleth, many, areas, {}, sans()),
                         doctest::Contains("--where"), UsageError);
}

TEST_CASE("shared scale: changes up and down keep their two colours, deciles their ten classes") {
    const AreaSet areas = square_areas(4, 2);
    TableMeta meta;
    meta.measure = "noise complaints";
    MapOptions options;
    options.value = "change_pct";
    const Table changes = value_table(areas, "change_pct", {-60, -30, -5, 3, 20, 45, 130, 150}, meta);
    const MapOptions shared = with_shared_scale(MapKind::choropleth, changes, areas, options);
    REQUIRE(shared.classes);
    CHECK(std::find(shared.classes->breaks.begin(), shared.classes->breaks.end(), 0.0) !=
          shared.classes->breaks.end());
    options.value = "imd_decile";
    const Table deciles = value_table(areas, "imd_decile", {1, 2, 3, 4, 5, 6, 7, 10}, meta);
    CHECK_FALSE(with_shared_scale(MapKind::choropleth, deciles, areas, options).classes);
}
