#include "wardmap/render/raster.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

using namespace wardmap;

namespace {

constexpr PixelInk black{0, 255};

/// A white picture of one band.
struct Picture {
    Picture(int w, int h) : width(w), height(h), pixels(static_cast<std::size_t>(w * h), 0xffffff) {}
    int width;
    int height;
    std::vector<std::uint32_t> pixels;
    RasterBand band{pixels, width, 0, height, 255};

    /// 0 where untouched, 1 where black.
    double dark(int x, int y) const {
        return (255 - static_cast<double>(pixels[static_cast<std::size_t>(y * width + x)] & 255U)) / 255;
    }
    double all_dark() const {
        double sum = 0;
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) sum += dark(x, y);
        }
        return sum;
    }
};

std::vector<PixelPoint> box(float left, float top, float right, float bottom) {
    return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

}  // namespace

TEST_CASE("raster: a pixel is as dark as the share of it that lies within") {
    Picture picture(6, 4);
    picture.band.add_ring(box(1.25F, 1.5F, 4.5F, 3));
    picture.band.fill(FillRule::even_odd, black);
    CHECK(std::abs(picture.dark(1, 1) - 0.75 * 0.5) < 0.003);
    CHECK(std::abs(picture.dark(2, 1) - 0.5) < 0.003);
    CHECK(std::abs(picture.dark(4, 1) - 0.25) < 0.003);
    CHECK(std::abs(picture.dark(1, 2) - 0.75) < 0.003);
    CHECK(picture.dark(3, 2) == 1);
    CHECK(std::abs(picture.dark(4, 2) - 0.5) < 0.003);
    CHECK(picture.dark(0, 2) == 0);
    CHECK(picture.dark(5, 2) == 0);
    CHECK(picture.dark(2, 0) == 0);
    CHECK(picture.dark(2, 3) == 0);
}

TEST_CASE("raster: sloping edges cover what geometry says, steep and flat") {
    // Areas by the shoelace formula.
    const std::array<std::vector<PixelPoint>, 3> triangles{{{{1, 1}, {17, 3}, {4, 12}},
                                                            {{2, 0.5F}, {3.25F, 12}, {2.5F, 12}},
                                                            {{0.5F, 2}, {18.5F, 2.5F}, {18.5F, 3.25F}}}};
    for (const std::vector<PixelPoint>& t : triangles) {
        Picture picture(20, 14);
        picture.band.add_ring(t);
        picture.band.fill(FillRule::winding, black);
        const double area =
            std::abs((t[1].x - t[0].x) * (t[2].y - t[0].y) - (t[2].x - t[0].x) * (t[1].y - t[0].y)) / 2;
        CHECK(std::abs(picture.all_dark() - area) < 0.1);
    }
}

TEST_CASE("raster: rings within rings are holes by one rule and filled by the other") {
    for (const FillRule rule : {FillRule::even_odd, FillRule::winding}) {
        Picture picture(9, 9);
        picture.band.add_ring(box(1, 1, 8, 8));
        picture.band.add_ring(box(3, 3, 6, 6));  // the same way round
        picture.band.fill(rule, black);
        CHECK(picture.dark(1, 4) == 1);
        CHECK(picture.dark(4, 4) == (rule == FillRule::winding ? 1 : 0));
        CHECK(picture.dark(7, 4) == 1);
    }
}

TEST_CASE("raster: what lies beyond the edges is cut, not moved") {
    Picture picture(4, 4);
    picture.band.add_ring(box(-100, -100, 2, 2.5F));
    picture.band.add_ring(box(3, 3, 100, 100));
    picture.band.fill(FillRule::even_odd, black);
    CHECK(picture.dark(0, 0) == 1);
    CHECK(picture.dark(1, 1) == 1);
    CHECK(std::abs(picture.dark(1, 2) - 0.5) < 0.003);
    CHECK(picture.dark(2, 0) == 0);
    CHECK(picture.dark(3, 3) == 1);
    CHECK(picture.all_dark() == doctest::Approx(2 * 2.5 + 1).epsilon(0.01));
}

