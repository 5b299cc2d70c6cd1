#include "wardmap/indicator/concentration.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace wardmap;

TEST_CASE("concentration: even spread is 0, everything in one place is 1 - 1/n, unbiased 1") {
    const Concentration even(std::vector<double>{4, 4, 4, 4, 4});
    CHECK(even.gini() == doctest::Approx(0));
    CHECK(even.share_in_top(0.2) == doctest::Approx(0.2));
    const Concentration one(std::vector<double>{0, 0, 20, 0, 0});
    CHECK(one.gini() == doctest::Approx(0.8));
    CHECK(one.gini_unbiased() == doctest::Approx(1));
    CHECK(one.share_in_top(0.2) == doctest::Approx(1));
    CHECK(one.places_for(1) == doctest::Approx(0.2));
}

TEST_CASE("concentration: by hand") {
    // Mean absolute difference of 1, 1, 3, 5, 10: sum over ordered pairs is 2 (0+2+4+9+2+4+9+2+7+5) = 88;
    // G = 88 / (2 n^2 mean) = 88 / (2 * 25 * 4) = 0.44.
    const Concentration made(std::vector<double>{5, 1, 10, 1, 3});
    CHECK(made.gini() == doctest::Approx(0.44));
    CHECK(made.gini_unbiased() == doctest::Approx(0.55));
    CHECK(made.generalised() == doctest::Approx(0.44));  // more events than places
    CHECK(made.places() == 5);
    CHECK(made.events() == 20);
    CHECK(made.share_in_top(0) == 0);
    CHECK(made.share_in_top(0.2) == doctest::Approx(0.5));
    CHECK(made.share_in_top(0.3) == doctest::Approx(0.625));  // the first place and half the second
    CHECK(made.share_in_top(0.4) == doctest::Approx(0.75));
    CHECK(made.share_in_top(1) == 1);
    CHECK(made.places_for(0.5) == doctest::Approx(0.2));
    CHECK(made.places_for(0.75) == doctest::Approx(0.4));
    CHECK(made.places_for(0) == 0);
}

TEST_CASE("concentration: with fewer events than places it is compared with the evenest there is") {
    // Four events in 10 places, each in another: as even as can be. Plain G is 1 - 4/10, G' is 0.
    const Concentration even(std::vector<double>{1, 1, 1, 1, 0, 0, 0, 0, 0, 0});
    CHECK(even.gini() == doctest::Approx(0.6));
    CHECK(even.generalised() == doctest::Approx(0).epsilon(1e-12));
    // All four in one place: G = 0.9, G' = 1 + 2.5 (0.9 - 1) = 0.75.
    CHECK(Concentration(std::vector<double>{4, 0, 0, 0, 0, 0, 0, 0, 0, 0}).generalised() ==
          doctest::Approx(0.75));
}

TEST_CASE("concentration: weighted places count by their size, densest first") {
    // 30 events on 10 hectares, 10 on 10, 10 on 80: densities 3, 1, 1/8.
    const std::vector<double> counts{10, 30, 10}, hectares{80, 10, 10};
    const Concentration made(counts, hectares);
    CHECK(made.share_in_top(0.1) == doctest::Approx(0.6));
    CHECK(made.share_in_top(0.2) == doctest::Approx(0.8));
    CHECK(made.places_for(0.6) == doctest::Approx(0.1));
    // Area under the curve: 0.1 * 0.3 + 0.1 * 0.7 + 0.8 * 0.9 = 0.82; G = 2 * 0.82 - 1.
    CHECK(made.gini() == doctest::Approx(0.64));
    CHECK(std::isnan(made.generalised()));
    // Events in a place without size come first and take no room.
    CHECK(Concentration(std::vector<double>{5, 5}, std::vector<double>{0, 10}).share_in_top(0) ==
          doctest::Approx(0));
    CHECK(Concentration(std::vector<double>{5, 5}, std::vector<double>{0, 10}).gini() ==
          doctest::Approx(0.5));
}

TEST_CASE("concentration: no events, no places, one place and places not known are defined") {
    const Concentration none(std::vector<double>{0, 0, 0});
    CHECK(std::isnan(none.gini()));
    CHECK(std::isnan(none.share_in_top(0.5)));
    CHECK(std::isnan(Concentration(std::vector<double>{}).places_for(0.5)));
    const Concentration one(std::vector<double>{7});
    CHECK(one.gini() == doctest::Approx(0));
    CHECK(std::isnan(one.gini_unbiased()));
    const Concentration gap(std::vector<double>{3, std::nan(""), 3});
    CHECK(gap.places() == 2);
    CHECK(gap.gini() == doctest::Approx(0));
}

TEST_CASE("concentration: what makes no sense is refused") {
    CHECK_THROWS_AS(Concentration(std::vector<double>{1, -1}), UsageError);
    CHECK_THROWS_AS(Concentration(std::vector<double>{1, 1}, std::vector<double>{1}), UsageError);
    CHECK_THROWS_AS(Concentration(std::vector<double>{1, 1}, std::vector<double>{1, -1}), UsageError);
    const Concentration made(std::vector<double>{1, 2});
    CHECK_THROWS_AS(made.share_in_top(5), UsageError);
    CHECK_THROWS_AS(made.places_for(-0.1), UsageError);
    CHECK_THROWS_AS(made.places_for(std::nan("")), UsageError);
}
