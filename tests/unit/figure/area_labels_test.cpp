#include "wardmap/figure/area_labels.hpp"

#include "even_measure.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace wardmap;

namespace {

const EvenMeasure measure;
const TextStyle nine{9, FontWeight::regular, FontSlant::upright};  // 1.59 mm a letter

MultiPolygon box_shape(double x, double y, double width, double height) {
    MultiPolygon shape;
    shape.add_ring(
        std::vector<Point>{{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}});
    shape.end_polygon();
    return shape;
}

LabelRequest named(std::string name) {
    LabelRequest request;
    request.name = std::move(name);
    request.name_style = nine;
    return request;
}

LabelRules rules_on(const Box& canvas) {
    LabelRules rules;
    rules.canvas = canvas;
    rules.number_style = nine;
    return rules;
}

}  // namespace

TEST_CASE("area labels: every way to break a name, fewest lines first, hyphens kept") {
    CHECK(all_wrappings("Radford", 3) == std::vector<std::vector<std::string>>{{"Radford"}});
    const auto three = all_wrappings("Binley and Willenhall", 3);
    REQUIRE(three.size() == 4);
    CHECK(three[0] == std::vector<std::string>{"Binley and Willenhall"});
    CHECK(three[3] == std::vector<std::string>{"Binley", "and", "Willenhall"});
    const auto hyphens = all_wrappings("Stoke-on-Trent", 2);
    REQUIRE(hyphens.size() == 3);
    CHECK(hyphens[1] == std::vector<std::string>{"Stoke-", "on-Trent"});
    CHECK(all_wrappings("", 3).empty());
    CHECK(all_wrappings("  two  words ", 1) == std::vector<std::vector<std::string>>{{"two words"}});
    for (const auto& lines :
         all_wrappings("One of the very longest names that any council ever gave to a ward", 3)) {
        CHECK(lines.size() <= 3);
    }
}

TEST_CASE("area labels: a name stands in the middle of a roomy area, on one line") {
    const std::vector<MultiPolygon> shapes{box_shape(0, 0, 60, 40)};
    const auto labels =
        place_area_labels(shapes, std::vector{named("Upper Stoke")}, rules_on({0, 0, 60, 40}), measure);
    REQUIRE(labels[0].place == LabelPlace::inside);
    CHECK(labels[0].lines.size() == 1);
    CHECK(labels[0].clearance_mm == doctest::Approx(2.2));
    CHECK(labels[0].box.center().x == doctest::Approx(30).epsilon(0.05));
    CHECK(labels[0].box.center().y == doctest::Approx(20).epsilon(0.05));
}

TEST_CASE("area labels: a name wraps before it leaves, and never shrinks") {
    const std::vector<MultiPolygon> shapes{box_shape(0, 0, 12, 30)};
    const auto labels =
        place_area_labels(shapes, std::vector{named("Upper Stoke")}, rules_on({0, 0, 60, 40}), measure);
    REQUIRE(labels[0].place == LabelPlace::inside);
    REQUIRE(labels[0].lines.size() == 2);
    CHECK(labels[0].lines[0].text == "Upper");
    for (const auto& line : labels[0].lines) {
        CHECK(line.style.size_pt == 9);
        CHECK(line.box.min_x >= 0.3);
        CHECK(line.box.max_x <= 11.7);
    }
}

