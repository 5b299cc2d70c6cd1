/// \file
/// Text as content and attributes of XML and HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wardmap {

enum class EscapedQuotes : std::uint8_t { double_ones, all };

/// & < > and quotation marks as entities; everything else as it is.
std::string escape_markup(std::string_view text, EscapedQuotes quotes = EscapedQuotes::double_ones);

}  // namespace wardmap
