#include "wardmap/crs/british_grid.hpp"

#include "wardmap/crs/proj/module_interface.hpp"
#include "wardmap/crs/proj_module.hpp"
#include "wardmap/crs/transform.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

using namespace wardmap;

TEST_CASE("british grid: places from the Shetlands to Cornwall are where PROJ 9.5.1 puts them") {
    // pyproj 3, "Inverse of OSGB36 to WGS 84 (6) + British National Grid", to a thousandth of a millimetre.
    const std::array<std::pair<Point, Point>, 7> places{
        {{{-1.51, 52.41}, {433428.460143, 279223.596485}},
         {{1.7179215, 52.6575703}, {651538.634993, 313138.403569}},
         {{-7.6, 57.8}, {67463.644290, 892705.256383}},
         {{0.12, 51.5}, {547248.435676, 180026.233747}},
         {{-5.0, 50.0}, {185105.545382, 15406.615959}},
         {{-3.2, 58.6}, {330359.172507, 968626.910917}},
         {{-0.9, 60.7}, {460155.011839, 1202372.231134}}}};
    for (const auto& [from, to] : places) {
        const Point moved = british_grid(from);
        CAPTURE(from.x);
        CHECK(std::abs(moved.x - to.x) < 1e-5);
        CHECK(std::abs(moved.y - to.y) < 1e-5);
    }
}

TEST_CASE("british grid: the same as the PROJ of this machine, over all of its reach") {
    std::vector<Point> points;
    for (double x = -10; x <= 4; x += 0.35) {
        for (double y = 49; y <= 62; y += 0.325) points.push_back({x, y});
    }
    std::vector<double> x, y;
    for (const Point p : points) {
        CHECK(in_reach_of_british_grid(p));
        x.push_back(p.x);
        y.push_back(p.y);
    }
    proj_module().transform("EPSG:4326", "EPSG:27700", x, y);
    double farthest = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Point moved = british_grid(points[i]);
        farthest = std::max(farthest, std::hypot(moved.x - x[i], moved.y - y[i]));
    }
    CHECK(farthest < 1e-6);
    std::string why;
    const auto operation = proj_module().operation("EPSG:4326", "EPSG:27700", why);
    REQUIRE(operation);
    CHECK(operation->name == british_grid_operation);
    CHECK(operation->accuracy_m == british_grid_accuracy_m);
}

TEST_CASE("british grid: what is out of reach goes to PROJ, alone or among others") {
    const Transform transform(longitude_latitude, british_national_grid);
    CHECK(transform.operation() == british_grid_operation);
    CHECK_FALSE(in_reach_of_british_grid({5, 52}));
    CHECK_FALSE(in_reach_of_british_grid({-1, 48.9}));
    CHECK_FALSE(in_reach_of_british_grid({std::nan(""), 52}));
    const Point near = transform({3.999, 52});
    const Point far = transform({4.001, 52});
    CHECK(std::abs(far.x - near.x - 137.4) < 1);  // 0.002 degrees of longitude at 52 degrees north, metres
    std::vector<double> x{-1.51, 100.0, std::nan("")};
    std::vector<double> y{52.41, 95.0, 52.0};
    CHECK(transform.apply_where_possible(x, y) == 2);
    CHECK(std::abs(x[0] - 433428.460143) < 1e-5);
    CHECK(std::isnan(x[1]));
    CHECK(std::isnan(y[2]));
}
