#include "wardmap/figure/age_bars.hpp"

#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::number_in;
using wardmap::testing::table_rows;

namespace {

Table coventry_ages(const std::string& bands) {
    AgeCounts counts;
    std::vector<std::string> names;
    std::vector<std::vector<double>> values;
    for (const auto& row : csv_rows("examples/coventry/data/coventry_ward_population_mid2020.csv")) {
        counts.codes.push_back(row.at("ward_code"));
        counts.names.push_back(row.at("ward_name"));
        if (names.empty()) {
            for (const auto& [name, cell] : row) {
                if (name.rfind("age_", 0) == 0) {
                    names.push_back(name);
                }
            }
            values.resize(names.size());
        }
        for (std::size_t i = 0; i < names.size(); ++i) {
            values[i].push_back(number_in(row, names[i]));
        }
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        counts.ages.push_back(Column::numbers(names[i], values[i]));
    }
    Problems problems;
    return counts.codes.empty()
               ? Table{}
               : age_structure(counts, parse_age_bands(bands), testing::coventry_meta("x", "y"), problems);
}

}  // namespace

TEST_CASE("ages: Coventry stands above with 379,387 people, shares of every ward add up to 100") {
    const Table table = coventry_ages("0-14,15-24,25-44,45-64,65+");
    if (table.row_count() == 0) {
        return;
    }
    const Figure figure = age_bars(table, {}, liberation_sans());
    const auto rows = table_rows(figure.scene.nodes);
    REQUIRE(rows.size() == 1 + 1 + 18);
    CHECK(rows[1][0] == "Coventry");
    CHECK(rows[1].back() == "379,387");
    for (std::size_t i = 1; i < rows.size(); ++i) {
        double sum = 0;
        bool all = true;
        for (std::size_t c = 1; c + 1 < rows[i].size(); ++c) {
            all = all && !rows[i][c].empty();
            sum += rows[i][c].empty() ? 0 : std::stod(rows[i][c]);
        }
        if (all) {
            CHECK(sum == 100);
        }
    }
    std::vector<RectShape> rects;
    testing::add_rects(figure.scene.nodes, rects);
    CHECK(rects.size() == 19 * 5);
    for (const RectShape& rect : rects) {
        CHECK(rect.x + rect.width <= figure.scene.width_mm);
    }
}

TEST_CASE("ages: sorted by the band asked for") {
    const Table table = coventry_ages("0-44,45+");
    if (table.row_count() == 0) {
        return;
    }
    AgeBarsOptions options;
    options.sort_by = "share_45_plus";
    const auto rows = table_rows(age_bars(table, options, liberation_sans()).scene.nodes);
    const auto bablake =
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row[0] == "Bablake"; });
    REQUIRE(bablake != rows.end());
    CHECK((*bablake)[2] == "46");                  // as published
    CHECK(rows.back()[0] == "St Michael\u2019s");  // 11%
    CHECK(rows.back()[2] == "11");
    options.sort_by = "share_46_plus";
    CHECK_THROWS_AS(age_bars(table, options, liberation_sans()), NameUnknown);
}

TEST_CASE("ages: a table without bands is refused") {
    CHECK_THROWS_AS(age_bars(Table({Column::text("area_name", {"A"}), Column::numbers("all_ages", {5})}), {},
                             liberation_sans()),
                    InputError);
}
