#include "wardmap/indicator/change_test.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace wardmap;

TEST_CASE("change test: words follow the adjusted p, so one small p among many areas is no clear change") {
    // 30 areas, one with 10 to 22: exact doubled p = 2 P(X >= 22 | 32, 1/2) = 0.0501 alone is near the edge,
    // and 8 to 22 (p = 0.0161) is clear alone but not among 30.
    std::vector<double> before(30, 50), after(30, 50);
    before[3] = 8;
    after[3] = 22;
    const auto alone = test_changes(std::vector<double>{8}, std::vector<double>{22});
    CHECK(alone[0].ratio.p_value == doctest::Approx(0.01612).epsilon(1e-3));
    CHECK(words_of(alone[0].verdict) == "clear rise");
    const auto among = test_changes(before, after);
    CHECK(among[3].ratio.p_value == alone[0].ratio.p_value);
    CHECK(among[3].p_adjusted == doctest::Approx(30 * alone[0].ratio.p_value));
    CHECK(words_of(among[3].verdict) == "no clear change");
    CHECK(words_of(among[0].verdict) == "no clear change");
}

TEST_CASE("change test: rises, falls, from zero and to zero are told apart") {
    const std::vector<double> before{202, 155, 0, 12, 0, 100}, after{456, 100, 9, 0, 0, 100};
    const auto made = test_changes(before, after);
    CHECK(made[0].verdict == ChangeVerdict::clear_rise);
    CHECK(made[0].change_pct == doctest::Approx(125.7426).epsilon(1e-6));
    CHECK(made[1].verdict == ChangeVerdict::clear_fall);
    CHECK(made[2].verdict == ChangeVerdict::clear_rise);
    CHECK(std::isnan(made[2].change_pct));  // from zero: undefined, never infinite
    CHECK(std::isinf(made[2].ratio.ratio));
    CHECK(made[3].verdict == ChangeVerdict::clear_fall);
    CHECK(made[3].change_pct == -100);
    CHECK(words_of(made[4].verdict) == "no events");
    CHECK(std::isnan(made[4].p_adjusted));
    CHECK(made[5].verdict == ChangeVerdict::no_clear_change);
    CHECK(made[5].change_pct == 0);
}

TEST_CASE("change test: with people the rates are compared, not the counts") {
    // Twice the events among twice the people.
    const std::vector<double> before{100}, after{200}, people_before{1000}, people_after{2000};
    CHECK(test_changes(before, after)[0].verdict == ChangeVerdict::clear_rise);
    const auto rates = test_changes(before, after, people_before, people_after);
    CHECK(rates[0].verdict == ChangeVerdict::no_clear_change);
    CHECK(rates[0].ratio.ratio == 1);
}

TEST_CASE("change test: what is not known is no test and has no words") {
    const double unknown = std::nan("");
    const std::vector<double> before{10, unknown, 10}, after{40, 20, 30}, people{100, 100, 0};
    const auto made = test_changes(before, after, people, people);
    CHECK(made[0].p_adjusted == made[0].ratio.p_value);  // the only test
    CHECK(words_of(made[1].verdict).empty());
    CHECK(words_of(made[2].verdict).empty());
    CHECK(test_changes({}, {}).empty());
    CHECK_THROWS_AS(test_changes(before, std::vector<double>{1}), UsageError);
    CHECK_THROWS_AS(test_changes(before, after, people, {}), UsageError);
    CHECK_THROWS_AS(test_changes(std::vector<double>{-1}, std::vector<double>{1}), UsageError);
    CHECK_THROWS_AS(test_changes(std::vector<double>{1}, std::vector<double>{1}, {}, {}, {.level = 0}),
                    UsageError);
}