TEST_CASE("raster: a line is as wide as it is said to be, and twice over is as dark as once") {
    for (const float width : {0.5F, 1.0F, 3.0F}) {
        Picture once(40, 12);
        once.band.add_line(std::array<PixelPoint, 2>{{{10, 6}, {30, 6}}}, width, LineEnds::butt);
        once.band.stroke(black);
        CHECK(once.all_dark() == doctest::Approx(20 * width).epsilon(0.06));
        Picture twice(40, 12);
        for (int i = 0; i < 2; ++i)
            twice.band.add_line(std::array<PixelPoint, 2>{{{10, 6}, {30, 6}}}, width, LineEnds::butt);
        twice.band.add_line(std::array<PixelPoint, 2>{{{30, 6}, {10, 6}}}, width, LineEnds::butt);
        twice.band.stroke(black);
        CHECK(twice.pixels == once.pixels);
    }
}

TEST_CASE("raster: round ends are half circles, a line of no length is a dot") {
    Picture line(40, 20);
    line.band.add_line(std::array<PixelPoint, 2>{{{10, 10}, {30, 10}}}, 8, LineEnds::round);
    line.band.stroke(black);
    CHECK(line.all_dark() == doctest::Approx(20 * 8 + std::numbers::pi * 16).epsilon(0.01));
    Picture dot(20, 20);
    dot.band.add_line(std::array<PixelPoint, 2>{{{10, 10}, {10, 10}}}, 8, LineEnds::round);
    dot.band.stroke(black);
    CHECK(dot.all_dark() == doctest::Approx(std::numbers::pi * 16).epsilon(0.02));
}

TEST_CASE("raster: a see-through ink lets through what it should") {
    Picture picture(4, 4);
    picture.band.add_ring(box(0, 0, 4, 4));
    picture.band.fill(FillRule::even_odd, {0x000000, 128});
    CHECK((picture.pixels[5] & 255U) == 127);
    picture.band.add_ring(box(0, 0, 4, 4));
    picture.band.fill(FillRule::even_odd, {0xff8000, 255});
    CHECK(picture.pixels[5] == 0xff8000);
}

TEST_CASE("raster: a clip confines the next stroke and no other") {
    Picture picture(20, 6);
    const std::array<PixelPoint, 2> line{{{0, 3}, {20, 3}}};
    picture.band.add_ring(box(5, 0, 10, 6));
    picture.band.clip(FillRule::even_odd);
    picture.band.add_line(line, 2, LineEnds::butt);
    picture.band.stroke(black);
    CHECK(picture.dark(4, 2) == 0);
    CHECK(picture.dark(7, 2) == 1);
    CHECK(picture.dark(10, 2) == 0);
    picture.band.add_line(line, 2, LineEnds::butt);
    picture.band.stroke(black);
    CHECK(picture.dark(15, 2) == 1);
}

TEST_CASE("raster: bands side by side make the picture that one band makes") {
    const std::vector<PixelPoint> ring{{3.3F, 1.7F}, {36.1F, 9.2F}, {20.9F, 38.4F}, {1.2F, 25.5F}};
    const auto draw = [&](RasterBand& band) {
        band.add_ring(ring);
        band.fill(FillRule::even_odd, {0x12436d, 255});
        band.add_line(ring, 2.5F, LineEnds::round);
        band.stroke({0x0b0c0c, 255});
    };
    std::vector<std::uint32_t> whole(40 * 40, 0xffffff);
    RasterBand one(whole, 40, 0, 40, 16);
    draw(one);
    std::vector<std::uint32_t> parted(40 * 40, 0xffffff);
    for (int top = 0; top < 40; top += 8) {
        RasterBand band(std::span<std::uint32_t>(parted).subspan(static_cast<std::size_t>(top) * 40, 8 * 40),
                        40, top, 8, 16);
        draw(band);
    }
    std::size_t differ = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) differ += whole[i] != parted[i];
    CHECK(differ <= 2);  // a level either side of a rounding
}
