#include "wardmap/figure/ward_table_figure.hpp"

#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/svg.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::number_in;
using wardmap::testing::published_ward_tables;
using wardmap::testing::table_rows;
using wardmap::testing::words_of;

TEST_CASE("ward table: every published number stands in its ward's row, in the order of the rate") {
    const auto tables = published_ward_tables();
    if (tables.empty()) {
        return;
    }
    std::vector<std::vector<testing::CsvRow>> figures;
    for (const auto& row : csv_rows("examples/coventry/data/needs_assessment/offences_by_ward.csv")) {
        if (figures.empty() || figures.back().front().at("figure") != row.at("figure")) {
            figures.emplace_back();
        }
        figures.back().push_back(row);
    }
    REQUIRE(figures.size() == tables.size());
    for (std::size_t i = 0; i < tables.size(); ++i) {
        CAPTURE(i);
        const Figure figure = ward_table_figure(tables[i], {}, liberation_sans());
        const auto rows = table_rows(figure.scene.nodes);
        REQUIRE(rows.size() == 1 + 18 + 1);
        for (const auto& published : figures[i]) {
            const bool total = published.at("ward") == "Total";
            std::string name = total ? "Coventry" : published.at("ward");
            if (const auto quote = name.find('\''); quote != std::string::npos) {
                name.replace(quote, 1, "\u2019");
            }
            const auto row =
                std::find_if(rows.begin(), rows.end(), [&](const auto& cells) { return cells[0] == name; });
            REQUIRE(row != rows.end());
            CAPTURE(name);
            CHECK((*row)[1] == with_thousands(number_in(published, "yt_june_2021"), 0));
            CHECK((*row)[2] == with_thousands(number_in(published, "yt_june_2022"), 0));
            CHECK((*row)[3] == with_sign(number_in(published, "change"), 0));
            const std::string percent =
                published.at("pct_change").empty() ? "[z]" : with_sign(number_in(published, "pct_change"), 0);
            CHECK((*row)[4].substr(0, percent.size()) == percent);
            const std::string rate = with_thousands(number_in(published, "rate_per_100k"), 0);
            CHECK((*row)[5].substr(0, rate.size()) == rate);
        }
        CHECK(rows.back()[0] == "Coventry");
        CHECK(figure.scene.height_mm < 200);
        CHECK(figure.data.row_count() == 19);
        CHECK(figure.alt.size() <= 160);
    }
}

TEST_CASE("ward table: rows come closer for a height that is asked for, down to 5 mm, and keep all words") {
    for (const Table& table : published_ward_tables()) {
        const Figure roomy = ward_table_figure(table, {}, liberation_sans());
        const double height = roomy.scene.height_mm - roomy.head_mm;
        const auto of_height = [&](double height_mm) {
            WardTableOptions options;
            options.height_mm = height_mm;
            return ward_table_figure(table, options, liberation_sans());
        };
        CHECK(to_svg(of_height(height + 1).scene) == to_svg(roomy.scene));
        const Figure closer = of_height(height - 12);
        CHECK(closer.scene.height_mm - closer.head_mm == doctest::Approx(height - 12));
        CHECK(table_rows(closer.scene.nodes) == table_rows(roomy.scene.nodes));
        const Figure closest = of_height(50);
        CHECK(roomy.scene.height_mm - closest.scene.height_mm == doctest::Approx(19));  // 19 rows, 1 mm each
    }
}

TEST_CASE("ward table: small counts, withheld and not calculated are marked, and the key says how") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    AreaCounts counts;
    counts.codes = {"a", "b", "c", "d"};
    counts.names = {"Alpha", "Beta", "Gamma", "Delta"};
    counts.before =
        Column::numbers("before", {0, 40, nan, 9},
                        {CellState::value, CellState::value, CellState::suppressed, CellState::value});
    counts.after = Column::numbers("after", {12, 30, 20, 20});
    counts.population = Column::numbers("people", {1000, 2000, 3000, nan});
    Problems problems;
    const Table table = ward_table(counts, {}, testing::coventry_meta("drug", "ROBBERY"), problems);
    const Figure figure = ward_table_figure(table, {}, liberation_sans());
    const std::string words = words_of(figure.scene.nodes);
    for (const char* mark : {"[u]", "[c]", "[z]", "low reliability", "withheld"}) {
        CAPTURE(mark);
        CHECK(words.find(mark) != std::string::npos);
    }
}

TEST_CASE("ward table: same bytes twice and in any order; without rates it is a table of counts") {
    const auto tables = published_ward_tables();
    if (tables.empty()) {
        return;
    }
    std::vector<std::size_t> rows(tables[0].row_count());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::reverse(rows.begin(), rows.end());
    CHECK(to_svg(ward_table_figure(tables[0], {}, liberation_sans()).scene) ==
          to_svg(ward_table_figure(tables[0].take(rows), {}, liberation_sans()).scene));

    AreaCounts counts;
    counts.codes = {"", ""};
    counts.names = {"VIOLENCE WITH INJURY", "RAPE"};
    counts.before = Column::numbers("before", {10, 20});
    counts.after = Column::numbers("after", {30, 15});
    Problems problems;
    TableMeta meta = testing::coventry_meta("drug", "x");
    meta.area_noun = "offence type";
    const Figure types = ward_table_figure(ward_table(counts, {}, meta, problems), {}, liberation_sans());
    CHECK(types.title == "Violence with injury has the most offences, 30");
    CHECK(words_of(types.scene.nodes).find("Rate per") == std::string::npos);
    CHECK(words_of(types.scene.nodes).find("Rape") != std::string::npos);
    CHECK_THROWS_AS(ward_table_figure(tables[0].take(std::vector<std::size_t>{}), {}, liberation_sans()),
                    InputError);
}

TEST_CASE("ward table: every slot and theme draws, and sixty rows make a longer page") {
    const auto tables = published_ward_tables();
    if (tables.empty()) {
        return;
    }
    for (const Slot slot : {Slot::full, Slot::half, Slot::landscape, Slot::slide}) {
        for (const Theme theme : {Theme::report, Theme::large, Theme::slide, Theme::mono}) {
            WardTableOptions options;
            options.figure.slot = slot;
            options.figure.theme = theme;
            CHECK(ward_table_figure(tables[0], options, liberation_sans()).scene.height_mm > 50);
        }
    }
    AreaCounts counts;
    std::vector<double> before, after, people;
    for (int i = 0; i < 60; ++i) {
        counts.codes.push_back("E" + std::to_string(i));
        counts.names.push_back("Area number " + std::to_string(i));
        before.push_back(20 + i);
        after.push_back(80 - i);
        people.push_back(9000 + i);
    }
    counts.before = Column::numbers("before", before);
    counts.after = Column::numbers("after", after);
    counts.population = Column::numbers("people", people);
    Problems problems;
    CHECK(ward_table_figure(ward_table(counts, {}, {}, problems), {}, liberation_sans()).scene.height_mm >
          360);
}

TEST_CASE("ward table: a narrow slot leaves out counts and says so, rather than leave its width") {
    const auto tables = published_ward_tables();
    if (tables.empty()) {
        return;
    }
    WardTableOptions options;
    options.figure.slot = Slot::half;
    const Figure figure = ward_table_figure(tables[0], options, liberation_sans());
    CHECK(figure.scene.width_mm == 77);
    const std::string words = words_of(figure.scene.nodes);
    CHECK(words.find("Not shown for want of room:") != std::string::npos);
    CHECK(words.find("1,116") != std::string::npos);
}
