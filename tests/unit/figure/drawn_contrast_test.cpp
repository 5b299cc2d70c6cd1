#include "wardmap/figure/drawn_contrast.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

Text word(const char* text, const char* color, double size_pt = 9, FontWeight weight = FontWeight::regular) {
    Text out;
    out.x = 50;
    out.y = 50;
    out.text = text;
    out.style = {size_pt, weight, FontSlant::upright};
    out.color = color_from_hex(color);
    return out;
}

Shape filled(RectShape rect, const char* color, double opacity = 1) {
    Shape out;
    out.outline = rect;
    out.fill = Fill{color_from_hex(color), {}};
    out.fill->color.opacity = opacity;
    return out;
}

Scene scene_of(std::vector<Node> nodes) {
    Scene scene;
    scene.nodes = std::move(nodes);
    return scene;
}

constexpr RectShape under{40, 40, 40, 20};

}  // namespace

TEST_CASE(
    "drawn contrast: #767676 on white is the faintest grey that is enough, as WCAG's own example says") {
    CHECK(faint_texts(scene_of({node(word("enough", "#767676"))})).empty());
    const auto faint = faint_texts(scene_of({node(word("faint", "#777777"))}));
    REQUIRE(faint.size() == 1);
    CHECK(faint[0].contrast == doctest::Approx(4.48).epsilon(0.001));
    CHECK(faint[0].needed == 4.5);
}

TEST_CASE("drawn contrast: large text needs less, from 18 pt, and bold from 14 pt") {
    CHECK(faint_texts(scene_of({node(word("big", "#949494", 18))})).empty());
    CHECK(faint_texts(scene_of({node(word("bold", "#949494", 14, FontWeight::bold))})).empty());
    CHECK(faint_texts(scene_of({node(word("thin", "#949494", 14))})).size() == 1);
}

TEST_CASE(
    "drawn contrast: text is judged against what it stands on, painted last and mixed where it is clear") {
    const auto dark = scene_of({node(filled(under, "#12436d")), node(word("dark on dark", "#0b0c0c"))});
    REQUIRE(faint_texts(dark).size() == 1);
    CHECK(hex(faint_texts(dark)[0].behind) == "#12436d");
    CHECK(faint_texts(scene_of({node(filled(under, "#12436d")), node(word("white on dark", "#ffffff"))}))
              .empty());
    // Half clear black over white is a grey of 128.
    const auto half = scene_of({node(filled(under, "#000000", 0.5)), node(word("on grey", "#ffffff"))});
    REQUIRE(faint_texts(half).size() == 1);
    CHECK(hex(faint_texts(half)[0].behind) == "#808080");
    // Painted after the text, the fill is not behind it.
    CHECK(faint_texts(scene_of({node(word("first", "#0b0c0c")), node(filled(under, "#12436d"))})).empty());
}

TEST_CASE("drawn contrast: a halo is what the letters stand on, and a moved group moves what is behind") {
    Text text = word("halo", "#0b0c0c");
    text.halo = color_from_hex("#ffffff");
    CHECK(faint_texts(scene_of({node(filled(under, "#12436d")), node(text)})).empty());
    Group moved;
    moved.dx = 100;
    moved.children.push_back(node(filled(under, "#12436d")));
    CHECK(faint_texts(scene_of({node(moved), node(word("beside", "#0b0c0c"))})).empty());
}

TEST_CASE("drawn contrast: a hole in a path is no ground") {
    Path ring;
    for (const auto& [low, high] : {std::pair{40.0, 60.0}, std::pair{45.0, 55.0}}) {
        ring.move_to(low, low);
        ring.line_to(high, low);
        ring.line_to(high, high);
        ring.line_to(low, high);
        ring.close();
    }
    Shape shape;
    shape.outline = ring;
    shape.fill = Fill{color_from_hex("#0b0c0c"), {}};
    CHECK(faint_texts(scene_of({node(shape), node(word("in the hole", "#0b0c0c"))})).empty());
}

TEST_CASE("drawn contrast: a mark is seen by its fill or its outline") {
    const auto mark = [](const char* fill, const char* line) {
        Group group;
        group.role = Role::area;
        group.label = "Foleshill";
        Shape shape;
        shape.outline = CircleShape{50, 50, 1.2};
        shape.fill = Fill{color_from_hex(fill), {}};
        if (line != nullptr) shape.stroke = Stroke{color_from_hex(line), 0.3, {}};
        group.children.push_back(node(shape));
        return scene_of({node(group)});
    };
    CHECK(faint_marks(mark("#12436d", nullptr)).empty());
    CHECK(faint_marks(mark("#ffffff", "#12436d")).empty());
    const auto faint = faint_marks(mark("#ffee99", nullptr));
    REQUIRE(faint.size() == 1);
    CHECK(faint[0].label == "Foleshill");
    CHECK(faint[0].contrast < 1.3);
}
