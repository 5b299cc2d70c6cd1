#include "wardmap/report/figure_read.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/report/figure_file.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace wardmap;

TEST_CASE("figure read: what --data-out wrote comes back, but for the picture") {
    Figure figure;
    figure.id = "map \"1\"";
    figure.kind = "choropleth";
    figure.title = "Cwm-t\u0175r is highest";
    figure.subtitle = "Finds, 2024";
    figure.alt = "Map.";
    figure.description = "All of it.";
    figure.notes = {"one", "two"};
    figure.sources = {"Source: us."};
    figure.log = {"drawn at 1:82,000"};
    figure.classes = {{"under 5", color_from_hex("#c7e5f0"), 2, 1.0, 5.0}};
    figure.labels = {{"A0", "Ash\n4", {1, 2, 3, 4}, false, {}}};
    figure.data = Table({Column::text("area_code", {"A0", "A1"}), Column::text("area_name", {"Ash", "Birch"}),
                         Column::numbers("rate", {4, std::nan("")}),
                         Column::numbers("also", {1, 2}, {CellState::value, CellState::value})});
    figure.facts = {true, true, true, true, true, {"Ash"}, {"Elm (A9)"}, {"A8 (Oak)"}, 350.0, 2};
    const Figure back = figure_from_json(figure_json(figure), "f.json");
    CHECK(back.facts.shades_counts);
    CHECK(back.facts.circles_of_rates);
    CHECK(back.facts.shows_rates);
    CHECK(back.facts.marks_small);
    CHECK(back.facts.says_events);
    CHECK(back.facts.areas_without_row == figure.facts.areas_without_row);
    CHECK(back.facts.rows_of_no_area == figure.facts.rows_of_no_area);
    CHECK(back.facts.labels_of_no_area == figure.facts.labels_of_no_area);
    CHECK(back.facts.linear_change_pct == 350.0);
    CHECK(back.facts.small_baselines == 2);
    CHECK(back.id == figure.id);
    CHECK(back.kind == figure.kind);
    CHECK(back.title == figure.title);
    CHECK(back.notes == figure.notes);
    CHECK(back.sources == figure.sources);
    CHECK(back.log == figure.log);
    REQUIRE(back.classes.size() == 1);
    CHECK(back.classes[0].color == figure.classes[0].color);
    CHECK(back.classes[0].lower == 1.0);
    REQUIRE(back.labels.size() == 1);
    CHECK(back.labels[0].text == "Ash\n4");
    CHECK(back.data.names() == figure.data.names());
    CHECK(back.data.column("rate").number(0) == 4);
    CHECK(back.data.column("rate").state(1) == CellState::missing);
    CHECK(back.scene.nodes.empty());
}

TEST_CASE("figure read: withheld cells stay withheld") {
    Figure figure;
    figure.data =
        Table({Column::text("area_code", {"A0", "A1"}),
               Column::numbers("rate", {std::nan(""), 3}, {CellState::suppressed, CellState::value})});
    const Figure back = figure_from_json(figure_json(figure), "f.json");
    CHECK(back.data.column("rate").state(0) == CellState::suppressed);
    CHECK(back.data.column("rate").number(1) == 3);
}

TEST_CASE("figure read: what a figure is not known to be is not known when it comes back") {
    const Figure back = figure_from_json(figure_json(Figure{}), "f.json");
    CHECK_FALSE(back.facts.shades_counts);
    CHECK_FALSE(back.facts.linear_change_pct.has_value());
}

TEST_CASE("figure read: a figure of before there were facts is not judged by guesses") {
    std::string old = figure_json(Figure{});
    old.replace(old.find("\"facts\""), 7, "\"fakts\"");
    CHECK_THROWS_WITH_AS(figure_from_json(old, "old.json"), doctest::Contains("did not yet write its facts"), InputError);
}

TEST_CASE("figure read: what is no figure is refused, naming the file and --data-out") {
    for (const char* text :
         {"", "[]", "{}", "{\"schema\":1}", "{\"schema\":\"wardmap.figure/1\",\"id\":3}", "no json"}) {
        CAPTURE(text);
        CHECK_THROWS_WITH_AS(figure_from_json(text, "odd.json"), doctest::Contains("odd.json"), InputError);
        CHECK_THROWS_WITH_AS(figure_from_json(text, "odd.json"), doctest::Contains("--data-out"), InputError);
    }
}
