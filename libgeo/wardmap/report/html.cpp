#include "wardmap/report/html.hpp"

#include "wardmap/base/markup.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/text_block.hpp"
#include "wardmap/io/sha256.hpp"
#include "wardmap/report/page_sources.hpp"
#include "wardmap/report/shared_outlines.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <string_view>
#include <vector>

namespace wardmap {
namespace {

/// "figures/a.svg" -> "SVG"
std::string kind_of_file(const std::string& path) {
    std::string kind = std::filesystem::path(path).extension().string();
    kind.erase(0, 1);
    for (char& c : kind) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return kind;
}

class Writer {
public:
    explicit Writer(const Document& document) : document_(document) {
        std::vector<std::string_view> pictures(document.figures.size());
        for (const Section& section : document.sections) {
            for (const Block& block : section.blocks) {
                if (block.shown_in == ShownIn::pdf) continue;
                if (const auto* picture = std::get_if<Picture>(&block.content)) {
                    pictures[picture->figure] = inline_svg(document.figures[picture->figure].svg);
                }
                const auto* grid = std::get_if<Grid>(&block.content);
                if (grid != nullptr && !grid->csv.empty() && !grid->id.empty()) {
                    table_of_file_.emplace(grid->csv, grid->id);
                }
            }
        }
        outlines_ = share_outlines(pictures);
    }

    std::string take() {
        head();
        header();
        out_ += outlines_.definitions;
        out_ += "<div class=\"page\">\n";
        contents();
        out_ += "<main id=\"main\" tabindex=\"-1\">\n";
        key_points();
        for (const Section& section : document_.sections) write(section);
        while (open_ > 0) close_section();
        out_ += "</main>\n</div>\n";
        footer();
        out_ += "<script>";
        out_ += page_script;
        out_ += "</script>\n</body>\n</html>\n";
        return std::move(out_);
    }

private:
    /// Without what stands before the element: a page has one declaration, its own.
    static std::string_view inline_svg(std::string_view svg) {
        const std::size_t start = svg.find("<svg");
        return svg.substr(start == std::string_view::npos ? 0 : start);
    }

    void text(std::string_view words) { out_ += escape_html(words); }

    void head() {
        out_ +=
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '" +
            script_source(page_script) +
            "'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light\">\n<title>";
        text(document_.title);
        out_ += "</title>\n<meta name=\"generator\" content=\"";
        text(document_.made_by);
        out_ += "\">\n<meta name=\"description\" content=\"";
        text(document_.summary);
        out_ += "\">\n<style>";
        out_ += page_style;
        out_ += "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n";
    }

    void header() {
        out_ += "<header>\n<div class=\"in\">\n<h1>";
        text(document_.title);
        out_ += "</h1>\n";
        std::string meta = document_.organisation;
        for (const std::string& part : {document_.edition, document_.date}) {
            if (!part.empty()) meta += (meta.empty() ? "" : " · ") + part;
        }
        if (!meta.empty()) {
            out_ += "<p class=\"meta\">";
            text(meta);
            out_ += "</p>\n";
        }
        if (!document_.summary.empty()) paragraph(document_.summary);
        if (document_.files == FilesBeside::of_report)
            out_ +=
                "<p class=\"files\"><a href=\"report.pdf\">The report as PDF</a> "
                "<a href=\"report.docx\">The report as a Word document (DOCX)</a> "
                "<a href=\"tables/tables.xlsx\">All tables as a workbook (XLSX)</a> "
                "<a href=\"manifest.json\">What was read, and how</a></p>\n";
        out_ += "</div>\n</header>\n";
    }

    void contents() {
        out_ += "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ul>\n";
        bool in_part = false;
        bool in_list = false;
        for (const Section& section : document_.sections) {
            if (section.short_name.empty()) continue;
            if (section.level == 1) {
                if (in_list) out_ += "</ul>\n";
                if (in_part) out_ += "</li>\n";
                out_ += "<li class=\"part\">";
                in_part = true;
                in_list = false;
            } else {
                if (!in_list) out_ += "\n<ul>\n";
                in_list = true;
                out_ += "<li>";
            }
            out_ += "<a href=\"#" + escape_html(section.id) + "\">";
            text(section.short_name);
            out_ += "</a>";
            if (section.level != 1) out_ += "</li>\n";
        }
        if (in_list) out_ += "</ul>\n";
        if (in_part) out_ += "</li>\n";
        out_ += "</ul>\n</nav>\n";
    }

    void key_points() {
        if (document_.key_points.empty()) return;
        out_ +=
            "<section class=\"key\" aria-labelledby=\"key-points\">\n<h2 id=\"key-points\">In "
            "brief</h2>\n<ul>\n";
        for (const std::string& point : document_.key_points) {
            out_ += "<li>";
            text(point);
            out_ += "</li>\n";
        }
        out_ += "</ul>\n</section>\n";
    }

