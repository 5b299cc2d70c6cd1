#include "wardmap/area/name_folding.hpp"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

/// One code point of UTF-8 at `at`, which is moved on. A byte that is not UTF-8 is taken for itself.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t first = byte(at++);
    if (first < 0x80) return first;
    const int more = first >= 0xF0 && first < 0xF8   ? 3
                     : first >= 0xE0 && first < 0xF0 ? 2
                     : first >= 0xC0 && first < 0xE0 ? 1
                                                     : 0;
    constexpr std::array<std::uint32_t, 4> mask{0xFF, 0x1F, 0x0F, 0x07};
    std::uint32_t code = first & mask[static_cast<std::size_t>(more)];
    for (int i = 0; i < more; ++i) {
        const std::size_t next = at + static_cast<std::size_t>(i);
        if (next >= text.size() || (byte(next) & 0xC0) != 0x80) return first;
        code = (code << 6) | (byte(next) & 0x3F);
    }
    at += static_cast<std::size_t>(more);
    return code;
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

/// Latin letters U+00C0 to U+017F without their accents; "" keeps the place of signs (× ÷).
constexpr std::array<std::string_view, 192> plain_latin{
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // C0
    "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",  // D0
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // E0
    "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y",   // F0
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",   // 100
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",   // 110
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",   // 120
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",   // 130
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",   // 140
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",   // 150
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",   // 160
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s"};  // 170

bool is_apostrophe(std::uint32_t code) {
    switch (code) {
        case 0x27:
        case 0x60:
        case 0x91:
        case 0x92:
        case 0xB4:
        case 0x2BC:
        case 0x2018:
        case 0x2019:
        case 0x201B:
        case 0x2032:
            return true;
        default:
            return false;
    }
}

/// Letters beyond Latin come through as they are; everything else that is no letter or digit parts words.
bool is_letter_elsewhere(std::uint32_t code) {
    return code >= 0x180 && !(code >= 0x2000 && code <= 0x2BFF) && !(code >= 0x3000 && code <= 0x303F) &&
           code != 0xFEFF && code != 0xFFFD;
}

void fold_code_point(std::string& out, std::uint32_t code) {
    if ((code >= '0' && code <= '9') || (code >= 'a' && code <= 'z')) {
        out += static_cast<char>(code);
    } else if (code >= 'A' && code <= 'Z') {
        out += static_cast<char>(code - 'A' + 'a');
    } else if (code == '&') {
        out += " and ";
    } else if (is_apostrophe(code) || (code >= 0x300 && code <= 0x36F)) {
        // Left out: an apostrophe, or an accent that follows its letter.
    } else if (code >= 0xC0 && code < 0x180 && !plain_latin[code - 0xC0].empty()) {
        out += plain_latin[code - 0xC0];
    } else if (code >= 0x1E80 && code <= 0x1E85) {  // Ẁ Ẃ Ẅ
        out += 'w';
    } else if (code == 0x1EF2 || code == 0x1EF3) {  // Ỳ
        out += 'y';
    } else if (is_letter_elsewhere(code)) {
        append_utf8(out, code);
    } else {
        out += ' ';
    }
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        if (c != ' ') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

}  // namespace

std::string fold_name(std::string_view name) {
    std::string plain;
    plain.reserve(name.size());
    for (std::size_t at = 0; at < name.size();) fold_code_point(plain, next_code_point(name, at));
    std::vector<std::string> words = words_of(plain);
    if (words.size() > 1 && (words.back() == "ward" || words.back() == "ed")) words.pop_back();
    std::string out;
    for (const std::string& word : words) {
        if (!out.empty()) out += ' ';
        out += word == "saint" ? "st" : word;
    }
    return out;
}

}  // namespace wardmap
