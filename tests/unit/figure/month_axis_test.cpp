#include "wardmap/figure/month_axis.hpp"

#include "scene_texts.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/render/fonts.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

Period month(const char* label) {
    return *parse_period(label);
}

/// The texts below an axis of that width, in the order drawn.
std::vector<std::string> axis_texts(const char* first, const char* last, double width_mm) {
    const MonthAxis axis(month(first), month(last), 10, 10 + width_mm);
    PlotText texts(liberation_sans());
    Group group;
    axis.draw(group, 50, type_sizes(Theme::report), texts);
    std::vector<std::string> words;
    for (const PlacedLabel& label : texts.take()) words.push_back(label.text);
    return words;
}

std::size_t count_paths(const Group& group, bool dashed) {
    std::size_t n = 0;
    for (const Node& one : group.children) {
        const auto* shape = std::get_if<Shape>(&one.content);
        n += shape != nullptr && shape->stroke && shape->stroke->dash_mm.empty() != dashed;
    }
    return n;
}

}  // namespace

TEST_CASE("months are named as there is room: each, quarters, January and July, years alone") {
    CHECK(axis_texts("2014-01", "2014-03", 60) == std::vector<std::string>{"Jan", "Feb", "Mar", "2014"});
    CHECK(axis_texts("2019-07", "2020-06", 60) ==
          std::vector<std::string>{"Jul", "Oct", "Jan", "Apr", "2019", "2020"});
    CHECK(axis_texts("2014-01", "2015-12", 40) ==
          std::vector<std::string>{"Jan", "Jul", "Jan", "Jul", "2014", "2015"});
    CHECK(axis_texts("2000-01", "2019-12", 60) == std::vector<std::string>{"2000", "2005", "2010", "2015"});
}

TEST_CASE("a break is read from text and refused where it is none") {
    const TimeBand band = parse_time_band("2020-03..2020-06=First lockdown");
    CHECK(band.from == month("2020-03"));
    CHECK(band.to == month("2020-06"));
    CHECK(band.note == "First lockdown");
    CHECK(parse_time_band("2020-03=New form").to == month("2020-03"));
    const std::string fifty(50, 'x');
    CHECK(parse_time_band("2020-03=" + fifty).note == fifty);
    for (const std::string& bad : {std::string("2020-03..2020-06"), std::string("2020..2021=Year"),
                                   std::string("2020-06..2020-03=Backwards"), std::string("2020-03="),
                                   std::string("March=Note"), "2020-03=" + fifty + "x", std::string()}) {
        CHECK_THROWS_AS(parse_time_band(bad), UsageError);
    }
}

TEST_CASE(
    "notes of bands never cover each other or a leader, also at the right edge; bands beyond are said") {
    const MonthAxis axis(month("2019-01"), month("2022-12"), 10, 120);
    const std::vector<TimeBand> bands{
        {month("2022-11"), month("2022-12"), "A new system of recording, phased in"},
        {month("2022-08"), month("2022-08"), "Games held in the city"},
        {month("2022-06"), month("2022-06"), "Ward boundaries changed"},
        {month("2020-03"), month("2020-06"), "First lockdown"},
        {month("2020-05"), month("2020-09"), "Courts closed for all but urgent cases"},
        {month("2018-01"), month("2018-03"), "Long before"},
        {month("2018-11"), month("2019-01"), "Half before"},
    };
    const TimeBands placed(bands, axis, 150, regular(8), liberation_sans());
    CHECK(placed.beyond() == std::vector<std::string>{"Long before"});
    PlotText texts(liberation_sans());
    Group group;
    placed.draw_notes(group, 50, texts);
    const auto labels = texts.take();
    CHECK(labels.size() == 6);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        CHECK(labels[i].box.max_x <= 150.01);
        CHECK(labels[i].box.min_x >= 9.99);
        CHECK(labels[i].box.min_y >= 50 - placed.notes_mm() - 0.01);
        for (std::size_t j = i + 1; j < labels.size(); ++j) {
            const Box& a = labels[i].box;
            const Box& b = labels[j].box;
            CHECK((a.max_x < b.min_x || b.max_x < a.min_x || a.max_y <= b.min_y + 0.05 ||
                   b.max_y <= a.min_y + 0.05));
        }
        for (const Node& one : group.children) {
            const auto* shape = std::get_if<Shape>(&one.content);
            const auto* line = shape == nullptr ? nullptr : std::get_if<LineShape>(&shape->outline);
            if (line == nullptr) continue;
            const Box& box = labels[i].box;
            const bool through = line->x1 > box.min_x && line->x1 < box.max_x && line->y1 < box.min_y;
            CHECK_FALSE_MESSAGE(through, labels[i].text);
        }
    }
}

TEST_CASE("a line breaks where there is no point, a lone point is a dot, an unfinished end is dashed") {
    const std::vector<std::optional<Point>> points{Point{0, 0},  Point{1, 1}, std::nullopt, Point{3, 1},
                                                   std::nullopt, Point{5, 1}, Point{6, 2},  Point{7, 0}};
    Group solid;
    draw_month_line(solid, points, {ink_text, 0.5, {}}, LineEnd::solid);
    CHECK(count_paths(solid, false) == 2);
    CHECK(solid.children.size() == 3);
    Group dashed;
    draw_month_line(dashed, points, {ink_text, 0.5, {}}, LineEnd::dashed);
    CHECK(count_paths(dashed, true) == 1);
    CHECK(dashed.children.size() == 4);
    Group none;
    draw_month_line(none, std::vector<std::optional<Point>>(3), {ink_text, 0.5, {}}, LineEnd::dashed);
    CHECK(none.children.empty());
}
