#include "wardmap/io/csv_text.hpp"

#include "wardmap/io/csv_reader.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace wardmap;

namespace {

std::string written(std::string_view text, CsvCell cell = CsvCell::among_others, char delimiter = ',') {
    std::string out;
    append_csv_cell(out, text, cell, delimiter);
    return out;
}

}  // namespace

TEST_CASE("CSV cells: plain text stands as it is") {
    for (const char* text :
         {"", "Ash", "St Michael's", "a b", "=1+1", "#", "-", "caf\xC3\xA9", "a;b", "a\tb"})
        CHECK(written(text) == text);
}

TEST_CASE("CSV cells: what would end a cell or a row is quoted, and quotation marks are doubled") {
    CHECK(written("Binley, Willenhall") == "\"Binley, Willenhall\"");
    CHECK(written("the \"Spon\"") == "\"the \"\"Spon\"\"\"");
    CHECK(written("two\nlines") == "\"two\nlines\"");
    CHECK(written("two\rlines") == "\"two\rlines\"");
    CHECK(written("\"") == "\"\"\"\"");
    CHECK(written(" before") == "\" before\"");
    CHECK(written("behind ") == "\"behind \"");
}

TEST_CASE("CSV cells: only the delimiter in use is one") {
    CHECK(written("a;b", CsvCell::among_others, ';') == "\"a;b\"");
    CHECK(written("a,b", CsvCell::among_others, ';') == "a,b");
    CHECK(written("a\tb", CsvCell::among_others, '\t') == "\"a\tb\"");
    CHECK(written("a|b", CsvCell::among_others, '|') == "\"a|b\"");
}

TEST_CASE("CSV cells: an empty cell alone in its row is no empty line") {
    CHECK(written("", CsvCell::alone) == "\"\"");
    CHECK(written("a", CsvCell::alone) == "a");
}

TEST_CASE("CSV cells: any text comes back from a row of three") {
    std::mt19937 random(5);
    const std::string_view letters = ",;\"\r\n \t'ab\xC3\xA9";
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::string> texts(3);
        for (std::string& text : texts) {
            const std::size_t length = random() % 6;
            for (std::size_t i = 0; i < length; ++i) {
                const std::size_t letter = random() % (letters.size() - 1);
                text +=
                    letter == letters.size() - 2 ? std::string_view("\xC3\xA9") : letters.substr(letter, 1);
            }
        }
        for (const char delimiter : {',', ';', '\t'}) {
            std::string row;
            for (const std::string& text : texts) {
                if (&text != texts.data()) row += delimiter;
                append_csv_cell(row, text, CsvCell::among_others, delimiter);
            }
            row += '\n';
            CsvSplitter splitter(row, delimiter);
            std::vector<std::string_view> fields;
            REQUIRE(splitter.next(fields));
            CHECK(std::vector<std::string>(fields.begin(), fields.end()) == texts);
            CHECK(splitter.used() == row.size());
            CHECK(splitter.unclosed_quotes() + splitter.stray_quotes() == 0);
        }
    }
}
