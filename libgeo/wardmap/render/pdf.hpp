/// \file
/// Scenes as a tagged PDF: one page each, text that can be read, searched and copied.
#pragma once

#include "wardmap/scene/scene.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace wardmap {

struct PdfOptions {
    std::string title{};  ///< of the document; empty: the first page's title
    std::string language{"en-GB"};
    std::int64_t created_s = 0;  ///< seconds since 1970, UTC; the same for every run gives the same bytes
};

/// Each scene is a page of its own size. Fonts are embedded subsets of TrueType.
///
/// What the roles become: headings, paragraphs, captions, tables with rows and cells, figures with their
/// alternative text, links (to the web, or to the group of that id on this or another page); decoration is
/// hidden from screen readers. A page with an alternative text and without any figure or table role is one
/// figure; headings, paragraphs and captions in a figure are read beside it (headings of a figure within a
/// page as paragraphs). A figure with a table in it is read as that table. Text outside all of these is a
/// paragraph. Headings make the bookmarks.
///
/// The file says it is PDF/UA-1 (accessible) only if it has a title, every figure has a text, no heading
/// level is left out and the font has every character.
/// \throws OutputError if there is no page or a scene cannot be drawn
std::string to_pdf(std::span<const Scene> pages, const PdfOptions& options = {});
std::string to_pdf(const Scene& page, const PdfOptions& options = {});

}  // namespace wardmap
