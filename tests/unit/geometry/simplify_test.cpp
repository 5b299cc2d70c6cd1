#include "wardmap/geometry/simplify.hpp"

#include "support/shapes.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/geometry/faces.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/geometry/validity.hpp"
#include "wardmap/io/read_areas.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>

using namespace wardmap;

namespace {

using Pair = std::pair<double, double>;

/// Every edge, one way round, with how often it comes.
std::map<std::pair<Pair, Pair>, int> edge_counts(const std::vector<MultiPolygon>& shapes) {
    std::map<std::pair<Pair, Pair>, int> counts;
    for (const MultiPolygon& shape : shapes) {
        for (std::size_t r = 0; r < shape.ring_count(); ++r) {
            const auto ring = shape.ring(r);
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                Pair a{ring[i].x, ring[i].y};
                Pair b{ring[i + 1].x, ring[i + 1].y};
                if (b < a) std::swap(a, b);
                ++counts[{a, b}];
            }
        }
    }
    return counts;
}

double length_of(const std::map<std::pair<Pair, Pair>, int>& edges, int times) {
    double sum = 0;
    for (const auto& [edge, count] : edges) {
        if (count == times)
            sum += std::hypot(edge.second.first - edge.first.first, edge.second.second - edge.first.second);
    }
    return sum;
}

void check_simplified(const std::vector<MultiPolygon>& before, double tolerance) {
    const std::vector<MultiPolygon> after = simplify_shared(before, tolerance);
    REQUIRE(after.size() == before.size());
    double total_before = 0;
    double total_after = 0;
    std::size_t points_before = 0;
    std::size_t points_after = 0;
    for (std::size_t i = 0; i < after.size(); ++i) {
        CAPTURE(i);
        CHECK(validity_fault(after[i]).empty());
        CHECK(after[i].ring_count() == before[i].ring_count());
        for (std::size_t r = 0; r < after[i].ring_count(); ++r) {
            CHECK(after[i].ring(r).size() >= 4);
            CHECK((signed_area(after[i].ring(r)) > 0) == (signed_area(before[i].ring(r)) > 0));
        }
        for (const Point p : before[i].points) CHECK(distance_to_boundary(after[i], p) <= tolerance * 1.001);
        total_before += area_of(before[i]);
        total_after += area_of(after[i]);
        points_before += before[i].points.size();
        points_after += after[i].points.size();
    }
    CHECK(points_after < points_before);
    // Shared borders stay shared: what they lose in length they lose together, and none falls apart.
    const auto edges_before = edge_counts(before);
    const auto edges_after = edge_counts(after);
    CHECK(length_of(edges_after, 2) <= length_of(edges_before, 2) * (1 + 1e-9) + 1e-9);
    CHECK(length_of(edges_after, 1) <= length_of(edges_before, 1) * (1 + 1e-9));
    CHECK(total_after == doctest::Approx(total_before).epsilon(0.01));
}

}  // namespace

TEST_CASE("simplify: two neighbours keep one border, and lose its needless points") {
    const std::vector<MultiPolygon> pair{
        shape_of({{{{0, 0}, {5, 0}, {5, 1}, {5.01, 2}, {5, 3}, {5, 4}, {0, 4}, {0, 0}}}}),
        shape_of({{{{10, 4}, {5, 4}, {5, 3}, {5.01, 2}, {5, 1}, {5, 0}, {10, 0}, {10, 4}}}})};
    const auto after = simplify_shared(pair, 0.1);
    CHECK(after[0].points.size() == 5);
    CHECK(after[1].points.size() == 5);
    CHECK(length_of(edge_counts(after), 2) == 4);
    CHECK(simplify_shared(pair, 0) == pair);
}

TEST_CASE("simplify: vertices on a grid give the same, looked at for noise or not") {
    std::vector<MultiPolygon> wards;
    const AreaSet areas = read_areas("coventry-wards").areas;
    for (const MultiPolygon& shape : areas.shapes()) {
        MultiPolygon rounded;
        std::vector<Point> ring;
        for (std::size_t r = 0; r < shape.ring_count(); ++r) {
            ring.clear();
            for (const Point p : shape.ring(r)) {
                const Point at{std::round(p.x * 1e5) / 1e5, std::round(p.y * 1e5) / 1e5};
                if (ring.empty() || ring.back() != at) ring.push_back(at);
            }
            rounded.add_ring(ring);
        }
        rounded.end_polygon();
        wards.push_back(std::move(rounded));
    }
    const auto noisy = simplify_shared(wards, 0.002, Vertices::with_noise);
    CHECK(noisy == simplify_shared(wards, 0.002, Vertices::on_a_grid));
    CHECK(noisy[0].points.size() < wards[0].points.size());
}

