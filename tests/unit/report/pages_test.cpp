#include "wardmap/report/pages.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

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
