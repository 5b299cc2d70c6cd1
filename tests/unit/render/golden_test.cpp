#include "support/compare_image.hpp"
#include "support/temp_dir.hpp"
#include "unit/render/demo_scene.hpp"
#include "wardmap/render/png.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

std::string at_100_dpi(const Scene& scene) {
    PngOptions options;
    options.dpi = 100;
    return to_png(scene, options);
}

}  // namespace

TEST_CASE("golden: one of everything is drawn as it was accepted") {
    CHECK(compare_with_golden(at_100_dpi(demo_scene()), "demo_scene") == "");
}

TEST_CASE("golden: a moved label and a new colour are noticed, another rounding is not") {
    const ReadPng accepted = read_png(at_100_dpi(demo_scene()));
    const ImageTolerance tolerance;
    Scene moved = demo_scene();
    std::get<Group>(moved.nodes[1].content).children.pop_back();  // one label less
    CHECK(difference_between(read_png(at_100_dpi(moved)), accepted, tolerance.pixel).share > tolerance.share);
    Scene tinted = demo_scene();
    tinted.nodes.insert(tinted.nodes.begin(),
                        node(Shape{RectShape{0, 0, 100, 70}, Fill{{250, 250, 255, 1}, {}}, {}}));
    CHECK(difference_between(read_png(at_100_dpi(tinted)), accepted, tolerance.pixel).mean > tolerance.mean);
    Scene dotted = demo_scene();
    dotted.nodes.push_back(node(Shape{RectShape{1, 1, 0.6, 0.6}, Fill{{0, 0, 0, 1}, {}}, {}}));  // a speck
    const ImageDifference speck = difference_between(read_png(at_100_dpi(dotted)), accepted, tolerance.pixel);
    CHECK(speck.share <= tolerance.share);
    CHECK(speck.largest > tolerance.largest);
    Scene shifted = demo_scene();
    std::get<Group>(shifted.nodes[1].content).dx = 0.004;
    const ImageDifference small =
        difference_between(read_png(at_100_dpi(shifted)), accepted, tolerance.pixel);
    CHECK(small.share <= tolerance.share);
    CHECK(small.largest <= tolerance.largest);
    CHECK(small.mean <= tolerance.mean);
}

TEST_CASE("golden: a difference says so and leaves three pictures to look at") {
    const TempDir folder;
    const std::string expected = at_100_dpi(demo_scene());
    write_output(folder.path() / "pair.png", expected, Overwrite::refuse);
    Scene other = demo_scene();
    other.nodes.pop_back();
    CHECK(compare_with_golden(expected, "pair", {}, folder.path()) == "");
    const std::string why = compare_with_golden(at_100_dpi(other), "pair", {}, folder.path());
    CHECK(why.find("of the pixels differ") != std::string::npos);
    for (const char* kind : {"actual", "expected", "difference"}) {
        const std::filesystem::path left =
            std::filesystem::path("golden-failures") / (std::string("pair-") + kind + ".png");
        CHECK(std::filesystem::exists(left));
    }
    other.width_mm = 90;
    CHECK(compare_with_golden(at_100_dpi(other), "pair", {}, folder.path()).find("its size is") !=
          std::string::npos);
    for (const char* kind : {"actual", "expected", "difference"}) {
        std::filesystem::remove(std::filesystem::path("golden-failures") /
                                (std::string("pair-") + kind + ".png"));
    }
    std::error_code not_empty;
    std::filesystem::remove("golden-failures", not_empty);  // stays if another test left something
}
