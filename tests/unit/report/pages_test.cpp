#include "wardmap/report/pages.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace wardmap;

namespace {

/// Half a millimetre a letter and point: enough to see where lines break.
class PlainMeasure : public TextMeasure {
public:
    double width_mm(std::string_view text, const TextStyle& style) const override {
        return static_cast<double>(text.size()) * style.size_pt * 0.18;
    }
};

Document long_document() {
    Document document;
    document.title = "A report";
    document.made_by = "wardmap";
    DocumentFigure figure;
    figure.figure.id = "a.map";
    figure.figure.scene.height_mm = 180;
    figure.figure.scene.alt = "A map.";
    figure.number = 1;
    document.figures.push_back(figure);
    Grid grid;
    grid.caption = "A long table";
    grid.columns = {{.heading = "Ward"}, {.heading = "Count", .is_number = true}};
    for (int i = 0; i < 120; ++i)
        grid.rows.push_back({{.text = "Ward " + std::to_string(i)}, {.text = std::to_string(i)}});
    for (int i = 0; i < 70; ++i) {
        const std::string n = std::to_string(i);
        document.sections.push_back(
            {.id = "s" + n,
             .level = 2,
             .heading = "Heading " + n,
             .short_name = "Short " + n,
             .blocks = {{Paragraph{"Some words that say little, to fill the page."}}}});
    }
    document.sections.push_back(
        {.id = "m", .level = 1, .heading = "Map", .short_name = "Map", .blocks = {{Picture{0}}, {grid}}});
    return document;
}

void visit(const std::vector<Node>& nodes, const std::function<void(const Group&)>& group_seen,
           const std::function<void(const Text&, double)>& text_seen, double dy = 0) {
    for (const Node& one : nodes) {
        if (const Group* group = std::get_if<Group>(&one.content)) {
            group_seen(*group);
            visit(group->children, group_seen, text_seen, dy + group->dy);
        } else if (const Text* text = std::get_if<Text>(&one.content)) {
            text_seen(*text, text->y + dy);
        }
    }
}

}  // namespace

TEST_CASE("pages: all text stays on A4 paper, above the page number") {
    const auto pages = to_pages(long_document(), PlainMeasure{});
    REQUIRE(pages.size() > 5);
    for (const Scene& page : pages) {
        CHECK(page.width_mm == 210);
        CHECK(page.height_mm == 297);
        visit(
            page.nodes, [](const Group&) {},
            [&](const Text& text, double y) {
                CAPTURE(text.text);
                const bool foot = text.style.size_pt == 8 && y == 289;
                CHECK((foot || (y > 10 && y < 282)));
            });
    }
}

TEST_CASE("pages: each heading of the contents has its destination and the page it names") {
    const auto pages = to_pages(long_document(), PlainMeasure{});
    std::vector<std::pair<std::string, std::string>> links;
    std::vector<std::pair<std::string, std::size_t>> destinations;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        visit(
            pages[i].nodes,
            [&](const Group& group) {
                if (group.role == Role::link) links.emplace_back(group.target, group.label);
                if (group.role == Role::heading1 || group.role == Role::heading2)
                    destinations.emplace_back(group.id, i + 1);
            },
            [](const Text&, double) {});
    }
    CHECK(links.size() == 71);
    for (const auto& [target, label] : links) {
        bool found = false;
        for (const auto& [id, page] : destinations) {
            if ("#" + id != target) continue;
            found = true;
            CHECK(label.ends_with(", page " + std::to_string(page)));
        }
        CHECK(found);
    }
}

TEST_CASE("pages: a table longer than a page goes on with its head, and no row is lost") {
    const auto pages = to_pages(long_document(), PlainMeasure{});
    std::size_t tables = 0;
    std::size_t rows = 0;
    for (const Scene& page : pages) {
        visit(
            page.nodes,
            [&](const Group& group) {
                tables += group.role == Role::table;
                rows += group.role == Role::table_row;
            },
            [](const Text&, double) {});
    }
    CHECK(tables > 1);
    CHECK(rows == 120 + tables);
}

TEST_CASE("pages: a figure keeps its alternative text") {
    bool seen = false;
    for (const Scene& page : to_pages(long_document(), PlainMeasure{})) {
        visit(
            page.nodes,
            [&](const Group& group) {
                seen = seen || (group.role == Role::figure && group.label == "A map.");
            },
            [](const Text&, double) {});
    }
    CHECK(seen);
}

