#include "wardmap/figure/map_words.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace wardmap;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

MapValues made(std::vector<std::string> names, std::vector<double> values, std::optional<double> total = {}) {
    MapValues out{std::move(names), std::move(values), {}, total};
    for (const double v : out.values) out.states.push_back(v == v ? CellState::value : CellState::missing);
    return out;
}

TableMeta meta_of(const std::string& unit) {
    TableMeta meta;
    meta.unit = unit;
    meta.whole = "Coventry";
    meta.area_noun = "ward";
    meta.per = 100000;
    return meta;
}

ValueWords words_as(ValueKind kind) {
    ValueWords words;
    words.kind = kind;
    words.words = "robbery per 100,000 people";
    return words;
}

}  // namespace

TEST_CASE("map words: how many times is never more than the numbers say") {
    CHECK(times_words(2.776) == "nearly three times");
    CHECK(times_words(2.0) == "twice");
    CHECK(times_words(1.9) == "nearly twice");
    CHECK(times_words(2.2) == "more than twice");
    CHECK(times_words(2.4) == "2.4 times");
    CHECK(times_words(1.37) == "37% above");
    CHECK(times_words(9.02) == "about nine times");
    CHECK(times_words(14.9) == "nearly 15 times");
}

TEST_CASE("map words: titles of rates hold for any numbers") {
    const TableMeta meta = meta_of("offences");
    const ValueWords rate = words_as(ValueKind::rate);
    CHECK(map_title(made({"St Michael's", "Wyken"}, {300, 100}, 150), rate, meta) ==
          "St Michael\u2019s rate is twice Coventry\u2019s");
    CHECK(map_title(made({"Wyken", "Earlsdon"}, {300, 280}, 290), rate, meta) ==
          "Rates run from 280 in Earlsdon to 300 in Wyken");
    CHECK(map_title(made({"A", "B", "C"}, {300, 300, 2}, 100), rate, meta) ==
          "Two wards share the highest rate, 300");
    CHECK(map_title(made({"A"}, {nan}), rate, meta) == "No ward has a rate to show");
}

TEST_CASE("map words: titles of counts name the whole") {
    const TableMeta meta = meta_of("finds");
    const ValueWords count = words_as(ValueKind::count);
    CHECK(map_title(made({"St Michael's", "Wyken"}, {144, 4}, 322), count, meta) ==
          "St Michael\u2019s has 144 of Coventry\u2019s 322 finds, the most of any ward");
    CHECK(map_title(made({"A", "B", "C"}, {5, 5, 1}, 11), count, meta) ==
          "A and B have the most finds, 5 each");
    CHECK(map_title(made({"A", "B"}, {0, 0}, 0), count, meta) == "No finds in any ward");
}

TEST_CASE("map words: the description counts what is missing and names the ends") {
    const TableMeta meta = meta_of("offences");
    const std::string text = map_description(made({"A", "B", "C", "D", "E"}, {50, 10, 20, 30, nan}, 25),
                                             words_as(ValueKind::rate), meta);
    CHECK(text.find("A is highest at 50; the other 3 range from 10 (B) to 30 (D).") != std::string::npos);
    CHECK(text.find("the median is 25") != std::string::npos);
    CHECK(text.find("1 ward has no data") != std::string::npos);
    CHECK(text.find("Coventry\u2019s rate is 25") != std::string::npos);
}

TEST_CASE("map words: alternative text stays near 150 characters") {
    TableMeta meta = meta_of("offences");
    ValueWords words = words_as(ValueKind::rate);
    words.words = "a measure whose name goes on and on and on and on and on and on";
    words.period = "April 2021 to March 2022";
    const std::string alt =
        map_alt(made({"A place with a long name indeed", "B"}, {2, 1}), words, meta, "Map");
    CHECK(alt.size() <= 156);
    CHECK(alt.back() == '.');
}
