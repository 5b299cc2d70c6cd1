/// \file
/// `bench_local_moran AREAS TABLE COLUMN THREADS`: neighbours of the areas, then local Moran of a column with
/// 999 conditional permutations, as the peers of `bench.py` do it. Prints one line `RESULT {...}`: the
/// seconds of each, and the sum of the statistic with the divisor n - 1 for a checksum.
#include "wardmap/cluster/local_moran.hpp"
#include "measure.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/area/neighbours.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <exception>
#include <limits>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

std::vector<double> by_area(const AreaSet& areas, const std::string& file, const std::string& column) {
    const Table table = read_table(file, {}).table;
    Problems problems;
    const Column numbers = read_numbers(table, column, problems);
    const Matched matched = match_rows(table, areas);
    std::vector<double> out(areas.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (matched.area_of_row[row] != no_area)
            out[static_cast<std::size_t>(matched.area_of_row[row])] = numbers.number(row);
    }
    return out;
}

int run(const std::string& areas_file, const std::string& table, const std::string& column,
        unsigned threads) {
    const AreaSet areas = read_areas(areas_file).areas;
    const std::vector<double> values = by_area(areas, table, column);
    const bench::Stopwatch touching;
    const Neighbours neighbours = contiguity(areas, Contiguity::queen);
    const double touching_wall = touching.wall();
    const double touching_user = touching.user();

    LocalMoranOptions options;
    options.permutations = 999;
    options.divisor = MomentDivisor::n_minus_one;
    options.threads = threads;
    const bench::Stopwatch testing;
    const LocalMoran made = local_moran(values, neighbours, options);
    const double wall = testing.wall();
    const double user = testing.user();
    double sum = 0;
    for (const double i : made.i) sum += std::isnan(i) ? 0 : i;
    fmt::print(
        "RESULT "
        "{{\"areas\":{},\"links\":{},\"touching_wall\":{:.4f},\"touching_user\":{:.4f},\"wall\":{:.4f},"
        "\"user\":{:.4f},\"sum\":{:.6f}}}\n",
        areas.size(), neighbours.indices.size(), touching_wall, touching_user, wall, user, sum);
    return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** words) {
    if (count != 5) {
        fmt::print(stderr, "usage: bench_local_moran AREAS TABLE COLUMN THREADS\n");
        return EXIT_FAILURE;
    }
    try {
        return run(words[1], words[2], words[3], static_cast<unsigned>(std::stoul(words[4])));
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return EXIT_FAILURE;
    }
}
