/// \file
/// What a report says, in order, before it becomes a page: sections of words, pictures and tables.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/scene/color.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wardmap {

/// Pictures of tables stand in the PDF only: the HTML has the table itself.
enum class ShownIn : unsigned char { both, html, pdf };

struct GridCell {
    std::string text{};
    std::optional<double> bar{};  ///< −1 to 1, of the longest bar of the column
    std::optional<Color> fill{};  ///< background; the ink follows by contrast
    std::string target{};         ///< "#id" of a section this cell leads to
    std::string area_code{};      ///< in the first cell of a row about one area: links it to the pictures
    std::string spoken{};         ///< beside area_code: the row in one sentence; empty: its cells say it
};

struct GridColumn {
    std::string heading{};
    bool is_number = false;  ///< set right
    double share = 1;        ///< of the width in the PDF, against the other columns
};

/// A table for people: cells as they are printed. The first cell of a row names it.
struct Grid {
    std::string id{};
    std::string caption{};
    std::vector<GridColumn> columns{};
    std::vector<std::vector<GridCell>> rows{};
    bool has_total = false;  ///< the last row is the whole
    std::vector<std::string> notes{};
    std::string csv{};  ///< its file, from the report's folder; empty: none
};

struct Paragraph {
    std::string text{};
};
struct Bullets {
    std::vector<std::string> items{};
};

/// A stretch of running text that is set one way.
struct TextRun {
    std::string text{};  ///< a line end stays one
    bool strong = false;
    bool emphasised = false;
    std::string target{};  ///< "#id" of a section, or a web or mail address; empty: no link

    friend bool operator==(const TextRun&, const TextRun&) = default;
};
/// Running text with emphasis and links: what an analyst wrote.
struct RichParagraph {
    std::vector<TextRun> runs{};
};
struct ListItem {
    std::vector<TextRun> runs{};
    std::size_t depth = 1;                ///< an item one deeper belongs to the one above it
    std::optional<std::size_t> number{};  ///< of an ordered list
};
struct RichList {
    std::vector<ListItem> items{};
};

/// A figure of the report, by its place in Document::figures.
struct Picture {
    std::size_t figure = 0;
};

struct Block {
    std::variant<Paragraph, Bullets, RichParagraph, RichList, Picture, Grid> content{};
    ShownIn shown_in = ShownIn::both;
};

struct Section {
    std::string id{};
    int level = 2;             ///< 1 begins a part, 2 a topic, 3 something within it
    std::string heading{};     ///< the finding
    std::string short_name{};  ///< in the list of contents; empty: not listed
    bool new_page = false;     ///< in Word and the PDF, there unless the last page has room for all of it
    std::vector<Block> blocks{};
};

/// A figure with its number in the report and the files that hold it.
struct DocumentFigure {
    Figure figure{};
    std::string svg{};
    std::size_t number = 0;            ///< 1-based, in the order of the report
    std::string csv{};                 ///< its data, from the report's folder
    std::vector<std::string> files{};  ///< figures/ID.svg and others, from the report's folder
};

/// What a page may link to: a report is written with its PDF, Word document, workbook and manifest.
enum class FilesBeside : unsigned char { of_report, none };

struct Document {
    std::string title{};
    std::string organisation{};
    std::string edition{};
    std::string date{};
    std::string summary{};
    std::vector<std::string> key_points{};
    std::vector<DocumentFigure> figures{};
    std::vector<Section> sections{};
    std::vector<std::string> sources{};  ///< source and licence lines, each once
    std::string made_by{};               ///< "wardmap 0.1.0"
    FilesBeside files = FilesBeside::of_report;
};

}  // namespace wardmap
