#include "wardmap/crs/transform.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <iterator>
#include <limits>
#include <string>
#include <thread>
#include <vector>

using namespace wardmap;

TEST_CASE("transform: longitudes and latitudes go to the British National Grid as the Ordnance Survey says") {
    // Ordnance Survey, A guide to coordinate systems in Great Britain, annexe C: 52 39 27.2531 N, 1 43 4.5177
    // E on the OSGB36 datum is E 651409.903, N 313177.270. Its datum is not WGS 84, so the projection is
    // asked alone.
    const Transform projection(Crs{"EPSG:4277"}, british_national_grid);
    const Point projected = projection({1 + 43 / 60.0 + 4.5177 / 3600, 52 + 39 / 60.0 + 27.2531 / 3600});
    CHECK(std::abs(projected.x - 651409.903) < 0.001);
    CHECK(std::abs(projected.y - 313177.270) < 0.001);

    // With the change of datum: the seven parameters are good to a few metres. The same point in ETRS89 by
    // OSTN15.
    const Transform transform(longitude_latitude, british_national_grid);
    const Point point = transform({1.716073973, 52.658007833});
    CHECK(std::hypot(point.x - 651409.804, point.y - 313177.450) < 5.0);
    CHECK(transform.operation().find("OSGB36 to WGS 84 (6)") != std::string::npos);
    REQUIRE(transform.accuracy_m().has_value());
    CHECK(*transform.accuracy_m() == 2.0);
}

TEST_CASE("transform: there and back is here") {
    const Transform there(longitude_latitude, british_national_grid);
    const Transform back(british_national_grid, longitude_latitude);
    for (const Point p : {Point{-1.51, 52.41}, Point{-5.7, 50.1}, Point{-3.1, 58.6}, Point{1.7, 52.5}}) {
        const Point again = back(there(p));
        CHECK(std::abs(again.x - p.x) < 3e-8);  // 3 mm: height is not carried
        CHECK(std::abs(again.y - p.y) < 3e-8);
    }
}

TEST_CASE("transform: systems are the same by meaning, not by writing") {
    const Crs grid_in_words{
        R"(PROJCS["OSGB_1936_British_National_Grid",GEOGCS["GCS_OSGB 1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],PARAMETER["false_northing",-100000],UNIT["Meter",1]])"};
    CHECK(same_crs(grid_in_words, british_national_grid));
    CHECK(same_crs(Crs{"OGC:CRS84"}, longitude_latitude));
    CHECK(same_crs(Crs{"urn:ogc:def:crs:OGC:1.3:CRS84"}, longitude_latitude));
    CHECK(same_crs(Crs{"urn:ogc:def:crs:EPSG::27700"}, british_national_grid));
    CHECK(same_crs(Crs{"EPSG:7405"}, british_national_grid));  // with heights
    CHECK_FALSE(same_crs(longitude_latitude, british_national_grid));
    CHECK_FALSE(same_crs(Crs{"EPSG:3857"}, british_national_grid));
    CHECK_FALSE(same_crs(Crs{}, Crs{}));
    CHECK(Transform(grid_in_words, british_national_grid).is_identity());
    CHECK(crs_name(british_national_grid) == "OSGB36 / British National Grid");
    CHECK(crs_authority_code(grid_in_words) == "EPSG:27700");
    CHECK(is_geographic(longitude_latitude));
    CHECK_FALSE(is_geographic(british_national_grid));
}

TEST_CASE("transform: what cannot be is an error that says so") {
    CHECK_THROWS_AS(Transform(Crs{"EPSG:999999"}, british_national_grid), CrsError);
    CHECK_THROWS_AS(Transform(Crs{}, british_national_grid), CrsError);
    CHECK_THROWS_AS(Transform(Crs{"Coventry"}, british_national_grid), CrsError);
    CHECK_THROWS_AS(crs_name(Crs{"EPSG:7001"}), CrsError);  // an ellipsoid
    const Transform transform(longitude_latitude, british_national_grid);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(transform({nan, 52}), CrsError);
    CHECK_THROWS_AS(transform({433000, 278000}), CrsError);  // eastings taken for degrees
    CHECK_NOTHROW(transform({-1.5, 52.4}));                  // an error leaves nothing behind
}

TEST_CASE("transform: a whole name is a system, a part of one is not") {
    for (const char* name :
         {"WGS 84", "WGS84", "wgs 84", "British National Grid", "OSGB36 / British National Grid"})
        CHECK_NOTHROW(crs_name({name}));
    for (const char* name : {"WGS", "British", "Grid"})
        CHECK_THROWS_WITH_AS(crs_name({name}), doctest::Contains("EPSG:4326"), CrsError);
}

TEST_CASE("transform: columns go where single points go, and what has no place becomes NaN and is counted") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    const Transform there(longitude_latitude, british_national_grid);
    std::vector<double> x;
    std::vector<double> y;
    for (int i = 0; i < 1000; ++i) {
        x.push_back(-6 + 0.008 * i);
        y.push_back(50 + 0.009 * i);
    }
    const std::vector<double> longitude = x;
    const std::vector<double> latitude = y;
    const std::size_t bad[] = {0, 10, 20, 30, 999};
    x[0] = nan;
    y[10] = nan;
    x[20] = infinite;
    y[30] = -infinite;
    x[999] = 433000;  // eastings taken for degrees
    y[999] = 278000;
    CHECK(there.apply_where_possible(x, y) == std::size(bad));
    std::size_t next = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (next < std::size(bad) && bad[next] == i) {
            ++next;
            CHECK(std::isnan(x[i]));
            CHECK(std::isnan(y[i]));
        } else {
            const Point one = there({longitude[i], latitude[i]});
            if (one != Point{x[i], y[i]}) FAIL("point " << i);
        }
    }
    // Nothing is left behind for the next call.
    std::vector<double> x_again{-1.5};
    std::vector<double> y_again{52.4};
    CHECK(there.apply_where_possible(x_again, y_again) == 0);
    CHECK(there.apply_where_possible({}, {}) == 0);
}

TEST_CASE("transform: columns that stay where they are still lose what is not finite") {
    const Transform stay(british_national_grid, british_national_grid);
    std::vector<double> x{433000, std::numeric_limits<double>::infinity(), 433001};
    std::vector<double> y{278000, 278000, std::numeric_limits<double>::quiet_NaN()};
    CHECK(stay.apply_where_possible(x, y) == 2);
    CHECK(x[0] == 433000);
    CHECK(y[0] == 278000);
    CHECK(std::isnan(y[1]));
    CHECK(std::isnan(x[2]));
}

TEST_CASE("transform: threads give the same numbers") {
    const Transform transform(longitude_latitude, british_national_grid);
    const Point one = transform({-1.51, 52.41});
    std::vector<Point> found(4);
    std::vector<std::thread> threads;
    for (Point& point : found) threads.emplace_back([&] { point = transform({-1.51, 52.41}); });
    for (std::thread& thread : threads) thread.join();
    for (const Point point : found) CHECK(point == one);
}

TEST_CASE("transform: numbers without a system are told by their range") {
    CHECK(guess_crs({-1.6, 52.3, -1.4, 52.5}) == longitude_latitude);
    CHECK(guess_crs({427000, 274000, 440000, 285000}) == british_national_grid);
    CHECK_FALSE(guess_crs({-200000, 6800000, -160000, 6900000}).has_value());
    CHECK_FALSE(guess_crs({}).has_value());
}
