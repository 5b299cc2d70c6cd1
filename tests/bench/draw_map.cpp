/// \file
/// `bench_draw_map POLY CLASSES.txt OUT png|svg|pdf SIZE MINX MINY MAXX MAXY STROKE_PX THREADS`: areas of
/// five classes as a picture of SIZE by SIZE pixels, every vertex given to the writer, as the peers'
/// cairo_fill does from the same files. Prints one line `RESULT {...}`.
#include "measure.hpp"
#include "wardmap/geometry/multi_polygon.hpp"
#include "wardmap/render/pdf.hpp"
#include "wardmap/render/png.hpp"
#include "wardmap/render/svg.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

constexpr double pixels_a_mm = 10;

template <typename Number>
std::vector<Number> read_numbers(std::ifstream& in, std::size_t count) {
    std::vector<Number> out(count);
    in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(count * sizeof(Number)));
    if (!in) throw std::runtime_error("the file of polygons is too short");
    return out;
}

/// As ../shared/bench/gen_data.py writes them: counts, starts of polygons, rings and points, then x, then y.
std::vector<MultiPolygon> read_polygons(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const auto counts = read_numbers<std::uint32_t>(in, 4);
    const auto polygons = read_numbers<std::uint32_t>(in, counts[0] + 1);
    const auto rings = read_numbers<std::uint32_t>(in, counts[1] + 1);
    const auto points = read_numbers<std::uint32_t>(in, counts[2] + 1);
    in.seekg((static_cast<std::streamoff>(in.tellg()) + 7) / 8 * 8);
    const auto x = read_numbers<double>(in, counts[3]);
    const auto y = read_numbers<double>(in, counts[3]);
    std::vector<MultiPolygon> out(counts[0]);
    std::vector<Point> ring;
    for (std::size_t f = 0; f < out.size(); ++f) {
        for (std::size_t p = polygons[f]; p < polygons[f + 1]; ++p) {
            for (std::size_t r = rings[p]; r < rings[p + 1]; ++r) {
                ring.clear();
                for (std::size_t k = points[r]; k < points[r + 1]; ++k) ring.push_back({x[k], y[k]});
                out[f].add_ring(ring);
            }
            out[f].end_polygon();
        }
    }
    return out;
}

Scene scene_of(std::span<const MultiPolygon> shapes, const std::vector<int>& classes, const Box& extent,
               double size_mm, double stroke_mm) {
    constexpr std::array<Color, 5> colors{{{0xff, 0xff, 0xb2, 1},
                                           {0xfe, 0xcc, 0x5c, 1},
                                           {0xfd, 0x8d, 0x3c, 1},
                                           {0xf0, 0x3b, 0x20, 1},
                                           {0xbd, 0x00, 0x26, 1}}};
    Scene scene;
    scene.width_mm = scene.height_mm = size_mm;
    Group areas;
    areas.overlap = ShapesOverlap::never;
    const double scale = size_mm / extent.width();
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        Shape shape;
        Path path;
        path.points.reserve(shapes[i].points.size());
        path.ops.reserve(shapes[i].points.size() + shapes[i].ring_count());
        for (std::size_t r = 0; r < shapes[i].ring_count(); ++r) {
            const auto ring = shapes[i].ring(r);
            for (std::size_t k = 0; k + 1 < ring.size(); ++k) {
                const double x = (ring[k].x - extent.min_x) * scale;
                const double y = (extent.max_y - ring[k].y) * scale;
                if (k == 0) {
                    path.move_to(x, y);
                } else {
                    path.line_to(x, y);
                }
            }
            path.close();
        }
        shape.outline = std::move(path);
        shape.fill = Fill{colors.at(static_cast<std::size_t>(classes.at(i)) % colors.size()), {}};
        if (stroke_mm > 0) shape.stroke = Stroke{{0x44, 0x44, 0x44, 1}, stroke_mm, {}};
        areas.children.push_back(node(std::move(shape)));
    }
    scene.nodes.push_back(node(std::move(areas)));
    return scene;
}

std::string picture(const Scene& scene, const std::string& format, unsigned threads) {
    if (format == "svg") return to_svg(scene, {.threads = threads});
    if (format == "pdf") return to_pdf(scene);
    return to_png(scene, {.dpi = 25.4 * pixels_a_mm, .threads = threads});
}

}  // namespace

int main(int count, char** words) {
    if (count != 12) {
        fmt::print(
            stderr,
            "usage: bench_draw_map POLY CLASSES.txt OUT png|svg|pdf SIZE MINX MINY MAXX MAXY STROKE_PX "
            "THREADS\n");
        return EXIT_FAILURE;
    }
    try {
        const bench::Stopwatch reading;
        const std::vector<MultiPolygon> shapes = read_polygons(words[1]);
        std::ifstream in(words[2]);
        const std::vector<int> classes{std::istream_iterator<int>(in), {}};
        const double read_wall = reading.wall();
        const Box extent{std::stod(words[6]), std::stod(words[7]), std::stod(words[8]), std::stod(words[9])};
        const bench::Stopwatch drawing;
        const Scene scene = scene_of(shapes, classes, extent, std::stod(words[5]) / pixels_a_mm,
                                     std::stod(words[10]) / pixels_a_mm);
        const double scene_wall = drawing.wall();
        const std::string bytes = picture(scene, words[4], static_cast<unsigned>(std::stoul(words[11])));
        const double wall = drawing.wall();
        const double user = drawing.user();
        std::ofstream(words[3], std::ios::binary) << bytes;
        fmt::print(
            "RESULT "
            "{{\"read_wall\":{:.4f},\"scene_wall\":{:.4f},\"wall\":{:.4f},\"user\":{:.4f},\"bytes\":{}}}"
            "\n",
            read_wall, scene_wall, wall, user, bytes.size());
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
