#include "wardmap/report/html.hpp"

#include "wardmap/base/number_text.hpp"
#include "wardmap/figure/palette.hpp"
#include "wardmap/figure/text_block.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace wardmap {
namespace {

/// Colours are those of the figures; sizes are in rem, so that the reader's own text size counts.
constexpr std::string_view style = R"(
:root { color-scheme: light; --ink: #0b0c0c; --soft: #595959; --rule: #d9d9d9; --blue: #12436d; --bar: #2073bc; --fall: #801650; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: var(--ink); font: 1.0625rem/1.55 Arial, "Liberation Sans", Helvetica, sans-serif; overflow-wrap: break-word; }
a { color: #1d4f91; text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 0.15em; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid #fd0; box-shadow: 0 0 0 5px var(--ink); outline-offset: 0; }
.skip { position: absolute; left: -999rem; padding: 0.6rem 1rem; background: #fff; z-index: 2; }
.skip:focus { left: 0.5rem; top: 0.5rem; }
header { background: var(--blue); color: #fff; padding: 2.5rem 0 2rem; }
header a { color: #fff; }
header .in { max-width: 75rem; margin: 0 auto; padding: 0 1rem; }
header p { max-width: 46rem; margin: 0.5rem 0; }
header .meta { font-size: 0.95rem; }
header .files { color: #fff; }
header .files a { display: inline-block; padding: 0; margin: 0.4rem 1.2rem 0 0; min-height: 1.5rem; }
h1 { font-size: clamp(1.7rem, 5vw, 2.6rem); line-height: 1.15; margin: 0; max-width: 46rem; }
h2 { font-size: 1.75rem; line-height: 1.2; margin: 3.5rem 0 0.8rem; padding-top: 1rem; border-top: 4px solid var(--blue); max-width: 46rem; }
h3 { font-size: 1.3rem; line-height: 1.25; margin: 2.8rem 0 0.6rem; max-width: 46rem; }
h4 { font-size: 1.08rem; line-height: 1.3; margin: 1.8rem 0 0.4rem; max-width: 46rem; }
p, ul.words { max-width: 46rem; margin: 0.6rem 0; }
ul.words { padding-left: 1.3rem; }
ul.words li { margin: 0.3rem 0; }
.page { max-width: 75rem; margin: 0 auto; padding: 0 1rem 4rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: 0; }
nav ul ul { padding-left: 0.8rem; }
nav a { display: block; padding: 0.2rem 0; min-height: 1.5rem; text-decoration: none; font-size: 0.92rem; line-height: 1.35; }
nav a:hover { text-decoration: underline; }
nav .part > a { font-weight: bold; color: var(--ink); margin-top: 0.6rem; }
nav h2 { font-size: 1rem; margin: 2rem 0 0.3rem; padding: 0; border: 0; }
.key { border-left: 6px solid var(--blue); padding: 0.4rem 0 0.4rem 1.2rem; margin: 2rem 0; max-width: 46rem; }
.key h2 { font-size: 1.2rem; border: 0; margin: 0; padding: 0; }
.key ul { margin: 0.4rem 0 0; padding-left: 1.1rem; }
.key li { margin: 0.35rem 0; }
figure { margin: 1.6rem 0 2rem; max-width: 46rem; }
.wide { overflow-x: auto; max-width: 100%; }
figure svg { display: block; width: 100%; max-width: 40rem; min-width: 30rem; height: auto; }
figcaption { font-size: 0.9rem; line-height: 1.45; color: var(--ink); margin-top: 0.6rem; }
.files { color: var(--soft); }
figcaption .files { white-space: nowrap; }
.files a { display: inline-block; padding: 0.1rem 0.25rem; min-width: 1.5rem; min-height: 1.5rem; }
table { border-collapse: collapse; margin: 0; font-size: 0.92rem; line-height: 1.3; font-variant-numeric: tabular-nums; min-width: 20rem; }
caption { text-align: left; font-weight: bold; padding: 0 0 0.5rem; max-width: 46rem; }
th, td { text-align: left; vertical-align: middle; padding: 0.34rem 0.6rem 0.34rem 0; border-bottom: 1px solid var(--rule); }
thead th { vertical-align: bottom; border-bottom: 2px solid var(--ink); font-size: 0.86rem; }
tbody th { font-weight: normal; min-width: 8rem; }
td.n, th.n { text-align: right; white-space: nowrap; padding-left: 0.6rem; }
thead th.n { white-space: normal; }
td.fill { padding-right: 0.6rem; border: 2px solid #fff; }
tr.whole th, tr.whole td { font-weight: bold; border-top: 2px solid var(--ink); border-bottom: 0; }
.bar { display: inline-block; vertical-align: middle; position: relative; width: 5.5rem; height: 0.75rem; margin-left: 0.5rem; }
.bar i { position: absolute; top: 0; bottom: 0; background: var(--bar); }
.bar i.fall { background: var(--fall); }
.bar.two::after { content: ""; position: absolute; left: 50%; top: -0.2rem; bottom: -0.2rem; border-left: 1px solid #767676; }
.tables { margin: 1.4rem 0 1.8rem; }
.note { font-size: 0.86rem; color: var(--soft); margin: 0.5rem 0; }
footer { border-top: 1px solid var(--rule); margin-top: 3rem; padding-top: 1rem; font-size: 0.88rem; color: var(--soft); }
@media (min-width: 64rem) {
  .page { display: grid; grid-template-columns: 16rem minmax(0, 1fr); gap: 3rem; }
  nav { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding-bottom: 2rem; align-self: start; }
}
@media (max-width: 40rem) { h2 { font-size: 1.4rem; } h3 { font-size: 1.15rem; } }
@media (forced-colors: active) { .bar i { forced-color-adjust: none; } td.fill { forced-color-adjust: none; } }
@page { size: A4; margin: 18mm; }
@media print {
  body { font-size: 10pt; }
  header { background: none; color: var(--ink); padding: 0 0 1rem; }
  header a, a { color: inherit; }
  .skip, nav, .files { display: none; }
  .page { display: block; padding: 0; max-width: none; }
  figure, tr, .key { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  h2 { break-before: page; }
  .key h2 { break-before: auto; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  figure svg { max-width: 159mm; min-width: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)";

/// "figures/a.svg" -> "SVG"
std::string kind_of_file(const std::string& path) {
    std::string kind = std::filesystem::path(path).extension().string();
    kind.erase(0, 1);
    for (char& c : kind) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return kind;
}

class Writer {
public:
    explicit Writer(const Document& document) : document_(document) {}

    std::string take() {
        head();
        header();
        out_ += "<div class=\"page\">\n";
        contents();
        out_ += "<main id=\"main\" tabindex=\"-1\">\n";
        key_points();
        for (const Section& section : document_.sections) write(section);
        while (open_ > 0) close_section();
        out_ += "</main>\n</div>\n";
        footer();
        out_ += "</body>\n</html>\n";
        return std::move(out_);
    }

private:
    void text(std::string_view words) { out_ += escape_html(words); }

    void head() {
        out_ +=
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
            "'unsafe-inline'; "
            "img-src data:; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light\">\n<title>";
        text(document_.title);
        out_ += "</title>\n<meta name=\"generator\" content=\"";
        text(document_.made_by);
        out_ += "\">\n<meta name=\"description\" content=\"";
        text(document_.summary);
        out_ += "\">\n<style>";
        out_ += style;
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
        out_ +=
            "<p class=\"files\"><a href=\"report.pdf\">The report as PDF</a> "
            "<a href=\"report.docx\">The report as a Word document (DOCX)</a> "
            "<a href=\"tables/tables.xlsx\">All tables as a workbook (XLSX)</a> "
            "<a href=\"manifest.json\">What was read, and how</a></p>\n</div>\n</header>\n";
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

    void write(const Picture& picture) {
        const DocumentFigure& shown = document_.figures[picture.figure];
        const std::string name = "Figure " + std::to_string(shown.number);
        out_ += "<figure id=\"figure-" + escape_html(shown.figure.id) + "\">\n";
        out_ += "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"" + name + "\">\n";
        const std::size_t start = shown.svg.find("<svg");
        out_ += shown.svg.substr(start == std::string::npos ? 0 : start);
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
            out_ += grid.has_total && r + 1 == grid.rows.size() ? "<tr class=\"whole\">" : "<tr>";
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
        paragraph("Made with " + document_.made_by +
                  ". What was read, guessed and written, with the fingerprint of each "
                  "file, stands in manifest.json beside this page.");
        out_ += "</div>\n</footer>\n";
    }

    const Document& document_;
    std::string out_{};
    int open_ = 0;
};

}  // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
        }
    }
    return out;
}

std::string to_html(const Document& document) {
    return Writer(document).take();
}

}  // namespace wardmap
