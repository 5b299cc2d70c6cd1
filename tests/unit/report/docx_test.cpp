#include "wardmap/report/docx.hpp"

#include "support/temp_dir.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/io/zip_file.hpp"
#include "wardmap/render/fonts.hpp"
#include "wardmap/report/docx_house.hpp"

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

Document small_document() {
    Document out;
    out.title = "Wards & \"people\" <2022>";
    out.organisation = "A council";
    out.summary = "What was counted.";
    out.key_points = {"One thing.", "Another."};
    DocumentFigure figure;
    figure.figure.id = "rate-map";
    figure.figure.alt = "Map of rates: Foleshill & St Michael's are \"highest\"";
    figure.figure.description = "The rate is highest in St Michael's.";
    figure.figure.scene.width_mm = 159;
    figure.figure.scene.height_mm = 120;
    figure.number = 1;
    out.figures = {figure, figure};
    out.figures[1].figure.id = "table-picture";
    out.figures[1].number = 2;
    Grid grid;
    grid.caption = "Rates by ward";
    grid.columns = {{"Ward"}, {"Rate", true}};
    grid.rows = {{{.text = "Foleshill", .target = "#foleshill"}, {.text = "402", .fill = Color{0, 0, 80, 1}}},
                 {{.text = "Coventry"}, {.text = "1,234"}}};
    grid.has_total = true;
    grid.notes = {"A note."};
    Section part{.id = "part", .level = 1, .heading = "A part", .short_name = "Part"};
    Section topic{.id = "foleshill", .level = 2, .heading = "Foleshill", .short_name = "Foleshill"};
    topic.blocks = {{Paragraph{"First line\nsecond \x01line"}},
                    {Bullets{{"a", "b"}}},
                    {Picture{0}},
                    {Picture{1}, ShownIn::pdf},
                    {grid}};
    out.sections = {part, topic};
    out.sources = {"Source: somebody"};
    out.made_by = "wardmap";
    return out;
}

const std::vector<std::string> pictures{"not really a PNG", ""};

std::string made(const DocxOptions& options = {}) {
    return to_docx(small_document(), pictures, liberation_sans(), options);
}

std::string part_of(const std::string& docx, const std::string& name) {
    for (const ZipPart& part : zip_parts(docx, "made.docx")) {
        if (part.name == name) return part.bytes;
    }
    FAIL("no part " << name);
    return {};
}

struct Parsed {
    pugi::xml_document xml{};
    explicit Parsed(const std::string& text) {
        REQUIRE(xml.load_buffer(text.data(), text.size(), pugi::parse_full));
    }
    std::size_t count(const char* query) const { return xml.select_nodes(query).size(); }
    std::string value(const char* query) const { return xml.select_node(query).attribute().value(); }
    std::string text(const char* query) const {
        std::string out;
        for (const auto& found : xml.select_nodes(query)) out += found.node().child_value();
        return out;
    }
};

std::string written(const TempDir& folder, const std::string& name, const std::vector<ZipPart>& parts) {
    const auto path = folder.path() / name;
    std::ofstream(path, std::ios::binary) << zip_bytes(parts);
    return path.string();
}

}  // namespace

TEST_CASE("docx: headings, bullets, captions with numbers that Word counts, and links to bookmarks") {
    const Parsed document(part_of(made(), "word/document.xml"));
    CHECK(document.text("//w:p[w:pPr/w:pStyle/@w:val='Title']//w:t") == "Wards & \"people\" <2022>");
    CHECK(document.count("//w:p[w:pPr/w:pStyle/@w:val='Heading1']") == 1);
    CHECK(document.text("//w:p[w:pPr/w:pStyle/@w:val='Heading2']//w:t") == "FoleshillSources and licences");
    CHECK(document.count("//w:p[w:pPr/w:pStyle/@w:val='ListBullet'][w:pPr/w:numPr]") == 4);
    CHECK(document.count("//w:fldSimple[@w:instr=' SEQ Figure \\* ARABIC ']") == 1);
    CHECK(document.count("//w:fldSimple[@w:instr=' SEQ Table \\* ARABIC ']") == 1);
    for (const auto& link : document.xml.select_nodes("//w:hyperlink")) {
        const std::string query =
            "//w:bookmarkStart[@w:name='" + std::string(link.node().attribute("w:anchor").value()) + "']";
        CHECK(document.count(query.c_str()) == 1);
    }
    CHECK(document.count("//w:hyperlink") == 3);
    CHECK(document.count("//w:p[w:r/w:t='First line']/w:r/w:br") == 1);
    CHECK(document.count("//w:t[.='second line']") == 1);
}

