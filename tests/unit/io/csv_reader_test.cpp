#include "wardmap/io/csv_reader.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

using Cells = std::vector<std::vector<std::string>>;

Cells split(std::string_view text, char delimiter = ',') {
    CsvSplitter splitter(text, delimiter);
    std::vector<std::string_view> fields;
    Cells cells;
    while (splitter.next(fields)) cells.emplace_back(fields.begin(), fields.end());
    return cells;
}

/// The same through pieces of `size` bytes, the cut record carried over.
Cells split_in_pieces(const std::string& text, std::size_t size) {
    Cells cells;
    std::vector<std::string_view> fields;
    std::string piece;
    for (std::size_t at = 0; at < text.size(); at += size) {
        piece += text.substr(at, size);
        CsvSplitter splitter(piece, ',',
                             at + size < text.size() ? PieceEnd::more_follows : PieceEnd::end_of_file);
        while (splitter.next(fields)) cells.emplace_back(fields.begin(), fields.end());
        piece.erase(0, splitter.used());
    }
    CHECK(piece.empty());
    return cells;
}

}  // namespace

TEST_CASE("csv: RFC 4180") {
    CHECK(split("a,b\r\n1,2\r\n") == Cells{{"a", "b"}, {"1", "2"}});
    CHECK(split("a,b\n1,2") == Cells{{"a", "b"}, {"1", "2"}});
    CHECK(split("\"a,1\",\"b \"\"x\"\"\",\"\"\n\"two\nlines\",,\n") ==
          Cells{{"a,1", "b \"x\"", ""}, {"two\nlines", "", ""}});
    CHECK(split("").empty());
    CHECK(split("\n") == Cells{{""}});
    CHECK(split("a,") == Cells{{"a", ""}});
    CHECK(split("\"\"") == Cells{{""}});
    CHECK(split("\"\"\"\"\n") == Cells{{"\""}});
}

TEST_CASE("csv: line ends of three kinds may be mixed") {
    CHECK(split("a\rb\r\nc\nd") == Cells{{"a"}, {"b"}, {"c"}, {"d"}});
    CHECK(split("a\r\r\nb") == Cells{{"a"}, {""}, {"b"}});
}

TEST_CASE("csv: blanks before a quote are dropped, text behind one is kept") {
    CHECK(split("a, \"b, c\" ,d") == Cells{{"a", "b, c", "d"}});
    CHECK(split("\"12\" Street,x") == Cells{{"12 Street", "x"}});
    CHECK(split("5\" pipe,x") == Cells{{"5\" pipe", "x"}});
    CsvSplitter splitter("\"12\" Street", ',');
    std::vector<std::string_view> fields;
    CHECK(splitter.next(fields));
    CHECK(splitter.stray_quotes() == 1);
}

TEST_CASE("csv: a quote that is never closed is text and loses no row") {
    CHECK(split("a,b\n\"x,1\ny,2\n") == Cells{{"a", "b"}, {"\"x", "1"}, {"y", "2"}});
    const CsvGrid grid = read_csv("a,b\n\"x,1\ny,2\n", "t.csv");
    CHECK(grid.problems.count("unclosed_quote") == 1);
    CHECK(grid.problems.all()[0].where.row == 2);
    std::string many;
    for (int i = 0; i < 20000; ++i) many += "\"\"\",";
    CHECK(split(many + "\"").size() == 1);
}

TEST_CASE("csv: pieces of any size give what the whole gives") {
    const std::string text = "area,\"count, all\"\r\n\"two\r\nlines\",\"a\"\"b\"\rx,\n\n\"\",\"end\"";
    const Cells whole = split(text);
    for (std::size_t size = 1; size <= text.size() + 1; ++size) {
        CAPTURE(size);
        CHECK(split_in_pieces(text, size) == whole);
    }
}

