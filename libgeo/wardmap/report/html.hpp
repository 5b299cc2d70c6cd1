/// \file
/// A report as one HTML file: static, complete without script, nothing fetched from anywhere.
#pragma once

#include "wardmap/report/document.hpp"

#include <string>
#include <string_view>

namespace wardmap {

/// Text as HTML content or attribute value: & < > " ' are written as entities, control characters are left
/// out.
std::string escape_html(std::string_view text);

/// The whole file. Figures are inline SVG, tables are tables; English (en-GB), headings in order, a skip
/// link, a policy that forbids every request, a print style sheet; readable down to 320 px.
std::string to_html(const Document& document);

}  // namespace wardmap
