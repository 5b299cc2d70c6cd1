#include "wardmap/indicator/funnel.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/indicator/distributions.hpp"
#include "wardmap/indicator/limits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace wardmap;

namespace {

const std::vector<double> eight_counts{3, 12, 40, 25, 90, 7, 0, 18};
const std::vector<double> eight_people{1000, 2000, 5000, 2500, 4000, 1200, 800, 2100};

}  // namespace

TEST_CASE("funnel: the lines are where the limits of the observed reach the baseline") {
    const Funnel rates = funnel(eight_counts, eight_people, {.per = 1000});
    const Funnel shares = funnel(eight_counts, eight_people, {.kind = FunnelKind::proportion, .per = 1000});
    const double base = 195 / 18600.0;
    CHECK(rates.baseline == doctest::Approx(1000 * base).epsilon(1e-14));
    for (std::size_t i = 0; i < eight_counts.size(); ++i) {
        const double people = eight_people[i];
        CAPTURE(people);
        // methods.md: at O events the upper line is reached at the population chi2(p; 2 O) / (2 b).
        const double over = rates.upper95[i] * people / 1000, under = rates.lower998[i] * people / 1000;
        CHECK(gamma_point_below(over, 0.025) / base == doctest::Approx(people).epsilon(1e-9));
        CHECK(gamma_point_above(under + 1, 0.001) / base == doctest::Approx(people).epsilon(1e-9));
        CHECK(proportion_limits(shares.upper95[i] * people / 1000, people).lower ==
              doctest::Approx(base).epsilon(1e-9));
        CHECK(proportion_limits(shares.lower95[i] * people / 1000, people).upper ==
              doctest::Approx(base).epsilon(1e-9));
    }
    CHECK(shares.lower998[6] == 0);  // clipped
}

TEST_CASE("funnel: classes follow the area's own limits, phi is the mean square of winsorised scores") {
    const Funnel made = funnel(eight_counts, eight_people);
    using enum FunnelClass;
    CHECK(made.pattern ==
          std::vector<FunnelClass>{low_95, low_95, similar, similar, high_998, similar, low_998, similar});
    // NumPy: z = 2 sqrt(E) (sqrt(O/E) - 1), clipped to numpy.quantile(z, [0.1, 0.9]).
    CHECK(made.phi == doctest::Approx(4.873344393057).epsilon(1e-11));
    CHECK(made.tau2 == doctest::Approx(0.049395432652).epsilon(1e-10));
    CHECK(made.pattern_adjusted ==
          std::vector<FunnelClass>{similar, similar, similar, similar, high_95, similar, low_998, similar});
    const Funnel shares = funnel(eight_counts, eight_people, {.kind = FunnelKind::proportion});
    CHECK(shares.phi == doctest::Approx(4.909088169386).epsilon(1e-11));
    CHECK(shares.tau2 == doctest::Approx(0.000522484785).epsilon(1e-9));
}

TEST_CASE("funnel: a ratio's baseline is 1 unless given, and equals a rate's with people as expected") {
    const std::vector<double> observed{30, 5, 12}, expected{20.0, 9.5, 12.0};
    const Funnel ratios = funnel(observed, expected, {.kind = FunnelKind::ratio});
    CHECK(ratios.baseline == 1);
    CHECK(ratios.value[0] == 1.5);
    const Funnel rates = funnel(observed, expected, {.baseline = 1.0});
    CHECK(rates.upper998 == ratios.upper998);
    CHECK(rates.pattern == ratios.pattern);
}

TEST_CASE("funnel: areas alike are not overdispersed, and their classes stay") {
    const std::vector<double> counts(20, 30), people(20, 1000);
    const Funnel made = funnel(counts, people);
    CHECK(made.phi == doctest::Approx(0));
    CHECK(made.tau2 == 0);
    CHECK(made.pattern == std::vector<FunnelClass>(20, FunnelClass::similar));
    CHECK(made.pattern_adjusted == made.pattern);
}

TEST_CASE("funnel: areas without people or without a count are not placed and have no part in the rest") {
    std::vector<double> counts = eight_counts, people = eight_people;
    const Funnel all = funnel(counts, people);
    for (const auto& [count, population] :
         {std::pair{500.0, 0.0}, {std::nan(""), 900.0}, {5.0, std::nan("")}}) {
        counts.push_back(count);
        people.push_back(population);
    }
    const Funnel made = funnel(counts, people);
    CHECK(made.baseline == all.baseline);
    CHECK(made.phi == all.phi);
    for (std::size_t i = 8; i < 11; ++i) {
        CHECK(made.pattern[i] == FunnelClass::none);
        CHECK(made.pattern_adjusted[i] == FunnelClass::none);
        CHECK(std::isnan(made.upper95[i]));
    }
}

TEST_CASE("funnel: one area, no area and no events have defined answers") {
    const Funnel one = funnel(std::vector<double>{5}, std::vector<double>{100});
    CHECK(one.pattern == std::vector<FunnelClass>{FunnelClass::similar});
    CHECK(std::isnan(one.phi));
    const Funnel none = funnel(std::vector<double>{}, std::vector<double>{});
    CHECK(std::isnan(none.baseline));
    const Funnel quiet = funnel(std::vector<double>{0, 0}, std::vector<double>{100, 200});
    CHECK(quiet.pattern == std::vector<FunnelClass>(2, FunnelClass::similar));
    CHECK(quiet.upper95 == std::vector<double>{0, 0});
    CHECK(std::isnan(quiet.phi));
}

TEST_CASE("funnel: more events than people are a rate, but no proportion") {
    const std::vector<double> counts{150, 20}, people{100, 100};
    CHECK(funnel(counts, people).pattern[0] == FunnelClass::high_998);
    CHECK_THROWS_AS(funnel(counts, people, {.kind = FunnelKind::proportion}), UsageError);
}

TEST_CASE("funnel: what makes no sense is refused") {
    const std::vector<double> two{1, 2}, three{1, 2, 3}, negative{1, -2};
    CHECK_THROWS_AS(funnel(two, three), UsageError);
    CHECK_THROWS_AS(funnel(negative, two), UsageError);
    CHECK_THROWS_AS(funnel(two, negative), UsageError);
    CHECK_THROWS_AS(funnel(two, two, {.per = 0}), UsageError);
    CHECK_THROWS_AS(funnel(two, two, {.winsorised = 0.5}), UsageError);
    CHECK_THROWS_AS(funnel(two, two, {.baseline = -1.0}), UsageError);
    CHECK_THROWS_AS(parse_funnel_kind("rates"), UsageError);
    CHECK(parse_funnel_kind("proportion") == FunnelKind::proportion);
}
