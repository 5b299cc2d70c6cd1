#include "wardmap/report/text_page.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

using namespace wardmap;

namespace {

const std::vector<NamedTable> tables{{"robbery", Table({Column::text("area_code", {"E1", ""}),
                                                        Column::text("area_name", {"St Michael's", "Total"}),
                                                        Column::numbers("rate", {1116, 402})})}};

TextPage page_of(std::string_view markdown, int level = 1) {
    return read_text_page(markdown, {.id = "words", .title = "Words", .level = level, .file = "words.md"},
                          TableValues(tables));
}

std::string text_of(const std::vector<TextRun>& runs) {
    std::string out;
    for (const TextRun& run : runs) out += run.text;
    return out;
}

const std::vector<TextRun>& paragraph(const TextPage& page, std::size_t section, std::size_t block) {
    return std::get<RichParagraph>(page.sections.at(section).blocks.at(block).content).runs;
}

}  // namespace

TEST_CASE("text page: headings become sections, the first of the first level the page's own") {
    const TextPage page =
        page_of("# What we found\n\nFirst.\n\n## Streets & parks\n\nMore.\n\n## Streets & parks\n\nEnd.\n");
    REQUIRE(page.sections.size() == 3);
    CHECK(page.sections[0].heading == "What we found");
    CHECK(page.sections[0].id == "words");
    CHECK(page.sections[0].level == 1);
    CHECK(page.sections[0].short_name == "What we found");
    CHECK(page.sections[1].id == "words-streets-parks");
    CHECK(page.sections[1].level == 2);
    CHECK(page.sections[2].id == "words-streets-parks-2");
}

TEST_CASE("text page: without a heading it has its title, and no level is left out") {
    const TextPage page = page_of("Only words.\n\n#### Deep\n\nHere.\n", 2);
    REQUIRE(page.sections.size() == 2);
    CHECK(page.sections[0].heading == "Words");
    CHECK(page.sections[0].level == 2);
    CHECK(page.sections[1].level == 3);
}

TEST_CASE("text page: emphasis and links are kept apart") {
    const TextPage page = page_of(
        "It *rose* by **a lot**, see [the law](https://example.org/a?b=1&c=\"2\") or [below](#quality).");
    const std::vector<TextRun>& runs = paragraph(page, 0, 0);
    REQUIRE(runs.size() == 9);
    CHECK(runs[1] == TextRun{"rose", false, true, ""});
    CHECK(runs[3] == TextRun{"a lot", true, false, ""});
    CHECK(runs[5] == TextRun{"the law", false, false, "https://example.org/a?b=1&c=%222%22"});
    CHECK(runs[7].target == "#quality");
    REQUIRE(page.links.size() == 1);
    CHECK(page.links[0].target == "#quality");
    CHECK(page.links[0].line == 1);
}

TEST_CASE("text page: lists keep their depth and their numbers") {
    const TextPage page = page_of("3. three\n4. four\n   - within\n\n     more of it\n\n- another list\n");
    const auto& first = std::get<RichList>(page.sections[0].blocks[0].content).items;
    REQUIRE(first.size() == 3);
    CHECK(first[0].number == 3);
    CHECK(first[1].number == 4);
    CHECK(first[2].depth == 2);
    CHECK_FALSE(first[2].number.has_value());
    CHECK(text_of(first[2].runs) == "within\nmore of it");
    CHECK(std::get<RichList>(page.sections[0].blocks[1].content).items.size() == 1);
}

TEST_CASE(
    "text page: a table has its columns, its caption from the paragraph before, else from the heading") {
    const TextPage page = page_of(
        "Table: What we plan\n\n| Action | Cost |\n|:--|--:|\n| Lights in {St Michael's.area_name} | "
        "{Total.rate} |\n"
        "| Other |\n\nWords.\n\n| A |\n|---|\n| 1 |\n");
    const Grid& grid = std::get<Grid>(page.sections[0].blocks[0].content);
    CHECK(grid.caption == "What we plan");
    REQUIRE(grid.columns.size() == 2);
    CHECK(grid.columns[1].heading == "Cost");
    CHECK(grid.columns[1].is_number);
    REQUIRE(grid.rows.size() == 2);
    CHECK(grid.rows[0][0].text == "Lights in St Michael’s");
    CHECK(grid.rows[0][1].text == "402");
    CHECK(grid.rows[1][1].text.empty());
    CHECK(std::get<Grid>(page.sections[0].blocks[2].content).caption == "Words");
}

