#include "wardmap/geometry/point_index.hpp"

#include "support/shapes.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/io/read_areas.hpp"

#include <doctest/doctest.h>

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>
#include <numbers>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace wardmap;

namespace {

/// The rule, shape by shape: the lowest index that holds the point or has it on its edge.
std::int32_t by_hand(std::span<const MultiPolygon> shapes, Point p) {
    for (std::size_t s = 0; s < shapes.size(); ++s) {
        if (locate(shapes[s], p) != Location::outside) return static_cast<std::int32_t>(s);
    }
    return -1;
}

std::vector<std::int32_t> located(const PointIndex& index, std::span<const Point> points) {
    std::vector<double> x, y;
    for (const Point p : points) {
        x.push_back(p.x);
        y.push_back(p.y);
    }
    std::vector<std::int32_t> out(points.size(), -7);
    index.locate(x, y, out);
    return out;
}

/// GEOS: prepared polygons in a tree, `intersects` for every candidate, the lowest index of those that say
/// yes.
class GeosAnswer {
public:
    explicit GeosAnswer(std::span<const MultiPolygon> shapes) : context_(GEOS_init_r()) {
        tree_ = GEOSSTRtree_create_r(context_, 10);
        for (const MultiPolygon& shape : shapes) {
            std::vector<GEOSGeometry*> polygons;
            for (std::size_t p = 0; p < shape.polygon_count(); ++p) {
                std::vector<GEOSGeometry*> rings;
                for (std::size_t r = shape.polygon_starts[p]; r < shape.polygon_starts[p + 1]; ++r) {
                    const auto ring = shape.ring(r);
                    GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(
                        context_, &ring.data()->x, static_cast<unsigned>(ring.size()), 0, 0);
                    rings.push_back(GEOSGeom_createLinearRing_r(context_, sequence));
                }
                polygons.push_back(GEOSGeom_createPolygon_r(context_, rings.front(), rings.data() + 1,
                                                            static_cast<unsigned>(rings.size() - 1)));
            }
            GEOSGeometry* geometry = GEOSGeom_createCollection_r(context_, GEOS_MULTIPOLYGON, polygons.data(),
                                                                 static_cast<unsigned>(polygons.size()));
            geometries_.push_back(geometry);
            prepared_.push_back(GEOSPrepare_r(context_, geometry));
        }
        for (std::size_t s = 0; s < geometries_.size(); ++s) {
            numbers_.push_back(static_cast<std::int32_t>(s));
        }
        for (std::size_t s = 0; s < geometries_.size(); ++s) {
            if (!shapes[s].empty()) GEOSSTRtree_insert_r(context_, tree_, geometries_[s], &numbers_[s]);
        }
    }
    GeosAnswer(const GeosAnswer&) = delete;
    GeosAnswer& operator=(const GeosAnswer&) = delete;
    ~GeosAnswer() {
        GEOSSTRtree_destroy_r(context_, tree_);
        for (const GEOSPreparedGeometry* one : prepared_) GEOSPreparedGeom_destroy_r(context_, one);
        for (GEOSGeometry* one : geometries_) GEOSGeom_destroy_r(context_, one);
        GEOS_finish_r(context_);
    }

    std::int32_t operator()(Point p) {
        GEOSGeometry* point = GEOSGeom_createPointFromXY_r(context_, p.x, p.y);
        candidates_.clear();
        GEOSSTRtree_query_r(
            context_, tree_, point,
            [](void* item, void* self) {
                static_cast<GeosAnswer*>(self)->candidates_.push_back(*static_cast<std::int32_t*>(item));
            },
            this);
        std::sort(candidates_.begin(), candidates_.end());
        std::int32_t found = -1;
        for (const std::int32_t s : candidates_) {
            if (GEOSPreparedIntersects_r(context_, prepared_[static_cast<std::size_t>(s)], point) == 1) {
                found = s;
                break;
            }
        }
        GEOSGeom_destroy_r(context_, point);
        return found;
    }

private:
    GEOSContextHandle_t context_;
    GEOSSTRtree* tree_ = nullptr;
    std::vector<GEOSGeometry*> geometries_{};
    std::vector<const GEOSPreparedGeometry*> prepared_{};
    std::vector<std::int32_t> numbers_{};
    std::vector<std::int32_t> candidates_{};
};

void check_equal_to_geos(std::span<const MultiPolygon> shapes, std::span<const Point> points) {
    const auto ours = located(PointIndex(shapes), points);
    GeosAnswer geos(shapes);
    std::size_t different = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::int32_t theirs = geos(points[i]);
        if (ours[i] == theirs) continue;
        if (++different < 5) {
            MESSAGE("point ", points[i].x, ", ", points[i].y, ": ours ", ours[i], ", GEOS ", theirs);
        }
    }
    CHECK(different == 0);
}

