/// \file
/// A report as A4 pages: a title page, contents with links, one topic after another, numbered.
#pragma once

#include "wardmap/report/document.hpp"
#include "wardmap/scene/scene.hpp"
#include "wardmap/scene/text_measure.hpp"

#include <vector>

namespace wardmap {

/// 210 x 297 mm pages. Pictures keep their size; a table that leaves its page goes on with its head
/// repeated; a heading never stands alone at the foot.
std::vector<Scene> to_pages(const Document& document, const TextMeasure& measure);

}  // namespace wardmap
