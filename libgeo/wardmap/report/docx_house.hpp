/// \file
/// The house's own Word document, before there is a text in it.
#pragma once

#include "wardmap/io/zip_file.hpp"
#include "wardmap/report/docx_package.hpp"

#include <string_view>
#include <vector>

namespace wardmap {

/// A4 with page numbers, and every style below.
std::vector<ZipPart> docx_house_parts();

struct DocxHouseStyle {
    DocxStyle style = DocxStyle::normal;
    std::string_view id{};    ///< in the house's styles
    std::string_view name{};  ///< Word's own name where it has one: what a template's style is found by
    std::string_view xml{};   ///< the whole w:style
};

/// Every DocxStyle, in their order.
std::vector<DocxHouseStyle> docx_house_styles();

}  // namespace wardmap