std::vector<Point> vertices_and_midpoints(std::span<const MultiPolygon> shapes) {
    std::vector<Point> points;
    for (const MultiPolygon& shape : shapes) {
        for (std::size_t r = 0; r < shape.ring_count(); ++r) {
            const auto ring = shape.ring(r);
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                points.push_back(ring[i]);
                points.push_back({(ring[i].x + ring[i + 1].x) / 2, (ring[i].y + ring[i + 1].y) / 2});
            }
        }
    }
    return points;
}

/// A ring round (cx, cy) with `corners` corners on whole numbers: many are level, upright or in line with
/// others.
MultiPolygon star(std::mt19937_64& random, int cx, int cy, int corners, int reach) {
    std::uniform_int_distribution<int> radius(1, reach);
    std::vector<Point> ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        ring.push_back({std::round(cx + radius(random) * std::cos(angle)),
                        std::round(cy + radius(random) * std::sin(angle))});
    }
    ring.push_back(ring.front());
    MultiPolygon shape;
    shape.add_ring(ring);
    shape.end_polygon();
    return shape;
}

std::string real(const char* name) {
    return std::string(WARDMAP_SOURCE_DIR "/../shared/data/boundaries/") + name;
}

}  // namespace

TEST_CASE("point index: a point on a shared edge goes to the shape of lowest index") {
    const std::vector<MultiPolygon> shapes{box_shape(0, 0, 1, 1), box_shape(1, 0, 1, 1),
                                           box_shape(0, 1, 2, 1)};
    const PointIndex index(shapes);
    CHECK(index.locate({0.5, 0.5}) == 0);
    CHECK(index.locate({1, 0.5}) == 0);
    CHECK(index.locate({1.5, 0.5}) == 1);
    CHECK(index.locate({0.5, 1}) == 0);
    CHECK(index.locate({1.5, 1}) == 1);
    CHECK(index.locate({1, 1}) == 0);
    CHECK(index.locate({2, 2}) == 2);
    CHECK(index.locate({2.0000001, 2}) == -1);
    CHECK(index.locate({std::nextafter(2.0, 3.0), 2}) == -1);
    CHECK(index.locate({std::nextafter(1.0, 2.0), 0.5}) == 1);
}

TEST_CASE("point index: points that are not finite, or far away, lie outside") {
    const PointIndex index(std::vector<MultiPolygon>{box_shape(0, 0, 1, 1)});
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    const std::vector<Point> points{{nan, 0.5},     {0.5, nan},    {infinite, 0.5}, {0.5, -infinite},
                                    {1e300, 1e300}, {-1e300, 0.5}, {0.5, 0.5}};
    CHECK(located(index, points) == std::vector<std::int32_t>{-1, -1, -1, -1, -1, -1, 0});
}

TEST_CASE("point index: no shapes, empty shapes and shapes without extent hold nothing") {
    CHECK(PointIndex().locate({0, 0}) == -1);
    CHECK(PointIndex(std::vector<MultiPolygon>(3)).locate({0, 0}) == -1);
    const std::vector<MultiPolygon> shapes{MultiPolygon{}, box_shape(0, 0, 1, 1), MultiPolygon{}};
    CHECK(PointIndex(shapes).locate({0.25, 0.75}) == 1);
    CHECK(PointIndex().nearest({0, 0}).shape == -1);
}

