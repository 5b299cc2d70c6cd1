/// \file
/// What stands round every picture: title and subtitle above, notes and sources below.
#pragma once

#include "wardmap/figure/figure.hpp"
#include "wardmap/figure/style.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/scene/text_measure.hpp"
#include "wardmap/table/table.hpp"

#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// The words a figure has made itself. FigureOptions replaces or adds to them.
struct FigureTexts {
    std::string kind{};  ///< Figure::kind
    std::string title{};
    std::string subtitle{};
    std::string alt{};
    std::string description{};
    std::vector<std::string> notes{};        ///< sentences with full stop
    std::vector<std::string> attribution{};  ///< of the areas drawn; the table's own is added
};

/// Where notes and sources stand if not below the content on the whole width: maps leave room beside a
/// legend.
struct TextColumn {
    double x_mm = 0;
    double top_mm = 0;
    double width_mm = 0;
};

/// The words of a figure laid out on its slot's width. Draw the content in page coordinates from
/// `top_mm()` down, then `finish` it.
///
///     const Frame frame(texts, table.meta(), options.figure, measure);
///     Group content;  // ... drawn between frame.top_mm() and bottom
///     Figure figure = frame.finish(std::move(content), bottom);
class Frame {
public:
    Frame(const FigureTexts& texts, const TableMeta& meta, const FigureOptions& options,
          const TextMeasure& measure);

    double width_mm() const noexcept { return width_mm_; }
    /// Where the content begins: below title and subtitle; 0 without them.
    double top_mm() const noexcept { return top_mm_; }
    /// Height needed below the content by notes and sources, with the gap above them.
    double below_mm() const noexcept { return below_mm_; }
    /// Height of notes and sources in a column of that width; 0 if there are none.
    double column_mm(double width_mm) const;

    /// The figure, its page as high as needed: `content_bottom_mm` + below_mm(). Fills id, kind, scene (with
    /// title, alt, description), title, subtitle, alt, description, notes, sources; the caller fills the
    /// rest.
    Figure finish(Group content, double content_bottom_mm) const;
    /// The same with notes and sources in a column; the page ends below the lower of content and column.
    Figure finish(Group content, double content_bottom_mm, const TextColumn& column) const;

private:
    std::vector<TextBlock> blocks_below(double width_mm) const;
    Figure draw(Group content, const TextColumn& column, std::span<const TextBlock> below,
                double height_mm) const;

    const TextMeasure* measure_;
    TypeSizes sizes_{};
    std::string note_text_{};
    std::string sources_text_{};
    double width_mm_ = 0;
    double top_mm_ = 0;
    double below_mm_ = 0;
    std::vector<TextBlock> above_{};
    std::vector<TextBlock> below_{};
    Figure figure_{};
};

/// "Sources: A; B." then the statements ("Contains OS data ..."), each once, in the order given. Lines may
/// begin with "Source:" and hold a statement after it. Empty if there is nothing to say.
std::string source_line(std::span<const std::string> lines);

/// `"-"`: nothing; empty: `made`; else `given`.
std::string chosen_text(const std::string& given, const std::string& made);

/// The subtitle every figure of counts and rates shares: measure, areas and period, as far as the table
/// knows them: "Alcohol-marked robbery, Coventry wards, year to June 2022".
std::string measure_line(const TableMeta& meta, std::string_view period);

/// "ward" -> "wards", 1 -> "1 ward", 18 -> "18 wards"; "area" where the table does not say.
std::string areas_word(const TableMeta& meta, std::size_t n = 2);
std::string counted_areas(const TableMeta& meta, std::size_t n);

/// "Coventry", or "all areas" where the table does not say.
std::string whole_name(const TableMeta& meta);

}  // namespace wardmap
