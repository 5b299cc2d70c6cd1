#include "wardmap/io/table_metadata.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace wardmap;

namespace {

TableMeta full_meta() {
    TableMeta meta;
    meta.title = "Alcohol-marked robbery";
    meta.measure = "alcohol-marked robbery";
    meta.unit = "offences";
    meta.period_before = "year to June 2021";
    meta.period_after = "year to June 2022";
    meta.per = 100000;
    meta.denominator = "resident population";
    meta.denominator_year = "mid-2020";
    meta.whole = "Coventry";
    meta.area_noun = "ward";
    meta.cuts = "total";
    meta.cut_rate = 401.7;
    meta.cut_change_pct = 63.5;
    meta.level = 0.95;
    meta.small_numbers = "under:5";
    meta.source = "Coventry Drug and Alcohol Needs Assessment 2022";
    meta.attribution = {"Source: ONS. \u00a9 Crown copyright."};
    meta.method = "Byar's limits";
    meta.notes = {"One", "Two"};
    return meta;
}

}  // namespace

TEST_CASE("metadata: what is written is read back the same") {
    const Table table(
        {Column::text("area_code", {"E05001218"}), Column::numbers("rate", {190.2}, "per 100,000"),
         Column::numbers("count_after", {32}, "offences")},
        full_meta());
    const std::string json = table_metadata_json(table, "wards.csv");
    const TableMetadata read = parse_table_metadata(json);
    CHECK(read.meta == full_meta());
    CHECK(read.units.at("rate") == "per 100,000");
    CHECK(read.units.at("count_after") == "offences");
}

TEST_CASE("metadata: it is CSV on the Web") {
    const Table table({Column::text("area_code", {"E05001218"}), Column::numbers("rate", {190.2}),
                       Column::numbers("count_after", {32})},
                      full_meta());
    const auto json = nlohmann::json::parse(table_metadata_json(table, "wards.csv"));
    CHECK(json["@context"][0] == "http://www.w3.org/ns/csvw");
    CHECK(json["url"] == "wards.csv");
    const auto& columns = json["tableSchema"]["columns"];
    CHECK(columns[0]["datatype"] == "string");
    CHECK(columns[1]["datatype"] == "number");
    CHECK(columns[2]["datatype"] == "integer");
    CHECK(columns[2]["titles"] == "count_after");
    CHECK(json["per"] == 100000);
    CHECK(json["denominator_year"] == "mid-2020");
}

TEST_CASE("metadata: nothing known is nothing said; others' metadata and nonsense are taken with care") {
    const auto json = nlohmann::json::parse(table_metadata_json(Table({Column::text("a", {"x"})}), "t.csv"));
    for (const char* key : {"title", "measure", "periods", "per", "source", "cuts", "level"})
        CHECK_FALSE(json.contains(key));
    CHECK(
        parse_table_metadata(
            R"({"dc:title":"Ages","dc:rights":"OGL","per":"many","periods":[1],"tableSchema":{"columns":[1,{"name":"n"}]}})")
            .meta.title == "Ages");
    CHECK(parse_table_metadata(R"({"dc:rights":"OGL"})").meta.attribution == std::vector<std::string>{"OGL"});
    CHECK_THROWS_AS(parse_table_metadata("[1]"), InputError);
    CHECK_THROWS_AS(parse_table_metadata("{"), InputError);
    CHECK(metadata_path("out/wards.csv") == "out/wards.csv-metadata.json");
}
