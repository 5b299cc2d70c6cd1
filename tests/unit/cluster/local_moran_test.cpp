#include "wardmap/cluster/local_moran.hpp"

#include "support/coventry_small_areas.hpp"
#include "support/links.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace wardmap;
using wardmap::testing::chessboard;
using wardmap::testing::linked;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Every set of `size` of the others of an area: sums of their values.
void each_sum(const std::vector<double>& others, std::size_t size, std::size_t from, double sum,
              std::vector<double>& out) {
    if (size == 0) {
        out.push_back(sum);
        return;
    }
    for (std::size_t i = from; i + size <= others.size(); ++i)
        each_sum(others, size - 1, i + 1, sum + others[i], out);
}

bool same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace

TEST_CASE("local moran: moments and p are those over every draw without replacement") {
    const std::vector<double> values{1, 2, 4, 8, 3, 5, 2};
    const Neighbours links =
        linked(7, {{0, 1}, {1, 2}, {2, 3}, {1, 4}, {4, 5}, {0, 2}, {5, 6}, {2, 6}, {2, 5}});
    const double mean = 25.0 / 7;
    double squares = 0;
    for (const double v : values) squares += (v - mean) * (v - mean);
    for (const WeightStyle style : {WeightStyle::row, WeightStyle::binary}) {
        for (const MomentDivisor divisor : {MomentDivisor::n, MomentDivisor::n_minus_one}) {
            LocalMoranOptions options;
            options.style = style;
            options.divisor = divisor;
            options.permutations = 39'999;
            const LocalMoran got = local_moran(values, links, options);
            const double m2 = squares / (divisor == MomentDivisor::n ? 7 : 6);
            for (std::size_t i = 0; i < values.size(); ++i) {
                CAPTURE(i);
                std::vector<double> others;
                for (std::size_t j = 0; j < values.size(); ++j) {
                    if (j != i) others.push_back(values[j] - mean);
                }
                const auto row = links.of(i);
                double lag = 0;
                for (const AreaIndex j : row) lag += values[static_cast<std::size_t>(j)] - mean;
                const double w = style == WeightStyle::row ? 1.0 / static_cast<double>(row.size()) : 1;
                const double d = values[i] - mean;
                const double statistic = d / m2 * w * lag;
                std::vector<double> sums;
                each_sum(others, row.size(), 0, 0, sums);
                double sum = 0, of_squares = 0, at_least = 0, at_most = 0;
                for (const double s : sums) {
                    const double drawn = d / m2 * w * s;
                    sum += drawn;
                    of_squares += drawn * drawn;
                    at_least += drawn >= statistic - 1e-12 ? 1 : 0;
                    at_most += drawn <= statistic + 1e-12 ? 1 : 0;
                }
                const auto all = static_cast<double>(sums.size());
                const double spread = std::sqrt(of_squares / all - sum / all * sum / all);
                CHECK(got.i[i] == doctest::Approx(statistic).epsilon(1e-12));
                CHECK(got.lag[i] == doctest::Approx(w * lag).epsilon(1e-12));
                CHECK(got.z[i] == doctest::Approx((statistic - sum / all) / spread).epsilon(1e-9));
                CHECK(got.p_greater[i] == doctest::Approx(at_least / all).epsilon(0.02));
                CHECK(got.p_less[i] == doctest::Approx(at_most / all).epsilon(0.02));
                CHECK(got.p_two_sided[i] == std::min(1.0, 2 * std::min(got.p_greater[i], got.p_less[i])));
            }
        }
    }
}

TEST_CASE("local moran: Coventry's deprivation as R's spdep has it") {
    const auto areas = testing::coventry_small_areas();
    if (areas.codes.empty()) return;
    LocalMoranOptions options;
    options.permutations = 999;
    const LocalMoran got = local_moran(areas.scores, areas.queen, options);
    // spdep 1.2-7, localmoran(x, nb2listw(nb, style = "W"), conditional = TRUE): Ii, Z.Ii.
    const struct {
        std::size_t area;
        double i, z;
        std::string_view pattern;
    } expected[] = {{0, 0.141619811183510, 1.51386926712798, "LL"},
                    {1, 0.652434652736808, 2.63988816223607, "LL"},
                    {99, 1.382184141749483, 3.02100196080395, "HH"},
                    {194, 0.419011045591453, 1.81890343504001, "LL"}};
    for (const auto& one : expected) {
        CHECK(got.i[one.area] == doctest::Approx(one.i).epsilon(1e-12));
        CHECK(got.z[one.area] == doctest::Approx(one.z).epsilon(1e-12));
        CHECK(name_of(got.pattern[one.area]) == one.pattern);
    }
    // style = "B".
    options.style = WeightStyle::binary;
    options.permutations = 0;
    const LocalMoran binary = local_moran(areas.scores, areas.queen, options);
    CHECK(binary.i[99] == doctest::Approx(9.67528899224638).epsilon(1e-12));
    CHECK(binary.z[99] == doctest::Approx(3.02100196080395).epsilon(1e-12));
    CHECK(std::isnan(binary.p_two_sided[99]));
}