TEST_CASE("text page: numbers are filled in, not in code; a brace with a stroke before it is a brace") {
    const TextPage page =
        page_of("St Michael's: **{St Michael's.rate}**, all {Total.rate:1}; \\{so\\} and `{not.here}`.");
    CHECK(text_of(paragraph(page, 0, 0)) == "St Michael’s: 1,116, all 402.0; {so} and {not.here}.");
    CHECK(paragraph(page, 0, 0)[1].strong);
}

TEST_CASE("text page: what a reference gets wrong is said with the line of the file") {
    try {
        (void)page_of("# Words\n\nOne\ntwo {St Michels.rate}.\n");
        FAIL("no error");
    } catch (const NameUnknown& error) {
        const std::string said = error.what();
        CHECK(said.find("words.md") != std::string::npos);
        CHECK(error.where().row == 4);
        CHECK(said.find("St Michael's") != std::string::npos);
    }
    CHECK_THROWS_AS(page_of("An open { brace"), InputError);
    CHECK_THROWS_AS(page_of("{}"), InputError);
}

TEST_CASE("text page: comments are the writer's own, whatever is in them; a page of nothing else is none") {
    const TextPage page =
        page_of("<!-- ask about {nothing.here}\n\n# not a heading -->\n\nSaid <!-- not --> here.\n");
    CHECK(text_of(paragraph(page, 0, 0)) == "Said  here.");
    CHECK(page.problems.empty());
    CHECK(page_of("<!-- only -->\n\n# A heading alone\n").sections.empty());
    CHECK(page_of("").sections.empty());
}

TEST_CASE("text page: HTML is printed as letters and counted, never passed on") {
    const TextPage page = page_of("Some <b>bold</b> words.\n\n<script>alert(1)</script>\n");
    CHECK(text_of(paragraph(page, 0, 0)) == "Some <b>bold</b> words.");
    CHECK(text_of(paragraph(page, 0, 1)) == "<script>alert(1)</script>");
    CHECK(page.problems.count("raw_html") == 3);
    CHECK(page.problems.all()[0].where.row == 1);
}

TEST_CASE("text page: links to scripts and files are none, pictures are left out, both are said") {
    const TextPage page = page_of("[run](javascript:alert(1)) [file](C:/x.txt)\n\n![a map](map.png)\n");
    CHECK(text_of(paragraph(page, 0, 0)) == "run file");
    CHECK(paragraph(page, 0, 0).front().target.empty());
    CHECK(page.sections[0].blocks.size() == 1);
    CHECK(page.problems.count("text_link") == 2);
    CHECK(page.problems.count("text_picture") == 1);
}

TEST_CASE("text page: entities are characters, unknown ones stand as written") {
    const TextPage page = page_of("A &amp; B&nbsp;&#8211;&#x20AC; &unknown; &#0;");
    CHECK(text_of(paragraph(page, 0, 0)) == "A & B\u00a0–€ &unknown; \uFFFD");
    CHECK(page.problems.count("text_entity") == 1);
}

TEST_CASE("text page: a text that holds the marks between which references wait is not confused by them") {
    const TextPage page = page_of(
        "\uFDD0"
        "0"
        "\uFDD1 {Total.rate}");
    CHECK(text_of(paragraph(page, 0, 0)) ==
          "\uFFFD"
          "0"
          "\uFFFD 402");
}

TEST_CASE("text page: deep nesting and long lines are read") {
    std::string deep;
    for (int i = 0; i < 60; ++i) deep += std::string(static_cast<std::size_t>(2 * i), ' ') + "- x\n";
    CHECK(std::get<RichList>(page_of(deep).sections[0].blocks[0].content).items.size() == 60);
    CHECK(text_of(paragraph(page_of(std::string(200000, 'a')), 0, 0)).size() == 200000);
}
