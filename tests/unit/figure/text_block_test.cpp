#include "wardmap/figure/text_block.hpp"

#include "even_measure.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {
const EvenMeasure measure;
const TextStyle ten{10, FontWeight::regular, FontSlant::upright};  // 1.76 mm a letter
}  // namespace

TEST_CASE("text block: no line is wider than asked and no word is lost") {
    const std::string text =
        "Change in offences, year to June 2021 to year to June 2022, by ward of residence";
    for (const double width : {20.0, 33.0, 60.0, 200.0}) {
        for (const Wrap wrap : {Wrap::full, Wrap::balanced}) {
            std::string joined;
            for (const auto& line : wrap_text(text, ten, width, measure, wrap)) {
                CHECK(measure.width_mm(line, ten) <= width);
                joined += (joined.empty() ? "" : " ") + line;
            }
            CHECK(joined == text);
        }
    }
}

TEST_CASE("text block: the last word does not stand alone") {
    const auto lines = wrap_text("database right and Crown copyright 2016.", ten, 60, measure);
    REQUIRE(lines.size() == 2);
    CHECK(lines[1].find(' ') != std::string::npos);
}

TEST_CASE("text block: a word wider than the line is broken between letters, never inside one") {
    const auto lines = wrap_text("Llanfairpwllgwyngyllgogerychwyrndrobwllll\u0175\u0177", ten, 20, measure);
    CHECK(lines.size() > 2);
    for (const auto& line : lines) {
        CHECK(measure.width_mm(line, ten) <= 20);
        CHECK((static_cast<unsigned char>(line[0]) & 0xc0) != 0x80);
    }
}

TEST_CASE("text block: empty text is one empty line, and a line feed always breaks") {
    CHECK(wrap_text("", ten, 50, measure) == std::vector<std::string>{""});
    CHECK(wrap_text("a\nb", ten, 50, measure) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("text block: apostrophes and possessives as printed") {
    CHECK(typographic("St Michael's") == "St Michael\u2019s");
    CHECK(typographic("'quoted'") == "'quoted\u2019");
    CHECK(in_words({"a", "b", "c"}) == "a, b and c");
    CHECK(number_word(3) == "three");
    CHECK(number_word(11) == "11");
}
