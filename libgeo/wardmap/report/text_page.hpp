/// \file
/// An analyst's own words, written as Markdown, as sections of a report.
#pragma once

#include "wardmap/base/problems.hpp"
#include "wardmap/report/document.hpp"
#include "wardmap/report/table_values.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

struct TextPageOptions {
    std::string id{};              ///< of its first section; others are ID-HEADING
    std::string title{};           ///< where the text does not begin with a heading of the first level
    std::string table{};           ///< where references look that name no table; empty: in all
    int level = 1;                 ///< of its first section: 1 a part, 2 a topic
    std::filesystem::path file{};  ///< for messages
};

/// "#id" as the text links to it, to be checked when all sections are known.
struct TextLink {
    std::string target{};
    std::size_t line = 0;  ///< 1-based
};

struct TextPage {
    std::vector<Section> sections{};  ///< none if the text says nothing
    std::vector<TextLink> links{};
    Problems problems{};
};

/// Reads CommonMark with tables: headings, paragraphs, emphasis, lists, links, tables. A paragraph "Table:
/// ..." before a table is its caption. `{Foleshill.rate}` becomes the number (TableValues), but not in code;
/// `\{` is a brace. Comments (`<!-- -->`) are the writer's and are left out. Problems: `raw_html` (its tags
/// are printed as they stand, never passed on), `text_picture` (left out), `text_link` (of a kind that is not
/// passed on: its words stand), `text_entity` (an entity without a meaning here). \throws what
/// TableValues::value throws, with the file and line
TextPage read_text_page(std::string_view markdown, const TextPageOptions& options, const TableValues& values);

}  // namespace wardmap
