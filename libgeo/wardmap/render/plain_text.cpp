#include "wardmap/render/plain_text.hpp"

#include <algorithm>

namespace wardmap {
namespace {

constexpr char32_t replacement = 0xfffd;

char byte(char32_t value) {
    return static_cast<char>(static_cast<unsigned char>(value));
}

bool is_left_out(char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    const bool direction =
        c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    const bool no_character = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef) || c == 0xfeff;
    return control || direction || no_character;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = octet(at++);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xf0 && lead <= 0xf4 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
    if (more == 0 || lead > 0xf4) return replacement;
    char32_t value = lead & (0x3fU >> more);
    std::size_t end = at;
    for (int i = 0; i < more; ++i, ++end) {
        if (end >= text.size() || (octet(end) & 0xc0) != 0x80) return replacement;
        value = value << 6 | (octet(end) & 0x3fU);
    }
    const char32_t least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
    if (value < least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return replacement;
    at = end;
    return value;
}

void append_utf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += byte(c);
    } else if (c < 0x800) {
        out += byte(0xc0 | c >> 6);
        out += byte(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        out += byte(0xe0 | c >> 12);
        out += byte(0x80 | (c >> 6 & 0x3f));
        out += byte(0x80 | (c & 0x3f));
    } else {
        out += byte(0xf0 | c >> 18);
        out += byte(0x80 | (c >> 12 & 0x3f));
        out += byte(0x80 | (c >> 6 & 0x3f));
        out += byte(0x80 | (c & 0x3f));
    }
}

std::string plain_text(std::string_view text) {
    const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7f; };
    if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) {
            out += ' ';
        } else if (!is_left_out(c)) {
            append_utf8(out, c);
        }
    }
    return out;
}

}  // namespace wardmap
