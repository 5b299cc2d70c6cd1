/// \file
/// A document as Word opens it: headings, numbered captions, pictures at true size with their alternative
/// text, real tables.
#pragma once

#include "wardmap/report/document.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// Title, summary and contents; without them a document is a picture or a table to be pasted elsewhere.
enum class DocxFront : unsigned char { shown, left_out };

struct DocxOptions {
    DocxFront front = DocxFront::shown;
    /// Its styles, page, header and footer are taken; empty: the house's own.
    std::string template_file{};
    std::int64_t created_s = 315532800;  ///< 1 January 1980
};

/// Which of the document's figures to_docx() shows: pictures of tables are tables there.
std::vector<bool> figures_in_docx(const Document& document);

/// \param pictures  a PNG for each of the document's figures, in their order (empty where it is not shown);
///                  drawn at the size of the scene, smaller only where the template's page is
/// The same document gives the same bytes. \throws as DocxPackage
std::string to_docx(const Document& document, std::span<const std::string> pictures,
                    const TextMeasure& measure, const DocxOptions& options = {});

}  // namespace wardmap
