#include "wardmap/area/neighbours.hpp"

#include "support/shapes.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/io/read_areas.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

const std::string shared = WARDMAP_SOURCE_DIR "/../shared/data/";

AreaSet set_of(std::vector<MultiPolygon> shapes) {
    AreaSetParts parts;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        parts.codes.push_back(std::string(1, static_cast<char>('a' + i)));
    parts.names = parts.codes;
    parts.shapes = std::move(shapes);
    parts.crs = british_national_grid;
    return AreaSet(std::move(parts));
}

std::vector<std::string> codes_of(const AreaSet& areas, std::span<const AreaIndex> list) {
    std::vector<std::string> out;
    for (const AreaIndex i : list) out.push_back(areas.codes()[static_cast<std::size_t>(i)]);
    std::sort(out.begin(), out.end());
    return out;
}

/// Rows of a reference file: code, then queen or rook neighbours (columns 3 and 5 of
/// id,n_queen,queen,n_rook,rook).
std::map<std::string, std::vector<std::string>> reference(const std::string& file, std::size_t column) {
    std::ifstream in(file);
    std::map<std::string, std::vector<std::string>> out;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::vector<std::string> cells;
        std::stringstream row(line);
        for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
        std::stringstream list(cells.size() > column ? cells[column] : "");
        auto& codes = out[cells[0]];
        for (std::string code; list >> code;) codes.push_back(code);
        std::sort(codes.begin(), codes.end());
    }
    return out;
}

void check_reference(const AreaSet& areas, const std::string& file, std::optional<double> snap,
                     std::size_t queen, std::size_t rook) {
    const Neighbours by_point = contiguity(areas, Contiguity::queen, snap);
    const Neighbours by_edge = contiguity(areas, Contiguity::rook, snap);
    CHECK(by_point.indices.size() == queen);
    CHECK(by_edge.indices.size() == rook);
    const auto expected_queen = reference(file, 2);
    const auto expected_rook = reference(file, 4);
    REQUIRE(expected_queen.size() == areas.size());
    for (std::size_t i = 0; i < areas.size(); ++i) {
        CAPTURE(areas.codes()[i]);
        CHECK(codes_of(areas, by_point.of(i)) == expected_queen.at(areas.codes()[i]));
        CHECK(codes_of(areas, by_edge.of(i)) == expected_rook.at(areas.codes()[i]));
    }
}

}  // namespace

TEST_CASE("neighbours: four squares round a corner") {
    const AreaSet areas = set_of({box_shape(0, 0, 1, 1), box_shape(1, 0, 1, 1), box_shape(0, 1, 1, 1),
                                  box_shape(1, 1, 1, 1), box_shape(9, 9, 1, 1)});
    for (const double snap : {0.0, 0.1}) {
        const Neighbours queen = contiguity(areas, Contiguity::queen, snap);
        const Neighbours rook = contiguity(areas, Contiguity::rook, snap);
        CHECK(queen.indptr == std::vector<std::size_t>{0, 3, 6, 9, 12, 12});
        CHECK(queen.indices == std::vector<AreaIndex>{1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2});
        CHECK(rook.indices == std::vector<AreaIndex>{1, 2, 0, 3, 0, 3, 1, 2});
        CHECK(queen.islands() == std::vector<AreaIndex>{4});
    }
}

TEST_CASE("neighbours: borders need not share vertices, and gaps up to the snap are bridged") {
    // A long side against two short ones, 0.2 apart.
    const AreaSet areas =
        set_of({box_shape(0, 0, 10, 10), box_shape(10.2, 2, 3, 3), box_shape(10.2, 5, 3, 3)});
    CHECK(contiguity(areas, Contiguity::rook).of(0).size() == 2);
    CHECK(contiguity(areas, Contiguity::rook, 0.1).of(0).empty());
    const AreaSet touching = set_of({box_shape(0, 0, 10, 10), box_shape(10, 2, 3, 3)});
    CHECK(contiguity(touching, Contiguity::rook, 0.0).of(0).size() == 1);
}