TEST_CASE("csv: the separator is guessed from how evenly it splits") {
    CHECK(guess_delimiter("ward,count\nBablake,31\n") == ',');
    CHECK(guess_delimiter("ward;count\nBablake;1,234\nFoleshill;2,345\n") == ';');
    CHECK(guess_delimiter("ward\tcount\nBinley, and Willenhall\t31\n") == '\t');
    CHECK(guess_delimiter("ward|count\nBablake|31\n") == '|');
    CHECK(guess_delimiter("ward\nBablake\n") == ',');
    CHECK(guess_delimiter("Table 1; draft\n\nward,a,b\nBablake,1,2\nFoleshill,3,4\n") == ',');
    CHECK(guess_delimiter("ward;a;b\nBablake;1,5;2,5\nFoleshill;3,5;4,5\n") == ';');
    CHECK(guess_delimiter("") == ',');
}

TEST_CASE("csv: what is guessed is said, and Excel's first line sep= is believed") {
    const CsvGrid grid = read_csv("sep=;\r\nward;count\r\nBablake;31\r\n", "t.csv");
    CHECK(grid.delimiter == ';');
    REQUIRE(grid.cells.size() == 3);
    CHECK(grid.cells[0].empty());
    CHECK(grid.cells[1] == std::vector<std::string>{"ward", "count"});
    CHECK(grid.guesses == std::vector<std::string>{"separator of t.csv: semicolon"});
    CHECK(read_csv("\xA3;count\nx;1\n", "t.csv").guesses ==
          std::vector<std::string>{"encoding of t.csv: Windows-1252", "separator of t.csv: semicolon"});
    CHECK(read_csv("a,b\n1,2\n", "t.csv").guesses.empty());
}

TEST_CASE("csv: what is no table is refused by what it is") {
    CHECK_THROWS_WITH_AS(read_csv("", "t.csv"), "t.csv: the file is empty; export it again", InputError);
    CHECK_THROWS_AS(read_csv(" \r\n\r\n", "t.csv"), InputError);
    for (const char* bytes : {"PK\x03\x04 and more", "%PDF-1.7", "\x1F\x8B\x08 gz", "\xD0\xCF\x11\xE0 xls",
                              "<!DOCTYPE html><table>", "\n<html>", "PAR1", "{\"type\": 1}",
                              "\xEF\xBB\xBF[\n {\"a\": 1}]", "SQLite format 3"}) {
        CAPTURE(bytes);
        CHECK_THROWS_AS(read_csv(bytes, "t.csv"), InputError);
    }
}

TEST_CASE("csv: a table that begins with a bracket is a table") {
    CHECK(read_csv("[note 1],count\nBablake,1\n", "t.csv").cells.size() == 2);
    CHECK(read_csv("{x},count\nBablake,1\n", "t.csv").cells.size() == 2);
}

TEST_CASE("csv: faults of the text are counted") {
    using namespace std::string_literals;
    CHECK(read_csv("ward,count\nBab\0lake,31\n"s, "t.csv").problems.count("nul_bytes") == 1);
    CHECK(read_csv("caf\u00e9,\x92\n", "t.csv").problems.count("bad_encoding") == 1);
    CHECK(read_csv("a,b\n\"x\" y,1\n", "t.csv").problems.count("stray_quote") == 1);
    CHECK(
        read_csv("a,b\n\"" + std::string(30, '\n') + "\",1\n", "t.csv").problems.count("long_quoted_cell") ==
        1);
}

TEST_CASE("csv: whatever the bytes, the reader comes to its end and pieces give what the whole gives") {
    std::mt19937 random(20220630);
    const std::string letters = std::string("\0", 1) + "\"\"\",,;\t|\r\n\n ab1\xA3\xE2\x80\x99\xFF\xFE=";
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (std::size_t n = random() % 60; n > 0; --n) text += letters[random() % letters.size()];
        try {
            read_csv(text, "t.csv");
        } catch (const InputError&) {
            CHECK(true);  // nothing but white space
        }
        if (text.empty()) continue;
        CsvSplitter splitter(text, ',');
        std::vector<std::string_view> fields;
        while (splitter.next(fields)) {
        }
        CHECK(splitter.used() == text.size());
        const Cells whole = split(text);
        CHECK(split_in_pieces(text, 1 + random() % 7) == whole);
    }
}
