#include "wardmap/cluster/getis_ord.hpp"

#include "support/coventry_small_areas.hpp"
#include "support/links.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/cluster/local_moran.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace wardmap;
using wardmap::testing::chessboard;
using wardmap::testing::linked;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Ord and Getis 1995, equations 14.3 and 14.4, with weights written out for every pair of areas.
double by_definition(const std::vector<double>& x, const Neighbours& neighbours, std::size_t i, bool star,
                     WeightStyle style) {
    std::vector<double> w(x.size(), 0);
    for (const AreaIndex j : neighbours.of(i)) w[static_cast<std::size_t>(j)] = 1;
    if (star) w[i] = 1;
    double sum_w = 0;
    for (const double one : w) sum_w += one;
    if (style == WeightStyle::row) {
        for (double& one : w) one /= sum_w;
        sum_w = 1;
    }
    double n = 0, sum = 0, squares = 0, lag = 0, sum_w2 = 0;
    for (std::size_t j = 0; j < x.size(); ++j) {
        lag += w[j] * x[j];
        sum_w2 += w[j] * w[j];
        if (j == i && !star) continue;
        n += 1;
        sum += x[j];
        squares += x[j] * x[j];
    }
    const double mean = sum / n;
    const double s = std::sqrt(squares / n - mean * mean);
    return (lag - sum_w * mean) / (s * std::sqrt((n * sum_w2 - sum_w * sum_w) / (n - 1)));
}

}  // namespace

TEST_CASE("getis-ord: as the definition has it, with either weights") {
    const std::vector<double> values{1, 2, 4, 8, 3, 5, 2, 9, 1, 1, 0, 4};
    const Neighbours board = chessboard(4, 3);
    for (const bool star : {true, false}) {
        for (const WeightStyle style : {WeightStyle::row, WeightStyle::binary}) {
            GetisOrdOptions options;
            options.kind = star ? GetisOrdKind::gi_star : GetisOrdKind::gi;
            options.style = style;
            const GetisOrd got = getis_ord(values, board, options);
            for (std::size_t i = 0; i < values.size(); ++i) {
                CHECK(got.z[i] ==
                      doctest::Approx(by_definition(values, board, i, star, style)).epsilon(1e-12));
                CHECK(got.p_two_sided[i] ==
                      doctest::Approx(std::erfc(std::abs(got.z[i]) / std::sqrt(2.0))).epsilon(1e-12));
            }
        }
    }
}

TEST_CASE("getis-ord: Coventry's deprivation as R's spdep has it") {
    const auto areas = testing::coventry_small_areas();
    if (areas.codes.empty()) return;
    const std::size_t places[] = {0, 1, 99, 194};
    // spdep 1.2-7, localG(x, nb2listw(nb)) and localG(x, nb2listw(include.self(nb))).
    const double gi[] = {-1.51386926712798, -2.63988816223607, 3.02100196080395, -1.81890343504001};
    const double star[] = {-1.52239035803052, -2.73153607612878, 3.25915444548690, -1.90446429368233};
    GetisOrdOptions without;
    without.kind = GetisOrdKind::gi;
    const GetisOrd of_others = getis_ord(areas.scores, areas.queen, without);
    const GetisOrd of_all = getis_ord(areas.scores, areas.queen);
    for (std::size_t k = 0; k < 4; ++k) {
        CHECK(of_others.z[places[k]] == doctest::Approx(gi[k]).epsilon(1e-12));
        CHECK(of_all.z[places[k]] == doctest::Approx(star[k]).epsilon(1e-12));
    }
}

TEST_CASE("getis-ord: by permutation p is that of local Moran, whose draws are the same") {
    std::vector<double> values;
    for (int i = 0; i < 120; ++i) values.push_back((i * 7919) % 101);
    const Neighbours board = chessboard(12, 10);
    GetisOrdOptions options;
    options.permutations = 299;
    LocalMoranOptions local;
    local.permutations = 299;
    const LocalMoran moran = local_moran(values, board, local);
    for (const GetisOrdKind kind : {GetisOrdKind::gi, GetisOrdKind::gi_star}) {
        options.kind = kind;
        CHECK(getis_ord(values, board, options).p_two_sided == moran.p_two_sided);
    }
}

TEST_CASE("getis-ord: missing values, islands, equal values, one area") {
    const std::vector<double> values{1, 4, 8, missing, 3, 5, 7, 2};
    const GetisOrd got =
        getis_ord(values, linked(8, {{0, 1}, {1, 2}, {2, 3}, {3, 5}, {2, 4}, {4, 6}, {0, 6}}));
    for (const std::size_t k : {3U, 5U, 7U}) {
        CHECK(std::isnan(got.z[k]));
        CHECK(std::isnan(got.p_two_sided[k]));
    }
    CHECK(got.method.find("1 missing value is left out; 2 areas without neighbours") != std::string::npos);
    const std::vector<double> known{1, 4, 8, 3, 5, 7, 2};
    const Neighbours among = linked(7, {{0, 1}, {1, 2}, {2, 3}, {3, 5}, {0, 5}});
    CHECK(got.z[2] == doctest::Approx(by_definition(known, among, 2, true, WeightStyle::binary)));
    const GetisOrd equal = getis_ord(std::vector<double>{2, 2, 2, 2}, chessboard(2, 2));
    CHECK(std::isnan(equal.z[0]));
    CHECK(std::isnan(getis_ord(std::vector<double>{2}, linked(1, {})).z[0]));
    // All areas at once, or all others, have no spread.
    const Neighbours star = linked(3, {{0, 1}, {0, 2}});
    CHECK(std::isnan(getis_ord(std::vector<double>{5, 1, 2}, star).z[0]));
    CHECK_THROWS_AS(getis_ord(std::vector<double>{1, 2}, star), UsageError);
}
