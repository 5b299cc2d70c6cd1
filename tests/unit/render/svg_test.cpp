#include "wardmap/render/svg.hpp"

#include "unit/render/demo_scene.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <clocale>
#include <cmath>
#include <limits>
#include <regex>
#include <set>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::vector<std::string> ids(const std::string& svg) {
    static const std::regex id(" id=\"([^\"]*)\"");
    std::vector<std::string> found;
    for (auto it = std::sregex_iterator(svg.begin(), svg.end(), id); it != std::sregex_iterator(); ++it) {
        found.push_back((*it)[1]);
    }
    return found;
}

Scene with(Node content) {
    Scene scene;
    scene.title = "T";
    scene.nodes.push_back(std::move(content));
    return scene;
}

}  // namespace

TEST_CASE("svg: a file says its size in mm, its name and its description") {
    const std::string svg = to_svg(demo_scene());
    CHECK(has(svg, "width=\"100mm\" height=\"70mm\" viewBox=\"0 0 100 70\" role=\"img\""));
    CHECK(has(svg, "aria-labelledby=\"demo-title demo-desc\""));
    CHECK(
        has(svg, "<title id=\"demo-title\">Alcohol &amp; &quot;drug&quot; markers &lt;by ward&gt;</title>"));
    CHECK(has(svg,
              "<desc id=\"demo-desc\">Map of three made-up wards. B\u2019r \u0174en is highest at 1,116. The "
              "lightest"));
    CHECK(has(svg, "font-family=\"Arial, 'Liberation Sans', Helvetica, sans-serif\""));
    CHECK(has(svg, ">Llan") == false);
    CHECK(has(svg, "Llan\u0175r \u0177 \u00f4 \u201cSt Michael\u2019s\u201d</text>"));
    CHECK(has(svg, "data-code=\"E05000002\""));
    CHECK(has(svg, "<title>B'r &lt;\u0174en&gt;: 1,116</title>"));
    CHECK(has(svg, "<g id=\"demo-frame\" transform=\"translate(5 60)\" aria-hidden=\"true\">"));
    CHECK_FALSE(has(svg, "textLength"));
    CHECK_FALSE(has(svg, "<script"));
}

TEST_CASE("svg: a description does not say again what the alternative text ended with") {
    const auto described = [](const std::string& alt, const std::string& description) {
        Scene scene = demo_scene();
        scene.alt = alt;
        scene.description = description;
        const std::string svg = to_svg(scene);
        const std::size_t from = svg.find("<desc id=\"demo-desc\">") + 21;
        return svg.substr(from, svg.find("</desc>") - from);
    };
    CHECK(described("Map of wards. A is highest at 9.", "A is highest at 9; B has 4.") ==
          "Map of wards. A is highest at 9; B has 4.");
    CHECK(described("Map of wards.", "Map of wards. A is highest.") == "Map of wards. A is highest.");
    CHECK(described("Map of wards. A is highest.", "B is lowest.") ==
          "Map of wards. A is highest. B is lowest.");
    CHECK(described("", "B is lowest.") == "B is lowest.");
}

TEST_CASE("svg: the same bytes twice and under another locale") {
    const std::string first = to_svg(demo_scene());
    CHECK(to_svg(demo_scene()) == first);
    for (const char* locale : {"de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8"}) {
        std::setlocale(LC_ALL, locale);
        CHECK(to_svg(demo_scene()) == first);
    }
    std::setlocale(LC_ALL, "C");
}

TEST_CASE("svg: ids are unique in a picture and begin with its id, so ten pictures share a page") {
    Scene scene = demo_scene();
    Group again;
    again.id = "areas";
    scene.nodes.push_back(node(again));
    Group odd;
    odd.id = "7 <\"&> wards";
    scene.nodes.push_back(node(odd));
    const std::vector<std::string> found = ids(to_svg(scene));
    CHECK(std::set<std::string>(found.begin(), found.end()).size() == found.size());
    CHECK(found.size() >= 10);
    for (const std::string& id : found) CHECK(id.substr(0, 4) == "demo");
    scene.id = "9 lives";
    for (const std::string& id : ids(to_svg(scene))) CHECK(id.substr(0, 8) == "f9-lives");
}

TEST_CASE("svg: a link leads to the web, to an id or to a file beside, and nowhere else") {
    const auto leads = [](const std::string& target) {
        Group link;
        link.role = Role::link;
        link.target = target;
        link.children.push_back(node(text(1, 1, "there")));
        return has(to_svg(with(node(link))), "<a ");
    };
    for (const char* target :
         {"https://commonmark.org", "#quality", "tables/counts-2022.csv", "counts.csv"}) {
        CAPTURE(target);
        CHECK(leads(target));
    }
    for (const char* target : {"", "/etc/passwd", "../counts.csv", "tables/../../x", "//host/x", "a//b",
                               "file:x", "x y.csv", ".hidden", "tables/.hidden", "data:text/html,x", "x?y"}) {
        CAPTURE(target);
        CHECK_FALSE(leads(target));
    }
}

