#include "wardmap/io/write_workbook.hpp"

#include "support/temp_dir.hpp"
#include "wardmap/io/gdal_module.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

Table robbery() {
    TableMeta meta;
    meta.title = "Robbery by ward";
    meta.unit = "offences";
    meta.source = "Police";
    meta.notes = {"=1+1 is a text"};
    return Table({Column::text("area_code", {"E05001218", "E05001219", ""}),
                  Column::text("area_name", {"Bablake", "=HYPERLINK(\"x\")", "Total"}),
                  Column::numbers("count_after", {1234, 0, 1240},
                                  {CellState::value, CellState::suppressed, CellState::value}, "offences"),
                  Column::numbers("rate", {190.123456789, 0, std::numeric_limits<double>::infinity()},
                                  {CellState::value, CellState::undefined, CellState::value})},
                 meta);
}

}  // namespace

TEST_CASE("workbook: the same tables give the same bytes, and a zip is what they are") {
    const std::vector<NamedTable> tables{{"Robbery", robbery()}, {"Robbery", robbery()}};
    const std::string bytes = workbook_bytes(tables);
    CHECK(bytes.substr(0, 4) == "PK\x03\x04");
    CHECK(bytes == workbook_bytes(tables));
    CHECK(bytes != workbook_bytes(tables, {.precision = Precision::full, .wide = {}, .created = 1000000000}));
}

TEST_CASE("workbook: read back, the numbers keep every digit and text is no formula") {
    const TempDir dir;
    const std::vector<NamedTable> tables{{"Robbery [2022]: city/centre, all of the wards", robbery()},
                                         {"", robbery()}};
    const std::string path = dir.file("t.xlsx", workbook_bytes(tables));
    const std::vector<RawSheet> sheets = read_workbook(path);
    REQUIRE(sheets.size() == 3);
    CHECK(sheets[0].name == "Robbery  2022   city centre, al");
    CHECK(sheets[1].name == "Table");
    CHECK(sheets[2].name == "About");
    const ReadTable read = read_table(path);
    CHECK(read.table.names() == std::vector<std::string>{"area_code", "area_name", "count_after", "rate"});
    CHECK(read.table.column("area_name").text(1) == "=HYPERLINK(\"x\")");
    Problems problems;
    const Column count = read_counts(read.table, "count_after", problems);
    CHECK(count.number(0) == 1234);
    CHECK(count.state(1) == CellState::suppressed);
    const Column rate = read_numbers(read.table, "rate", problems);
    CHECK(rate.number(0) == 190.123456789);
    CHECK(rate.state(2) == CellState::missing);
    CHECK(problems.empty());
}

TEST_CASE("workbook: without anything known there is no About; without a table there is no workbook") {
    const TempDir dir;
    const std::vector<NamedTable> bare{{"a", Table({Column::text("x", {"y"})})}};
    CHECK(read_workbook(dir.file("t.xlsx", workbook_bytes(bare))).size() == 1);
    CHECK_THROWS_AS(workbook_bytes({}), OutputError);
}
