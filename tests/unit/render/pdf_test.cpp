#include "wardmap/render/pdf.hpp"

#include "support/shell.hpp"
#include "support/temp_file.hpp"
#include "unit/render/demo_scene.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <clocale>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The place of each part in the text; checks that they come in this order.
void check_order(const std::string& text, const std::vector<std::string>& parts) {
    std::size_t at = 0;
    for (const std::string& part : parts) {
        const std::size_t found = text.find(part, at);
        CAPTURE(part);
        REQUIRE(found != std::string::npos);
        at = found + part.size();
    }
}

std::string tool(const std::string& command) {
    const auto output = output_of(command);
    if (!output) MESSAGE("not checked here, the tool is missing: ", command);
    return output.value_or("");
}

Group group(Role role, std::vector<Node> children) {
    Group made;
    made.role = role;
    made.children = std::move(children);
    return made;
}

}  // namespace

TEST_CASE("pdf: sound by qpdf's account, fonts embedded as TrueType subsets") {
    const TempFile file("test.pdf", to_pdf(demo_pages()));
    if (const std::string check = tool("qpdf --check " + file.path()); !check.empty()) {
        CHECK(has(check, "No syntax or stream encoding errors found"));
        CHECK_FALSE(has(check, "WARNING"));
    }
    if (const std::string fonts = tool("pdffonts " + file.path()); !fonts.empty()) {
        CHECK_FALSE(has(fonts, "Type 3"));
        for (const char* name :
             {"+LiberationSans-Regular", "+LiberationSans-Bold", "+LiberationSans-Italic"}) {
            const std::size_t line = fonts.find(name);
            REQUIRE(line != std::string::npos);
            CHECK(has(fonts.substr(line, 80), "CID TrueType"));
            CHECK(has(fonts.substr(line, 100), "yes yes yes"));  // embedded, subset, Unicode
        }
    }
}

TEST_CASE("pdf: a screen reader finds headings, paragraphs, links, figures and tables in reading order") {
    const TempFile file("test.pdf", to_pdf(demo_pages()));
    const std::string tree = tool("pdfinfo -struct-text " + file.path());
    if (tree.empty()) return;
    check_order(tree, {"Document",
                       "H1 (block)",
                       "Violence rose in every ward",
                       "P (block)",
                       "The city\u2019s rate",
                       "Llan\u0175r",
                       "Link (inline)",
                       "See the ward table",
                       "Link (inline)",
                       "Figure",
                       "Caption",
                       "Figure 1.",
                       "H2 (block)",
                       "Table (block)",
                       "TR",
                       "TH",
                       "/Scope /Column",
                       "Ward",
                       "TR",
                       "TH",
                       "/Scope /Row",
                       "Binley and Willenhall",
                       "TD",
                       "51",
                       "TD",
                       "312",
                       "TR",
                       "St Michael\u2019s",
                       "1,116"});
    CHECK_FALSE(has(tree, "Page 1"));  // decoration
}

TEST_CASE("pdf: text can be searched and copied, halos are not copied twice") {
    const TempFile file("test.pdf", to_pdf(demo_scene()));
    const std::string words = tool("pdftotext -layout " + file.path() + " -");
    if (words.empty()) return;
    CHECK(has(words, "AVAVA To. Ty Llan\u0175r \u0177 \u00f4 \u201cSt Michael\u2019s\u201d"));
    CHECK(has(words, "\u221275% to +1,500%"));
    CHECK(words.find("Across an edge") == words.rfind("Across an edge"));
}

TEST_CASE("pdf: alternative text, language, title and date are in the file as simple tools look for them") {
    PdfOptions options;
    options.title = "Needs assessment (Coventry)";
    options.created_s = 1656590400;  // 2022-06-30T12:00:00Z
    Scene plain = demo_scene();
    plain.alt = "Map (A) of \\ three";
    const std::string pdf = to_pdf(plain, options);
    CHECK(pdf.substr(0, 9) == "%PDF-1.7\n");
    CHECK(has(pdf, "/Alt(Map \\(A\\) of \\\\ three)"));
    CHECK(has(pdf, "/Lang(en-GB)"));
    CHECK(has(pdf, "/DisplayDocTitle true"));
    CHECK(has(pdf, "/Title(Needs assessment \\(Coventry\\))"));
    CHECK(has(pdf, "/Author(wardmap)"));
    CHECK(has(pdf, "/CreationDate(D:20220630120000Z)"));
    CHECK(has(pdf, "<pdfuaid:part>1</pdfuaid:part>"));
    plain.alt = "\u0174 \U0001F5FA";
    CHECK(has(to_pdf(plain, options), "/Alt<FEFF01740020D83DDDFA>"));
}

TEST_CASE("pdf: it says it is accessible only when it is") {
    const auto claims = [](const std::vector<Scene>& pages) { return has(to_pdf(pages), "pdfuaid:part>"); };
    CHECK(claims(demo_pages()));
    std::vector<Scene> pages = demo_pages();
    pages[0].title.clear();
    CHECK_FALSE(claims(pages));
    pages = demo_pages();
    pages[0].nodes.erase(pages[0].nodes.begin());  // begins with a heading of level 2
    CHECK_FALSE(claims(pages));
    pages = demo_pages();
    pages[0].nodes.push_back(node(group(Role::figure, {node(text(1, 9, "no words for it"))})));
    CHECK_FALSE(claims(pages));
    pages = demo_pages();
    pages[0].nodes.push_back(node(text(1, 9, "\u6771")));
    CHECK_FALSE(claims(pages));
}

