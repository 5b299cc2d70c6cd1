/// \file
/// `bench_scan_circles AREAS PEOPLE COLUMN CODES MAX_POPULATION THREADS`: the circular scan with 999
/// replications of events made here, one for every ten people, dealt out by chance. CODES: districts to keep
/// (codes with commas), or `all`; MAX_POPULATION 0: half of all people. Prints one line `RESULT {...}`.
#include "measure.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/base/binomial_draw.hpp"
#include "wardmap/cluster/scan.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/table/read_numbers.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

struct Places {
    std::vector<double> count{}, people{}, x{}, y{};
};

Places places_of(const std::string& areas_file, const std::string& people_file, const std::string& column,
                 const std::string& districts) {
    AreaSet areas = read_areas(areas_file).areas;
    areas = reproject(areas, mapping_crs(areas));
    const Table table = read_table(people_file, {}).table;
    Problems problems;
    const Column people = read_numbers(table, column, problems);
    const Column& district = table.column("lad_code");
    const Matched matched = match_rows(table, areas);
    Places out;
    RandomStream random(1, 0, 0);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (matched.area_of_row[row] == no_area) continue;
        if (districts != "all" && districts.find(district.text(row)) == std::string::npos) continue;
        const auto area = static_cast<std::size_t>(matched.area_of_row[row]);
        const Point middle = centroid(areas.shapes()[area]);
        out.people.push_back(people.number(row));
        out.count.push_back(binomial_draw(random, static_cast<std::uint32_t>(people.number(row)), 0.1));
        out.x.push_back(middle.x);
        out.y.push_back(middle.y);
    }
    return out;
}

int run(char** words) {
    const Places places = places_of(words[1], words[2], words[3], words[4]);
    ScanOptions options;
    if (const double cap = std::stod(words[5]); cap > 0) options.max_population = cap;
    options.threads = static_cast<unsigned>(std::stoul(words[6]));
    const bench::Stopwatch scanning;
    const Scan made = scan(places.count, places.people, places.x, places.y, options);
    const double wall = scanning.wall();
    const double user = scanning.user();
    double events = 0;
    for (const double one : places.count) events += one;
    fmt::print(
        "RESULT {{\"areas\":{},\"events\":{},\"circles\":{},\"wall\":{:.4f},\"user\":{:.4f},\"llr\":{:.6f},"
        "\"p\":{:.4f}}}\n",
        places.count.size(), events, made.circles, wall, user, made.clusters.front().llr,
        made.clusters.front().p_value);
    return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** words) {
    if (count != 7) {
        fmt::print(stderr, "usage: bench_scan_circles AREAS PEOPLE COLUMN CODES MAX_POPULATION THREADS\n");
        return EXIT_FAILURE;
    }
    try {
        return run(words);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return EXIT_FAILURE;
    }
}
