#include "wardmap/render/png.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/render/drawing.hpp"
#include "wardmap/render/plain_text.hpp"
#include "wardmap/render/png_encode.hpp"
#include "wardmap/render/raster.hpp"
#include "wardmap/render/scene_check.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <thread>
#include <vector>

namespace wardmap {
namespace {

constexpr int most_pixels = 32767;
/// Sixteen levels of an edge look the same in print and leave few enough colours for a palette; a screen
/// shows more.
constexpr double fine_dpi = 190;
constexpr int fine_levels = 16;
constexpr int screen_levels = 255;
/// Rows drawn at a time: what a thread works on stays in its cache.
constexpr int band_rows = 64;
constexpr std::uint32_t white = 0xffffff;

int pixels(double mm, double dpi, const Scene& scene) {
    const double count = std::round(mm / 25.4 * dpi);
    if (count > most_pixels) {
        throw OutputError("the picture '" + scene.id + "' would be " + std::to_string(std::lround(count)) +
                              " px wide or high, more than 32,767",
                          {}, "choose fewer dots per inch, or write SVG or PDF");
    }
    return std::max(1, static_cast<int>(count));
}

}  // namespace

std::string to_png(const Scene& scene, const PngOptions& options) {
    check_scene(scene);
    if (!(options.dpi >= 36 && options.dpi <= 2400)) {
        throw UsageError("a picture has 36 to 2400 dots per inch", {}, "leave it out for 300");
    }
    const int width = pixels(scene.width_mm, options.dpi, scene);
    const int height = pixels(scene.height_mm, options.dpi, scene);
    const Drawing drawing(scene, options.dpi / 25.4);
    const auto row = static_cast<std::size_t>(width);
    std::vector<std::uint32_t> picture(row * static_cast<std::size_t>(height), white);
    const auto bands = static_cast<std::size_t>((height + band_rows - 1) / band_rows);
    const std::size_t threads =
        options.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.threads;
    // One band draws a stretch of the picture after another; a few stretches a thread even out what they
    // take.
    const std::size_t stretches = threads == 1 ? 1 : std::min(bands, threads * 4);
    in_parallel(stretches, options.threads, [&](std::size_t i) {
        std::optional<RasterBand> band;
        for (std::size_t b = bands * i / stretches; b < bands * (i + 1) / stretches; ++b) {
            const int top = static_cast<int>(b) * band_rows;
            const int rows = std::min(band_rows, height - top);
            const auto pixels = std::span<std::uint32_t>(picture).subspan(
                static_cast<std::size_t>(top) * row, static_cast<std::size_t>(rows) * row);
            if (band) {
                band->move_to(pixels, top, rows);
            } else {
                band.emplace(pixels, width, top, rows, options.dpi >= fine_dpi ? fine_levels : screen_levels);
            }
            drawing.draw(*band, top, rows);
        }
    });
    return png_bytes(PixelView{picture.data(), width, height}, options.dpi, options.packing,
                     {{"Title", plain_text(scene.title)}, {"Description", plain_text(spoken_name(scene))}});
}

}  // namespace wardmap
