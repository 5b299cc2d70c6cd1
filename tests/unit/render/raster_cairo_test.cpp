// Cairo as the oracle of our own pixels: the same shapes drawn by both.

#include "wardmap/render/raster.hpp"

#include <cairo.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <numbers>
#include <vector>

using namespace wardmap;

namespace {

constexpr int side = 160;
using Ring = std::vector<PixelPoint>;

struct CairoDeleter {
    void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const noexcept { cairo_destroy(context); }
};

/// A star whose rays are thin at their ends and whose sides cross pixels at all angles.
Ring star(float x, float y, float radius, int rays) {
    Ring out;
    for (int i = 0; i < 2 * rays; ++i) {
        const float turn = static_cast<float>(i) * std::numbers::pi_v<float> / static_cast<float>(rays);
        const float r = i % 2 == 0 ? radius : radius * 0.31F;
        out.push_back({x + r * std::cos(turn), y + r * std::sin(turn)});
    }
    return out;
}

std::vector<std::uint32_t> ours(const std::vector<Ring>& rings, FillRule rule, float width) {
    std::vector<std::uint32_t> pixels(side * side, 0xffffff);
    RasterBand band(pixels, side, 0, side, 255);
    if (width == 0) {
        for (const Ring& ring : rings) band.add_ring(ring);
        band.fill(rule, {0, 255});
    } else {
        for (const Ring& ring : rings) band.add_line(ring, width, LineEnds::round);
        band.stroke({0, 255});
    }
    return pixels;
}

std::vector<std::uint32_t> cairos(const std::vector<Ring>& rings, FillRule rule, float width) {
    const std::unique_ptr<cairo_surface_t, CairoDeleter> surface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side));
    const std::unique_ptr<cairo_t, CairoDeleter> context(cairo_create(surface.get()));
    cairo_set_source_rgb(context.get(), 1, 1, 1);
    cairo_paint(context.get());
    cairo_set_source_rgb(context.get(), 0, 0, 0);
    cairo_set_antialias(context.get(), CAIRO_ANTIALIAS_BEST);
    for (const Ring& ring : rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            if (i == 0) {
                cairo_move_to(context.get(), ring[i].x, ring[i].y);
            } else {
                cairo_line_to(context.get(), ring[i].x, ring[i].y);
            }
        }
    }
    cairo_set_fill_rule(context.get(),
                        rule == FillRule::winding ? CAIRO_FILL_RULE_WINDING : CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_width(context.get(), width);
    cairo_set_line_join(context.get(), CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(context.get(), CAIRO_LINE_CAP_ROUND);
    if (width == 0) {
        cairo_fill(context.get());
    } else {
        cairo_stroke(context.get());
    }
    cairo_surface_flush(surface.get());
    const unsigned char* data = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    std::vector<std::uint32_t> pixels;
    for (int y = 0; y < side; ++y) {
        const auto* row = reinterpret_cast<const std::uint32_t*>(data + y * stride);
        for (int x = 0; x < side; ++x) pixels.push_back(row[x] & 0xffffffU);
    }
    return pixels;
}

struct Differ {
    double mean = 0;  ///< grey levels of 255
    double far = 0;   ///< share of the pixels that differ by a quarter of black and more
};

Differ difference(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    Differ out;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const int levels = std::abs(static_cast<int>(a[i] & 255U) - static_cast<int>(b[i] & 255U));
        out.mean += static_cast<double>(levels) / static_cast<double>(a.size());
        out.far += (levels > 64 ? 1.0 : 0.0) / static_cast<double>(a.size());
    }
    return out;
}

}  // namespace

TEST_CASE("raster: fills are Cairo's, by both rules") {
    const std::vector<Ring> rings{star(80, 80, 76, 11), star(82, 77, 40, 7), star(30, 33, 28, 5)};
    for (const FillRule rule : {FillRule::even_odd, FillRule::winding}) {
        const Differ differ = difference(ours(rings, rule, 0), cairos(rings, rule, 0));
        CHECK(differ.mean < 0.5);
        // Only where several edges cross one pixel do sums of signed areas and samples differ.
        CHECK(differ.far < 0.002);
    }
}

TEST_CASE("raster: strokes are Cairo's, thin and thick") {
    const Ring open{{12.3F, 140.2F}, {40.7F, 20.1F}, {88.4F, 121.9F}, {149.6F, 15.5F}};
    for (const float width : {1.0F, 2.5F, 9.0F}) {
        CAPTURE(width);
        const Differ differ =
            difference(ours({open}, FillRule::winding, width), cairos({open}, FillRule::winding, width));
        CHECK(differ.mean < 0.6);
        CHECK(differ.far < 0.002);
    }
}