TEST_CASE("svg: nothing in a name becomes markup") {
    Scene scene = with(node(text(1, 1, "</text><script>alert('x')</script>\x01\x1b \xff & \"q\"")));
    Group area;
    area.role = Role::area;
    area.code = "\"><script>";
    area.label = "<img onerror=\"x\">";
    area.id = "\" onload=\"x";
    scene.nodes.push_back(node(area));
    Group link;
    link.role = Role::link;
    link.target = "javascript:alert(1)";
    scene.nodes.push_back(node(link));
    for (const SvgRoles roles : {SvgRoles::image, SvgRoles::interactive}) {
        SvgOptions options;
        options.roles = roles;
        const std::string svg = to_svg(scene, options);
        CHECK_FALSE(has(svg, "<script"));
        CHECK_FALSE(has(svg, "<img"));
        CHECK_FALSE(has(svg, "onload=\"x"));
        CHECK_FALSE(has(svg, "javascript:"));
        CHECK_FALSE(has(svg, "\x01"));
        CHECK(has(svg,
                  "&lt;/text&gt;&lt;script&gt;alert('x')&lt;/script&gt; \ufffd &amp; &quot;q&quot;</text>"));
        CHECK(has(svg, "data-code=\"&quot;&gt;&lt;script&gt;\""));
    }
}

TEST_CASE("svg: links go to safe addresses and to groups of the same picture") {
    Scene scene = demo_scene();
    const std::vector<std::pair<std::string, std::string>> links{
        {"https://example.org/?a=1&b=2", "https://example.org/?a=1&amp;b=2"},
        {"#areas", "#demo-areas"},
        {"#elsewhere", "#elsewhere"}};
    for (const auto& [target, written] : links) {
        Group link;
        link.role = Role::link;
        link.target = target;
        scene.nodes.push_back(node(link));
    }
    const std::string svg = to_svg(scene);
    for (const auto& [target, written] : links) CHECK(has(svg, "<a href=\"" + written + "\">"));
}

TEST_CASE("svg: inside a page it has no prolog, grows with its place and can be a graphics document") {
    SvgOptions options;
    options.place = SvgPlace::html;
    options.roles = SvgRoles::interactive;
    const std::string svg = to_svg(demo_scene(), options);
    CHECK(svg.substr(0, 5) == "<svg ");
    CHECK(has(svg, "width=\"100%\" style=\"max-width:100mm\""));
    CHECK(has(svg, "role=\"graphics-document\""));
    CHECK(has(svg, "data-code=\"E05000001\" role=\"graphics-symbol\" aria-label=\"Alpha: 70\""));
    CHECK(has(
        svg,
        "<desc id=\"demo-desc\">Map of three made-up wards. B\u2019r \u0174en is highest at 1,116.</desc>"));
}

TEST_CASE("svg: paths are short and rounding does not add up") {
    Path path;
    path.move_to(0.004, 10);
    for (int i = 1; i <= 1000; ++i) path.line_to(0.004 * (i + 1), 10 + 0.001 * (i % 2));
    path.close();
    const std::string svg = to_svg(with(node(Shape{path, Fill{}, {}})));
    static const std::regex data(" d=\"([^\"]*)\"");
    std::smatch found;
    REQUIRE(std::regex_search(svg, found, data));
    const std::string d = found[1];
    CHECK(d.substr(0, 3) == "M0 ");
    CHECK(d.size() < 1700);  // 401 different places, some 4 characters each
    // All steps are to the right; together they are the length of the line, to a hundredth.
    static const std::regex step("-?[0-9]*\\.?[0-9]+");
    double x = 0;
    const std::string steps = d.substr(d.find('h'));
    for (auto it = std::sregex_iterator(steps.begin(), steps.end(), step); it != std::sregex_iterator();
         ++it) {
        x += std::stod(it->str());
    }
    CHECK(x == doctest::Approx(4.00).epsilon(1e-9));
}

