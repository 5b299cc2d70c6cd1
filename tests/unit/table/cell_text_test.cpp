#include "wardmap/table/cell_text.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

using namespace wardmap;

namespace {

void check_number(std::string_view text, double number) {
    CAPTURE(text);
    const auto cell = parse_cell(text);
    REQUIRE(cell.has_value());
    CHECK(cell->state == CellState::value);
    CHECK(cell->number == number);
}

void check_state(std::string_view text, CellState state) {
    CAPTURE(text);
    const auto cell = parse_cell(text);
    REQUIRE(cell.has_value());
    CHECK(cell->state == state);
    CHECK(std::isnan(cell->number));
}

}  // namespace

TEST_CASE("cell text: numbers as published tables write them") {
    check_number("1234", 1234);
    check_number("1,234", 1234);
    check_number("12,345,678.9", 12345678.9);
    check_number("379 387", 379387);
    check_number("379\u00a0387", 379387);
    check_number("379\u2009387", 379387);
    check_number("1\u202f234\u202f567", 1234567);
    check_number("  42\t", 42);
    check_number("\u00a042\u00a0", 42);
    check_number("+64", 64);
    check_number("-8", -8);
    check_number("\u22128", -8);
    check_number("\u20138", -8);
    check_number("\u22121,116", -1116);
    check_number(".5", 0.5);
    check_number("1.2E+03", 1200);
    check_number("-0", 0);
    check_number("0", 0);
}

TEST_CASE("cell text: a percent sign is said and the number is percent") {
    check_number("12%", 12);
    check_number("-22 %", -22);
    check_number("+64%", 64);
    CHECK(parse_cell("12%")->percent);
    CHECK_FALSE(parse_cell("12")->percent);
}

TEST_CASE("cell text: why there is no number") {
    for (const char* text : {"", "  ", "\u00a0", ".", "..", "...", "\u2026", ":", "n/a", "N/A", "NA", "#N/A",
                             "nan", "NULL", "[x]", "x"}) {
        check_state(text, CellState::missing);
    }
    for (const char* text : {"-", "--", "\u2013", "\u2014", "\u2212", "#DIV/0!"})
        check_state(text, CellState::undefined);
    for (const char* text :
         {"[c]", "[C]", "(c)", "c", "*", "**", "<5", "< 10", "fewer than 5", "Suppressed", " [c] "}) {
        check_state(text, CellState::suppressed);
    }
    check_state("[z]", CellState::not_applicable);
    check_state("z", CellState::not_applicable);
}

TEST_CASE("cell text: a note behind a number does not spoil it, and is said") {
    check_number("1,234 [p]", 1234);
    check_number("12[u]", 12);
    check_number("12 [note 3]", 12);
    CHECK(parse_cell("12 [note 3]")->marked);
    CHECK_FALSE(parse_cell("12")->marked);
    check_number("[low]", 0);
    CHECK(parse_cell("[low]")->marked);
}

TEST_CASE("cell text: what may mean two things is no number") {
    for (const char* text :
         {"1,23", "1,2345",      ",123",       "1,234,56",  "12,34,567", "1 23",   "1234,567", "1,234 567",
          "(8)",  "\u00a31,234", "12/05/2021", "E05001218", "Bablake",   "10.4.7", "1-4",      "0x10",
          "inf",  "Infinity",    "12*",        "#REF!",     "--8",       "+-8",    "8-",       "%",
          "+",    "e5",          "1e999",      "[note 1]",  "5'11"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(parse_cell(text).has_value());
    }
}

TEST_CASE("cell text: white space of every kind is trimmed") {
    CHECK(trimmed("\ufeff\u00a0 Bablake\u200b\u2009 \r\n") == "Bablake");
    CHECK(trimmed("\u00a0").empty());
    CHECK(trimmed("").empty());
    CHECK(trimmed("St\u00a0Michael's") == "St\u00a0Michael's");
}

TEST_CASE("cell text: headings come on one line") {
    CHECK(on_one_line(" YT\u00a0June\r\n2022\u200b ") == "YT June 2022");
    CHECK(on_one_line("\ufeff").empty());
    CHECK(on_one_line("zero\u200bwidth") == "zerowidth");
}

TEST_CASE("cell text: cells go out as machines read them") {
    const double infinite = std::numeric_limits<double>::infinity();
    const Column c = Column::numbers("rate", {0.1, 2, 3, 4, infinite, 1e6},
                                     {CellState::value, CellState::suppressed, CellState::missing,
                                      CellState::undefined, CellState::value, CellState::value});
    CHECK(text_of_cell(c, 0) == "0.1");
    CHECK(text_of_cell(c, 1) == "[c]");
    CHECK(text_of_cell(c, 2).empty());
    CHECK(text_of_cell(c, 3).empty());
    CHECK(text_of_cell(c, 4).empty());
    CHECK(text_of_cell(c, 5) == "1000000");
    CHECK(parse_cell(text_of_cell(c, 1))->state == CellState::suppressed);
}
