#include "wardmap/render/fonts.hpp"

#include "unit/render/demo_scene.hpp"

#include <doctest/doctest.h>

#include <array>
#include <clocale>
#include <cmath>
#include <string>
#include <thread>
#include <vector>

using namespace wardmap;

namespace {

struct Known {
    const char* text;
    int regular;
    int bold;
    int italic;
};

// Advances and kerning pairs added up with fontTools 4 from the `hmtx` and `kern` tables of the three files,
// in units of 1/2048 em: an account independent of HarfBuzz.
constexpr std::array<Known, 8> known{{{"St Michael's", 10976, 11755, 10976},
                                      {"AVAVA To. Ty", 12067, 12780, 12334},
                                      {"1,116 per 100,000", 16474, 16740, 16474},
                                      {"\u221275% to +1,500%", 16283, 16508, 16283},
                                      {"Whoberley", 9789, 10469, 9789},
                                      {"Llan\u0175r \u0177 \u00f4", 9334, 10128, 9334},
                                      {"Binley and Willenhall", 18897, 20465, 18879},
                                      {"fi fl office", 8044, 9102, 8081}}};

double mm(int units, double size_pt) {
    return units * size_pt * mm_per_pt / 2048;
}

}  // namespace

TEST_CASE("fonts: a width is the sum of the font's own advances and kerning pairs, at every size") {
    const TextMeasure& measure = liberation_sans();
    for (const double size_pt : {7.0, 9.0, 10.5, 36.0}) {
        for (const Known& k : known) {
            CAPTURE(k.text);
            CHECK(measure.width_mm(k.text, {size_pt}) ==
                  doctest::Approx(mm(k.regular, size_pt)).epsilon(1e-12));
            CHECK(measure.width_mm(k.text, {size_pt, FontWeight::bold}) ==
                  doctest::Approx(mm(k.bold, size_pt)).epsilon(1e-12));
            CHECK(measure.width_mm(k.text, {size_pt, FontWeight::regular, FontSlant::italic}) ==
                  doctest::Approx(mm(k.italic, size_pt)).epsilon(1e-12));
        }
    }
    CHECK(measure.width_mm("", {}) == 0);
}

TEST_CASE("fonts: a width does not depend on the locale, the thread or what was measured before") {
    const double before = liberation_sans().width_mm("Llan\u0175r 1,116", {});
    std::setlocale(LC_ALL, "tr_TR.UTF-8");
    CHECK(liberation_sans().width_mm("Llan\u0175r 1,116", {}) == before);
    std::setlocale(LC_ALL, "C");
    std::vector<double> found(4);
    std::vector<std::thread> threads;
    for (double& width : found) {
        threads.emplace_back([&width] { width = liberation_sans().width_mm("Llan\u0175r 1,116", {}); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const double width : found) CHECK(width == before);
    for (int i = 0; i < 50000; ++i) liberation_sans().width_mm(std::to_string(i), {});
    CHECK(liberation_sans().width_mm("Llan\u0175r 1,116", {}) == before);
}

TEST_CASE("fonts: words are measured together as one text, kerned across blanks") {
    const std::vector<std::string> words{
        "A",        "AVA",           "To",      "Ty.",     "1",      "1,116", "Yes", "Ward", "x",
        "\u201cAt", "\u00c9t\u00e9", "w\u0302", "l\u00e9", "\u2013", "P.",    "T"};
    const auto width = [](const std::string& text) { return liberation_sans().width_mm(text, {9}); };
    std::size_t state = 7;
    std::size_t kerned = 0;
    for (int i = 0; i < 400; ++i) {
        std::string text;
        double apart = -width(" ");
        for (int n = i % 7; n >= 0; --n) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            const std::string& next = words[(state >> 33U) % words.size()];
            text += (text.empty() ? "" : n == 3 ? "  " : " ") + next;
            apart += width(n == 3 && i % 7 != 3 ? "  " : " ") + width(next);
            // A character that is never drawn keeps the text from being measured in parts.
            std::string whole = text;
            const std::size_t blank = whole.rfind(' ');
            whole.insert(blank == std::string::npos ? 0 : blank + 1, "\x01");
            CAPTURE(text);
            CHECK(width(text) == doctest::Approx(width(whole)).epsilon(1e-12));
            kerned += std::abs(width(whole) - apart) > 1e-6;
        }
    }
    CHECK(kerned > 200);  // or nothing would be shown
}

TEST_CASE("fonts: an accent typed as two characters is as wide as the one") {
    CHECK(liberation_sans().width_mm("w\u0302", {}) == liberation_sans().width_mm("\u0175", {}));
}

TEST_CASE("fonts: control characters have no width and broken UTF-8 is no crash") {
    const TextMeasure& measure = liberation_sans();
    CHECK(measure.width_mm("Fole\x01shill", {}) == measure.width_mm("Foleshill", {}));
    CHECK(measure.width_mm("\u202eFoleshill", {}) == measure.width_mm("Foleshill", {}));
    CHECK(measure.width_mm("a\tb", {}) == measure.width_mm("a b", {}));
    CHECK(measure.width_mm("\xff\xfe\xc3", {}) == measure.width_mm("\ufffd\ufffd\ufffd", {}));
}

TEST_CASE("fonts: characters that cannot be drawn are named once") {
    CHECK(missing_glyphs("Llan\u0175r \u2019 \u2212 \u2265 \u20ac a\u200bb\u00ad").empty());
    CHECK(missing_glyphs("Ward \u6771\u4eac \u6771") == std::vector<char32_t>{0x6771, 0x4eac});
}

TEST_CASE("fonts: a picture with a character that cannot be drawn is a warning with its code point") {
    Problems none;
    check_glyphs(demo_scene(), none);
    CHECK(none.empty());
    Scene scene = demo_scene();
    Group deep;
    deep.children.push_back(node(text(1, 1, "Ward \u6771")));
    deep.children.push_back(node(text(1, 1, "\u6771 again")));
    scene.nodes.push_back(node(deep));
    Problems problems;
    check_glyphs(scene, problems);
    REQUIRE(problems.all().size() == 1);
    CHECK(problems.all()[0].message == "the font has no character U+6771: it shows as an empty box");
    CHECK(problems.count("missing_glyph") == 2);
    CHECK(problems.all()[0].examples.at(0) == "Ward \u6771");
}