TEST_CASE(
    "area labels: what does not fit is led to from outside, then numbered, then left out, never "
    "overlapping") {
    // Ten narrow strips side by side; no name fits in any.
    std::vector<MultiPolygon> shapes;
    std::vector<LabelRequest> requests;
    for (int i = 0; i < 10; ++i) {
        shapes.push_back(box_shape(20 + 5.0 * i, 20, 5, 30));
        requests.push_back(named("Longnamedplace" + std::to_string(i)));
    }
    const auto count = [](const std::vector<AreaLabel>& labels, LabelPlace place) {
        return std::count_if(labels.begin(), labels.end(),
                             [&](const AreaLabel& l) { return l.place == place; });
    };
    const auto led = place_area_labels(shapes, requests, rules_on({0, 0, 90, 70}), measure);
    CHECK(count(led, LabelPlace::leader) >= 4);
    CHECK(count(led, LabelPlace::left_out) == 0);
    for (std::size_t a = 0; a < led.size(); ++a) {
        for (std::size_t b = a + 1; b < led.size(); ++b) CHECK_FALSE(led[a].box.overlaps(led[b].box));
        if (led[a].place == LabelPlace::leader) {
            CHECK(led[a].leader_to.x > 20 + 5.0 * static_cast<double>(a));
            CHECK(led[a].leader_to.x < 25 + 5.0 * static_cast<double>(a));
        }
    }
    const auto numbered = place_area_labels(shapes, requests, rules_on({}), measure);
    CHECK(count(numbered, LabelPlace::number) == 10);
    CHECK(numbered[3].number == 4);
    // From the left, whatever the order the areas come in.
    std::reverse(shapes.begin(), shapes.end());
    const auto from_the_left = place_area_labels(shapes, requests, rules_on({}), measure);
    CHECK(from_the_left.back().number == 1);
    CHECK(from_the_left[3].number == 7);
    LabelRules none = rules_on({});
    none.most_numbers = 5;
    CHECK(count(place_area_labels(shapes, requests, none, measure), LabelPlace::left_out) == 10);
}

TEST_CASE(
    "area labels: where more have no room than may be led to, the title's names come first, then the "
    "nearest") {
    std::vector<MultiPolygon> shapes;
    std::vector<LabelRequest> requests;
    // Three rows of ten narrow strips: the middle row is farthest from white space.
    for (int row = 0; row < 3; ++row) {
        for (int i = 0; i < 10; ++i) {
            shapes.push_back(box_shape(20 + 8.0 * i, 30 + 8.0 * row, 8, 8));
            requests.push_back(named("Longname" + std::to_string(row) + std::to_string(i)));
        }
    }
    const auto none_named = place_area_labels(shapes, requests, rules_on({0, 0, 120, 90}), measure);
    const auto is_led = [](const AreaLabel& label) { return label.place == LabelPlace::leader; };
    const auto led = std::count_if(none_named.begin(), none_named.end(), is_led);
    CHECK(led >= 6);
    CHECK(led <= 12);
    CHECK_FALSE(is_led(none_named[15]));
    requests[15].rank = LabelRank::named_in_title;
    const auto one_named = place_area_labels(shapes, requests, rules_on({0, 0, 120, 90}), measure);
    CHECK(is_led(one_named[15]));
    for (const AreaLabel& label : one_named) CHECK(label.place != LabelPlace::left_out);
}

TEST_CASE("area labels: no leader goes through what stands on the page, no number stands on a leader") {
    std::vector<MultiPolygon> shapes{box_shape(30, 30, 20, 6), box_shape(30, 36, 20, 6)};
    std::vector<LabelRequest> requests{named("Averylongname"), named("Anotherverylongone")};
    LabelRules rules = rules_on({0, 0, 80, 90});
    rules.most_leaders = 1;
    // Only below is white space, and a scale bar stands in the way of the shortest leader.
    rules.taken = {{0, 0, 80, 29}, {0, 29, 29, 43}, {51, 29, 80, 43}, {36, 44, 44, 46}};
    const auto labels = place_area_labels(shapes, requests, rules, measure);
    for (const AreaLabel& label : labels) {
        if (label.place != LabelPlace::leader) continue;
        for (int i = 0; i <= 100; ++i) {
            const Point p{label.leader_from.x + (label.leader_to.x - label.leader_from.x) * i / 100.0,
                          label.leader_from.y + (label.leader_to.y - label.leader_from.y) * i / 100.0};
            for (const Box& box : rules.taken) CHECK_FALSE(box.contains(p));
            for (const AreaLabel& other : labels) {
                if (other.place == LabelPlace::number) CHECK_FALSE(other.box.contains(p));
            }
        }
    }
    CHECK(std::any_of(labels.begin(), labels.end(),
                      [](const AreaLabel& label) { return label.place == LabelPlace::leader; }));
}

