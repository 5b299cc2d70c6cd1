#include "wardmap/indicator/adjust_p.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace wardmap;

namespace {

void check_equal(const std::vector<double>& ours, const std::vector<double>& expected) {
    REQUIRE(ours.size() == expected.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
        CHECK(ours[i] == doctest::Approx(expected[i]).epsilon(1e-12));
}

// The 15 ordered p-values of Benjamini and Hochberg 1995, section 3.2 (thrombolysis), here out of order.
const std::vector<double> thrombolysis{0.0459, 0.0001, 0.0004, 0.0298, 0.0095, 0.0019, 0.0278, 0.0201,
                                       0.0344, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};

}  // namespace

TEST_CASE("adjust p: Benjamini and Hochberg's own example finds four, Bonferroni three") {
    // As printed: at 0.05 their procedure rejects the four smallest, Bonferroni's the three smallest.
    const auto found = [](Adjustment adjustment) {
        int count = 0;
        for (const double p : adjust_p(thrombolysis, adjustment)) count += p <= 0.05 ? 1 : 0;
        return count;
    };
    CHECK(found(Adjustment::bh) == 4);
    CHECK(found(Adjustment::bonferroni) == 3);
    CHECK(found(Adjustment::holm) == 3);
}

TEST_CASE("adjust p: by hand") {
    const std::vector<double> p{0.01, 0.04, 0.03, 0.20};
    check_equal(adjust_p(p, Adjustment::bonferroni), {0.04, 0.16, 0.12, 0.80});
    check_equal(adjust_p(p, Adjustment::holm), {0.04, 0.09, 0.09, 0.20});
    check_equal(adjust_p(p, Adjustment::bh), {0.04, 0.16 / 3, 0.16 / 3, 0.20});
    const double harmonic = 1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4;
    check_equal(adjust_p(p, Adjustment::by),
                {0.04 * harmonic, 0.16 / 3 * harmonic, 0.16 / 3 * harmonic, 0.20 * harmonic});
}

TEST_CASE("adjust p: what is not known is no test; one test and none stay as they are") {
    const std::vector<double> p{0.01, std::nan(""), 0.04};
    const auto made = adjust_p(p, Adjustment::bonferroni);
    CHECK(made[0] == 0.02);
    CHECK(std::isnan(made[1]));
    CHECK(made[2] == 0.08);
    for (const Adjustment one : {Adjustment::bh, Adjustment::by, Adjustment::holm, Adjustment::bonferroni}) {
        CHECK(adjust_p(std::vector<double>{0.3}, one) == std::vector<double>{0.3});
        CHECK(adjust_p(std::vector<double>{}, one).empty());
        CHECK(adjust_p(std::vector<double>{0.7, 0.7, 0.7}, one)[0] <= 1);
        CHECK(parse_adjustment(name_of(one)) == one);
    }
}

TEST_CASE("adjust p: what is no p-value is refused") {
    CHECK_THROWS_AS(adjust_p(std::vector<double>{1.1}), UsageError);
    CHECK_THROWS_AS(adjust_p(std::vector<double>{-0.1}), UsageError);
    CHECK_THROWS_AS(parse_adjustment("fdr"), UsageError);
}