TEST_CASE("point index: holes are outside, their edges are not, and what fills them is found") {
    MultiPolygon holed =
        shape_of({{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{4, 4}, {4, 6}, {6, 6}, {6, 4}, {4, 4}}}});
    const PointIndex alone(std::vector<MultiPolygon>{holed});
    CHECK(alone.locate({5, 5}) == -1);
    CHECK(alone.locate({4, 5}) == 0);
    CHECK(alone.locate({3.999, 5}) == 0);
    const PointIndex filled(std::vector<MultiPolygon>{holed, box_shape(4, 4, 2, 2)});
    CHECK(filled.locate({5, 5}) == 1);
    CHECK(filled.locate({4, 5}) == 0);
}

TEST_CASE(
    "point index: of shapes that overlap the lowest index answers, also where a large one lies over small "
    "ones") {
    const std::vector<MultiPolygon> shapes{box_shape(3, 3, 1, 1), box_shape(0, 0, 100, 100),
                                           box_shape(50, 50, 10, 10)};
    const PointIndex index(shapes);
    CHECK(index.locate({3.5, 3.5}) == 0);
    CHECK(index.locate({55, 55}) == 1);
    CHECK(index.locate({99, 1}) == 1);
}

TEST_CASE("point index: any shapes, any points, on whole numbers, where everything lies on everything") {
    std::mt19937_64 random(20140101);
    std::uniform_int_distribution<int> place(0, 60), corners(3, 40), count(1, 12);
    for (int round = 0; round < 120; ++round) {
        std::vector<MultiPolygon> shapes;
        for (int s = count(random); s > 0; --s)
            shapes.push_back(star(random, place(random), place(random), corners(random), 30));
        std::vector<Point> points = vertices_and_midpoints(shapes);
        for (int x = -2; x <= 62; x += 2) {
            for (int y = -2; y <= 62; y += 2) points.push_back({double(x), double(y)});
        }
        const auto ours = located(PointIndex(shapes), points);
        std::size_t different = 0;
        for (std::size_t i = 0; i < points.size(); ++i)
            different += ours[i] == by_hand(shapes, points[i]) ? 0U : 1U;
        CHECK(different == 0);
    }
}

TEST_CASE("point index: many corners in little room are split, and answers stay the same") {
    // A comb of 4,000 teeth beside a large square: cells with hundreds of edges.
    std::vector<Point> ring{{0, 0}};
    for (int i = 0; i < 4000; ++i) {
        ring.push_back({i * 1e-4, 1 + (i % 7) * 1e-3});
        ring.push_back({i * 1e-4 + 5e-5, 0.5 - (i % 5) * 1e-3});
    }
    ring.push_back({0.4, 0});
    ring.push_back({0, 0});
    MultiPolygon comb;
    comb.add_ring(ring);
    comb.end_polygon();
    const std::vector<MultiPolygon> shapes{box_shape(0.4, 0, 1000, 1000), comb, box_shape(-1, -1, 2, 4)};
    std::mt19937_64 random(11);
    std::uniform_real_distribution<double> x(-0.1, 0.5), y(-0.1, 1.2);
    std::vector<Point> points = vertices_and_midpoints(shapes);
    for (int i = 0; i < 3000; ++i) points.push_back({x(random), y(random)});
    const auto ours = located(PointIndex(shapes), points);
    std::size_t different = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
        different += ours[i] == by_hand(shapes, points[i]) ? 0U : 1U;
    CHECK(different == 0);
}

