#include "wardmap/report/impact_file.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace wardmap;

TEST_CASE("the example holds every key with its default") {
    const ImpactDefinition read = parse_impact_definition(impact_example(), "example.toml"), made;
    CHECK(definition_words(read) == definition_words(made));
    CHECK(read.seed == made.seed);
    CHECK(read.permutations == made.permutations);
    CHECK(read.level == made.level);
    CHECK(read.must_meet_share == made.must_meet_share);
    CHECK(read.exclude_proactive == made.exclude_proactive);
    CHECK(read.hexagon_m == 0);
    const ImpactDefinition nothing = parse_impact_definition("", "empty.toml");
    CHECK(definition_words(nothing) == definition_words(made));
}

TEST_CASE("what is written is read, paths from the file's folder") {
    const ImpactDefinition read = parse_impact_definition(R"(
name = "Priority places"
[units]
kind = "hexagons"
size_m = 400
[budget]
areas = 5
[measure]
use = "both"
per = "area"
years = 2
markers = ["alcohol", "drug"]
[harm]
weights = "weights/own.csv"
[method]
choose = "D"
[[exclude]]
unit = "E01009642"
reason = "Police station"
)",
                                                          "plans/areas.toml");
    CHECK(read.name == "Priority places");
    CHECK(read.hexagon_m == 400);
    CHECK(read.areas == 5);
    CHECK(read.measure == ImpactMeasure::both);
    CHECK(read.denominator == ImpactDenominator::area);
    CHECK(read.years == 2);
    CHECK(read.markers.size() == 2);
    CHECK(read.harm_weights == "plans/weights/own.csv");
    CHECK(read.method == ImpactMethod::growth);
    REQUIRE(read.exclude.size() == 1);
    CHECK(read.exclude[0].reason == "Police station");
}

TEST_CASE("faults name the key, the line and what there is") {
    const auto fault = [](const char* text) {
        try {
            (void)parse_impact_definition(text, "bad.toml");
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string("none");
    };
    CHECK(fault("[budget]\nresident_share = 0.2").find("did you mean 'residents_share'") !=
          std::string::npos);
    CHECK(fault("[budget]\nresidents_share = \"a\"").find("bad.toml") != std::string::npos);
    CHECK(fault("[budget]\nresidents_share = 2").find("residents_share") != std::string::npos);
    CHECK(fault("[method]\nchoose = \"F\"").find("rank") != std::string::npos);
    CHECK(fault("[area]\npopulation = [10]").find("two numbers") != std::string::npos);
    CHECK(fault("[[exclude]]\nunit = \"E1\"").find("reason") != std::string::npos);
    CHECK(fault("[deprivation]\ndeciles = [0]").find("deciles") != std::string::npos);
    CHECK(fault("= 3").find("no TOML") != std::string::npos);
    CHECK_THROWS_AS(read_impact_definition("/nowhere/x.toml"), FileMissing);
}
