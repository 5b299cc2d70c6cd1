#include "wardmap/figure/bars.hpp"

#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace wardmap;
using wardmap::testing::table_rows;
using wardmap::testing::words_of;

TEST_CASE("bars: lengths are in proportion from 0, largest first, the total no bar") {
    const Table table({Column::text("offence", {"ROBBERY", "Total", "ARSON", "SHOPLIFTING"}),
                       Column::numbers("n", {20, 110, 10, 80})});
    BarsOptions options;
    options.label = "offence";
    options.values = {"n"};
    const Figure figure = bars(table, options, liberation_sans());
    const auto rows = table_rows(figure.scene.nodes);
    REQUIRE(rows.size() == 3);
    CHECK(rows[0] == std::vector<std::string>{"Shoplifting", "80"});
    std::vector<RectShape> rects;
    testing::add_rects(figure.scene.nodes, rects);
    REQUIRE(rects.size() == 3);
    CHECK(rects[0].width == doctest::Approx(4 * rects[1].width));
    CHECK(rects[1].width == doctest::Approx(2 * rects[2].width));
    CHECK(rects[0].height >= 2.5);
    CHECK(words_of(figure.scene.nodes).find("All together: 110.") != std::string::npos);
}

TEST_CASE("bars: two periods stand under each other with the change beside them; long lists stay on a page") {
    AreaCounts counts;
    std::vector<double> before, after;
    for (int i = 0; i < 28; ++i) {
        counts.codes.emplace_back();
        counts.names.push_back("Offence type " + std::to_string(i));
        before.push_back(i == 5 ? 0 : 10 + i);
        after.push_back(40 - i);
    }
    counts.before = Column::numbers("before", before);
    counts.after = Column::numbers("after", after);
    Problems problems;
    BarsOptions options;
    options.values = {"count_before", "count_after"};
    const Figure figure = bars(ward_table(counts, {}, testing::coventry_meta("drug", "offences"), problems),
                               options, liberation_sans());
    const auto rows = table_rows(figure.scene.nodes);
    CHECK(rows[1] == std::vector<std::string>{"Offence type 0", "10", "40", "+300%"});
    CHECK(figure.scene.height_mm <= 230);
    std::vector<RectShape> rects;
    testing::add_rects(figure.scene.nodes, rects);
    for (const RectShape& rect : rects) {
        CHECK(rect.height >= 2.0);
    }
}

TEST_CASE(
    "bars: falls go left of 0; withheld and unknown values are said; too many or no values are refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Table table({Column::text("name", {"A", "B", "C"}),
                       Column::numbers("change", {5, -10, nan},
                                       {CellState::value, CellState::value, CellState::suppressed})});
    const std::string words = words_of(bars(table, {}, liberation_sans()).scene.nodes);
    CHECK(words.find("+5") != std::string::npos);
    CHECK(words.find("\u221210") != std::string::npos);
    CHECK(words.find("[c]: withheld.") != std::string::npos);
    BarsOptions options;
    options.values = {"change", "change", "change", "change", "change"};
    CHECK_THROWS_AS(bars(table, options, liberation_sans()), UsageError);
    CHECK_THROWS_AS(bars(Table({Column::text("name", {"A"})}), {}, liberation_sans()), InputError);
}