TEST_CASE("point index: the nearest shape is the one that measuring every shape finds") {
    std::mt19937_64 random(3);
    std::uniform_int_distribution<int> place(0, 200), corners(3, 20);
    std::vector<MultiPolygon> shapes;
    for (int s = 0; s < 25; ++s)
        shapes.push_back(star(random, place(random), place(random), corners(random), 12));
    const PointIndex index(shapes);
    std::uniform_real_distribution<double> anywhere(-300, 500);
    for (int k = 0; k < 500; ++k) {
        const Point p{anywhere(random), anywhere(random)};
        double best = std::numeric_limits<double>::infinity();
        for (const MultiPolygon& shape : shapes)
            best = std::min(best, contains(shape, p) ? 0 : distance_to_boundary(shape, p));
        const NearestShape nearest = index.nearest(p);
        CHECK(nearest.distance == doctest::Approx(best).epsilon(1e-12));
        REQUIRE(nearest.shape >= 0);
        const MultiPolygon& shape = shapes[static_cast<std::size_t>(nearest.shape)];
        CHECK((contains(shape, p) ? 0 : distance_to_boundary(shape, p)) ==
              doctest::Approx(best).epsilon(1e-12));
    }
}

TEST_CASE("point index: far from all shapes, holes and shapes without a shape are no matter") {
    // The first of two squares, one of them with a hole; the second without a shape.
    MultiPolygon two_parts = box_shape(0, 0, 10, 10);
    const MultiPolygon part = box_shape(30, 0, 10, 10);
    two_parts.add_ring(std::vector<Point>{{2, 2}, {2, 8}, {8, 8}, {8, 2}, {2, 2}});
    two_parts.polygon_starts.back() = 2;
    two_parts.add_ring(std::vector<Point>(part.points.begin(), part.points.end()));
    two_parts.end_polygon();
    const std::vector<MultiPolygon> shapes{two_parts, MultiPolygon{}, box_shape(0, 100, 10, 10)};
    const PointIndex index(shapes);
    // By hand, to the nearest corner or side.
    CHECK(index.nearest({340, 410}).distance == doctest::Approx(std::hypot(330.0, 300.0)));
    CHECK(index.nearest({340, 410}).shape == 2);
    CHECK(index.nearest({340, -390}).distance == doctest::Approx(std::hypot(300.0, 390.0)));
    CHECK(index.nearest({340, -390}).shape == 0);
    CHECK(index.nearest({5, 1000}).distance == 890);
    CHECK(index.nearest({-500, 55}).distance == doctest::Approx(std::hypot(500.0, 45.0)));
    CHECK(index.nearest({-500, 55}).shape == 0);  // as far from both: the first
    CHECK(index.nearest({5, 1000}, {}, 889).shape == -1);
    CHECK(index.nearest({1e9, 5}).distance == doctest::Approx(1e9 - 40));
}

TEST_CASE("point index: a million random points in Coventry's wards are where GEOS has them") {
    const auto wards = read_areas("coventry-wards").areas;
    const Box box = wards.box();
    std::mt19937_64 random(99);
    std::uniform_real_distribution<double> x(box.min_x - 0.01, box.max_x + 0.01),
        y(box.min_y - 0.01, box.max_y + 0.01);
    std::vector<Point> points(1'000'000);
    for (Point& p : points) p = {x(random), y(random)};
    check_equal_to_geos(wards.shapes(), points);
}

TEST_CASE("point index: every corner and middle of an edge of real layers is where GEOS has it") {
    for (const char* name : {"coventry_wards.geojson", "coventry_oa11.geojson",
                             "west_midlands_met_wards.geojson", "warrington_lsoa11.geojson"}) {
        if (!std::filesystem::exists(real(name))) {
            MESSAGE("skipped: no ", name, " beside the project");
            continue;
        }
        CAPTURE(name);
        const auto areas = read_areas(real(name)).areas;
        check_equal_to_geos(areas.shapes(), vertices_and_midpoints(areas.shapes()));
    }
}

TEST_CASE("point index: any number of threads may ask one index") {
    const auto wards = read_areas("coventry-wards").areas;
    const auto points = vertices_and_midpoints(wards.shapes());
    const auto expected = located(wards.point_index(), points);
    std::vector<std::vector<std::int32_t>> answers(4);
    {
        std::vector<std::jthread> threads;
        for (auto& answer : answers)
            threads.emplace_back([&] { answer = located(wards.point_index(), points); });
    }
    for (const auto& answer : answers) CHECK(answer == expected);
}
