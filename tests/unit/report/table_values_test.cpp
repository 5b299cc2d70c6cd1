#include "wardmap/report/table_values.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

const double none = std::nan("");

Table ward_numbers(double rate) {
    TableMeta meta;
    meta.whole = "Coventry";
    meta.cuts = "total";
    return Table(
        {Column::text("area_code", {"E1", "E2", "E3", ""}),
         Column::text("area_name", {"Foleshill", "St Michael's", "Binley and Willenhall", "Total"}),
         Column::numbers("rate", {rate, 1116.4, none, 402.2},
                         {CellState::value, CellState::value, CellState::suppressed, CellState::value}),
         Column::numbers("change_pct", {-21.6, 126, none, 63.6},
                         {CellState::value, CellState::value, CellState::undefined, CellState::value}),
         Column::numbers("share", {0.4, 45.2, none, 100}),
         Column::numbers("population", {1000, 2000, 3000, 6000}),
         Column::text("quadrant", {"low_slower", "high_faster", "none", ""})},
        meta);
}

const std::vector<NamedTable> tables{
    {"robbery", ward_numbers(1234.6)},
    {"theft", ward_numbers(99)},
    {"months", Table({Column::text("period", {"2022-01", "2022-02"}), Column::numbers("count", {3, 1500})})}};

std::string value(std::string_view reference, std::string_view table = {}) {
    return TableValues(tables).value(reference, table, {.file = "words.md", .row = 7});
}

std::string error(std::string_view reference) {
    try {
        return "no error: " + value(reference);
    } catch (const Error& met) {
        return met.what();
    }
}

}  // namespace

TEST_CASE("table values: numbers are printed as the report prints them") {
    CHECK(value("robbery/Foleshill.rate") == "1,235");
    CHECK(value("robbery/Foleshill.change_pct") == "−22%");
    CHECK(value("robbery/Foleshill.share") == "under 1%");
    CHECK(value("robbery/St Michael's.share") == "45%");
    CHECK(value("robbery/Foleshill.rate:1") == "1,234.6");
    CHECK(value("robbery/Total.rate") == "402");
    CHECK(value("months/2022-02.count") == "1,500");
    CHECK(value("robbery/St Michael's.quadrant") == "Higher rate, change above Coventry’s");
}

TEST_CASE("table values: an area is found by code, by name as people write it, the whole by its name") {
    CHECK(value("robbery/E2.rate") == "1,116");
    CHECK(value("robbery/st. michael’s.rate") == "1,116");
    CHECK(value(" robbery / BINLEY & WILLENHALL . population ") == "3,000");
    CHECK(value("robbery/Coventry.rate") == "402");
}

TEST_CASE("table values: what has no value prints its mark") {
    CHECK(value("robbery/Binley and Willenhall.rate") == "[c]");
    CHECK(value("robbery/Binley and Willenhall.change_pct") == "[z]");
    CHECK(value("robbery/Binley and Willenhall.share") == "[x]");
}

TEST_CASE("table values: without a table the only one, or all that agree, are meant") {
    CHECK(value("2022-01.count") == "3");
    CHECK(value("Foleshill.population") == "1,000");  // the same in both
    CHECK(value("Foleshill.rate", "theft") == "99");
    const std::string said = error("Foleshill.rate");
    CHECK(said.find("2 tables") != std::string::npos);
    CHECK(said.find("{robbery/Foleshill.rate}") != std::string::npos);
}

TEST_CASE("table values: what is unknown is named with file, line and the nearest names") {
    const std::string area = error("robbery/Folshill.rate");
    CHECK(area.find("words.md") != std::string::npos);
    CHECK(area.find("row 7") != std::string::npos);
    CHECK(area.find("'Foleshill'") != std::string::npos);
    CHECK(error("robbery/Foleshill.rates").find("'rate'") != std::string::npos);
    CHECK(error("robery/Foleshill.rate").find("'robbery'") != std::string::npos);
    CHECK(error("Nowhere.rate").find("in any table") != std::string::npos);
    CHECK_THROWS_AS(value("robbery/Folshill.rate"), NameUnknown);
}

TEST_CASE("table values: what is no reference says how to write one, and a literal brace") {
    for (const char* text : {"", "Foleshill", "Foleshill.", ".rate", "robbery/Foleshill.rate:x", "a.b:99"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(value(text), InputError);
        CHECK(error(text).find("\\{") != std::string::npos);
    }
}
