#include "wardmap/figure/finds_chart.hpp"

#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/indicator/shares.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::number_in;
using wardmap::testing::table_rows;

TEST_CASE("finds: 322 needles, St Michael's 45%, Foleshill 16%, every published count in its row") {
    PeriodCounts counts;
    std::vector<double> years[3];
    const char* names[3] = {"yt_july_2020", "yt_july_2021", "yt_july_2022"};
    const auto published = csv_rows("examples/coventry/data/needs_assessment/needle_finds_by_ward.csv");
    if (published.empty()) {
        return;
    }
    for (const auto& row : published) {
        if (row.at("ward") == "Total") {
            continue;
        }
        counts.codes.push_back("code of " + row.at("ward"));
        counts.names.push_back(row.at("ward"));
        for (int i = 0; i < 3; ++i) {
            years[i].push_back(number_in(row, names[i]));
        }
    }
    for (int i = 0; i < 3; ++i) {
        counts.periods.push_back(Column::numbers(names[i], years[i]));
    }
    TableMeta meta = testing::coventry_meta("x", "y");
    meta.measure = "needles found by the public";
    meta.unit = "finds";
    Problems problems;
    const Figure figure = finds_chart(period_table(counts, meta, problems), {}, liberation_sans());
    CHECK(figure.title == "St Michael\u2019s has 45% of all finds, Foleshill 16%");
    const auto rows = table_rows(figure.scene.nodes);
    REQUIRE(rows.size() == 20);
    CHECK(rows[0][1] == "Year to July 2020");
    CHECK(rows[1] == std::vector<std::string>{"St Michael\u2019s", "50", "42", "52", "144", "45%"});
    CHECK(rows[2] == std::vector<std::string>{"Foleshill", "32", "9", "12", "53", "16%"});
    CHECK(rows[19] == std::vector<std::string>{"Coventry", "136", "103", "83", "322", "100%"});
}

TEST_CASE("finds: none at all, and no period") {
    const Table none({Column::text("area_name", {"A", "B"}), Column::numbers("y2020", {0, 0}),
                      Column::numbers("total", {0, 0})});
    const Figure figure = finds_chart(none, {}, liberation_sans());
    CHECK(figure.description.find("None in A and B.") != std::string::npos);
    CHECK_THROWS_AS(finds_chart(Table({Column::text("area_name", {"A"}), Column::numbers("total", {0})}), {},
                                liberation_sans()),
                    InputError);
}
