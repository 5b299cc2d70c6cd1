#include "wardmap/io/write_table.hpp"

#include "support/temp_dir.hpp"
#include "wardmap/io/csv_reader.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

Table sample() {
    const double infinite = std::numeric_limits<double>::infinity();
    return Table(
        {Column::text("area_name", {"St Michael's", "Binley, \"and\" Willenhall", "two\nlines", " =1+1", ""}),
         Column::numbers(
             "rate", {0.1, 401.69, 2, infinite, -0.5},
             {CellState::value, CellState::value, CellState::suppressed, CellState::value, CellState::value}),
         Column::numbers(
             "change_pct", {1, 2.5, 3, 4, -0.5},
             {CellState::value, CellState::value, CellState::undefined, CellState::missing, CellState::value},
             "%")});
}

}  // namespace

TEST_CASE("writing CSV: RFC 4180, empty where there is no value, [c] where it is withheld") {
    CHECK(table_csv(sample()) ==
          "area_name,rate,change_pct\n"
          "St Michael's,0.1,1\n"
          "\"Binley, \"\"and\"\" Willenhall\",401.69,2.5\n"
          "\"two\nlines\",[c],\n"
          "\" =1+1\",,\n"
          ",-0.5,-0.5\n");
    CHECK(table_csv(Table({Column::text("a", {"", "x"})})) == "a\n\"\"\nx\n");
}

TEST_CASE("writing CSV: rounded as published, half away from zero") {
    CHECK(table_csv(sample(), {.precision = Precision::published, .wide = {}}) ==
          "area_name,rate,change_pct\n"
          "St Michael's,0,1\n"
          "\"Binley, \"\"and\"\" Willenhall\",402,3\n"
          "\"two\nlines\",[c],\n"
          "\" =1+1\",,\n"
          ",-1,-1\n");
}

TEST_CASE("writing CSV: a column spread") {
    const Table t({Column::text("area_code", {"A", "A"}), Column::text("period", {"2021", "2022"}),
                   Column::numbers("count", {1, 2})});
    CHECK(table_csv(t, {.precision = Precision::full, .wide = "period"}) == "area_code,2021,2022\nA,1,2\n");
}

TEST_CASE("writing JSON: records, null where there is no value") {
    const auto json = nlohmann::json::parse(table_json(sample()));
    REQUIRE(json.size() == 5);
    CHECK(json[0]["rate"] == 0.1);
    CHECK(json[1]["area_name"] == "Binley, \"and\" Willenhall");
    CHECK(json[2]["rate"].is_null());
    CHECK(json[2]["change_pct"].is_null());
    CHECK(json[3]["rate"].is_null());
    CHECK(json[4]["area_name"] == "");
    CHECK(nlohmann::json::parse(table_json(Table({Column::text("a", {})}))).empty());
}

TEST_CASE("writing: the format goes by the ending, and an unknown one is refused") {
    CHECK(table_format_of("a/B.CSV") == TableFormat::csv);
    CHECK(table_format_of("t.json") == TableFormat::json);
    CHECK(table_format_of("t.xlsx") == TableFormat::xlsx);
    CHECK_THROWS_AS(table_format_of("t.xls"), UsageError);
    CHECK_THROWS_AS(table_format_of("t"), UsageError);
}

TEST_CASE("writing: the metadata lies beside, and nothing is overwritten unasked") {
    const TempDir dir;
    const auto path = dir.path() / "t.json";
    const auto written = write_table(path, sample(), {}, Overwrite::refuse);
    REQUIRE(written.size() == 2);
    CHECK(written[1].path.filename() == "t.json-metadata.json");
    CHECK(std::filesystem::exists(written[1].path));
    CHECK_THROWS_AS(write_table(path, sample(), {}, Overwrite::refuse), OutputError);
    CHECK(write_table(path, sample(), {}, Overwrite::replace).size() == 2);
    std::filesystem::remove(path);
    CHECK_THROWS_AS(write_table(path, sample(), {}, Overwrite::refuse), OutputError);
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("writing CSV: every text comes back as it was") {
    std::mt19937 random(1);
    const std::string letters = "ab\",;\n\r \t=|'1";
    std::vector<std::string> texts;
    for (int row = 0; row < 500; ++row) {
        std::string text;
        for (std::size_t n = random() % 8; n > 0; --n) text += letters[random() % letters.size()];
        texts.push_back(text);
    }
    const std::string csv = table_csv(Table({Column::text("name", texts), Column::text("other", texts)}));
    CsvSplitter splitter(csv, ',');
    std::vector<std::string_view> fields;
    REQUIRE(splitter.next(fields));
    for (const std::string& text : texts) {
        REQUIRE(splitter.next(fields));
        REQUIRE(fields.size() == 2);
        CHECK(fields[0] == text);
        CHECK(fields[1] == text);
    }
    CHECK_FALSE(splitter.next(fields));
}
