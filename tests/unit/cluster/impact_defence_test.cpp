#include "wardmap/cluster/impact_defence.hpp"

#include "support/impact_city.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

constexpr std::size_t side = 8;

ImpactEvidence city_with_corner(double events, std::size_t years = 3) {
    ImpactEvidence city = square_city(side, 800, years, 10);
    for (const std::size_t u : {std::size_t{0}, std::size_t{1}, side, side + 1})
        for (std::size_t year = 0; year < years; ++year) city.events[u * years + year] = events;
    return city;
}

ImpactDefinition plain() {
    ImpactDefinition out;
    out.require_deprived = false;
    out.residents_share = 4.0 / 64;
    out.permutations = 99;
    return out;
}

struct Made {
    ImpactGround ground;
    ImpactChoice choice;
    Made(const ImpactEvidence& city, const ImpactDefinition& definition)
        : ground(city.units, definition.contiguity),
          choice(choose_impact_areas(city, ground, definition, view_of(city, definition))) {}
    std::vector<std::vector<AreaIndex>> areas() const {
        std::vector<std::vector<AreaIndex>> out;
        for (const ImpactArea& area : choice.areas) out.push_back(area.units);
        return out;
    }
};

}  // namespace

TEST_CASE("shares and ratios of an area follow from counts by hand") {
    const ImpactEvidence city = city_with_corner(50);
    const Made made(city, plain());
    REQUIRE(made.choice.areas.size() == 1);
    const ImpactScores scores = score_areas(city, made.ground, plain(), view_of(city, plain()), made.areas());
    // 4 units x 3 years x 50 = 600 events of 600 + 60 x 3 x 10 = 2,400; 4 of 64 units.
    CHECK(scores.set.events == 600);
    CHECK(scores.whole.events == 2400);
    CHECK(scores.set.event_share == doctest::Approx(0.25));
    CHECK(scores.set.area_share == doctest::Approx(4.0 / 64));
    CHECK(scores.set.pai == doctest::Approx(4));
    CHECK(scores.set.against_rest.ratio == doctest::Approx(5));  // 50 against 10 a unit and year
    CHECK(scores.rest.events + scores.set.events == scores.whole.events);
    CHECK(scores.areas[0].change.ratio == doctest::Approx(1));
    CHECK(change_words(scores.areas[0]).starts_with("no clear change (unchanged"));
    CHECK(std::isnan(scores.set.harm));
}

TEST_CASE("an area far above all else is robust, and every rerun is listed once") {
    const ImpactEvidence city = city_with_corner(80);
    const Made made(city, plain());
    const ImpactDefence defence = defend(city, made.ground, plain(), made.choice);
    REQUIRE(defence.standing.size() == 1);
    CHECK(defence.standing[0] == ImpactStanding::robust);
    std::set<std::string> seen;
    for (const ImpactScenario& scenario : defence.scenarios)
        CHECK(seen.insert(scenario.varied + scenario.to).second);
    CHECK(defence.scenarios.front().overlap == 1);
    // Harm, daytime people and the must-meet rule need what is not there: said, not passed over.
    CHECK(defence.left_out.size() == 4);
    // Chosen shares are shares of the reruns that were made.
    const auto n = static_cast<double>(defence.scenarios.size());
    for (const double share : defence.chosen_share)
        CHECK(share * n == doctest::Approx(std::round(share * n)));
}

TEST_CASE("an area that only the last year has is emerging, and in one of three single years") {
    ImpactEvidence city = square_city(side, 800, 3, 10);
    // Away from the first units, which single years without any difference begin with.
    for (const std::size_t u : {5 * side + 5, 5 * side + 6, 6 * side + 5, 6 * side + 6})
        city.events[u * 3 + 2] = 40;
    const Made made(city, plain());
    REQUIRE_FALSE(made.choice.areas.empty());
    const ImpactStability years = stability(city, made.ground, plain(), made.choice);
    REQUIRE(years.years.size() == 3);
    CHECK(years.in_year[0] == std::vector<bool>{false, false, true});
    CHECK(years.lasting[0] == "emerging");
    CHECK(years.overlap.size() == 2);
}

TEST_CASE("lasting words follow from the years an area is in") {
    const ImpactEvidence city = city_with_corner(60);
    const Made made(city, plain());
    CHECK(stability(city, made.ground, plain(), made.choice).lasting[0] == "persistent");
    const ImpactEvidence one_year = city_with_corner(60, 1);
    const Made once(one_year, plain());
    CHECK(stability(one_year, once.ground, plain(), once.choice).lasting[0].empty());
}

