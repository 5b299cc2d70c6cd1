#include "wardmap/io/text_encoding.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wardmap {
namespace {

constexpr char32_t unknown_character = 0xFFFD;

/// Code points of the bytes 0x80 to 0x9F in Windows-1252; 0 where it has none.
constexpr std::array<char32_t, 32> windows_1252_upper{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

void append_utf8(std::string& out, char32_t c) {
    const auto byte = [&](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

/// Length of the UTF-8 sequence of more than one byte at `at`; 0 if there is no valid one (overlong forms and
/// surrogates are not valid).
std::size_t sequence_at(std::string_view bytes, std::size_t at) {
    const unsigned lead = byte_at(bytes, at);
    const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                               : lead >= 0xE0 && lead <= 0xEF ? 3
                               : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                              : 0;
    if (length == 0 || at + length > bytes.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte_at(bytes, at + i) & 0xC0U) != 0x80U) return 0;
    }
    const unsigned second = byte_at(bytes, at + 1);
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
        return 0;
    }
    return length;
}

DecodedText from_utf16(std::string_view bytes, TextEncoding encoding) {
    DecodedText out;
    out.encoding = encoding;
    out.text.reserve(bytes.size());
    const std::size_t high = encoding == TextEncoding::utf16_be ? 0 : 1;
    const auto unit = [&](std::size_t at) {
        return static_cast<char32_t>((byte_at(bytes, at + high) << 8) | byte_at(bytes, at + 1 - high));
    };
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t c = unit(at);
        if (c >= 0xD800 && c <= 0xDBFF && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 &&
            unit(at + 2) <= 0xDFFF) {
            c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
            at += 2;
        } else if (c >= 0xD800 && c <= 0xDFFF) {
            c = unknown_character;
            ++out.replaced;
        }
        if (c == 0) {
            ++out.nul_bytes;
        } else {
            append_utf8(out.text, c);
        }
    }
    if (bytes.size() % 2 != 0) {
        append_utf8(out.text, unknown_character);
        ++out.replaced;
    }
    return out;
}

/// UTF-16 without a mark: text of this field is nearly all ASCII, so every other byte is NUL.
bool looks_utf16(std::string_view bytes, std::size_t high) {
    const std::size_t looked_at = std::min<std::size_t>(bytes.size(), 4096) / 2 * 2;
    std::size_t high_nul = 0;
    std::size_t low_nul = 0;
    for (std::size_t at = 0; at < looked_at; at += 2) {
        if (byte_at(bytes, at + high) == 0) ++high_nul;
        if (byte_at(bytes, at + 1 - high) == 0) ++low_nul;
    }
    return looked_at >= 4 && high_nul * 10 >= looked_at / 2 * 7 && low_nul * 10 <= looked_at / 2;
}

/// \param mark  bytes at the beginning to leave out
DecodedText from_bytes(std::string bytes, std::size_t mark) {
    const std::string_view all = bytes;
    DecodedText out;
    std::size_t sequences = 0;  // of UTF-8 beyond ASCII
    std::size_t foreign = 0;    // bytes that belong to none
    for (std::size_t at = 0; at < all.size();) {
        const unsigned c = byte_at(all, at);
        const std::size_t length = c < 0x80 ? 1 : sequence_at(all, at);
        if (c == 0) ++out.nul_bytes;
        if (length > 1) ++sequences;
        if (length == 0) ++foreign;
        at += std::max<std::size_t>(length, 1);
    }
    if (foreign == 0 && out.nul_bytes == 0) {
        out.text = std::move(bytes);
        out.text.erase(0, mark);
        return out;
    }
    out.text.reserve(all.size() + foreign * 2);
    for (std::size_t at = mark; at < all.size();) {
        const unsigned c = byte_at(all, at);
        const std::size_t length = c < 0x80 ? 1 : sequence_at(all, at);
        if (length > 0) {
            if (c != 0) out.text.append(all.substr(at, length));
            at += length;
            continue;
        }
        char32_t character = c < 0xA0 ? windows_1252_upper.at(c - 0x80) : static_cast<char32_t>(c);
        if (character == 0) {
            character = unknown_character;
            ++out.replaced;
        }
        append_utf8(out.text, character);
        ++at;
    }
    if (foreign > 0 && sequences == 0) {
        out.encoding = TextEncoding::windows_1252;
    } else {
        out.repaired = foreign;
    }
    return out;
}

}  // namespace

std::string_view name_of(TextEncoding encoding) noexcept {
    switch (encoding) {
        case TextEncoding::utf8:
            return "UTF-8";
        case TextEncoding::utf16_le:
            return "UTF-16 (little-endian)";
        case TextEncoding::utf16_be:
            return "UTF-16 (big-endian)";
        case TextEncoding::windows_1252:
            break;
    }
    return "Windows-1252";
}

DecodedText decode_text(std::string bytes) {
    const std::string_view all = bytes;
    if (all.substr(0, 2) == "\xFF\xFE") return from_utf16(all.substr(2), TextEncoding::utf16_le);
    if (all.substr(0, 2) == "\xFE\xFF") return from_utf16(all.substr(2), TextEncoding::utf16_be);
    if (looks_utf16(all, 1)) return from_utf16(all, TextEncoding::utf16_le);
    if (looks_utf16(all, 0)) return from_utf16(all, TextEncoding::utf16_be);
    const std::size_t mark = all.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
    return from_bytes(std::move(bytes), mark);
}

DecodedText decode_cell(std::string_view cell) {
    return from_bytes(std::string(cell), 0);
}

}  // namespace wardmap