TEST_CASE("simplify: small rings keep three corners, islands and their holes alike") {
    const MultiPolygon island = box_shape(1, 1, 0.01, 0.01);
    const MultiPolygon lake = shape_of(
        {{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, {{1, 1}, {1, 1.01}, {1.01, 1.01}, {1.01, 1}, {1, 1}}}});
    const std::vector<MultiPolygon> both{lake, island};
    const auto after = simplify_shared(both, 0.5);
    CHECK(after[1].points.size() >= 4);
    CHECK(area_of(after[1]) > 0);
    CHECK(validity_fault(after[0]).empty());
    std::set<Pair> hole;
    std::set<Pair> outer;
    for (const Point p : after[0].ring(1)) hole.insert({p.x, p.y});
    for (const Point p : after[1].ring(0)) outer.insert({p.x, p.y});
    CHECK(hole == outer);
}

TEST_CASE("simplify: an area between two long neighbours does not collapse") {
    // A lens between two meeting points: both its borders bend by less than the tolerance.
    const std::vector<MultiPolygon> shapes{
        shape_of({{{{0, 0}, {5, -0.05}, {10, 0}, {5, 0.05}, {0, 0}}}}),
        shape_of({{{{0, 0}, {5, 0.05}, {10, 0}, {10, 5}, {0, 5}, {0, 0}}}}),
        shape_of({{{{0, 0}, {0, -5}, {10, -5}, {10, 0}, {5, -0.05}, {0, 0}}}})};
    const auto after = simplify_shared(shapes, 1);
    for (const MultiPolygon& shape : after) {
        CHECK(validity_fault(shape).empty());
        CHECK(area_of(shape) > 0);
    }
}

TEST_CASE("simplify: borders do not cross others that stand near") {
    // The bay of the first shape holds an island of the second: cutting the bay off would cross it.
    const std::vector<MultiPolygon> shapes{
        shape_of({{{{0, 0}, {10, 0}, {10, 10}, {5.2, 10}, {5.2, 9}, {4.8, 9}, {4.8, 10}, {0, 10}, {0, 0}}}}),
        box_shape(4.9, 9.2, 0.2, 0.9)};
    const auto after = simplify_shared(shapes, 1.5);
    CHECK(validity_fault(after[0]).empty());
    for (const Point p : after[1].points) CHECK(locate(after[0], p) != Location::inside);
}

TEST_CASE("simplify: the wards of Coventry at the scales they are printed") {
    const ReadAreas read = read_areas("coventry-wards");
    const AreaSet flat = reproject(read.areas, british_national_grid);
    const std::vector<MultiPolygon> shapes(flat.shapes().begin(), flat.shapes().end());
    for (const double metres : {5.0, 20.0, 60.0}) {
        CAPTURE(metres);
        check_simplified(shapes, metres);
    }
}

TEST_CASE("simplify: small areas whose borders were rounded twice stay together") {
    const std::string file = WARDMAP_SOURCE_DIR "/../shared/data/boundaries/coventry_lsoa11.geojson";
    if (!std::filesystem::exists(file)) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const ReadAreas read = read_areas(file);
    const AreaSet flat = reproject(read.areas, british_national_grid);
    const auto after = simplify_shared(flat.shapes(), 20);
    double before_area = 0;
    double after_area = 0;
    for (std::size_t i = 0; i < after.size(); ++i) {
        CHECK(validity_fault(after[i]).empty());
        before_area += area_of(flat.shapes()[i]);
        after_area += area_of(after[i]);
    }
    CHECK(after_area == doctest::Approx(before_area).epsilon(0.002));
    // All but the outer line of the city is shared by two.
    const auto edges = edge_counts(after);
    CHECK(length_of(edges, 2) > 6 * length_of(edges, 1));
    for (const auto& [edge, count] : edges) CHECK(count <= 2);
}

TEST_CASE("simplify: a thousand output areas make no gaps and no overlaps, however coarse") {
    const std::string file = WARDMAP_SOURCE_DIR "/../shared/data/boundaries/coventry_oa11.geojson";
    if (!std::filesystem::exists(file)) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const ReadAreas read = read_areas(file);
    const AreaSet flat = reproject(read.areas, british_national_grid);
    for (const double metres : {10.0, 100.0, 1000.0}) {
        CAPTURE(metres);
        const auto after = simplify_shared(flat.shapes(), metres);
        double odd_m2 = 0;
        for (const OddFace& face : odd_faces(after)) odd_m2 += area_of(face.shape);
        CHECK(odd_m2 < 1);
        for (std::size_t i = 0; i < after.size(); ++i) {
            CAPTURE(read.areas.codes()[i]);
            CHECK(validity_fault(after[i]).empty());
            CHECK(area_of(after[i]) > 0);
        }
    }
}
