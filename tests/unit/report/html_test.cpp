#include "wardmap/report/html.hpp"

#include "wardmap/io/sha256.hpp"
#include "wardmap/report/page_sources.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <variant>

using namespace wardmap;

namespace {

Document small_document() {
    Document document;
    document.title = "Wards & <rates>";
    document.organisation = "A council";
    document.edition = "June 2022";
    document.summary = "In short.";
    document.key_points = {"One.", "Two."};
    document.made_by = "wardmap 0.1.0";
    document.sources = {"Source: a \"source\"."};
    DocumentFigure figure;
    figure.figure.id = "a.rate-map";
    figure.figure.description = "A map of three wards.";
    figure.svg = "<?xml version=\"1.0\"?>\n<svg role=\"img\"><title>t</title></svg>\n";
    figure.number = 1;
    figure.csv = "tables/a.csv";
    figure.files = {"figures/a.rate-map.svg", "figures/a.rate-map.png"};
    document.figures.push_back(figure);
    Grid grid;
    grid.id = "a";
    grid.caption = "Counts by ward";
    grid.columns = {{.heading = "Ward"}, {.heading = "Change", .is_number = true}};
    grid.rows = {{{.text = "St Michael's", .target = "#ward-a"}, {.text = "−4", .bar = -0.5}},
                 {{.text = "Total"}, {.text = "8", .bar = 1.0}}};
    grid.has_total = true;
    document.sections = {
        {.id = "part",
         .level = 1,
         .heading = "Part",
         .short_name = "Part",
         .blocks = {{Paragraph{"Words."}}, {Bullets{{"a", "b"}}}}},
        {.id = "topic",
         .level = 2,
         .heading = "Topic",
         .short_name = "Topic",
         .blocks = {{Picture{0}}, {grid}, {Paragraph{"Only on paper."}, ShownIn::pdf}}},
        {.id = "part-2", .level = 1, .heading = "Part 2", .short_name = "Part 2"},
    };
    return document;
}

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

}  // namespace

TEST_CASE("html: text is escaped, everywhere it comes from a user") {
    CHECK(escape_html("<b a=\"c\">&'") == "&lt;b a=&quot;c&quot;&gt;&amp;&#39;");
    CHECK(escape_html(std::string_view("a\0\x01z", 4)) == "az");
    const std::string html = to_html(small_document());
    CHECK(html.find("<title>Wards &amp; &lt;rates&gt;</title>") != std::string::npos);
    CHECK(html.find("Wards & <rates>") == std::string::npos);
    Document hostile = small_document();
    hostile.sections[0].heading = "</h2><script>x</script>";
    hostile.sections[1].id = "a\" onload=\"x";
    CHECK(times(to_html(hostile), "<script") == 1);
    CHECK(to_html(hostile).find("onload=\"") == std::string::npos);
}

TEST_CASE("html: nothing is requested") {
    const std::string html = to_html(small_document());
    CHECK(html.find("default-src 'none'") != std::string::npos);
    for (const char* part : {"src=", "url(", "@import", "http://", "https://", "<link", "javascript:"}) {
        CAPTURE(part);
        CHECK(html.find(part) == std::string::npos);
    }
}

TEST_CASE("html: language, skip link, landmarks, headings in order, sections closed") {
    const std::string html = to_html(small_document());
    CHECK(html.find("<html lang=\"en-GB\">") != std::string::npos);
    CHECK(html.find("<a class=\"skip\" href=\"#main\">") < html.find("<header>"));
    CHECK(times(html, "<h1") == 1);
    CHECK(html.find("<h2 id=\"part\"") < html.find("<h3 id=\"topic\""));
    CHECK(times(html, "<section") == times(html, "</section>"));
    CHECK(times(html, "<ul") == times(html, "</ul>"));
    CHECK(times(html, "<li") == times(html, "</li>"));
    CHECK(html.find("<a href=\"#topic\">Topic</a>") != std::string::npos);
}