TEST_CASE("docx: a picture has its true size and its alternative text; pictures of tables are tables") {
    const std::string docx = made();
    const Parsed document(part_of(docx, "word/document.xml"));
    REQUIRE(document.count("//wp:inline") == 1);
    CHECK(document.value("//wp:extent/@cx") == "5724000");  // 159 mm of 36,000 EMU
    CHECK(document.value("//wp:extent/@cy") == "4320000");
    CHECK(document.value("//wp:docPr/@descr") == small_document().figures[0].figure.alt);
    CHECK(document.value("//pic:cNvPr/@descr") == small_document().figures[0].figure.alt);
    CHECK(part_of(docx, "word/media/wardmap-rate-map.png") == pictures[0]);
    const Parsed relations(part_of(docx, "word/_rels/document.xml.rels"));
    const std::string query = "//Relationship[@Id='" + document.value("//a:blip/@r:embed") + "']/@Target";
    CHECK(relations.value(query.c_str()) == "media/wardmap-rate-map.png");
    CHECK(figures_in_docx(small_document()) == std::vector<bool>{true, false});
}

TEST_CASE("docx: a table repeats its head, keeps its rows whole, sets numbers right and fills the line") {
    const Parsed document(part_of(made(), "word/document.xml"));
    CHECK(document.count("//w:tbl") == 1);
    CHECK(document.count("//w:tr") == 3);
    CHECK(document.count("//w:tr/w:trPr[w:cantSplit]") == 3);
    CHECK(document.count("//w:tr[1]/w:trPr/w:tblHeader") == 1);
    CHECK(document.count("//w:tbl//w:jc[@w:val='right']") == 3);
    CHECK(document.value("//w:tblCaption/@w:val") == "Rates by ward");
    int room = 0;
    for (const auto& column : document.xml.select_nodes("//w:gridCol"))
        room += column.node().attribute("w:w").as_int();
    CHECK(room >= 9024);
    CHECK(room <= 9028);  // A4 less two inches, in twips: 9,026
    CHECK(document.value("//w:tr[2]/w:tc[2]//w:shd/@w:fill") == "000050");
    CHECK(document.value("//w:tr[2]/w:tc[2]//w:color/@w:val") == "FFFFFF");
    CHECK(document.count("//w:tr[3]//w:b") == 2);
}

TEST_CASE(
    "docx: the language is British English, the title is the document's, and the bytes are always the same") {
    const std::string docx = made();
    CHECK(Parsed(part_of(docx, "word/styles.xml")).value("//w:docDefaults//w:lang/@w:val") == "en-GB");
    const Parsed core(part_of(docx, "docProps/core.xml"));
    CHECK(core.text("//dc:title") == "Wards & \"people\" <2022>");
    CHECK(core.text("//dcterms:created") == "1980-01-01T00:00:00Z");
    CHECK(made() == docx);
}

TEST_CASE("docx: every style a paragraph names is there, and every part has a type") {
    const std::string docx = made();
    const Parsed document(part_of(docx, "word/document.xml"));
    const Parsed styles(part_of(docx, "word/styles.xml"));
    for (const auto& used : document.xml.select_nodes("//w:pStyle | //w:tblStyle")) {
        const std::string query =
            "//w:style[@w:styleId='" + std::string(used.node().attribute("w:val").value()) + "']";
        CHECK(styles.count(query.c_str()) == 1);
    }
    const Parsed types(part_of(docx, "[Content_Types].xml"));
    for (const ZipPart& part : zip_parts(docx, "made.docx")) {
        const std::string ending = part.name.substr(part.name.rfind('.') + 1);
        const std::string named = "//Override[@PartName='/" + part.name + "']";
        const std::string by_ending = "//Default[@Extension='" + ending + "']";
        CHECK(types.count(named.c_str()) + types.count(by_ending.c_str()) >= 1);
    }
}