TEST_CASE("area labels: the largest part has the name, and holes are kept free") {
    MultiPolygon shape = box_shape(50, 50, 4, 4);
    shape.add_ring(std::vector<Point>{{0, 0}, {40, 0}, {40, 20}, {0, 20}, {0, 0}});
    shape.add_ring(std::vector<Point>{{15, 5}, {15, 15}, {25, 15}, {25, 5}, {15, 5}});
    shape.end_polygon();
    const auto labels =
        place_area_labels(std::vector{shape}, std::vector{named("Henley")}, rules_on({}), measure);
    REQUIRE(labels[0].place == LabelPlace::inside);
    const Box hole{15, 5, 25, 15};
    CHECK_FALSE(labels[0].box.overlaps(hole));
    CHECK(labels[0].box.max_y < 20);
}

TEST_CASE("area labels: a circle stands with its name, and a large one may reach over but never on words") {
    LabelRequest request = named("Radford");
    request.below.push_back({"123", nine, 0, {}});
    request.symbol_mm = 6;
    const auto roomy =
        place_area_labels(std::vector{box_shape(0, 0, 40, 40)}, std::vector{request}, rules_on({}), measure);
    REQUIRE(roomy[0].place == LabelPlace::inside);
    CHECK(roomy[0].symbol_fits);
    CHECK(roomy[0].symbol.y + 3 < roomy[0].lines[0].box.min_y);
    request.symbol_mm = 14;
    const std::vector<MultiPolygon> pair{box_shape(0, 0, 16, 20), box_shape(16, 0, 16, 20)};
    const auto tight =
        place_area_labels(pair, std::vector{request, named("Foleshill")}, rules_on({}), measure);
    const Box circle =
        Box{tight[0].symbol.x, tight[0].symbol.y, tight[0].symbol.x, tight[0].symbol.y}.grown(7);
    for (const AreaLabel& label : tight) {
        for (const LabelLinePlaced& line : label.lines) {
            const Point near{std::clamp(tight[0].symbol.x, line.box.min_x, line.box.max_x),
                             std::clamp(tight[0].symbol.y, line.box.min_y, line.box.max_y)};
            CHECK((near.x - tight[0].symbol.x) * (near.x - tight[0].symbol.x) +
                      (near.y - tight[0].symbol.y) * (near.y - tight[0].symbol.y) >=
                  49);
        }
    }
    CHECK(circle.width() == doctest::Approx(14));
}

TEST_CASE(
    "area labels: a label set by hand is taken as it is and others keep off it; outside it has a line") {
    LabelRequest by_hand = named("Henley");
    by_hand.at = Point{9, 4};
    const std::vector<MultiPolygon> own{box_shape(0, 0, 20, 20)};
    const auto within = place_area_labels(own, std::vector{by_hand}, rules_on({}), measure);
    CHECK(within[0].place == LabelPlace::by_hand);
    CHECK(within[0].box.center().y == doctest::Approx(4));
    by_hand.at = Point{30, 10};
    const std::vector<MultiPolygon> shapes{box_shape(0, 0, 20, 20), box_shape(20, 0, 20, 20)};
    const auto labels =
        place_area_labels(shapes, std::vector{by_hand, named("Wyken")}, rules_on({}), measure);
    CHECK(labels[0].place == LabelPlace::leader);
    CHECK(labels[0].leader_to.x < 20);
    CHECK(labels[0].box.center().x == doctest::Approx(30));
    CHECK(labels[0].box.center().y == doctest::Approx(10));
    CHECK_FALSE(labels[0].box.overlaps(labels[1].box));
}

TEST_CASE("area labels: areas without shape and requests for nothing are nothing") {
    const std::vector<MultiPolygon> shapes{MultiPolygon{}, box_shape(0, 0, 20, 20)};
    const auto labels =
        place_area_labels(shapes, std::vector{named("Nowhere"), LabelRequest{}}, rules_on({}), measure);
    CHECK(labels[0].place == LabelPlace::nothing);
    CHECK(labels[1].place == LabelPlace::nothing);
}
