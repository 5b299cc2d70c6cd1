#include "wardmap/cluster/scan_circles.hpp"

#include "wardmap/base/error.hpp"

#include "support/sanitizers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>
#include <vector>

using namespace wardmap;

TEST_CASE("scan circles: by distance up to the cap, each place once") {
    const std::vector<double> x{0, 1, 3, 3}, y{0, 0, 0, 0}, population{10, 20, 5, 5};
    const ScanCircles circles = scan_circles(x, y, population, 30, 1);
    CHECK(circles.centres == std::vector<std::uint32_t>{0, 1, 2});
    CHECK(circles.starts == std::vector<std::size_t>{0, 2, 4, 7});
    CHECK(circles.areas == std::vector<std::uint32_t>{0, 1, 1, 0, 2, 3, 1});
    CHECK(circles.people == std::vector<double>{10, 30, 20, 30, -1, 10, 30});
    CHECK(circles.count() == 6);
    CHECK(scan_circles({}, {}, {}, 30, 1).count() == 0);
}

TEST_CASE("scan circles: the same areas whatever grid finds them, against sorting all") {
    // Clumps far apart, where the grid's cells hold many or none.
    std::vector<double> x, y, population;
    for (std::uint32_t i = 0; i < 300; ++i) {
        x.push_back(400'000 + (i % 3) * 50'000.0 + i * 7919 % 1009);
        y.push_back(200'000 + (i % 2) * 90'000.0 + i * 7919 % 997);
        population.push_back(50 + i * 104729 % 71);
    }
    const ScanCircles circles = scan_circles(x, y, population, 4000, 2);
    for (std::size_t c = 0; c < circles.centres.size(); ++c) {
        const std::uint32_t centre = circles.centres[c];
        std::vector<std::pair<double, std::uint32_t>> order;
        for (std::uint32_t i = 0; i < 300; ++i) {
            const double dx = x[i] - x[centre], dy = y[i] - y[centre];
            order.emplace_back(dx * dx + dy * dy, i);
        }
        std::sort(order.begin(), order.end());
        std::vector<std::uint32_t> expected;
        double people = 0;
        for (std::size_t first = 0; first < order.size();) {
            std::size_t next = first;
            double joined = people;
            while (next < order.size() && order[next].first == order[first].first)
                joined += population[order[next++].second];
            if (joined > 4000) break;
            people = joined;
            for (; first < next; ++first) expected.push_back(order[first].second);
        }
        CHECK(std::vector<std::uint32_t>(
                  circles.areas.begin() + static_cast<std::ptrdiff_t>(circles.starts[c]),
                  circles.areas.begin() + static_cast<std::ptrdiff_t>(circles.starts[c + 1])) == expected);
    }
}

TEST_CASE("scan circles: more than can be scanned are refused" * doctest::skip(under_sanitizers)) {
    std::vector<double> x, y;
    for (int i = 0; i < 20'000; ++i) {
        x.push_back(i % 200);
        y.push_back(i / 200);
    }
    const std::vector<double> population(20'000, 1);
    CHECK_THROWS_WITH_AS(scan_circles(x, y, population, 10'000, 1), doctest::Contains("max_population"),
                         UsageError);
}

TEST_CASE("scan circles: areas at one distance enter together, or not at all") {
    // Four at distance 1 round the middle, one of them off by rounding; the cap would hold three of them.
    const std::vector<double> x{0, 1, -1, 0, 0, 9}, y{0, 0, 0, 1 + 1e-13, -1, 0}, population(6, 1);
    const auto steps_of_middle = [&](double cap) {
        const ScanCircles circles = scan_circles(x, y, population, cap, 1);
        return std::vector<double>(circles.people.begin(),
                                   circles.people.begin() + static_cast<std::ptrdiff_t>(circles.starts[1]));
    };
    CHECK(steps_of_middle(4) == std::vector<double>{1});
    CHECK(steps_of_middle(5) == std::vector<double>{1, -1, -1, -1, 5});
}
