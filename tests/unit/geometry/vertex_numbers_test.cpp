#include "wardmap/geometry/vertex_numbers.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <random>
#include <utility>

using namespace wardmap;

TEST_CASE("vertex numbers: each distinct point has one number, in the order they came") {
    VertexNumbers numbers(2);  // far too few: the table grows
    std::map<std::pair<double, double>, VertexId> expected;
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const Point p{static_cast<double>(random() % 90) / 1000, static_cast<double>(random() % 90) - 45};
        const auto [known, fresh] = expected.emplace(std::pair(p.x, p.y), expected.size());
        CHECK(numbers.find(p).has_value() == !fresh);
        CHECK(numbers.of(p) == known->second);
        CHECK(numbers.find(p) == known->second);
    }
    CHECK(numbers.points().size() == expected.size());
    for (const auto& [place, number] : expected)
        CHECK(numbers.points()[number] == Point{place.first, place.second});
}

TEST_CASE("vertex numbers: minus nought is nought, and neighbours in the last digit are two points") {
    VertexNumbers numbers(0);
    CHECK(numbers.of({0.0, 1}) == 0);
    CHECK(numbers.of({-0.0, 1}) == 0);
    CHECK(numbers.of({1.0, 0}) == 1);
    CHECK(numbers.of({1.0000000000000002, 0}) == 2);
    CHECK_FALSE(numbers.find({5, 5}).has_value());
}
