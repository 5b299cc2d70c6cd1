#include "wardmap/indicator/trend.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace wardmap;

namespace {

/// Months 0 to 8 without 6.
std::vector<TrendPoint> points_of(const std::vector<double>& parts) {
    const std::vector<double> months{0, 1, 2, 3, 4, 5, 7, 8};
    const std::vector<double> wholes{200, 210, 190, 205, 220, 198, 215, 207};
    std::vector<TrendPoint> points;
    for (std::size_t i = 0; i < parts.size(); ++i) points.push_back({months[i], parts[i], wholes[i]});
    return points;
}

const std::vector<double> at{0, 6, 8};

}  // namespace

// Numbers from statsmodels 0.15.0 and SciPy 1.17.1: OLS of log(part / whole) on the month with conf_int and
// get_prediction(...).summary_frame (mean_ci); GLM(Poisson, offset=log(whole)).fit(scale="X2") with limits by
// scipy.stats.t.ppf(0.975, n - 2) instead of the normal.
TEST_CASE("a log-linear trend, its limits and its band are those of statsmodels") {
    const Trend trend = exponential_trend(points_of({12, 15, 11, 18, 20, 17, 25, 24}), at);
    REQUIRE(trend.exists());
    CHECK(trend.model == TrendModel::log_linear);
    CHECK(trend.why_model.empty());
    CHECK(trend.growth_pct == doctest::Approx(9.032303328442952).epsilon(1e-10));
    CHECK(trend.growth_lower_pct == doctest::Approx(4.9613011688).epsilon(1e-9));
    CHECK(trend.growth_upper_pct == doctest::Approx(13.2612023358).epsilon(1e-9));
    const double expected[3][3] = {{0.0601460837, 0.0505214487, 0.0716042685},
                                   {0.1010505018, 0.0885708469, 0.1152885432},
                                   {0.1201292727, 0.0993159368, 0.1453043956}};
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(trend.fitted[i] == doctest::Approx(expected[i][0]).epsilon(1e-8));
        CHECK(trend.lower[i] == doctest::Approx(expected[i][1]).epsilon(1e-8));
        CHECK(trend.upper[i] == doctest::Approx(expected[i][2]).epsilon(1e-8));
    }
}

TEST_CASE("a quasi-Poisson trend, its dispersion and its band are those of statsmodels") {
    const Trend trend = exponential_trend(points_of({12, 15, 11, 18, 20, 17, 25, 24}), at,
                                          {.model = TrendModel::quasi_poisson});
    REQUIRE(trend.exists());
    CHECK(trend.growth_pct == doctest::Approx(8.846437203150343).epsilon(1e-8));
    CHECK(trend.growth_lower_pct == doctest::Approx(5.2577125666).epsilon(1e-7));
    CHECK(trend.growth_upper_pct == doctest::Approx(12.5575181422).epsilon(1e-7));
    CHECK(trend.dispersion == doctest::Approx(0.18796629249).epsilon(1e-8));
    CHECK(trend.fitted[1] == doctest::Approx(0.1015074355).epsilon(1e-7));
    CHECK(trend.lower[2] == doctest::Approx(0.1034770416).epsilon(1e-7));
    CHECK(trend.upper[2] == doctest::Approx(0.139768267).epsilon(1e-7));
}

TEST_CASE("a zero month makes the fit quasi-Poisson, and that is said") {
    const auto points = points_of({3, 0, 2, 4, 1, 6, 5, 8});
    for (const TrendModel asked : {TrendModel::automatic, TrendModel::log_linear}) {
        const Trend trend = exponential_trend(points, at, {.model = asked});
        REQUIRE(trend.exists());
        CHECK(trend.model == TrendModel::quasi_poisson);
        CHECK(trend.why_model == "1 month is zero, of which a log-linear fit is impossible");
        CHECK(trend.growth_pct == doctest::Approx(21.448293240647715).epsilon(1e-8));
        CHECK(trend.growth_lower_pct == doctest::Approx(-0.2566832223).epsilon(1e-6));
        CHECK(trend.growth_upper_pct == doctest::Approx(47.8764533561).epsilon(1e-7));
        CHECK(trend.dispersion == doctest::Approx(1.2277440640698518).epsilon(1e-7));
        CHECK(trend.upper[2] == doctest::Approx(0.0745103175).epsilon(1e-7));
    }
}

TEST_CASE("a share that doubles every month grows 100% without error, wherever the months are counted from") {
    for (const double origin : {0.0, 24168.0}) {
        std::vector<TrendPoint> points;
        for (int m = 0; m < 7; ++m) points.push_back({origin + m, std::pow(2.0, m), 1000});
        for (const TrendModel model : {TrendModel::log_linear, TrendModel::quasi_poisson}) {
            const std::vector<double> third{origin + 3};
            const Trend trend = exponential_trend(points, third, {.model = model});
            REQUIRE(trend.exists());
            CHECK(trend.growth_pct == doctest::Approx(100).epsilon(1e-6));
            CHECK(trend.growth_lower_pct == doctest::Approx(100).epsilon(1e-5));
            CHECK(trend.fitted[0] == doctest::Approx(0.008).epsilon(1e-6));
        }
    }
}

TEST_CASE("no trend from five months, from nothing, or where the curve would be endless; and it says why") {
    auto points = points_of({12, 15, 11, 18, 20});
    CHECK(exponential_trend(points, at).why_none == "A trend needs at least 6 months, and there are 5");
    CHECK_FALSE(exponential_trend(points_of({0, 0, 0, 0, 0, 0, 0, 0}), at).exists());
    CHECK_FALSE(exponential_trend(points_of({0, 0, 0, 0, 0, 0, 0, 9}), at).exists());
    CHECK_FALSE(exponential_trend({}, at).exists());
    CHECK_FALSE(exponential_trend(std::vector<TrendPoint>(8, TrendPoint{3, 1, 10}), at).exists());
}

TEST_CASE("points that are no shares and levels that are no levels are refused") {
    auto points = points_of({12, 15, 11, 18, 20, 17});
    CHECK_THROWS_AS(exponential_trend(points, at, {.level = 1}), UsageError);
    points[2].whole = 0;
    CHECK_THROWS_AS(exponential_trend(points, at), UsageError);
    points[2] = {2, -1, 10};
    CHECK_THROWS_AS(exponential_trend(points, at), UsageError);
    CHECK(parse_trend_model("quasi-poisson") == TrendModel::quasi_poisson);
    CHECK_THROWS_AS(parse_trend_model("linear"), UsageError);
}