TEST_CASE("one year ahead: chosen on the years before, scored on the last, against the best") {
    const ImpactEvidence city = city_with_corner(60);
    const ImpactGround ground(city.units, Contiguity::queen);
    const ImpactForward made = forward(city, ground, plain());
    REQUIRE(made.possible);
    CHECK(std::ranges::count(made.chosen, true) == 4);
    CHECK(made.pei == doctest::Approx(1));  // nothing could have done better
    CHECK(made.event_share == doctest::Approx(240.0 / (240 + 600)));
    CHECK(made.chosen_on == "year to June 2020 to year to June 2021");
    CHECK_FALSE(forward(city_with_corner(60, 1), ground, plain()).possible);
}

TEST_CASE("membership is near 1 for what stands out, and the same whoever draws") {
    const ImpactEvidence city = city_with_corner(60);
    const ImpactGround ground(city.units, Contiguity::queen);
    const std::vector<double> first = membership(city, ground, plain(), 40),
                              again = membership(city, ground, plain(), 40);
    CHECK(first == again);
    CHECK(first[0] == 1);
    CHECK(first[side + 1] == 1);
    CHECK(first[40] < 0.2);
}

TEST_CASE("units near the line are named with their margin") {
    ImpactEvidence city = city_with_corner(60);
    const ImpactGround ground(city.units, Contiguity::queen);
    const ImpactChoice choice = choose_impact_areas(city, ground, plain(), view_of(city, plain()));
    const std::vector<ImpactBorderline> near = borderline(choice, city.units.size(), 2);
    REQUIRE(near.size() == 4);
    CHECK(near[0].inside);
    CHECK(near[1].inside);
    CHECK(near[1].margin == doctest::Approx(0));
    CHECK_FALSE(near[2].inside);
    CHECK(near[2].margin == doctest::Approx(10.0 / 60 - 1));
}

TEST_CASE("on other units a unit counts by the share of its surface that is chosen") {
    const ImpactEvidence city = city_with_corner(80);
    const Made made(city, plain());
    // The same city on units of twice the side, whose first holds the four units of the corner.
    ImpactOtherUnits other;
    other.to = "twice the side";
    other.evidence = square_city(side / 2, 3200, 3, 40);
    for (std::size_t year = 0; year < 3; ++year) other.evidence.events[year] = 320;
    AreaSetParts parts = other.evidence.units.parts();
    for (std::size_t u = 0; u < parts.shapes.size(); ++u)
        parts.shapes[u] =
            box_shape(1000 * static_cast<double>(u % 4), 1000 * static_cast<double>(u / 4), 1000, 1000);
    other.evidence.units = AreaSet(std::move(parts));
    other.parts = parts_by_surface(city.units, other.evidence.units);
    const std::vector<ImpactOtherUnits> others{other};
    const ImpactDefence defence = defend(city, made.ground, plain(), made.choice, others);
    const auto found = std::ranges::find(defence.scenarios, "units", &ImpactScenario::varied);
    REQUIRE(found != defence.scenarios.end());
    CHECK(found->to == "twice the side");
    CHECK(found->overlap == doctest::Approx(1));
    CHECK(found->chosen[0] == doctest::Approx(1));
    CHECK(found->chosen[40] == doctest::Approx(0));
    CHECK(found->resident_share == doctest::Approx(1.0 / 16));
}

TEST_CASE("by harm, one of the gravest offence less is a rerun; kinds found by police another") {
    ImpactEvidence city = square_city(side, 800, 1, 10);
    city.kinds = {"Theft", "Homicide", "Possession of drugs"};
    std::vector<double> events;
    for (std::size_t u = 0; u < side * side; ++u) {
        events.push_back(10);
        events.push_back(u == 0 ? 1 : 0);
        events.push_back(5);
    }
    city.events = events;
    city.weights = {1, 1000, 3};
    ImpactDefinition by_harm = plain();
    by_harm.measure = ImpactMeasure::harm;
    by_harm.residents_share = 2.0 / 64;
    const Made made(city, by_harm);
    REQUIRE_FALSE(made.choice.areas.empty());
    const ImpactDefence defence = defend(city, made.ground, by_harm, made.choice);
    std::set<std::string> seen;
    for (const ImpactScenario& scenario : defence.scenarios)
        seen.insert(scenario.varied + ": " + scenario.to);
    CHECK(seen.contains("gravest offence: one less in each area"));
    CHECK(seen.contains("kinds: without Possession of drugs"));
}
