#include "wardmap/io/csv_scan.hpp"

#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/record_pieces.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <random>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

using Cells = std::vector<std::vector<std::string>>;

Cells split(std::string_view text) {
    CsvSplitter splitter(text, ',');
    std::vector<std::string_view> fields;
    Cells cells;
    while (splitter.next(fields)) cells.emplace_back(fields.begin(), fields.end());
    return cells;
}

/// By marks, and by CsvSplitter where they stop.
Cells scan(std::string_view text, std::size_t most) {
    Cells cells;
    CsvMarks marks;
    std::deque<std::string> copies;
    while (!text.empty()) {
        mark_records(text, ',', most, marks);
        for (std::size_t i = 0; i < marks.count; ++i) {
            auto& fields = cells.emplace_back();
            for (std::size_t stop = marks.records[i]; stop < marks.records[i + 1]; ++stop) {
                const std::size_t from = std::uint32_t{marks.stops[stop] + 1};
                std::string_view cell = text.substr(from, marks.stops[stop + 1] - from);
                if (stop + 1 == marks.records[i + 1] && !cell.empty() && cell.back() == '\r')
                    cell.remove_suffix(1);
                fields.emplace_back(marks.quotes ? cell_text(cell, copies) : cell);
            }
        }
        text.remove_prefix(marks.used);
        if (marks.stopped_by_quote || marks.count == 0) {
            CsvSplitter splitter(text, ',');
            std::vector<std::string_view> fields;
            if (!splitter.next(fields)) break;
            cells.emplace_back(fields.begin(), fields.end());
            text.remove_prefix(splitter.used());
        }
    }
    return cells;
}

std::string random_text(std::mt19937& random, std::string_view letters, std::size_t size) {
    std::string text(size, ' ');
    for (char& c : text) c = letters[random() % letters.size()];
    return text;
}

std::string visible(std::string text) {
    for (char& c : text) {
        if (c == '\n') c = 'N';
        if (c == '\r') c = 'R';
    }
    return text;
}

}  // namespace

TEST_CASE("csv scan: fields and records of plain text") {
    CHECK(scan("a,b\r\n1,2\r\n", 64) == Cells{{"a", "b"}, {"1", "2"}});
    CHECK(scan("a,b\n1,2", 64) == Cells{{"a", "b"}, {"1", "2"}});
    CHECK(scan("a\rb\r\nc\nd", 64) == Cells{{"a"}, {"b"}, {"c"}, {"d"}});
    CHECK(scan("a\r\r\nb", 64) == Cells{{"a"}, {""}, {"b"}});
    CHECK(scan("a,", 64) == Cells{{"a", ""}});
    CHECK(scan("\n", 64) == Cells{{""}});
    CHECK(scan("", 64).empty());
}

TEST_CASE("csv scan: cells quoted by the book are marked") {
    CsvMarks marks;
    std::deque<std::string> copies;
    mark_records("1,2\n3,\"a\nb,c\"\r\n\"\",\"x \"\"y\"\"\"", ',', 64, marks);
    CHECK(marks.count == 3);
    CHECK(marks.quotes);
    CHECK_FALSE(marks.stopped_by_quote);
    CHECK(cell_text("\"x \"\"y\"\"\"", copies) == "x \"y\"");
    CHECK(cell_text("\"\"", copies).empty());
    CHECK(cell_text("plain", copies) == "plain");
}

TEST_CASE("csv scan: a record quoted otherwise is left to the splitter") {
    CsvMarks marks;
    for (const std::string record : {"5,\"6\" \n", "5, \"6\"\n", "5,6\" pipe\n", "5,\"6\n", "5,\"6\"7\n"}) {
        CAPTURE(record);
        mark_records("1,2\n3,4\n" + record, ',', 64, marks);
        CHECK(marks.count == 2);
        CHECK(marks.used == 8);
        CHECK(marks.stopped_by_quote);
    }
    mark_records("1,2\n3,\"4" + std::string(30, '\n') + "\"\n", ',', 64, marks);
    CHECK(marks.count == 1);
    CHECK(marks.stopped_by_quote);
}

TEST_CASE("csv scan: the same records as the splitter, whatever the text and the window") {
    std::mt19937 random(20140105);
    for (int i = 0; i < 6000; ++i) {
        const std::string_view letters = i % 3 == 0   ? "a,\"\n\r1 "
                                         : i % 3 == 1 ? "aaaaaaaa,,\n\r1"
                                                      : "aaaa11,,,,\"\"\n\r ";
        const std::string text = random_text(random, letters, random() % (i % 5 == 0 ? 400 : 40));
        CAPTURE(visible(text));
        const Cells wanted = split(text);
        for (const std::size_t most : {1U, 7U, 64U, 65U, 1000U}) CHECK(scan(text, most) == wanted);
    }
}

TEST_CASE("csv scan: the same records as the splitter where cells are quoted by the book") {
    std::mt19937 random(20140408);
    for (int i = 0; i < 3000; ++i) {
        const std::vector<std::string> cells{
            "\"a\"",    "\"\"",       "\"a,\n\"", "b",   "",
            "\"\"\"\"", "\"x\"\"y\"", "\"\r\n\"", "c\"", "\"longer than most cells\""};
        std::string text;
        for (std::size_t n = random() % 40; n > 0; --n) {
            text += cells[random() % (i % 4 == 0 ? cells.size() : cells.size() - 2)];
            text += random() % 3 == 0 ? (random() % 2 == 0 ? "\n" : "\r\n") : ",";
        }
        CAPTURE(visible(text));
        const Cells wanted = split(text);
        for (const std::size_t most : {1U, 63U, 64U, 100U, 1000U}) CHECK(scan(text, most) == wanted);
    }
}

TEST_CASE("record pieces: cut anywhere, they hold the records of the whole") {
    std::mt19937 random(20140206);
    for (int i = 0; i < 1500; ++i) {
        const std::string text =
            random_text(random, i % 2 == 0 ? "a,\"\n\r1 " : "aaaa11,,,\"\"\n\n\r ", random() % 60);
        CAPTURE(visible(text));
        const Cells wanted = split(text);
        for (std::size_t least = 1; least <= text.size(); ++least) {
            Cells cells;
            std::string_view left = text;
            while (!left.empty()) {
                const auto cut = record_cut(left, std::min(least, left.size()), ',', TextEnd::known);
                REQUIRE(cut.has_value());
                REQUIRE(*cut >= std::min(least, left.size()));
                for (auto& record : split(left.substr(0, *cut))) cells.push_back(std::move(record));
                left.remove_prefix(*cut);
            }
            CHECK(cells == wanted);
        }
    }
}

TEST_CASE(
    "record pieces: of a text that is not yet all there, a cut is only given where more text cannot move "
    "it") {
    std::mt19937 random(20140307);
    for (int i = 0; i < 1500; ++i) {
        const std::string text = random_text(random, "aa,\"\n\r1", 1 + random() % 40);
        CAPTURE(visible(text));
        for (std::size_t there = 1; there <= text.size(); ++there) {
            for (std::size_t least = 1; least <= there; ++least) {
                const auto cut =
                    record_cut(std::string_view(text).substr(0, there), least, ',', TextEnd::unknown);
                if (!cut) continue;
                CHECK(*cut == *record_cut(text, least, ',', TextEnd::known));
            }
        }
    }
}
