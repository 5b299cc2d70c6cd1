#include "wardmap/report/docx.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/report/docx_package.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace wardmap {
namespace {

constexpr double emu_per_mm = 36000;
constexpr double twips_per_mm = 1440 / 25.4;
constexpr double table_text_pt = 8.5;    // "Wardmap Table Text" in docx_house.cpp
constexpr double cell_padding_mm = 2.8;  // both sides, with a little to spare for another font

std::string whole(double number) {
    return std::to_string(std::llround(number));
}

/// "#12436d" -> "12436D"
std::string word_color(const Color& color) {
    std::string text = hex(color).substr(1, 6);
    for (char& c : text) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

class DocxWriter {
public:
    DocxWriter(const Document& document, std::span<const std::string> pictures, DocxPackage& package,
               const TextMeasure& measure, DocxFront front)
        : document_(document), pictures_(pictures), package_(package), measure_(measure), front_(front) {}

    std::string take() {
        if (front_ == DocxFront::shown) {
            front();
        } else if (document_.figures.empty()) {
            turn_page_for_wide_tables();
        }
        for (const Section& section : document_.sections) write(section);
        back();
        return std::move(body_);
    }

private:
    static std::string run(std::string_view words, std::string_view properties = {}) {
        std::string out = "<w:r>";
        if (!properties.empty()) out += "<w:rPr>" + std::string(properties) + "</w:rPr>";
        std::string rest(words);
        // Line ends within a text stay line ends.
        for (std::size_t at = 0; (at = rest.find('\n')) != std::string::npos; rest.erase(0, at + 1)) {
            out += "<w:t xml:space=\"preserve\">" + xml_text(rest.substr(0, at)) + "</w:t><w:br/>";
        }
        return out + "<w:t xml:space=\"preserve\">" + xml_text(rest) + "</w:t></w:r>";
    }

    void paragraph(DocxStyle style, std::string_view runs, std::string_view more_properties = {}) {
        body_ += "<w:p><w:pPr>" + package_.style(style) + std::string(more_properties) + "</w:pPr>" +
                 std::string(runs) + "</w:p>";
    }

    /// A bookmark round `runs`, where other places lead.
    std::string marked(const std::string& id, const std::string& runs) {
        const std::string number = std::to_string(++bookmarks_);
        return "<w:bookmarkStart w:id=\"" + number + "\" w:name=\"" + xml_text(bookmark(id)) + "\"/>" + runs +
               "<w:bookmarkEnd w:id=\"" + number + "\"/>";
    }

    /// Word's bookmarks begin with a letter, hold letters, digits and lines, and have 40 characters at most:
    /// a longer one is told from others by a number made of the whole.
    static std::string bookmark(const std::string& id) {
        constexpr std::size_t most = 40;
        std::string out = "w_";
        std::uint32_t sum = 2166136261U;  // FNV-1a
        for (const char c : id) {
            const auto byte = static_cast<unsigned char>(c);
            sum = (sum ^ byte) * 16777619U;
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            out += plain ? c : '_';
        }
        if (out.size() > most) out = out.substr(0, most - 9) + "_" + std::to_string(sum % 100'000'000U);
        return out;
    }

    std::string link(const std::string& id, const std::string& runs) const {
        return "<w:hyperlink w:anchor=\"" + xml_text(bookmark(id)) + "\" w:history=\"1\">" + runs +
               "</w:hyperlink>";
    }

    /// A number that Word counts anew when figures are moved.
    static std::string sequence(const std::string& name, std::size_t number) {
        return "<w:fldSimple w:instr=\" SEQ " + name + " \\* ARABIC \"><w:r><w:rPr><w:b/></w:rPr><w:t>" +
               std::to_string(number) + "</w:t></w:r></w:fldSimple>";
    }

    void front() {
        paragraph(DocxStyle::title, run(document_.title));
        std::string meta = document_.organisation;
        for (const std::string& part : {document_.edition, document_.date}) {
            if (!part.empty()) meta += (meta.empty() ? "" : " · ") + part;
        }
        if (!meta.empty()) paragraph(DocxStyle::subtitle, run(meta));
        if (!document_.summary.empty()) paragraph(DocxStyle::normal, run(document_.summary));
        if (!document_.key_points.empty()) {
            paragraph(DocxStyle::heading3, run("In brief"));
            for (const std::string& point : document_.key_points) paragraph(DocxStyle::bullet, run(point));
        }
        const bool has_contents = std::any_of(document_.sections.begin(), document_.sections.end(),
                                              [](const Section& s) { return !s.short_name.empty(); });
        if (!has_contents) return;
        paragraph(DocxStyle::heading3, run("Contents"));
        for (const Section& section : document_.sections) {
            if (section.short_name.empty()) continue;
            const bool part = section.level == 1;
            paragraph(DocxStyle::contents, link(section.id, run(section.short_name, part ? "<w:b/>" : "")),
                      part ? "<w:spacing w:before=\"80\"/>" : "<w:ind w:left=\"340\"/>");
        }
    }

    void write(const Section& section) {
        const DocxStyle style = section.level <= 1   ? DocxStyle::heading1
                                : section.level == 2 ? DocxStyle::heading2
                                                     : DocxStyle::heading3;
        if (!section.heading.empty())
            paragraph(style, marked(section.id, run(section.heading)),
                      section.level <= 1 || section.new_page
                          ? "<w:pageBreakBefore/><w:spacing w:before=\"0\" w:after=\"120\"/>"
                          : "");
        for (const Block& block : section.blocks) {
            if (block.shown_in == ShownIn::pdf) continue;
            std::visit([this](const auto& content) { write(content); }, block.content);
        }
    }

    void write(const Paragraph& words) { paragraph(DocxStyle::normal, run(words.text)); }

    void write(const Bullets& bullets) {
        for (const std::string& item : bullets.items) paragraph(DocxStyle::bullet, run(item));
    }

    std::string runs(const std::vector<TextRun>& all) const {
        std::string out;
        for (const TextRun& one : all) {
            std::string letters = one.strong ? "<w:b/>" : "";
            if (one.emphasised) letters += "<w:i/>";
            const bool leads_out = !one.target.empty() && one.target.front() != '#';
            if (!one.target.empty()) letters += "<w:color w:val=\"12436D\"/><w:u w:val=\"single\"/>";
            const std::string words = run(one.text, letters);
            if (leads_out) {
                // As a field, an address needs no relation of the package.
                out += "<w:fldSimple w:instr=\"" + xml_text(" HYPERLINK \"" + one.target + "\" ") + "\">" +
                       words + "</w:fldSimple>";
            } else {
                out += one.target.size() > 1 ? link(one.target.substr(1), words) : words;
            }
        }
        return out;
    }

    void write(const RichParagraph& words) { paragraph(DocxStyle::normal, runs(words.runs)); }

    /// Numbers are typed: a list in Word's own numbering would go on counting from the one before.
    void write(const RichList& list) {
        constexpr std::size_t step = 357;  // twips: that of the house's bullets
        constexpr std::size_t deepest_indent = 8;
        for (const ListItem& item : list.items) {
            const std::string left = std::to_string(step * std::min(item.depth, deepest_indent));
            const std::string indent =
                "<w:ind w:left=\"" + left + "\" w:hanging=\"" + std::to_string(step) + "\"/>";
            if (item.number) {
                paragraph(DocxStyle::normal,
                          run(std::to_string(*item.number) + ".") + "<w:r><w:tab/></w:r>" + runs(item.runs),
                          "<w:tabs><w:tab w:val=\"left\" w:pos=\"" + left + "\"/></w:tabs>" +
                              "<w:spacing w:after=\"60\"/>" + indent);
            } else {
                paragraph(DocxStyle::bullet, runs(item.runs), item.depth > 1 ? indent : "");
            }
        }
    }

    void write(const Picture& picture) {
        const DocumentFigure& shown = document_.figures[picture.figure];
        const Scene& scene = shown.figure.scene;
        const double fits = std::min({1.0, package_.text_width_mm() / scene.width_mm,
                                      package_.text_height_mm() * 0.9 / scene.height_mm});
        const std::string size = " cx=\"" + whole(scene.width_mm * fits * emu_per_mm) + "\" cy=\"" +
                                 whole(scene.height_mm * fits * emu_per_mm) + "\"/>";
        const std::string relation = package_.add_png(shown.figure.id, pictures_[picture.figure]);
        const std::string number = std::to_string(shown.number);
        const std::string about = " id=\"" + number + "\" name=\"Figure " + number + "\" descr=\"" +
                                  xml_text(shown.figure.alt) + "\"";
        paragraph(
            DocxStyle::picture,
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent" + size +
                "<wp:docPr" + about +
                "/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>"
                "</wp:cNvGraphicFramePr><a:graphic><a:graphicData "
                "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
                "<pic:cNvPr" +
                about + "/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"" + relation +
                "\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" "
                "y=\"0\"/><a:ext" +
                size +
                "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
                "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>");
        const std::string words =
            shown.figure.description.empty() ? shown.figure.alt : shown.figure.description;
        paragraph(DocxStyle::caption, marked("figure-" + shown.figure.id,
                                             run("Figure ", "<w:b/>") + sequence("Figure", shown.number)) +
                                          run(". ", "<w:b/>") + run(words));
    }

    void cell(const GridCell& cell, const GridColumn& column, const std::string& width, bool strong) {
        std::string properties = "<w:tcW w:w=\"" + width + "\" w:type=\"dxa\"/>";
        std::string letters = strong ? "<w:b/>" : "";
        if (cell.fill) {
            properties +=
                "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"" + word_color(*cell.fill) + "\"/>";
            letters += "<w:color w:val=\"" + word_color(ink_on(*cell.fill)) + "\"/>";
        }
        properties += "<w:vAlign w:val=\"" + std::string(strong ? "bottom" : "center") + "\"/>";
        const std::string words = run(cell.text, letters);
        body_ += "<w:tc><w:tcPr>" + properties + "</w:tcPr>";
        paragraph(
            DocxStyle::table_text,
            cell.target.size() > 1 && cell.target.front() == '#' ? link(cell.target.substr(1), words) : words,
            column.is_number ? "<w:jc w:val=\"right\"/>" : "");
        body_ += "</w:tc>";
    }

    double width_of(std::string_view text) const {
        return measure_.width_mm(text, {.size_pt = table_text_pt, .weight = FontWeight::bold});
    }

    /// Widths in mm at which no word, and at which no cell is broken.
    struct Widths {
        std::vector<double> least{};
        std::vector<double> wished{};
    };

    Widths widths_of(const Grid& grid) const {
        Widths out;
        for (std::size_t i = 0; i < grid.columns.size(); ++i) {
            const GridColumn& column = grid.columns[i];
            double longest_word = 0, longest_text = 0;
            const auto take = [&](const std::string& text, bool breaks) {
                longest_text = std::max(longest_text, width_of(text));
                std::string_view rest = text;
                while (!rest.empty()) {
                    const std::string_view word = rest.substr(0, breaks ? rest.find(' ') : rest.size());
                    longest_word = std::max(longest_word, width_of(word));
                    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
                }
            };
            for (const auto& row : grid.rows) {
                if (i < row.size()) take(row[i].text, !column.is_number);
            }
            const double of_cells = longest_text;
            take(column.heading, true);
            out.least.push_back(longest_word + cell_padding_mm);
            // A heading may go on two lines.
            out.wished.push_back(std::max({longest_word, of_cells, width_of(column.heading) / 2}) +
                                 cell_padding_mm);
        }
        return out;
    }

    /// A table that would break its words stands on a page turned round, where all of the document is tables.
    void turn_page_for_wide_tables() {
        for (const Section& section : document_.sections) {
            for (const Block& block : section.blocks) {
                const Grid* const grid = std::get_if<Grid>(&block.content);
                if (grid == nullptr) continue;
                const std::vector<double> least = widths_of(*grid).least;
                if (std::accumulate(least.begin(), least.end(), 0.0) > package_.text_width_mm())
                    return package_.turn_page();
            }
        }
    }

    /// In mm: no word is broken if that can be; what is left goes to columns that would need more lines.
    std::vector<double> column_widths(const Grid& grid) const {
        const auto [least, wished] = widths_of(grid);
        const double room = package_.text_width_mm();
        const double all_least = std::accumulate(least.begin(), least.end(), 0.0);
        const double all_wished = std::accumulate(wished.begin(), wished.end(), 0.0);
        std::vector<double> out = wished;
        if (all_wished <= room) {
            for (double& width : out) width *= room / all_wished;
        } else if (all_least < room) {
            const double given = (room - all_least) / (all_wished - all_least);
            for (std::size_t i = 0; i < out.size(); ++i) out[i] = least[i] + (wished[i] - least[i]) * given;
        } else {
            for (std::size_t i = 0; i < out.size(); ++i) out[i] = least[i] * room / all_least;
        }
        return out;
    }

    void write(const Grid& grid) {
        if (grid.rows.empty()) return;
        ++tables_;
        paragraph(
            DocxStyle::caption,
            run("Table ", "<w:b/>") + sequence("Table", tables_) + run(". ", "<w:b/>") + run(grid.caption),
            "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"80\"/>");
        const double room = package_.text_width_mm() * twips_per_mm;
        std::vector<std::string> widths;
        for (const double width : column_widths(grid)) widths.push_back(whole(width * twips_per_mm));
        body_ += "<w:tbl><w:tblPr>" + package_.style(DocxStyle::table) + "<w:tblW w:w=\"" + whole(room) +
                 "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"" +
                 (grid.has_total ? "0460" : "0420") + "\" w:firstRow=\"1\" w:lastRow=\"" +
                 (grid.has_total ? "1" : "0") +
                 "\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption "
                 "w:val=\"" +
                 xml_text(grid.caption) + "\"/></w:tblPr><w:tblGrid>";
        for (const std::string& width : widths) body_ += "<w:gridCol w:w=\"" + width + "\"/>";
        body_ += "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
        for (std::size_t i = 0; i < grid.columns.size(); ++i)
            cell({.text = grid.columns[i].heading}, grid.columns[i], widths[i], true);
        body_ += "</w:tr>";
        for (std::size_t r = 0; r < grid.rows.size(); ++r) {
            const bool total = grid.has_total && r + 1 == grid.rows.size();
            body_ += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
            for (std::size_t i = 0; i < grid.columns.size(); ++i)
                cell(i < grid.rows[r].size() ? grid.rows[r][i] : GridCell{}, grid.columns[i], widths[i],
                     total);
            body_ += "</w:tr>";
        }
        body_ += "</w:tbl>";
        for (const std::string& note : grid.notes) paragraph(DocxStyle::note, run(note));
        // Two tables without a paragraph between them would be one.
        paragraph(DocxStyle::note, "");
    }

    void back() {
        if (document_.sources.empty() && document_.made_by.empty()) return;
        paragraph(DocxStyle::heading2, run("Sources and licences"));
        for (const std::string& source : document_.sources) paragraph(DocxStyle::note, run(source));
        if (!document_.made_by.empty())
            paragraph(DocxStyle::note, run("Made with " + document_.made_by + "."));
    }

    const Document& document_;
    std::span<const std::string> pictures_;
    DocxPackage& package_;
    const TextMeasure& measure_;
    DocxFront front_;
    std::string body_{};
    std::size_t bookmarks_ = 0;
    std::size_t tables_ = 0;
};

}  // namespace

std::vector<bool> figures_in_docx(const Document& document) {
    std::vector<bool> out(document.figures.size(), false);
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks) {
            const Picture* const picture = std::get_if<Picture>(&block.content);
            if (picture != nullptr && block.shown_in != ShownIn::pdf) out[picture->figure] = true;
        }
    }
    return out;
}

std::string to_docx(const Document& document, std::span<const std::string> pictures,
                    const TextMeasure& measure, const DocxOptions& options) {
    DocxPackage package = options.template_file.empty() ? DocxPackage() : DocxPackage(options.template_file);
    const std::string body = DocxWriter(document, pictures, package, measure, options.front).take();
    return package.take(body, {.title = document.title,
                               .author = document.organisation,
                               .summary = document.summary,
                               .created_s = options.created_s});
}

}  // namespace wardmap
