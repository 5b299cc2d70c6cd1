#include "wardmap/figure/quadrant_map.hpp"

#include "map_material.hpp"
#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmap;
using namespace wardmap::testing;

namespace {

Figure draw(const Table& table, const AreaSet& areas, const MapOptions& options = {}) {
    Figure figure = quadrant_map(table, areas, options, liberation_sans());
    const auto faults = text_faults(figure, liberation_sans());
    CHECK_MESSAGE(faults.empty(), (faults.empty() ? "" : faults.front()));
    const LabelCheck labels = check_labels(figure);
    CHECK_MESSAGE(labels.outside.empty(), (labels.outside.empty() ? "" : labels.outside.front()));
    CHECK(labels.overlaps.empty());
    return figure;
}

}  // namespace

TEST_CASE("quadrant map: the published example has 1, 4, 5 and 8 wards, all names inside") {
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    const Figure figure = draw(tables[0], coventry_wards());
    REQUIRE(figure.classes.size() == 4);
    CHECK(figure.classes[0].count == 1);
    CHECK(figure.classes[1].count == 4);
    CHECK(figure.classes[2].count == 5);
    CHECK(figure.classes[3].count == 8);
    CHECK(figure.title == "Only St Michael\u2019s is above Coventry in both rate and change");
    CHECK(check_labels(figure).inside == 18);
}

TEST_CASE("quadrant map: nine tables, each name placed, no word of growth") {
    for (const Table& table : published_ward_tables()) {
        const Figure figure = draw(table, coventry_wards());
        CHECK(check_labels(figure).inside >= 17);
        const std::string words = words_of(figure.scene.nodes) + figure.alt + figure.description;
        for (const char* word : {"growth", "growing", "grew"}) CHECK(words.find(word) == std::string::npos);
    }
}

TEST_CASE("quadrant map: wards without a quadrant are hatched, counted and listed") {
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < tables[0].row_count(); ++row) {
        if (tables[0].column("area_name").text(row) != "Henley") rows.push_back(row);
    }
    const Figure figure = draw(tables[0].take(rows), coventry_wards());
    CHECK(words_of(figure.scene.nodes).find("not placed") != std::string::npos);
    CHECK(std::any_of(figure.notes.begin(), figure.notes.end(), [](const std::string& note) {
        return note.find("Not placed") != std::string::npos && note.find("Henley") != std::string::npos;
    }));
}

TEST_CASE("quadrant map: every slot keeps words on the page and apart") {
    const auto tables = published_ward_tables();
    if (tables.empty()) return;
    for (const Slot slot : {Slot::full, Slot::half, Slot::page, Slot::landscape, Slot::slide, Slot::govuk}) {
        CAPTURE(static_cast<int>(slot));
        MapOptions options;
        options.figure.slot = slot;
        draw(tables[0], coventry_wards(), options);
    }
}
