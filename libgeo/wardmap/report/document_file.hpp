/// \file
/// A document as one file: a page for the browser, a PDF, a Word document.
#pragma once

#include "wardmap/report/document.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace wardmap {

enum class DocumentFormat : unsigned char { html, pdf, docx };

struct DocumentOptions {
    std::int64_t created_s = 315532800;  ///< 1 January 1980
    std::string template_file{};         ///< of Word documents: see DocxOptions
    double picture_dpi = 220;            ///< of pictures in Word documents
};

/// The whole file; its figures are numbered in their order. The same document gives the same bytes.
/// \throws as to_docx
std::string document_bytes(Document document, DocumentFormat format, const DocumentOptions& options = {});

}  // namespace wardmap
