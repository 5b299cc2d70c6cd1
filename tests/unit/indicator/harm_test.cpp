#include "wardmap/indicator/harm.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

using Texts = std::vector<std::string>;

Table weights_table(Texts kinds, Texts weights, Texts proactive) {
    const std::size_t rows = kinds.size();
    return Table({Column::text("offence", std::move(kinds)), Column::text("weight", std::move(weights)),
                  Column::text("proactive", std::move(proactive)),
                  Column::text("weights_name", Texts(rows, "Made-up days")),
                  Column::text("weights_version", Texts(rows, "2022"))});
}

HarmWeights three_weights() {
    Problems problems;
    return harm_weights(weights_table({"Homicide", "Burglary", "Possession of drugs"}, {"5,475", "20", "2"},
                                      {"no", "no", "yes"}),
                        {}, {}, {}, problems);
}

}  // namespace

TEST_CASE("harm: weights carry name, version and which kinds are found proactively") {
    const HarmWeights made = three_weights();
    CHECK(made.name == "Made-up days");
    CHECK(made.version == "2022");
    CHECK(made.weights == std::vector<double>{5475, 20, 2});
    CHECK(made.proactive == std::vector<bool>{false, false, true});
    Problems problems;
    const Table nameless({Column::text("kind", {"a"}), Column::text("weight", {"1"})});
    CHECK_THROWS_AS(harm_weights(nameless, {}, "", "", problems), InputError);
    CHECK_THROWS_AS(harm_weights(nameless, {}, "CCHI", "", problems), InputError);
    CHECK(harm_weights(nameless, {}, "CCHI", "May 2023", problems).version == "May 2023");
}

TEST_CASE("harm: weights that cannot be used are counted, and named columns are taken") {
    Problems problems;
    const HarmWeights made = harm_weights(
        weights_table({"a", "b", "c", "A", "a"}, {"5", "", "-2", "5", "6"}, {"y", "n", "n", "maybe", "n"}),
        {}, {}, {}, problems);
    CHECK(made.kinds == Texts{"a"});
    CHECK(problems.count("weight_missing") == 2);
    CHECK(problems.count("weight_conflict") == 1);
    const Table other({Column::text("what", {"x"}), Column::text("points", {"3"})});
    CHECK(harm_weights(other, {.kind = "what", .weight = "points"}, "n", "v", problems).weights[0] == 3);
    CHECK_THROWS_AS(harm_weights(other, {}, "n", "v", problems), InputError);
    CHECK_THROWS_AS(harm_weights(other, {.kind = "wat"}, "n", "v", problems), NameUnknown);
    const Table none({Column::text("kind", {"a"}), Column::text("weight", {"many"})});
    CHECK_THROWS_AS(harm_weights(none, {}, "n", "v", problems), InputError);
}

TEST_CASE("harm: the weights reported by the press are read as they are") {
    const std::string file = "../shared/data/weights/crime_severity_2016_partial.csv";
    const auto rows = wardmap::testing::csv_rows(file);
    if (rows.empty()) return;
    Texts kinds, weights;
    for (const auto& row : rows) {
        kinds.push_back(row.at("offence"));
        weights.push_back(row.at("ons_crime_severity_weight_2016"));
    }
    Problems problems;
    const HarmWeights made = harm_weights(
        Table({Column::text("offence", kinds), Column::text("ons_crime_severity_weight_2016", weights)}), {},
        "ONS Crime Severity Score", "2016, partial", problems);
    CHECK(made.weights == std::vector<double>{7979, 4663, 3});
}

TEST_CASE("harm: one grave event may make a harm spot, and its share says so") {
    Problems problems;
    const std::vector<AreaIndex> areas{0, 0, 0, 1, 1, no_area};
    const Texts kinds{"BURGLARY", "Possession of Drugs", "homicide", "Burglary", "Fraud", "Homicide"};
    const std::vector<double> counts{10, 50, 1, 30, 4, 3};
    const auto made = harm_of(areas, kinds, counts, 3, three_weights(), ProactiveEvents::left_out, problems);
    CHECK(made[0].harm == 10 * 20 + 5475);
    CHECK(made[0].events == 11);
    CHECK(made[0].left_out == 50);
    CHECK(made[0].gravest_share == doctest::Approx(5475 / 5675.0));
    CHECK(made[0].gravest_kind == "homicide");
    CHECK(made[1].harm == 600);
    CHECK(made[1].unweighted == 4);
    CHECK(made[1].gravest_share == doctest::Approx(1 / 30.0));
    CHECK(made[0].share + made[1].share == doctest::Approx(1));
    CHECK(made[2].harm == 0);
    CHECK(std::isnan(made[2].gravest_share));
    CHECK(problems.count("kind_without_weight") == 4);
    CHECK(problems.count("proactive_left_out") == 50);
    const auto counted =
        harm_of(areas, kinds, counts, 3, three_weights(), ProactiveEvents::counted, problems);
    CHECK(counted[0].harm == 10 * 20 + 5475 + 100);
}

TEST_CASE("harm: weights on police.uk's broad categories are warned of") {
    Problems problems;
    const HarmWeights weights{
        "n", "v", {"Violence and sexual offences", "Robbery"}, {100, 50}, {false, false}};
    const std::vector<AreaIndex> areas{0, 0};
    harm_of(areas, Texts{"Violence and sexual offences", "Robbery"}, std::vector<double>{7, 2}, 1, weights,
            ProactiveEvents::left_out, problems);
    CHECK(problems.count("broad_kinds") == 7);
    CHECK(problems.serious());
}

TEST_CASE("harm: no harm anywhere has no shares; a negative count is refused") {
    Problems problems;
    const auto made = harm_of({}, {}, {}, 2, three_weights(), ProactiveEvents::counted, problems);
    CHECK(std::isnan(made[0].share));
    const std::vector<AreaIndex> areas{0};
    CHECK_THROWS_AS(harm_of(areas, Texts{"Burglary"}, std::vector<double>{-1}, 1, three_weights(),
                            ProactiveEvents::counted, problems),
                    UsageError);
}
