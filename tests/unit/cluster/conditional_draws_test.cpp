#include "wardmap/cluster/conditional_draws.hpp"

#include "support/links.hpp"
#include "wardmap/base/random_stream.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <vector>

using namespace wardmap;
using wardmap::testing::chessboard;

namespace {

/// The draws of the definition: one stream for each (seed, area, draw), picks until all differ.
DrawCounts one_by_one(const KnownValues& known, const DrawOptions& options) {
    DrawCounts counts{std::vector<std::uint32_t>(known.size()), std::vector<std::uint32_t>(known.size())};
    for (std::size_t i = 0; i < known.size(); ++i) {
        const auto neighbours = known.neighbours.of(i);
        if (neighbours.empty()) continue;
        double observed = 0;
        for (const AreaIndex j : neighbours) observed += known.values[static_cast<std::size_t>(j)];
        for (std::uint32_t draw = 0; draw < options.permutations; ++draw) {
            RandomStream random(options.seed, known.place[i], draw);
            std::set<std::size_t> picks;
            double sum = 0;
            while (picks.size() < neighbours.size()) {
                std::size_t pick = random.below(static_cast<std::uint32_t>(known.size() - 1));
                if (pick >= i) ++pick;
                if (picks.insert(pick).second) sum += known.values[pick];
            }
            counts.at_least[i] += sum >= observed ? 1 : 0;
            counts.at_most[i] += sum <= observed ? 1 : 0;
        }
    }
    return counts;
}

}  // namespace

TEST_CASE("conditional draws: side by side or one by one, the numbers are those of the stream") {
    // Few areas, where draws often meet the same area twice, and many; whole numbers, whose sums are exact.
    for (const int columns : {4, 40}) {
        const Neighbours board = chessboard(columns, 5);
        std::vector<double> values;
        for (int i = 0; i < columns * 5; ++i) values.push_back((i * 7919) % 23);
        const KnownValues known = known_values(values, board);
        DrawOptions options;
        options.permutations = 203;
        options.seed = 0x1234567890ABCDEF;
        const DrawCounts got = draw_neighbours(known, options);
        const DrawCounts expected = one_by_one(known, options);
        CHECK(got.at_least == expected.at_least);
        CHECK(got.at_most == expected.at_most);
    }
}

TEST_CASE("conditional draws: an area with very many neighbours, and one with nearly all") {
    // Area 0 has 40 neighbours of 119, area 1 has 110: the share of draws at least as high has a known
    // middle.
    std::vector<std::pair<int, int>> pairs;
    for (int j = 2; j < 42; ++j) pairs.emplace_back(0, j);
    for (int j = 2; j < 112; ++j) pairs.emplace_back(1, j);
    std::vector<double> values;
    for (int i = 0; i < 120; ++i) values.push_back((i * 7919) % 101);
    const KnownValues known = known_values(values, testing::linked(120, pairs));
    DrawOptions options;
    options.permutations = 4000;
    const DrawCounts got = draw_neighbours(known, options);
    for (const std::size_t i : {0U, 1U}) {
        // Normal approximation of a sum drawn without replacement.
        double sum = 0, squares = 0, observed = 0;
        for (std::size_t j = 0; j < 120; ++j) {
            if (j == i) continue;
            sum += values[j];
            squares += values[j] * values[j];
        }
        const auto neighbours = known.neighbours.of(i);
        const auto k = static_cast<double>(neighbours.size());
        for (const AreaIndex j : neighbours) observed += values[static_cast<std::size_t>(j)];
        const double variance = squares / 119 - sum / 119 * sum / 119;
        const double z = (observed - 0.5 - k * sum / 119) / std::sqrt(k * variance * (119 - k) / 118);
        CHECK(got.at_least[i] / 4000.0 == doctest::Approx(std::erfc(z / std::sqrt(2.0)) / 2).epsilon(0.06));
    }
}

TEST_CASE("conditional draws: p counts the observed among the draws") {
    CHECK(permutation_p(0, 999, 999).greater == 0.001);
    CHECK(permutation_p(0, 999, 999).less == 1);
    CHECK(permutation_p(0, 999, 999).two_sided == 0.002);
    CHECK(permutation_p(600, 600, 999).two_sided == 1);
    CHECK(std::isnan(permutation_p(0, 0, 0).greater));
}
