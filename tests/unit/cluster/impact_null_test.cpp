#include "support/coventry_evidence.hpp"
#include "support/impact_city.hpp"
#include "wardmap/cluster/empirical_bayes.hpp"
#include "wardmap/cluster/getis_ord.hpp"
#include "wardmap/cluster/impact_choice.hpp"
#include "wardmap/indicator/adjust_p.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

enum class Drawn : unsigned char { towards_whole, not_at_all };

/// z of Gi* of rates, drawn towards the whole's or plain.
std::vector<double> z_of(const ImpactEvidence& city, const ImpactGround& ground, Drawn drawn) {
    std::vector<double> rates = empirical_bayes(city.events, city.residents).rates;
    if (drawn == Drawn::not_at_all)
        for (std::size_t u = 0; u < rates.size(); ++u) rates[u] = city.events[u] / city.residents[u];
    return getis_ord(rates, ground.neighbours(), {.kind = GetisOrdKind::gi_star, .threads = 1}).z;
}

enum class Tail : unsigned char { both, upper };

/// Whether any unit is clear at 0.05 after Benjamini and Hochberg.
struct Clear {
    bool high = false, low = false;
};
Clear clear(const std::vector<double>& z, Tail tail) {
    std::vector<double> p;
    for (const double one : z)
        p.push_back(tail == Tail::both ? std::erfc(std::abs(one) / std::sqrt(2.0))
                                       : std::erfc(one / std::sqrt(2.0)) / 2);
    const std::vector<double> adjusted = adjust_p(p, Adjustment::bh);
    Clear out;
    for (std::size_t u = 0; u < z.size(); ++u)
        if (adjusted[u] <= 0.05) (z[u] > 0 ? out.high : out.low) = true;
    return out;
}

/// Seeds 1 to this, as of the runs that methods B and C are held to (impact_choice_test.cpp).
constexpr int all_runs = 400;

/// Runs in which a unit is clear, by what is asked.
struct Named {
    int flat = 0;  ///< rates that vary no more than by chance: all are drawn to one value
    int high = 0, either = 0, one_sided = 0;
    int plain_high = 0, plain_either = 0, plain_one_sided = 0;
};

Named named(ImpactEvidence city, double mean, const std::vector<double>& risk) {
    const ImpactGround ground(city.units, Contiguity::queen);
    Named out;
    for (std::uint64_t run = 1; run <= all_runs; ++run) {
        draw_events(city, mean, risk, run);
        const std::vector<double> z = z_of(city, ground, Drawn::towards_whole),
                                  plain = z_of(city, ground, Drawn::not_at_all);
        out.flat += std::ranges::none_of(z, [](double one) { return std::isfinite(one); }) ? 1 : 0;
        const Clear two = clear(z, Tail::both), one = clear(z, Tail::upper),
                    plain_two = clear(plain, Tail::both), plain_one = clear(plain, Tail::upper);
        out.high += two.high ? 1 : 0;
        out.either += two.high || two.low ? 1 : 0;
        out.one_sided += one.high ? 1 : 0;
        out.plain_high += plain_two.high ? 1 : 0;
        out.plain_either += plain_two.high || plain_two.low ? 1 : 0;
        out.plain_one_sided += plain_one.high ? 1 : 0;
    }
    return out;
}

}  // namespace

TEST_CASE(
    "method B names one city in twenty where nothing is planted, as it would not if p counted both tails") {
    struct City {
        const char* name;
        ImpactEvidence evidence;
        double mean;  ///< events, times the unit's risk
        std::vector<double> risk;
    };
    const ImpactEvidence squares = square_city(10, 1500, 1, 0);
    std::vector<City> cities{
        {"100 squares of 1,500 people, 30 events each", squares, 30, std::vector<double>(100, 1)}};
    if (const ImpactEvidence coventry = testing::coventry_without_events(); coventry.units.size() > 0)
        cities.push_back({"Coventry's small areas, 20 events for each 1,000 people", coventry, 20.0 / 1000,
                          coventry.residents});
    for (const City& city : cities) {
        CAPTURE(city.name);
        const Named runs = named(city.evidence, city.mean, city.risk);
        MESSAGE(std::string(city.name)
                << ", of " << all_runs << " runs: flat " << runs.flat << "; high " << runs.high
                << ", high or low " << runs.either << ", high by one-sided p " << runs.one_sided
                << "; of plain rates high " << runs.plain_high << ", high or low " << runs.plain_either
                << ", high by one-sided p " << runs.plain_one_sided);
        // Three standard errors of 5% of the runs.
        const double give = 3 * std::sqrt(all_runs * 0.05 * 0.95), twentieth = 0.05 * all_runs;
        // Both tails of plain rates: the procedure holds the level it is given.
        CHECK(runs.plain_either == doctest::Approx(twentieth).epsilon(give / twentieth));
        // First reason: rates that vary no more than by chance, about every other run, are drawn to one.
        CHECK(runs.flat > 0.4 * all_runs);
        CHECK(runs.flat < 0.6 * all_runs);
        CHECK(runs.either < 0.75 * runs.plain_either);
        // Second reason: with p of both tails, half of 5% would go to low units, which are no candidates.
        CHECK(runs.high < runs.either);
        CHECK(runs.high < 0.75 * runs.one_sided);
        // As method B does it: p of the upper tail (docs/decisions/015).
        CHECK(runs.one_sided == doctest::Approx(twentieth).epsilon(give / twentieth));
    }
}
