#include "wardmap/figure/frame.hpp"

#include "even_measure.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

const EvenMeasure measure;

std::string texts_of(const std::vector<Node>& nodes) {
    std::string all;
    for (const Node& one : nodes) {
        if (const auto* text = std::get_if<Text>(&one.content)) {
            all += text->text + "\n";
        }
        if (const auto* group = std::get_if<Group>(&one.content)) {
            all += texts_of(group->children);
        }
    }
    return all;
}

}  // namespace

TEST_CASE("frame: every source and statement is printed once") {
    const std::string ons =
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.";
    const std::vector<std::string> lines{
        "Coventry Drug and Alcohol Needs Assessment 2022",
        ons,
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains "
        "OS data "
        "\u00a9 Crown copyright and database right 2016.",
        "Source: Coventry Drug and Alcohol Needs Assessment 2022.",
    };
    CHECK(source_line(lines) ==
          "Sources: Coventry Drug and Alcohol Needs Assessment 2022; Office for National Statistics licensed "
          "under "
          "the Open Government Licence v.3.0. Contains OS data \u00a9 Crown copyright and database right "
          "2016.");
    CHECK(source_line(std::vector<std::string>{ons}) == ons);
    CHECK(source_line(std::vector<std::string>{""}).empty());
}

TEST_CASE("frame: title and subtitle are drawn, or left to the page and kept beside the figure") {
    const FigureTexts texts{"test", "A finding", "What, where, when", "alt", "description", {"A note."}, {}};
    FigureOptions options;
    const Frame shown(texts, {}, options, measure);
    CHECK(shown.top_mm() > 8);
    const Figure figure = shown.finish({}, 60);
    CHECK(texts_of(figure.scene.nodes).find("A finding") != std::string::npos);
    CHECK(figure.scene.height_mm == doctest::Approx(60 + shown.below_mm()));
    options.title_shown = TitleShown::no;
    const Frame hidden(texts, {}, options, measure);
    CHECK(hidden.top_mm() == 0);
    CHECK(hidden.finish({}, 60).title == "A finding");
    CHECK(texts_of(hidden.finish({}, 60).scene.nodes).find("A finding") == std::string::npos);
}

TEST_CASE("frame: options replace, add to and leave out words") {
    TableMeta meta;
    meta.source = "The table's source";
    FigureOptions options;
    options.title = "Mine";
    options.subtitle = "-";
    options.source = "Another source";
    options.notes = {"One more."};
    const Figure figure =
        Frame({"test", "Made", "Made too", "", "", {"First."}, {}}, meta, options, measure).finish({}, 10);
    CHECK(figure.title == "Mine");
    CHECK(figure.subtitle.empty());
    CHECK(figure.notes == std::vector<std::string>{"First.", "One more."});
    CHECK(figure.sources == std::vector<std::string>{"Source: Another source."});
}
