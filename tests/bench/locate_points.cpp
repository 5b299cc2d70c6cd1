/// \file
/// `bench_locate_points AREAS POINTS THREADS`: points in memory to areas, as the peers of `../shared/bench`
/// do it.
///
/// POINTS is raw little-endian doubles, all x, then all y. Prints one line `RESULT {...}`: seconds to build
/// the index over the shapes read, seconds to ask, and the peers' checksum: the sum over points of
/// (area + 1) * (point % 1009 + 1), areas counted in file order.
#include "measure.hpp"
#include "wardmap/base/in_parallel.hpp"
#include "wardmap/geometry/point_index.hpp"
#include "wardmap/io/read_areas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <span>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

std::vector<double> read_doubles(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<double> numbers(static_cast<std::size_t>(file.tellg()) / sizeof(double));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(numbers.data()),
              static_cast<std::streamsize>(numbers.size() * sizeof(double)));
    return numbers;
}

int run(const std::string& areas_file, const std::string& points_file, unsigned threads) {
    const AreaSet areas = read_areas(areas_file).areas;
    const std::vector<double> numbers = read_doubles(points_file);
    const std::size_t n = numbers.size() / 2;
    const std::span<const double> x(numbers.data(), n);
    const std::span<const double> y(numbers.data() + n, n);
    std::vector<std::int32_t> found(n, -1);

    const double memory_before = bench::anonymous_megabytes();
    const bench::Stopwatch building;
    const PointIndex index(areas.shapes());
    const double build_wall = building.wall();
    const double build_user = building.user();
    const double memory_after = bench::anonymous_megabytes();

    constexpr std::size_t points_a_piece = 16'384;
    const std::span<std::int32_t> out(found);
    const bench::Stopwatch asking;
    in_parallel((n + points_a_piece - 1) / points_a_piece, threads, [&](std::size_t piece) {
        const std::size_t first = piece * points_a_piece;
        const std::size_t size = std::min(points_a_piece, n - first);
        index.locate(x.subspan(first, size), y.subspan(first, size), out.subspan(first, size));
    });
    const double query_wall = asking.wall();
    const double query_user = asking.user();

    std::uint64_t assigned = 0;
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < n; ++i) {
        if (found[i] < 0) continue;
        ++assigned;
        hash += (static_cast<std::uint64_t>(found[i]) + 1) * (i % 1009 + 1);
    }
    fmt::print(
        "RESULT {{\"n\":{},\"assigned\":{},\"hash\":{},\"build_wall\":{:.6f},\"build_user\":{:.6f},"
        "\"query_wall\":{:.6f},\"query_user\":{:.6f},\"index_mb\":{:.1f},\"build_anon_mb\":{:.1f}}}\n",
        n, assigned, hash, build_wall, build_user, query_wall, query_user,
        static_cast<double>(index.bytes()) / 1e6, memory_after - memory_before);
    return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** words) {
    if (count != 4) {
        fmt::print(stderr, "usage: bench_locate_points AREAS POINTS THREADS\n");
        return EXIT_FAILURE;
    }
    try {
        return run(words[1], words[2], static_cast<unsigned>(std::stoul(words[3])));
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return EXIT_FAILURE;
    }
}