TEST_CASE("pages: an empty report is a title page") {
    Document document;
    document.title = "Nothing yet";
    CHECK(to_pages(document, PlainMeasure{}).size() >= 1);
}

namespace {

/// A document of one section with figures of these heights, of which 20 mm are title and subtitle.
Document with_figures(std::initializer_list<double> heights) {
    Document document;
    document.title = "A report";
    Section section{.id = "t", .level = 2, .heading = "A finding", .short_name = "Topic", .new_page = true};
    section.blocks.push_back({Paragraph{"Some words."}});
    for (const double height : heights) {
        DocumentFigure one;
        one.number = document.figures.size() + 1;
        one.figure.id = "f" + std::to_string(one.number);
        one.figure.title = "What figure " + std::to_string(one.number) + " finds";
        one.figure.subtitle = "Of what";
        one.figure.head_mm = 20;
        one.figure.scene.height_mm = height;
        one.figure.scene.alt = "A chart.";
        one.figure.description = "It is high in the west.";
        Group title{.role = Role::heading1, .id = "title"};
        title.children.push_back(node(Text{.y = 5, .text = "Its own title"}));
        one.figure.scene.nodes.push_back(node(std::move(title)));
        Group marks{.id = "marks"};
        marks.children.push_back(node(Text{.y = 20, .text = "top"}));
        marks.children.push_back(node(Text{.y = height, .text = "foot"}));
        one.figure.scene.nodes.push_back(node(std::move(marks)));
        one.csv = "tables/t.csv";
        section.blocks.push_back({Picture{document.figures.size()}});
        document.figures.push_back(std::move(one));
    }
    document.sections.push_back(std::move(section));
    return document;
}

/// Page of each text, 0-based, and its place down the page.
std::map<std::string, std::vector<std::pair<std::size_t, double>>> places_of_texts(
    const std::vector<Scene>& pages) {
    std::map<std::string, std::vector<std::pair<std::size_t, double>>> out;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        visit(
            pages[i].nodes, [](const Group&) {},
            [&](const Text& text, double y) { out[text.text].emplace_back(i, y); });
    }
    return out;
}

}  // namespace

TEST_CASE("pages: figures that fit share a page, under their heading, in their order, not over one another") {
    const auto places = places_of_texts(to_pages(with_figures({120, 120}), PlainMeasure{}));
    const auto tops = places.at("top");
    const auto feet = places.at("foot");
    REQUIRE(tops.size() == 2);
    const std::size_t page = places.at("A finding").front().first;
    CHECK(tops[0].first == page);
    CHECK(tops[1].first == page);
    CHECK(feet[0].second < places.at("What figure 2 finds").front().second);
    CHECK(feet[1].second < 282);
    CHECK(feet[0].second - tops[0].second == doctest::Approx(100));  // not shrunk
}

TEST_CASE("pages: a figure that does not fit goes on to the next page whole") {
    const auto places = places_of_texts(to_pages(with_figures({200, 120}), PlainMeasure{}));
    CHECK(places.at("top")[1].first == places.at("top")[0].first + 1);
    CHECK(places.at("foot")[1].first == places.at("top")[1].first);
}

TEST_CASE("pages: a figure's title stands over it with its number, once, and leads to its data") {
    const auto pages = to_pages(with_figures({120}), PlainMeasure{});
    const auto places = places_of_texts(pages);
    CHECK(places.count("Its own title") == 0);
    CHECK(places.at("What figure 1 finds").size() == 1);
    CHECK(places.at("Figure 1. Of what").size() == 1);
    bool leads = false;
    std::string said;
    for (const Scene& page : pages) {
        visit(
            page.nodes,
            [&](const Group& group) {
                leads = leads || (group.role == Role::link && group.target == "tables/t.csv");
                if (group.role == Role::figure) said = group.label;
            },
            [](const Text&, double) {});
    }
    CHECK(leads);
    CHECK(said == "A chart. It is high in the west.");
}

TEST_CASE("pages: a heading goes to the next page with the figure it is about") {
    Document document = with_figures({150});
    document.sections.insert(document.sections.begin(),
                             {.id = "before", .level = 2, .heading = "Before", .short_name = "B"});
    for (int i = 0; i < 25; ++i) document.sections.front().blocks.push_back({Paragraph{"Words before."}});
    document.sections.back().new_page = false;
    const auto places = places_of_texts(to_pages(document, PlainMeasure{}));
    CHECK(places.at("A finding").front().first == places.at("top").front().first);
    CHECK(places.at("A finding").front().first == places.at("Before").front().first + 1);
}