TEST_CASE("pdf: pages have their own size, links lead to the web and to groups on other pages") {
    std::vector<Scene> pages = demo_pages();
    pages.push_back(demo_scene());
    const TempFile file("test.pdf", to_pdf(pages));
    if (const std::string sizes = tool("pdfinfo -l 3 " + file.path()); !sizes.empty()) {
        CHECK(has(sizes, "595.276 x 841.89"));
        CHECK(has(sizes, "283.465 x 198.425"));
        CHECK(has(sizes, "Tagged:          yes"));
    }
    if (const std::string json = tool("qpdf --qdf --object-streams=disable " + file.path() + " -");
        !json.empty()) {
        CHECK(has(json, "/URI (https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/)"));
        CHECK(has(json, "/XYZ"));
        CHECK(has(json, "/Title (Violence rose in every ward)"));
        CHECK(has(json, "/Title (Ward table \\(all offences\\))"));
    }
}

TEST_CASE("pdf: a figure with a table in it is read as the table, a heading in a figure beside it") {
    Scene scene = demo_pages()[1];
    Group figure = group(Role::figure, scene.nodes);
    figure.label = "Ward table";
    scene.nodes = {node(figure)};
    scene.alt = "Ward table";
    const TempFile with_table("test.pdf", to_pdf(scene));
    if (const std::string tree = tool("pdfinfo -struct-text " + with_table.path()); !tree.empty()) {
        CHECK_FALSE(has(tree, "Figure"));
        check_order(tree, {"H2", "Table", "TR", "TH"});
    }
    Scene map = demo_scene();
    map.nodes.insert(map.nodes.begin(), node(group(Role::heading1, {node(text(5, 5, "The finding"))})));
    const TempFile with_heading("test.pdf", to_pdf(map));
    if (const std::string tree = tool("pdfinfo -struct " + with_heading.path()); !tree.empty()) {
        check_order(tree, {"Document\n  H1", "\n  Figure"});
    }
    // In a report the page has headings of its own.
    std::vector<Scene> pages = demo_pages();
    Group inside = group(Role::figure, map.nodes);
    inside.label = "Map";
    pages[0].nodes.push_back(node(inside));
    const TempFile report("test.pdf", to_pdf(pages));
    if (const std::string tree = tool("pdfinfo -struct-text " + report.path()); !tree.empty()) {
        CHECK(tree.find("H1") == tree.rfind("H1"));
        check_order(tree, {"P (block)\n    \"The finding", "Figure"});
    }
}

TEST_CASE("pdf: a cell with nothing in it still is a cell, so that all rows have as many") {
    Scene scene = demo_pages()[1];
    auto& table = std::get<Group>(scene.nodes[1].content);
    auto& last_row = std::get<Group>(table.children.back().content);
    std::get<Group>(last_row.children[1].content).children.clear();
    std::get<Group>(last_row.children[2].content).children = {
        node(group(Role::decoration, {node(Shape{RectShape{90, 50, 5, 2}, Fill{}, {}})}))};
    const TempFile file("test.pdf", to_pdf(scene));
    const std::string tree = tool("pdfinfo -struct " + file.path());
    if (tree.empty()) return;
    std::size_t cells = 0;
    for (std::size_t at = tree.find("TD"); at != std::string::npos; at = tree.find("TD", at + 1)) ++cells;
    CHECK(cells == 4);
    auto& first_row = std::get<Group>(table.children.front().content);
    first_row.children.resize(2);
    const TempFile spanning("test.pdf", to_pdf(scene));
    check_order(tool("pdfinfo -struct " + spanning.path()),
                {"/Scope /Column", "/Scope /Column", "/ColSpan 2", "/Scope /Row"});
}

TEST_CASE("pdf: the same bytes twice and in any locale") {
    const std::string first = to_pdf(demo_pages());
    CHECK(to_pdf(demo_pages()) == first);
    std::setlocale(LC_ALL, "de_DE.UTF-8");
    CHECK(to_pdf(demo_pages()) == first);
    std::setlocale(LC_ALL, "C");
}

TEST_CASE("pdf: hostile names stay text") {
    Scene scene = demo_scene();
    scene.title = ")>> endobj <script>\x01";
    scene.nodes.push_back(node(text(10, 10, ") Tj ET (\\ <\u202e> \xff w\u0302")));
    Group link = group(Role::link, {node(text(10, 20, "click"))});
    link.target = "javascript:alert(1)";
    scene.nodes.push_back(node(link));
    const std::string pdf = to_pdf(scene);
    CHECK_FALSE(has(pdf, "javascript"));
    CHECK(has(pdf, "/Title(\\)>> endobj <script>)"));
    CHECK(has(pdf, "&lt;script&gt;"));
    const TempFile file("test.pdf", pdf);
    if (const std::string check = tool("qpdf --check " + file.path()); !check.empty()) {
        CHECK(has(check, "No syntax or stream encoding errors found"));
    }
    if (const std::string words = tool("pdftotext " + file.path() + " -"); !words.empty()) {
        CHECK(has(words, ") Tj ET (\\ <>"));
    }
}

TEST_CASE("pdf: no page is an error") {
    CHECK_THROWS_AS(to_pdf(std::vector<Scene>{}), OutputError);
    Scene flat;
    flat.height_mm = 0;
    CHECK_THROWS_AS(to_pdf(flat), OutputError);
}
