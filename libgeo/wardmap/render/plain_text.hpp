/// \file
/// Text as it may be drawn or written into SVG, PDF and PNG, whatever a hostile table holds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wardmap {

/// Valid UTF-8 without control characters: tabs and line ends become spaces; other control
/// characters, direction overrides and non-characters are left out; broken UTF-8 becomes U+FFFD.
std::string plain_text(std::string_view text);

/// Takes the code point that starts at `at` and moves `at` past it; U+FFFD for broken UTF-8.
/// \pre at < text.size()
char32_t next_code_point(std::string_view text, std::size_t& at);

/// Adds `code_point` to `out` as UTF-8.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace wardmap