TEST_CASE("pages: pictures of the heights that a page is said to hold share it, higher ones do not") {
    const PlainMeasure measure;
    Document document = with_figures({0, 0, 0});
    const auto page_of = [&](double height) {
        for (DocumentFigure& one : document.figures) one.figure.scene.height_mm = one.figure.head_mm + height;
        const auto places = places_of_texts(to_pages(document, measure));
        std::vector<std::size_t> pages;
        for (const char* line : {"Figure 1. Of what", "Figure 2. Of what", "Figure 3. Of what"})
            pages.push_back(places.at(line).front().first);
        return pages;
    };
    // The first has the page of the heading; the others have one to themselves.
    const double half = page_body_mm / 2 - picture_words_mm;
    const auto fits = page_of(half);
    CHECK(fits[1] == fits[0] + 1);
    CHECK(fits[2] == fits[1]);
    const auto higher = page_of(half + 4);
    CHECK(higher[2] == higher[1] + 1);
}

TEST_CASE("pages: the link to a figure's data stands where there is room for it") {
    Document document = with_figures({60, 60, 60});
    document.figures[1].figure.title = std::string(75, 'T');
    document.figures[2].figure.title = std::string(75, 'T');
    document.figures[2].figure.subtitle = std::string(80, 's');
    const auto places = places_of_texts(to_pages(document, PlainMeasure{}));
    const auto links = places.at("Data (CSV)");
    REQUIRE(links.size() == 3);
    CHECK(std::abs(links[0].second - places.at("What figure 1 finds").front().second) < 0.5);
    CHECK(std::abs(links[1].second - places.at("Figure 2. Of what").front().second) < 0.5);
    CHECK(links[2].second > places.at("Figure 3. " + std::string(80, 's')).front().second + 2);
}

TEST_CASE("pages: a short list of contents stands on the title page, a long one on its own") {
    Document document;
    document.title = "A report";
    const auto page_of_contents = [&] {
        return places_of_texts(to_pages(document, PlainMeasure{})).at("Contents").front().first;
    };
    const auto add = [&](int n) {
        for (int i = 0; i < n; ++i)
            document.sections.push_back({.id = "s" + std::to_string(document.sections.size()),
                                         .level = 2,
                                         .heading = "Found",
                                         .short_name = "Topic"});
    };
    add(6);
    CHECK(page_of_contents() == 0);
    add(40);
    CHECK(page_of_contents() == 1);
    // The numbers printed are those of the pages.
    document.sections.resize(6);
    document.sections.back().new_page = true;
    document.sections.back().short_name = "Last";
    for (int i = 0; i < 30; ++i) document.sections.back().blocks.push_back({Paragraph{"Words."}});
    const auto places = places_of_texts(to_pages(document, PlainMeasure{}));
    CHECK(places.at("Found").back().first + 1 == 3);
    CHECK(places.count("3") == 1);
}

TEST_CASE("pages: what begins a page goes on on the last one where all of it has room, and else does not") {
    Document document;
    document.title = "A report";
    const auto add = [&](const std::string& heading, int level, int paragraphs) {
        Section one{.id = heading, .level = level, .heading = heading, .new_page = level == 2};
        for (int i = 0; i < paragraphs; ++i) one.blocks.push_back({Paragraph{heading + " words."}});
        document.sections.push_back(std::move(one));
    };
    add("Wards", 1, 1);
    for (const char* ward : {"Bablake", "Earlsdon", "Foleshill", "Henley"}) add(ward, 2, 8);
    add("People", 1, 1);
    add("Sources", 3, 2);
    add("Quality", 1, 20);
    const auto pages = to_pages(document, PlainMeasure{});
    const auto places = places_of_texts(pages);
    const auto page_of = [&](const std::string& heading) { return places.at(heading).front().first; };
    CHECK(page_of("Bablake") == page_of("Wards"));
    for (const auto& [text, at] : places) {  // each is whole
        if (text.find(" words.") == std::string::npos) continue;
        CAPTURE(text);
        CHECK(at.front().first == at.back().first);
        CHECK(at.front().first == page_of(text.substr(0, text.find(' '))));
    }
    CHECK(page_of("Henley") > page_of("Bablake"));
    CHECK(page_of("Sources") == page_of("People"));
    CHECK(page_of("Quality") == page_of("Sources") + 1);
    CHECK(pages.size() == 4);
}
