/// \file
/// `bench_read_boundaries AREAS`: a file to an AreaSet, shapes checked. Prints one line `RESULT {...}` with
/// the peers' checksum: points, sum of x, sum of y.
#include "measure.hpp"
#include "wardmap/io/read_areas.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <string>

using namespace wardmap;

int main(int count, char** words) {
    if (count != 2) {
        fmt::print(stderr, "usage: bench_read_boundaries AREAS\n");
        return EXIT_FAILURE;
    }
    try {
        const std::string path = words[1];
        // GDAL is in memory before the clock starts, as in the peer's program; GeoJSON needs none.
        if (!path.ends_with(".geojson")) gdal_versions();
        const bench::Stopwatch reading;
        const ReadAreas read = read_areas(path);
        const double wall = reading.wall();
        const double user = reading.user();
        std::size_t points = 0;
        double sum_x = 0;
        double sum_y = 0;
        for (const MultiPolygon& shape : read.areas.shapes()) {
            points += shape.points.size();
            for (const Point p : shape.points) {
                sum_x += p.x;
                sum_y += p.y;
            }
        }
        fmt::print(
            "RESULT "
            "{{\"features\":{},\"coords\":{},\"sumx\":{:.6f},\"sumy\":{:.6f},\"wall\":{:.4f},\"user\":{:.4f}}"
            "}\n",
            read.areas.size(), points, sum_x, sum_y, wall, user);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
