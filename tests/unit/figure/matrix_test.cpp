#include "wardmap/figure/matrix.hpp"

#include "published_wards.hpp"
#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/render/svg.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

using namespace wardmap;
using wardmap::testing::table_rows;
using wardmap::testing::words_of;

namespace {

Table nine_offences() {
    const auto tables = testing::published_ward_tables();
    if (tables.empty()) {
        return {};
    }
    std::vector<Column> columns{tables[0].column("area_code"), tables[0].column("area_name")};
    for (const Table& table : tables) {
        columns.push_back(table.column("rate").renamed(table.meta().measure));
    }
    TableMeta meta = tables[0].meta();
    meta.measure = "offences";
    return Table(columns, meta);
}

}  // namespace

TEST_CASE("matrix: nine offences by ward, St Michael's first, the city below, readable ink on every shade") {
    const Table table = nine_offences();
    if (table.row_count() == 0) {
        return;
    }
    const Figure figure = matrix(table, {}, liberation_sans());
    const auto rows = table_rows(figure.scene.nodes);
    REQUIRE(rows.size() == 20);
    CHECK(rows[1][0] == "St Michael\u2019s");
    CHECK(rows[1][1] == "1,116");
    CHECK(rows[19][0] == "Coventry");
    CHECK(rows[19][1] == "402");
    CHECK(figure.title == "St Michael\u2019s is highest in seven of nine columns");
    const std::string words = words_of(figure.scene.nodes);
    CHECK(words.find("Alcohol-marked") != std::string::npos);
    CHECK(words.find("Violence without injury per 100,000") == std::string::npos);
}

TEST_CASE("matrix: the order of the rows given does not matter; given order is kept on request") {
    const Table table = nine_offences();
    if (table.row_count() == 0) {
        return;
    }
    std::vector<std::size_t> rows(table.row_count());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::reverse(rows.begin(), rows.end());
    CHECK(to_svg(matrix(table, {}, liberation_sans()).scene) ==
          to_svg(matrix(table.take(rows), {}, liberation_sans()).scene));
    MatrixOptions options;
    options.order = MatrixOrder::as_given;
    CHECK(table_rows(matrix(table, options, liberation_sans()).scene.nodes)[1][0] == "Bablake");
    options.scale = MatrixScale::shared;
    CHECK(matrix(table, options, liberation_sans()).classes.size() == 4);
}

TEST_CASE("matrix: one cell, all equal, nothing known, nothing to draw") {
    CHECK_NOTHROW(
        matrix(Table({Column::text("area_name", {"A"}), Column::numbers("x", {3})}), {}, liberation_sans()));
    CHECK_NOTHROW(matrix(Table({Column::text("area_name", {"A", "B"}), Column::numbers("x", {3, 3}),
                                Column::numbers("y", {0, 0})}),
                         {}, liberation_sans()));
    const Table unknown({Column::text("area_name", {"A", "B"}),
                         Column::numbers("x", {std::numeric_limits<double>::quiet_NaN(), 1},
                                         {CellState::suppressed, CellState::value})});
    CHECK(words_of(matrix(unknown, {}, liberation_sans()).scene.nodes).find("[c]") != std::string::npos);
    CHECK_THROWS_AS(matrix(Table({Column::text("area_name", {"A"})}), {}, liberation_sans()), InputError);
}
