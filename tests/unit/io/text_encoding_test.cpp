#include "wardmap/io/text_encoding.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace wardmap;
using namespace std::string_literals;

namespace {

/// ASCII as UTF-16.
std::string wide(std::string_view text, bool big) {
    std::string out;
    for (const char c : text) {
        if (big) out += '\0';
        out += c;
        if (!big) out += '\0';
    }
    return out;
}

}  // namespace

TEST_CASE("decoding: UTF-8 passes with and without a mark") {
    CHECK(decode_text("St Michael\u2019s").text == "St Michael\u2019s");
    CHECK(decode_text("\xEF\xBB\xBFward").text == "ward");
    CHECK(decode_text("\xEF\xBB\xBFward").encoding == TextEncoding::utf8);
    CHECK(decode_text("").text.empty());
}

TEST_CASE("decoding: UTF-16 with and without a mark, both ways round") {
    CHECK(decode_text("\xFF\xFE"s + wide("ward,count", false)).text == "ward,count");
    CHECK(decode_text("\xFE\xFF"s + wide("ward,count", true)).text == "ward,count");
    const DecodedText bare = decode_text(wide("ward,count\r\n", false));
    CHECK(bare.text == "ward,count\r\n");
    CHECK(bare.encoding == TextEncoding::utf16_le);
    CHECK(decode_text(wide("ward,count\r\n", true)).encoding == TextEncoding::utf16_be);
    // U+2019, and U+1F4A7 as a pair of surrogates, then half a pair, then half a character.
    const DecodedText odd = decode_text("\xFF\xFE\x19\x20\x3D\xD8\xA7\xDC\x3D\xD8\x41\x00\x42"s);
    CHECK(odd.text ==
          "\u2019\U0001F4A7\uFFFD"
          "A\uFFFD");
    CHECK(odd.replaced == 2);
}

TEST_CASE("decoding: Windows-1252 as Excel saves it") {
    const DecodedText text = decode_text(
        "\xA3"
        "1,234; St Michael\x92s \x96 caf\xE9");
    CHECK(text.encoding == TextEncoding::windows_1252);
    CHECK(text.text == "\u00a31,234; St Michael\u2019s \u2013 caf\u00e9");
    CHECK(text.replaced == 0);
    const DecodedText hole = decode_text("\x81");
    CHECK(hole.text == "\uFFFD");
    CHECK(hole.replaced == 1);
}

TEST_CASE("decoding: stray bytes in UTF-8 are read as Windows-1252 and counted, the rest stays") {
    const DecodedText text = decode_text("caf\u00e9 St Michael\x92s");
    CHECK(text.encoding == TextEncoding::utf8);
    CHECK(text.text == "caf\u00e9 St Michael\u2019s");
    CHECK(text.repaired == 1);
    // Overlong slash, a surrogate and a character beyond Unicode are not UTF-8.
    CHECK(decode_text("\u00e9\xC0\xAF").repaired == 2);
    CHECK(decode_text("\u00e9\xED\xA0\x80").repaired == 3);
    CHECK(decode_text("\u00e9\xF4\x90\x80\x80").repaired == 4);
}

TEST_CASE("decoding: NUL bytes are dropped and counted") {
    const DecodedText text = decode_text("ward,co\0unt\nBablake,31\n"s);
    CHECK(text.text == "ward,count\nBablake,31\n");
    CHECK(text.nul_bytes == 1);
    CHECK(text.encoding == TextEncoding::utf8);
}