TEST_CASE("local moran: the divisor n - 1 of GeoDa and esda gives (n - 1) / n of it, and the same p") {
    std::vector<double> values;
    for (int i = 0; i < 48; ++i) values.push_back((i * 37) % 11);
    LocalMoranOptions options;
    options.permutations = 99;
    const LocalMoran by_n = local_moran(values, chessboard(8, 6), options);
    options.divisor = MomentDivisor::n_minus_one;
    const LocalMoran by_less = local_moran(values, chessboard(8, 6), options);
    for (std::size_t k = 0; k < values.size(); ++k) {
        CHECK(by_less.i[k] == doctest::Approx(by_n.i[k] * 47 / 48).epsilon(1e-12));
        CHECK(by_less.z[k] == doctest::Approx(by_n.z[k]).epsilon(1e-12));
        CHECK(by_less.p_two_sided[k] == by_n.p_two_sided[k]);
    }
}

TEST_CASE("local moran: the same on any number of threads") {
    std::vector<double> values;
    for (int i = 0; i < 600; ++i) values.push_back((i * 7919) % 101);
    LocalMoranOptions options;
    options.permutations = 199;
    options.threads = 1;
    const LocalMoran one = local_moran(values, chessboard(30, 20), options);
    for (const unsigned threads : {2U, 5U}) {
        options.threads = threads;
        const LocalMoran more = local_moran(values, chessboard(30, 20), options);
        CHECK(more.p_greater == one.p_greater);
        CHECK(more.p_less == one.p_less);
    }
}

TEST_CASE("local moran: patterns of a high and a low corner, with one high area among low ones") {
    //  9 9 1
    //  9 5 1     mean 44/9
    //  1 1 8
    const std::vector<double> values{9, 9, 1, 9, 5, 1, 1, 1, 8};
    const LocalMoran got = local_moran(values, chessboard(3, 3));
    CHECK(name_of(got.pattern[0]) == "HH");
    CHECK(name_of(got.pattern[8]) == "HL");
    CHECK(name_of(got.pattern[2]) == "LH");  // neighbours 9 and 1
    CHECK(name_of(got.pattern[5]) == "LL");  // neighbours 1, 5 and 8: 4.67
}

TEST_CASE("local moran: missing values and islands have no statistic, and are said") {
    const std::vector<double> values{1, 4, 8, missing, 3, 5, 7, 2};
    // 3 has no value; 5 has only 3 for a neighbour; 7 has none.
    const Neighbours links = linked(8, {{0, 1}, {1, 2}, {2, 3}, {3, 5}, {2, 4}, {4, 6}, {0, 6}});
    const LocalMoran got = local_moran(values, links);
    for (const std::size_t k : {3U, 5U, 7U}) {
        CHECK(std::isnan(got.i[k]));
        CHECK(std::isnan(got.p_two_sided[k]));
        CHECK(got.pattern[k] == LocalPattern::none);
    }
    CHECK(got.method.find("1 missing value is left out; 2 areas without neighbours") != std::string::npos);
    // As if the missing area were not there; the other islands stay in the mean and among those drawn.
    const LocalMoran without = local_moran(std::vector<double>{1, 4, 8, 3, 5, 7, 2},
                                           linked(7, {{0, 1}, {1, 2}, {2, 3}, {3, 5}, {0, 5}}));
    CHECK(same(got.i[2], without.i[2]));
    CHECK(same(got.z[2], without.z[2]));
    CHECK(same(got.p_greater[2], without.p_greater[2]));
}

TEST_CASE("local moran: equal values, one area, everybody's neighbour") {
    const LocalMoran equal = local_moran(std::vector<double>{2, 2, 2, 2}, chessboard(2, 2));
    CHECK(std::isnan(equal.i[0]));
    CHECK(std::isnan(equal.p_greater[0]));
    CHECK(equal.method.find("all values are equal") != std::string::npos);
    CHECK(std::isnan(local_moran(std::vector<double>{2}, linked(1, {})).i[0]));
    CHECK(local_moran({}, Neighbours{}).i.empty());
    // Where all others are neighbours every draw is the same: no spread, p of 1.
    const LocalMoran star = local_moran(std::vector<double>{5, 1, 2, 3}, linked(4, {{0, 1}, {0, 2}, {0, 3}}));
    CHECK(std::isnan(star.z[0]));
    CHECK(star.p_two_sided[0] == 1);
    CHECK_THROWS_AS(local_moran(std::vector<double>{1, 2, 3}, chessboard(2, 2)), UsageError);
    CHECK(parse_moment_divisor("n-1") == MomentDivisor::n_minus_one);
    CHECK_THROWS_AS(parse_moment_divisor("m"), UsageError);
    CHECK_THROWS_AS(parse_weight_style("rows"), UsageError);
}