TEST_CASE("neighbours: an enclave and its surroundings, and areas without shape") {
    const AreaSet areas = set_of(
        {shape_of({{{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}, {{3, 3}, {3, 6}, {6, 6}, {6, 3}, {3, 3}}}}),
         box_shape(3, 3, 3, 3),
         {}});
    const Neighbours rook = contiguity(areas, Contiguity::rook);
    CHECK(rook.indices == std::vector<AreaIndex>{1, 0});
    CHECK(rook.islands() == std::vector<AreaIndex>{2});
    CHECK(contiguity(AreaSet{}, Contiguity::queen).size() == 0);
    CHECK_THROWS_AS(contiguity(areas, Contiguity::queen, -1.0), std::invalid_argument);
}

TEST_CASE("neighbours: the wards of Coventry are those of the reference, however drawn") {
    if (!std::filesystem::exists(shared)) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const std::string file = shared + "reference/contiguity_coventry_wards.csv";
    const AreaSet built_in = read_areas("coventry-wards").areas;
    check_reference(built_in, file, std::nullopt, 86, 78);
    check_reference(built_in, file, 0.0, 86, 78);
    check_reference(reproject(built_in, british_national_grid), file, std::nullopt, 86, 78);
    check_reference(read_areas(shared + "boundaries/coventry_wards.geojson").areas, file, std::nullopt, 86,
                    78);
}

TEST_CASE("neighbours: the small areas of Coventry are those of the reference for any small snap") {
    if (!std::filesystem::exists(shared)) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const std::string file = shared + "reference/contiguity_coventry_lsoa.csv";
    const AreaSet areas = read_areas(shared + "boundaries/coventry_lsoa11.geojson").areas;
    check_reference(areas, file, std::nullopt, 1124, 1092);
    check_reference(reproject(areas, british_national_grid), file, std::nullopt, 1124, 1092);
    for (const double snap : {1e-7, 1e-6, 1e-5}) {
        CAPTURE(snap);
        check_reference(areas, file, snap, 1124, 1092);
    }
}

TEST_CASE("neighbours: rows from elsewhere are put in order, and what is wrong with them is said") {
    const Neighbours sorted = neighbours_from({0, 2, 3, 3}, {2, 1, 0});
    CHECK(sorted.indices == std::vector<AreaIndex>{1, 2, 0});
    CHECK(sorted.islands() == std::vector<AreaIndex>{2});
    CHECK(neighbours_from({0}, {}).size() == 0);
    CHECK_THROWS_WITH_AS(neighbours_from({0, 1}, {0}), doctest::Contains("area 0 is a neighbour of itself"),
                         UsageError);
    CHECK_THROWS_WITH_AS(neighbours_from({0, 2, 2}, {1, 1}), doctest::Contains("twice"), UsageError);
    CHECK_THROWS_WITH_AS(neighbours_from({0, 1, 1}, {2}), doctest::Contains("none of the 2 areas"),
                         UsageError);
    CHECK_THROWS_AS(neighbours_from({0, 1, 1}, {-1}), UsageError);
    CHECK_THROWS_AS(neighbours_from({0, 2, 1}, {1}), UsageError);
    CHECK_THROWS_AS(neighbours_from({0, 1}, {}), UsageError);
    CHECK_THROWS_AS(neighbours_from({}, {}), UsageError);
}

TEST_CASE("neighbours: islands are noted, and areas drawn twice are warned of") {
    const AreaSet areas = set_of({box_shape(0, 0, 1, 1),
                                  box_shape(1, 0, 1, 1),
                                  box_shape(0, 0, 1, 1),
                                  box_shape(9, 9, 1, 1),
                                  {},
                                  box_shape(0, 0, 1, 2),
                                  box_shape(0, 0, 1, 1)});
    CHECK(same_shapes(areas) == std::vector<std::vector<AreaIndex>>{{0, 2, 6}});
    const Problems problems = neighbour_problems(areas, contiguity(areas, Contiguity::queen));
    CHECK(problems.count("same_shape") == 3);
    CHECK(problems.count("no_neighbours") == 2);
    CHECK(problems.serious());
    const AreaSet apart = set_of({box_shape(0, 0, 1, 1), box_shape(1, 0, 1, 1)});
    CHECK(neighbour_problems(apart, contiguity(apart, Contiguity::queen)).empty());
}
