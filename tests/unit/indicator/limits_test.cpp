#include "wardmap/indicator/limits.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::number_in;

namespace {

/// Relative 1e-9, absolute near zero; an empty field is "not defined".
void check_same(double ours, const std::string& expected) {
    if (expected.empty()) {
        CHECK(std::isnan(ours));
        return;
    }
    const double value = std::stod(expected);
    CHECK(std::abs(ours - value) <= 1e-9 * std::max(1.0, std::abs(value)));
}

}  // namespace

TEST_CASE("limits: rates and their 95% and 99.8% limits equal the health package's figures") {
    const auto rows = csv_rows("../shared/data/reference/crude_rates.csv");
    for (const auto& row : rows) {
        CAPTURE(row.at("numerator"));
        const double count = number_in(row, "numerator");
        const double people = number_in(row, "denominator");
        const double per = number_in(row, "multiplier");
        const Limits wide = rate_limits(count, people, per, 0.998);
        const Limits usual = rate_limits(count, people, per);
        check_same(usual.value, row.at("rate"));
        check_same(usual.lower, row.at("lower95"));
        check_same(usual.upper, row.at("upper95"));
        check_same(wide.lower, row.at("lower99_8"));
        check_same(wide.upper, row.at("upper99_8"));
    }
}

TEST_CASE("limits: shares have the health package's Wilson limits") {
    const auto rows = csv_rows("../shared/data/reference/proportions_wilson.csv");
    for (const auto& row : rows) {
        CAPTURE(row.at("numerator"));
        const double per = number_in(row, "multiplier");
        const Limits usual = proportion_limits(number_in(row, "numerator"), number_in(row, "denominator"));
        const Limits wide =
            proportion_limits(number_in(row, "numerator"), number_in(row, "denominator"), 0.998);
        check_same(usual.lower * per, row.at("lower95"));
        check_same(usual.upper * per, row.at("upper95"));
        check_same(wide.lower * per, row.at("lower99_8"));
        check_same(wide.upper * per, row.at("upper99_8"));
    }
}

TEST_CASE("limits: exact under 10 events, Byar's from 10; nothing has a lower limit of 0") {
    CHECK(rate_limits(0, 1000, 1000).lower == 0);
    CHECK(rate_limits(0, 1000, 1000).upper ==
          doctest::Approx(3.688879454113936).epsilon(1e-12));                           // -ln 0.025
    CHECK(rate_limits(9, 100, 100).lower == doctest::Approx(4.1153731).epsilon(1e-7));  // Garwood's table
    CHECK(rate_limits(10, 100, 100).lower == doctest::Approx(4.7896).epsilon(1e-3));  // Byar; exact is 4.7954
}

TEST_CASE("limits: what is not defined is NaN, what makes no sense is refused") {
    CHECK(std::isnan(rate_limits(3, 0).value));
    CHECK(std::isnan(rate_limits(std::nan(""), 10).upper));
    CHECK(std::isnan(proportion_limits(0, 0).lower));
    CHECK_THROWS_AS(rate_limits(-1, 10), UsageError);
    CHECK_THROWS_AS(rate_limits(1, 10, 0), UsageError);
    CHECK_THROWS_AS(rate_limits(1, 10, 100, 1), UsageError);
    CHECK_THROWS_AS(proportion_limits(11, 10), UsageError);
    CHECK_THROWS_AS(parse_ratio_method("exakt"), UsageError);
    CHECK(parse_ratio_method("midp") == RatioMethod::midp);
}

TEST_CASE("limits: the exact interval leaves out 1 just where the exact test is below 5%") {
    for (const double people_after : {1.0, 2.0, 0.3}) {
        for (int before = 0; before < 40; ++before) {
            for (int after = 0; after < 40; ++after) {
                if (before + after == 0) continue;
                const RatioLimits r = rate_ratio(before, after, 1, people_after);
                const bool outside = r.lower > 1 || r.upper < 1;
                CAPTURE(before);
                CAPTURE(after);
                CHECK(outside == (r.p_value < 0.05));
            }
        }
    }
    // R: binom.test(12, 37)$p.value and its interval's odds.
    CHECK(rate_ratio(25, 12).p_value == doctest::Approx(0.04703).epsilon(1e-4));
}

TEST_CASE("limits: a ratio from zero is infinite with a finite lower limit, to zero the other way round") {
    for (const RatioMethod method : {RatioMethod::exact, RatioMethod::midp, RatioMethod::score}) {
        const RatioLimits up = rate_ratio(0, 7, 1, 1, 0.95, method);
        CHECK(std::isinf(up.ratio));
        CHECK(std::isinf(up.upper));
        CHECK(std::isfinite(up.lower));
        CHECK(up.lower > 0);
        const RatioLimits down = rate_ratio(7, 0, 1, 1, 0.95, method);
        CHECK(down.ratio == 0);
        CHECK(down.lower == 0);
        CHECK(down.upper == doctest::Approx(1 / up.lower));
        CHECK(down.p_value == doctest::Approx(up.p_value));
    }
    // By hand: P(all 7 of 7 after) = 1/128, doubled; lower odds q/(1-q) with q^7 = 0.025.
    const double q = std::pow(0.025, 1.0 / 7);
    CHECK(rate_ratio(0, 7).p_value == doctest::Approx(1.0 / 64));
    CHECK(rate_ratio(0, 7).lower == doctest::Approx(q / (1 - q)));
    CHECK(std::isnan(rate_ratio(0, 0).ratio));
    CHECK(std::isnan(rate_ratio(0, 7, 1, 1, 0.95, RatioMethod::wald).lower));
}

TEST_CASE("limits: methods agree for many events, and mid-p lies inside exact") {
    const RatioLimits exact = rate_ratio(933, 1526);
    const RatioLimits midp = rate_ratio(933, 1526, 1, 1, 0.95, RatioMethod::midp);
    const RatioLimits score = rate_ratio(933, 1526, 1, 1, 0.95, RatioMethod::score);
    const RatioLimits wald = rate_ratio(933, 1526, 1, 1, 0.95, RatioMethod::wald);
    CHECK(exact.lower < midp.lower);
    CHECK(midp.upper < exact.upper);
    CHECK(score.lower == doctest::Approx(wald.lower).epsilon(1e-3));
    CHECK(exact.upper == doctest::Approx(wald.upper).epsilon(3e-3));
    // Swapping the periods turns the ratio and its limits over.
    const RatioLimits back = rate_ratio(1526, 933);
    CHECK(back.lower == doctest::Approx(1 / exact.upper).epsilon(1e-12));
    CHECK(back.p_value == doctest::Approx(exact.p_value).epsilon(1e-9));
}

TEST_CASE("limits: populations turn a ratio of counts into one of rates") {
    const RatioLimits r = rate_ratio(10, 20, 1000, 4000);
    CHECK(r.ratio == doctest::Approx(0.5));
    CHECK(r.lower == doctest::Approx(rate_ratio(10, 20).lower / 4));
    CHECK(std::isnan(rate_ratio(10, 20, 0, 100).ratio));
}