    void close_section() {
        out_ += "</section>\n";
        --open_;
    }

    void write(const Section& section) {
        while (open_ >= section.level) close_section();
        const std::string tag = "h" + std::to_string(section.level + 1);
        const std::string id = escape_html(section.id);
        out_ += "<section aria-labelledby=\"" + id + "\">\n<" + tag + " id=\"" + id + "\">";
        ++open_;
        text(section.heading);
        out_ += "</" + tag + ">\n";
        for (const Block& block : section.blocks) {
            if (block.shown_in == ShownIn::pdf) continue;
            std::visit([this](const auto& content) { write(content); }, block.content);
        }
    }

    void paragraph(std::string_view words) {
        out_ += "<p>";
        text(words);
        out_ += "</p>\n";
    }
    void write(const Paragraph& words) { paragraph(words.text); }

    void write(const Bullets& bullets) {
        out_ += "<ul class=\"words\">\n";
        for (const std::string& item : bullets.items) {
            out_ += "<li>";
            text(item);
            out_ += "</li>\n";
        }
        out_ += "</ul>\n";
    }

    void runs(const std::vector<TextRun>& all) {
        for (const TextRun& one : all) {
            if (!one.target.empty()) out_ += "<a href=\"" + escape_html(one.target) + "\">";
            if (one.strong) out_ += "<strong>";
            if (one.emphasised) out_ += "<em>";
            std::string_view rest = one.text;
            for (std::size_t at = 0; (at = rest.find('\n')) != std::string_view::npos;
                 rest.remove_prefix(at + 1)) {
                text(rest.substr(0, at));
                out_ += "<br>";
            }
            text(rest);
            if (one.emphasised) out_ += "</em>";
            if (one.strong) out_ += "</strong>";
            if (!one.target.empty()) out_ += "</a>";
        }
    }

    void write(const RichParagraph& words) {
        out_ += "<p>";
        runs(words.runs);
        out_ += "</p>\n";
    }

    /// Lists within lists: an item stays open while deeper ones follow.
    void write(const RichList& list) {
        std::vector<std::string_view> open;
        const auto close = [&] {
            out_ += "</li>\n</" + std::string(open.back()) + ">\n";
            open.pop_back();
        };
        for (const ListItem& item : list.items) {
            const std::string_view tag = item.number ? "ol" : "ul";
            while (open.size() > item.depth) close();
            if (open.size() == item.depth && open.back() != tag) close();
            if (open.size() == item.depth) {
                out_ += "</li>\n";
            } else {
                out_ += (open.empty() ? "" : "\n");
                out_ += "<" + std::string(tag) + " class=\"words\"";
                if (item.number.value_or(1) != 1) out_ += " start=\"" + std::to_string(*item.number) + "\"";
                out_ += ">\n";
                open.push_back(tag);
            }
            out_ += "<li>";
            runs(item.runs);
        }
        while (!open.empty()) close();
    }

    void write(const Picture& picture) {
        const DocumentFigure& shown = document_.figures[picture.figure];
        const std::string name = "Figure " + std::to_string(shown.number);
        out_ += "<figure id=\"figure-" + escape_html(shown.figure.id) + "\" data-alt=\"" +
                escape_html(shown.figure.alt) + "\"";
        const auto table = table_of_file_.find(shown.csv);
        if (table != table_of_file_.end()) out_ += " data-table=\"table-" + escape_html(table->second) + "\"";
        out_ += ">\n";
        // On a narrow screen, where a picture is wider than what is seen of it, its words stand above it.
        out_ += "<p class=\"name\" aria-hidden=\"true\"><strong>";
        text(shown.figure.title);
        out_ += "</strong><br>";
        text(shown.figure.subtitle);
        out_ += "</p>\n";
        out_ += "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"" + name + "\">\n";
        out_ += outlines_.pictures[picture.figure];
        out_ += "</div>\n<figcaption><strong>" + name + ".</strong> ";
        text(shown.figure.description.empty() ? shown.figure.alt : shown.figure.description);
        out_ += " <span class=\"files\">";
        std::vector<std::string> files = shown.files;
        if (!shown.csv.empty()) files.push_back(shown.csv);
        for (const std::string& file : files) {
            out_ += "<a href=\"" + escape_html(file) + "\" aria-label=\"" + name + " as " +
                    kind_of_file(file) + "\">" + kind_of_file(file) + "</a>";
        }
        out_ += "</span></figcaption>\n</figure>\n";
    }

    void bar(double share, bool two_sided) {
        const double length = std::min(1.0, std::abs(share)) * (two_sided ? 50 : 100);
        const double left = !two_sided ? 0 : share < 0 ? 50 - length : 50;
        out_ += two_sided ? "<span class=\"bar two\" aria-hidden=\"true\">"
                          : "<span class=\"bar\" aria-hidden=\"true\">";
        out_ += share < 0 ? "<i class=\"fall\"" : "<i";
        out_ += " style=\"left:" + fixed_decimals(left, 1) + "%;width:" + fixed_decimals(length, 1) +
                "%\"></i></span>";
    }