TEST_CASE(
    "html: tables have caption and scopes; bars are hidden from screen readers; pictures keep their words") {
    const std::string html = to_html(small_document());
    CHECK(html.find("<caption>Counts by ward</caption>") != std::string::npos);
    CHECK(times(html, "scope=\"col\"") == 2);
    CHECK(times(html, "scope=\"row\"") == 2);
    CHECK(times(html, "<span class=\"bar two\" aria-hidden=\"true\">") == 2);
    CHECK(html.find("left:25.0%;width:25.0%") != std::string::npos);
    CHECK(html.find("<tr class=\"whole\">") != std::string::npos);
    CHECK(html.find("<?xml") == std::string::npos);
    CHECK(html.find("<figcaption><strong>Figure 1.</strong> A map of three wards.") != std::string::npos);
    CHECK(html.find("href=\"tables/a.csv\"") != std::string::npos);
    CHECK(html.find("Only on paper") == std::string::npos);
}

TEST_CASE("html: the name of a script in the policy is its SHA-256 in base64") {
    // FIPS 180-4's own example "abc", and the empty script; base64 by coreutils.
    CHECK(script_source("abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    CHECK(script_source("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST_CASE("html: one script, and the policy allows the bytes that stand in the page") {
    const std::string html = to_html(small_document());
    REQUIRE(times(html, "<script>") == 1);
    const std::size_t from = html.find("<script>") + 8;
    const std::string script = html.substr(from, html.find("</script>") - from);
    CHECK(script == page_script);
    CHECK(html.find("script-src '" + script_source(script) + "';") != std::string::npos);
    for (const char* part :
         {"eval(", "Function(", "innerHTML", "document.write", "fetch(", "XMLHttpRequest"}) {
        CAPTURE(part);
        CHECK(script.find(part) == std::string::npos);
    }
    for (const char* part : {" onclick=", " onload=", "unsafe-eval", "script-src 'unsafe"}) {
        CAPTURE(part);
        CHECK(html.find(part) == std::string::npos);
    }
}

TEST_CASE("html: a row about one area carries its code and its sentence, escaped; others carry none") {
    Document document = small_document();
    auto& rows = std::get<Grid>(document.sections[1].blocks[1].content).rows;
    rows[0][0].area_code = "E0\"1";
    rows[0][0].spoken = "St Michael's: 1 & 2";
    const std::string html = to_html(document);
    CHECK(html.find("<tr data-code=\"E0&quot;1\" data-spoken=\"St Michael&#39;s: 1 &amp; 2\">") !=
          std::string::npos);
    CHECK(html.find("<tr class=\"whole\"><th") != std::string::npos);
}

TEST_CASE("html: a figure carries its alternative text and names the table that has its numbers") {
    Document document = small_document();
    document.figures[0].figure.alt = "Map: \"A\" & B";
    document.figures[0].figure.title = "A < B";
    auto& grid = std::get<Grid>(document.sections[1].blocks[1].content);
    const std::string without = to_html(document);
    CHECK(without.find("<figure id=\"figure-a.rate-map\" data-alt=\"Map: &quot;A&quot; &amp; B\">") !=
          std::string::npos);
    CHECK(without.find("<p class=\"name\" aria-hidden=\"true\"><strong>A &lt; B</strong>") !=
          std::string::npos);
    grid.csv = document.figures[0].csv;
    CHECK(to_html(document).find("data-table=\"table-a\">") != std::string::npos);
    document.sections[1].blocks[1].shown_in = ShownIn::pdf;  // a table that the page has not
    CHECK(to_html(document).find("data-table") == std::string::npos);
}

TEST_CASE(
    "html: an outline that two figures draw stands once, before them; a figure on paper only is not "
    "counted") {
    Document document = small_document();
    const std::string outline(100, '1');
    document.figures[0].svg = "<svg><path d=\"" + outline + "\" fill=\"#111\"/></svg>";
    document.figures.push_back(document.figures[0]);
    document.figures[1].figure.id = "b";
    document.sections[1].blocks.push_back({Picture{1}, ShownIn::pdf});
    CHECK(to_html(document).find("<use ") == std::string::npos);
    document.sections[1].blocks.back().shown_in = ShownIn::both;
    const std::string html = to_html(document);
    CHECK(times(html, outline) == 1);
    CHECK(times(html, "<use href=\"#outline~1\" fill=\"#111\"/>") == 2);
    CHECK(html.find("id=\"outline~1\"") < html.find("<figure"));
}
