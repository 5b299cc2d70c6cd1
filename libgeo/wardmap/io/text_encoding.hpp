/// \file
/// Bytes of a text file to UTF-8, whatever program wrote them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wardmap {

enum class TextEncoding : std::uint8_t { utf8, utf16_le, utf16_be, windows_1252 };

/// "UTF-8", "UTF-16 (little-endian)", "UTF-16 (big-endian)", "Windows-1252"
std::string_view name_of(TextEncoding encoding) noexcept;

struct DecodedText {
    std::string text{};  ///< UTF-8 without a byte order mark and without NUL bytes
    TextEncoding encoding = TextEncoding::utf8;
    std::size_t nul_bytes = 0;  ///< dropped
    std::size_t repaired = 0;   ///< bytes that are no UTF-8 in a text that otherwise is: read as Windows-1252
    std::size_t replaced = 0;   ///< characters that mean nothing in the encoding: U+FFFD now
};

/// A byte order mark decides; else NUL bytes in every other place mean UTF-16; else text that is UTF-8 is;
/// text with bytes that are not, and nothing beyond ASCII that is, is Windows-1252, which Excel writes.
DecodedText decode_text(std::string bytes);

/// One cell of a text that is not UTF-16: UTF-8, else Windows-1252. A byte order mark is text here.
DecodedText decode_cell(std::string_view cell);

}  // namespace wardmap
