#include "wardmap/cluster/moran.hpp"

#include "support/coventry_small_areas.hpp"
#include "support/links.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

using namespace wardmap;
using wardmap::testing::chessboard;
using wardmap::testing::linked;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// By the definition, over all pairs.
double by_definition(const std::vector<double>& x, const Neighbours& neighbours, WeightStyle style) {
    const auto n = static_cast<double>(x.size());
    const double mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
    double weights = 0, products = 0, squares = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        squares += (x[i] - mean) * (x[i] - mean);
        const auto row = neighbours.of(i);
        for (std::size_t j = 0; j < x.size(); ++j) {
            if (std::find(row.begin(), row.end(), static_cast<AreaIndex>(j)) == row.end()) continue;
            const double w = style == WeightStyle::row ? 1.0 / static_cast<double>(row.size()) : 1.0;
            weights += w;
            products += w * (x[i] - mean) * (x[j] - mean);
        }
    }
    return n / weights * products / squares;
}

}  // namespace

TEST_CASE("moran: its moments are those over every order of the values, its p the share of them") {
    const std::vector<double> values{1, 2, 4, 8, 3, 5};
    const Neighbours tree = linked(6, {{0, 1}, {1, 2}, {2, 3}, {1, 4}, {4, 5}, {0, 2}});
    for (const WeightStyle style : {WeightStyle::row, WeightStyle::binary}) {
        const double observed = by_definition(values, tree, style);
        std::vector<double> dealt(values);
        std::sort(dealt.begin(), dealt.end());
        double all = 0, sum = 0, squares = 0, at_least = 0, at_most = 0;
        do {
            const double i = by_definition(dealt, tree, style);
            all += 1;
            sum += i;
            squares += i * i;
            at_least += i >= observed - 1e-12 ? 1 : 0;
            at_most += i <= observed + 1e-12 ? 1 : 0;
        } while (std::next_permutation(dealt.begin(), dealt.end()));
        REQUIRE(all == 720);
        MoranOptions options;
        options.style = style;
        options.permutations = 39'999;
        const Moran got = moran(values, tree, options);
        CHECK(got.i == doctest::Approx(observed).epsilon(1e-12));
        CHECK(got.expected == doctest::Approx(sum / all).epsilon(1e-12));
        CHECK(got.variance == doctest::Approx(squares / all - sum / all * sum / all).epsilon(1e-10));
        CHECK(got.z == doctest::Approx((got.i - got.expected) / std::sqrt(got.variance)));
        CHECK(got.p_permutation ==
              doctest::Approx(std::min(1.0, 2 * std::min(at_least, at_most) / all)).epsilon(0.03));
    }
}

TEST_CASE("moran: Coventry's deprivation as R's spdep has it") {
    const auto areas = testing::coventry_small_areas();
    if (areas.codes.empty()) return;
    // spdep 1.2-7, moran.test(x, nb2listw(nb, style), alternative = "two.sided").
    MoranOptions options;
    options.permutations = 999;
    const Moran row = moran(areas.scores, areas.queen, options);
    CHECK(row.i == doctest::Approx(0.54022384936264656).epsilon(1e-12));
    CHECK(row.expected == doctest::Approx(-0.00515463917525773).epsilon(1e-12));
    CHECK(row.variance == doctest::Approx(0.00178610660655253).epsilon(1e-12));
    CHECK(row.z == doctest::Approx(12.9045931111371).epsilon(1e-12));
    CHECK(row.p_two_sided == doctest::Approx(4.24049414567027e-38).epsilon(1e-9));
    CHECK(row.p_permutation == doctest::Approx(0.002));  // no draw of 999 comes near
    options.style = WeightStyle::binary;
    const Moran binary = moran(areas.scores, areas.queen, options);
    CHECK(binary.i == doctest::Approx(0.51763943632113274).epsilon(1e-12));
    CHECK(binary.variance == doctest::Approx(0.00171408304720171).epsilon(1e-12));
}

TEST_CASE("moran: the same on any number of threads, another with another seed") {
    std::vector<double> values;
    for (int i = 0; i < 48; ++i) values.push_back((i * 37) % 11);
    const Neighbours board = chessboard(8, 6);
    MoranOptions options;
    options.permutations = 500;
    options.threads = 1;
    const double one = moran(values, board, options).p_permutation;
    for (const unsigned threads : {2U, 3U, 7U}) {
        options.threads = threads;
        CHECK(moran(values, board, options).p_permutation == one);
    }
    options.seed = 2;
    CHECK(moran(values, board, options).p_permutation != one);
}

TEST_CASE("moran: missing values are as if their areas were not there, and are said") {
    const std::vector<double> values{1, missing, 4, 8, 3, 5};
    const Moran got = moran(values, linked(6, {{0, 1}, {1, 2}, {0, 2}, {2, 3}, {3, 4}, {4, 5}}));
    const Moran without =
        moran(std::vector<double>{1, 4, 8, 3, 5}, linked(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}));
    CHECK(got.i == without.i);
    CHECK(got.variance == without.variance);
    CHECK(got.method.find("1 missing value is left out") != std::string::npos);
}

TEST_CASE("moran: an island counts in the mean and in n") {
    const std::vector<double> values{1, 2, 9, 4, 30};
    const Neighbours links = linked(5, {{0, 1}, {1, 2}, {2, 3}});
    const Moran got = moran(values, links);
    CHECK(got.i == doctest::Approx(by_definition(values, links, WeightStyle::row)));
    CHECK(got.expected == -0.25);
    CHECK(got.method.find("1 area without neighbours") != std::string::npos);
}

TEST_CASE("moran: where nothing can be said it is NaN, and the method tells why") {
    const Neighbours pair = linked(2, {{0, 1}});
    const Moran equal = moran(std::vector<double>{3, 3}, pair);
    CHECK(std::isnan(equal.i));
    CHECK(std::isnan(equal.p_permutation));
    CHECK(equal.method.find("all values are equal") != std::string::npos);
    const Moran alone = moran(std::vector<double>{3}, linked(1, {}));
    CHECK(std::isnan(alone.i));
    CHECK(moran(std::vector<double>{3, 4}, linked(2, {})).method.find("no neighbours") != std::string::npos);
    const Moran two = moran(std::vector<double>{3, 4}, pair);
    CHECK(two.i == -1);
    CHECK(std::isnan(two.variance));
    CHECK(std::isnan(moran(std::vector<double>{missing, missing}, pair).i));
    CHECK(std::isnan(moran({}, Neighbours{}).i));
    MoranOptions none;
    none.permutations = 0;
    CHECK(std::isnan(moran(std::vector<double>{3, 4}, pair, none).p_permutation));
    CHECK_THROWS_AS(moran(std::vector<double>{1, 2, 3}, pair), UsageError);
}