TEST_CASE("docx: bytes that are no text come out as XML can hold them") {
    Document document = small_document();
    document.title = "caf\xe9 \xef\xbf\xbe <b>";  // Latin-1, and U+FFFE, which no XML holds
    const std::string docx = to_docx(document, pictures, liberation_sans());
    CHECK(part_of(docx, "word/document.xml").find("caf\xef\xbf\xbd  &lt;b&gt;") != std::string::npos);
    CHECK(part_of(docx, "docProps/core.xml").find('\xe9') == std::string::npos);
}

TEST_CASE("docx: a council's template gives styles, page, header and logo, and loses its own text") {
    const TempDir folder;
    std::vector<ZipPart> parts = docx_house_parts();
    const auto edit = [&](const std::string& name, const std::string& from, const std::string& to) {
        const auto part =
            std::find_if(parts.begin(), parts.end(), [&](const ZipPart& p) { return p.name == name; });
        REQUIRE(part != parts.end());
        std::size_t found = 0;
        for (std::size_t at = 0; (at = part->bytes.find(from, at)) != std::string::npos;
             at += to.size(), ++found)
            part->bytes.replace(at, from.size(), to);
        REQUIRE(found > 0);
    };
    edit("word/styles.xml", "w:styleId=\"Heading1\"", "w:styleId=\"CouncilHeading\"");
    edit("word/styles.xml", "w:styleId=\"ListBullet\"><w:name w:val=\"List Bullet\"",
         "w:styleId=\"ListBullet\"><w:name w:val=\"Other\"");
    edit("word/styles.xml", "en-GB", "en-US");
    edit("word/document.xml", "<w:body>", "<w:body><w:p><w:r><w:t>Confidential draft</w:t></w:r></w:p>");
    edit("word/document.xml", "w:w=\"11906\" w:h=\"16838\"", "w:w=\"8391\" w:h=\"11906\"");  // A5
    edit("[Content_Types].xml", "document.main+xml", "template.main+xml");
    parts.push_back({"word/media/logo.png", "logo", ZipPacking::stored});
    const std::string path = written(folder, "council.dotx", parts);

    const std::string docx = made({.template_file = path});
    const std::string text = part_of(docx, "word/document.xml");
    CHECK(text.find("Confidential") == std::string::npos);
    const Parsed document(text);
    CHECK(document.count("//w:p[w:pPr/w:pStyle/@w:val='CouncilHeading']") == 1);
    CHECK(document.count("//w:p[w:pPr/w:pStyle/@w:val='Heading1']") == 0);
    CHECK(document.count("//w:p[w:pPr/w:pStyle/@w:val='ListBulletWardmap']") == 4);
    CHECK(document.count("//w:sectPr/w:footerReference") == 1);
    CHECK(document.value("//w:pgSz/@w:w") == "8391");
    CHECK(document.value("//wp:extent/@cx") ==
          "3499485");  // the width between the margins: 5,511 twips of 635 EMU
    CHECK(part_of(docx, "word/media/logo.png") == "logo");
    CHECK(part_of(docx, "[Content_Types].xml").find("template.main") == std::string::npos);
    CHECK(Parsed(part_of(docx, "word/styles.xml")).value("//w:docDefaults//w:lang/@w:val") == "en-GB");
}

TEST_CASE("docx: what is no Word document is refused by name, with a way out") {
    const TempDir folder;
    const auto refused = [](const std::string& path, const std::string& part) {
        try {
            (void)made({.template_file = path});
            FAIL("taken: " << path);
        } catch (const Error& error) {
            CHECK(std::string(error.what()).find(part) != std::string::npos);
        }
    };
    refused((folder.path() / "none.docx").string(), "none.docx");
    refused(folder.file("text.docx", "Dear all"), "text.docx: this is no Word document");
    refused(written(folder, "other.docx", {{"a.txt", "a"}}), "[Content_Types].xml");
    std::vector<ZipPart> broken = docx_house_parts();
    broken[2].bytes.resize(broken[2].bytes.size() / 2);
    refused(written(folder, "broken.docx", broken), "word/document.xml is broken");
}
