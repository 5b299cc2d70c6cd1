/// \file
/// A report as one HTML file: complete without script, nothing fetched from anywhere.
#pragma once

#include "wardmap/report/document.hpp"

#include <string>
#include <string_view>

namespace wardmap {

/// Text as HTML content or attribute value: & < > " ' are written as entities, control characters are left
/// out.
std::string escape_html(std::string_view text);

/// What a Content-Security-Policy calls this inline script: "sha256-" and the SHA-256 of its bytes in base64.
std::string script_source(std::string_view script);

/// The whole file. Figures are inline SVG, tables are tables; English (en-GB), headings in order, a skip
/// link, a print style sheet; readable down to 320 px. One script, report_page.js, links pictures and tables;
/// the policy allows it alone and forbids every request.
std::string to_html(const Document& document);

}  // namespace wardmap