TEST_CASE("svg: a country's outlines are whole steps of a grid, at their true place and width") {
    // 40 steps of 0.025 mm a mm; every second vertex is 0.004 mm off the line and is dropped.
    Path path;
    path.move_to(1, 2);
    for (int i = 1; i <= 120'000; ++i) path.line_to(1 + 0.001 * i, 2 + (i % 2) * 0.004);
    path.line_to(121, 12);
    path.close();
    Group areas;
    areas.overlap = ShapesOverlap::never;
    areas.children.push_back(node(Shape{path, Fill{}, Stroke{{}, 0.25, {0.5, 1}}}));
    const Scene scene = with(node(areas));

    const std::string file = to_svg(scene);
    CHECK(has(file, "<g transform=\"scale(.025)\">"));
    CHECK(has(file, " d=\"M40 80h0 1 1 1"));  // a first step stays, so that a dot is drawn
    CHECK(has(file, "v400z\""));
    CHECK(has(file, "stroke-width=\"10\""));
    CHECK(has(file, "stroke-dasharray=\"20 40\""));
    CHECK_FALSE(has(to_svg(scene, {.place = SvgPlace::html}), "scale("));

    areas.dx = 3;
    CHECK(has(to_svg(with(node(areas))), "transform=\"translate(3 0)scale(.025)\""));
    // A hatch's lines would be scaled too: such areas keep their mm.
    areas.children.push_back(node(Shape{RectShape{0, 0, 1, 1}, Fill{{}, Fill::Hatch{}}, {}}));
    CHECK_FALSE(has(to_svg(with(node(areas))), "scale("));
}

TEST_CASE("svg: hatching is a pattern, written once, over a solid colour") {
    Scene scene = demo_scene();
    scene.nodes.push_back(
        node(Shape{square(1, 1, 3), Fill{{255, 255, 255, 1}, Fill::Hatch{{0x76, 0x76, 0x76, 1}}}, {}}));
    const std::string svg = to_svg(scene);
    CHECK(has(svg,
              "<pattern id=\"demo-hatch-1\" width=\"1.5\" height=\"1.5\" patternUnits=\"userSpaceOnUse\" "
              "patternTransform=\"rotate(-45)\">"));
    CHECK_FALSE(has(svg, "demo-hatch-2"));
    CHECK(has(svg, "fill=\"url(#demo-hatch-1)\""));
}

TEST_CASE("svg: a scene that cannot be drawn is an error that names it") {
    Scene scene = with(node(text(std::numeric_limits<double>::quiet_NaN(), 1, "x")));
    CHECK_THROWS_AS(to_svg(scene), OutputError);
    scene = with(node(Shape{CircleShape{1, 1, std::numeric_limits<double>::infinity()}, {}, {}}));
    CHECK_THROWS_WITH_AS(to_svg(scene), doctest::Contains("'figure'"), OutputError);
    Path short_of_points;
    short_of_points.ops = {PathOp::move, PathOp::cubic};
    short_of_points.points = {{1, 1}, {2, 2}};
    CHECK_THROWS_AS(to_svg(with(node(Shape{short_of_points, {}, {}}))), OutputError);
    Scene no_page;
    no_page.width_mm = 0;
    CHECK_THROWS_AS(to_svg(no_page), OutputError);
    Stroke dashed{{}, 0.2, {0, 0}};
    CHECK_THROWS_AS(to_svg(with(node(Shape{LineShape{0, 0, 1, 1}, {}, dashed}))), OutputError);
}

TEST_CASE(
    "SVG: a page's picture brings the letters of its texts, under a name of its own, and a file does not") {
    Scene scene = with(node(Text{.x = 5, .y = 5, .text = "Higher"}));
    scene.id = "map-1";
    const std::string carried = to_svg(scene, {.place = SvgPlace::html, .fonts = SvgFonts::carried});
    const std::regex rule(
        "<style>@font-face\\{font-family:'map-1-letters';src:url\\(data:font/ttf;base64,([A-Za-z0-9+/"
        "]+=*)\\)\\}</style>");
    std::smatch found;
    REQUIRE(std::regex_search(carried, found, rule));
    CHECK(found[1].str().rfind("AAEAAAA", 0) ==
          0);                          // a TrueType font: 00 01 00 00, and fewer than 256 tables
    CHECK(found[1].length() < 8'000);  // five letters of 410 kB
    CHECK(has(carried, "font-family=\"Arial, 'Liberation Sans', 'map-1-letters', Helvetica, sans-serif\""));
    CHECK_FALSE(has(to_svg(scene), "@font-face"));
    CHECK_FALSE(has(to_svg(scene), "letters"));
}

TEST_CASE("SVG: each style that is used brings a font, and no other") {
    Scene scene = with(node(Text{.x = 5, .y = 5, .text = "a", .style = {.weight = FontWeight::bold}}));
    const std::string one = to_svg(scene, {.fonts = SvgFonts::carried});
    CHECK(has(one, "font-weight:bold;src"));
    CHECK(one.find("@font-face") == one.rfind("@font-face"));
    scene.nodes.push_back(node(Text{.x = 5, .y = 9, .text = "b", .style = {.slant = FontSlant::italic}}));
    CHECK(has(to_svg(scene, {.fonts = SvgFonts::carried}), "font-style:italic;src"));
    scene.nodes.clear();
    CHECK_FALSE(has(to_svg(scene, {.fonts = SvgFonts::carried}), "@font-face"));
}
