/// \file
/// The parts of a Word document around its text: styles, page, header and footer, pictures, relations; the
/// house's own, or those of somebody's document.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace wardmap {

/// What a paragraph or table of a report is. A style of the same meaning is looked for in the template by
/// Word's own name, and added where it has none.
enum class DocxStyle : std::uint8_t {
    title,
    subtitle,
    heading1,
    heading2,
    heading3,
    normal,
    bullet,
    caption,
    note,
    picture,
    contents,
    table,
    table_text,
};

struct DocxProperties {
    std::string title{};
    std::string author{};
    std::string summary{};
    std::int64_t created_s = 0;  ///< seconds since 1970, UTC
};

class DocxPackage {
public:
    /// The house's own: A4, margins of 25.4 mm, Arial, page numbers.
    DocxPackage();
    /// Styles, page, header, footer and logo of a .docx or .dotx; its text is left out.
    /// \throws FileMissing; InputError if it is no Word document
    explicit DocxPackage(const std::string& template_file);
    DocxPackage(DocxPackage&&) noexcept;
    DocxPackage& operator=(DocxPackage&&) noexcept;
    ~DocxPackage();

    /// What makes a paragraph or table one of this style: the first thing in its w:pPr or w:tblPr.
    std::string style(DocxStyle style) const;
    /// Room between the margins.
    double text_width_mm() const;
    double text_height_mm() const;
    /// Upright to lying, if it is upright.
    void turn_page();
    /// Adds a PNG. \return its relation's id, for r:embed
    std::string add_png(std::string_view name, std::string bytes);
    /// The file, with this between <w:body> and the section's properties. The same calls give the same bytes.
    std::string take(std::string_view body, const DocxProperties& properties);

private:
    struct Data;
    std::unique_ptr<Data> data_;
};

/// Text for XML: plain_text(), for what XML cannot hold, escaped. Line ends become spaces.
std::string xml_text(std::string_view text);

}  // namespace wardmap
