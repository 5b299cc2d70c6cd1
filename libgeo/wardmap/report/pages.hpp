/// \file
/// A report as A4 pages: a title page, contents with links, one topic after another, numbered.
#pragma once

#include "wardmap/report/document.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <vector>

namespace wardmap {

/// 210 x 297 mm pages. Pictures keep their size, their title and subtitle set over them with their number and
/// a link to their data; what fits on a page shares it. A table that leaves its page goes on with its head
/// repeated; a heading stands on the page of what it is about.
std::vector<Scene> to_pages(const Document& document, const TextMeasure& measure);

/// What a page has for words and pictures, in mm.
inline constexpr double page_body_mm = 266;
/// What title, number and subtitle of a picture take over it, in a line each, with the gap under the picture.
inline constexpr double picture_words_mm = 15;

}  // namespace wardmap