    void cell(const GridCell& cell, const std::string& tag, const std::string& attributes, bool number,
              bool two_sided) {
        out_ += "<" + tag + attributes;
        const std::string classes =
            std::string(number ? "n" : "") + (cell.fill ? (number ? " fill" : "fill") : "");
        if (!classes.empty()) out_ += " class=\"" + classes + "\"";
        if (cell.fill) {
            out_ += " style=\"background:" + hex(*cell.fill) + ";color:" + hex(ink_on(*cell.fill)) + "\"";
        }
        out_ += ">";
        if (!cell.target.empty()) out_ += "<a href=\"" + escape_html(cell.target) + "\">";
        text(cell.text);
        if (!cell.target.empty()) out_ += "</a>";
        if (cell.bar) bar(*cell.bar, two_sided);
        out_ += "</" + tag + ">";
    }

    void row_tag(const std::vector<GridCell>& row, bool is_whole) {
        out_ += is_whole ? "<tr class=\"whole\"" : "<tr";
        if (!row.empty() && !row.front().area_code.empty()) {
            out_ += " data-code=\"" + escape_html(row.front().area_code) + "\"";
        }
        if (!row.empty() && !row.front().spoken.empty()) {
            out_ += " data-spoken=\"" + escape_html(row.front().spoken) + "\"";
        }
        out_ += ">";
    }

    void write(const Grid& grid) {
        out_ += "<div class=\"tables\"><div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"";
        text(grid.caption);
        out_ += "\">\n<table" +
                (grid.id.empty() ? std::string() : " id=\"table-" + escape_html(grid.id) + "\"") +
                ">\n<caption>";
        text(grid.caption);
        out_ += "</caption>\n<thead>\n<tr>";
        std::vector<bool> two_sided(grid.columns.size(), false);
        for (const auto& row : grid.rows) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (row[i].bar && *row[i].bar < 0) two_sided[i] = true;
            }
        }
        for (const GridColumn& column : grid.columns) {
            cell({.text = column.heading}, "th", " scope=\"col\"", column.is_number, false);
        }
        out_ += "</tr>\n</thead>\n<tbody>\n";
        for (std::size_t r = 0; r < grid.rows.size(); ++r) {
            const auto& row = grid.rows[r];
            row_tag(row, grid.has_total && r + 1 == grid.rows.size());
            for (std::size_t i = 0; i < row.size(); ++i) {
                const bool first = i == 0;
                cell(row[i], first ? "th" : "td", first ? " scope=\"row\"" : "", grid.columns[i].is_number,
                     two_sided[i]);
            }
            out_ += "</tr>\n";
        }
        out_ += "</tbody>\n</table>\n</div>\n";
        for (const std::string& note : grid.notes) {
            out_ += "<p class=\"note\">";
            text(note);
            out_ += "</p>\n";
        }
        if (!grid.csv.empty()) {
            out_ += "<p class=\"note files\"><a href=\"" + escape_html(grid.csv) + "\" aria-label=\"";
            text(grid.caption);
            out_ += " as CSV\">CSV</a></p>\n";
        }
        out_ += "</div>\n";
    }

    void footer() {
        out_ += "<footer>\n<div class=\"page\" style=\"display:block\">\n";
        for (const std::string& line : document_.sources) paragraph(line);
        std::string made = "Made with " + document_.made_by + ".";
        if (document_.files == FilesBeside::of_report)
            made +=
                " What was read, guessed and written, with the fingerprint of each "
                "file, stands in manifest.json beside this page.";
        paragraph(made);
        out_ += "</div>\n</footer>\n";
    }

    const Document& document_;
    SharedOutlines outlines_{};
    std::map<std::string, std::string>
        table_of_file_{};  ///< a CSV of the report to the id of the table that shows it
    std::string out_{};
    int open_ = 0;
};

}  // namespace

std::string escape_html(std::string_view text) {
    std::string shown(text);
    std::erase_if(shown,
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
    return escape_markup(shown, EscapedQuotes::all);
}

std::string script_source(std::string_view script) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::string hex = sha256_of(script);
    std::string out = "sha256-";
    // Three hexadecimal digits are two of base64; 64 and none to spare leave one of four bits, then "=".
    for (std::size_t at = 0; at < hex.size(); at += 3) {
        const std::string part = (hex.substr(at, 3) + "00").substr(0, 3);
        const unsigned long bits = std::stoul(part, nullptr, 16);
        out += digits[bits >> 6U];
        if (at + 1 < hex.size()) out += digits[bits & 63U];
    }
    return out + "=";
}

std::string to_html(const Document& document) {
    return Writer(document).take();
}

}  // namespace wardmap
