#include "wardmap/figure/free_spans.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

/// A square of 10 mm with a hole from (4, 4) to (6, 6), and a far, smaller part.
MultiPolygon holed() {
    MultiPolygon shape;
    shape.add_ring(std::vector<Point>{{20, 0}, {23, 0}, {23, 3}, {20, 3}, {20, 0}});
    shape.end_polygon();
    shape.add_ring(std::vector<Point>{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}});
    shape.add_ring(std::vector<Point>{{4, 4}, {4, 6}, {6, 6}, {6, 4}, {4, 4}});
    shape.end_polygon();
    return shape;
}

}  // namespace

TEST_CASE("free spans: a band inside stops at borders and holes, and at the largest part") {
    CHECK(largest_part(holed()) == 1);
    SpanFinder finder;
    finder.add_largest_part(holed());
    std::vector<FreeSpan> spans;
    finder.find(1, 3, Side::inside, {-50, 50}, spans);
    REQUIRE(spans.size() == 1);
    CHECK(spans[0].from == doctest::Approx(0));
    CHECK(spans[0].to == doctest::Approx(10));
    finder.find(3, 5, Side::inside, {-50, 50}, spans);
    REQUIRE(spans.size() == 2);
    CHECK(spans[0].to == doctest::Approx(4));
    CHECK(spans[1].from == doctest::Approx(6));
    finder.find(9, 11, Side::inside, {-50, 50}, spans);
    CHECK(spans.empty());
}

TEST_CASE("free spans: outside is what no shape and no obstacle reaches, cut to the page") {
    SpanFinder finder;
    finder.add(holed());
    finder.block({12, 0, 14, 2});
    std::vector<FreeSpan> spans;
    finder.find(0.5, 1.5, Side::outside, {-5, 30}, spans);
    REQUIRE(spans.size() == 4);
    CHECK(spans[0].from == doctest::Approx(-5));
    CHECK(spans[1].from == doctest::Approx(10));
    CHECK(spans[1].to == doctest::Approx(12));
    CHECK(spans[2].to == doctest::Approx(20));
    CHECK(spans[3].to == doctest::Approx(30));
}

TEST_CASE("free spans: nothing is inside of nothing, everything is outside") {
    const SpanFinder finder;
    std::vector<FreeSpan> spans;
    finder.find(0, 1, Side::inside, {0, 10}, spans);
    CHECK(spans.empty());
    finder.find(0, 1, Side::outside, {0, 10}, spans);
    CHECK(spans.size() == 1);
    CHECK(largest_part(MultiPolygon{}) == 0);
}
