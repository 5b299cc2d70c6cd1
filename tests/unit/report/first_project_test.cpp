#include "wardmap/report/first_project.hpp"

#include "support/temp_dir.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/report/project.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace wardmap;

namespace {

const std::string data = WARDMAP_SOURCE_DIR "/examples/coventry/data/";

Project parsed(const FirstProject& made) {
    return parse_project(made.text, WARDMAP_SOURCE_DIR "/project.toml");
}

FirstProject made_of(const std::vector<std::string>& inputs, const std::string& areas = {}) {
    return first_project({inputs, areas, WARDMAP_SOURCE_DIR});
}

}  // namespace

TEST_CASE("first project: the assessment's own tables are understood as its project file has them") {
    const FirstProject made = made_of(
        {data + "needs_assessment/offences_by_ward.csv", data + "needs_assessment/offences_by_type.csv",
         data + "needs_assessment/needle_finds_by_ward.csv", data + "coventry_ward_population_mid2020.csv"});
    const Project project = parsed(made);
    CHECK(project.areas == "coventry-wards");
    REQUIRE(project.tables.size() == 1);
    CHECK(project.tables[0].area == "ward");
    CHECK(project.tables[0].from == "yt_june_2021");
    CHECK(project.tables[0].to == "yt_june_2022");
    CHECK(project.tables[0].by == std::vector<std::string>{"marker", "offence"});
    REQUIRE(project.breakdowns.size() == 1);
    CHECK(project.breakdowns[0].row == "offence");
    CHECK(project.breakdowns[0].by == std::vector<std::string>{"marker"});
    REQUIRE(project.finds.size() == 1);
    CHECK(project.finds[0].periods ==
          std::vector<std::string>{"yt_july_2020", "yt_july_2021", "yt_july_2022"});
    REQUIRE(project.population.has_value());
    CHECK(project.population->column == "all_ages");
    CHECK(project.population->year == "mid-2020");
    CHECK(made.problems.all().empty());
}

TEST_CASE("first project: events get their months, with the way to tables by area beside them") {
    const FirstProject made =
        made_of({WARDMAP_SOURCE_DIR "/examples/simulated-events/data/invented_street.csv"});
    const Project project = parsed(made);
    REQUIRE(project.events.size() == 1);
    REQUIRE(project.months.size() == 1);
    CHECK(project.months[0].events == project.events[0].id);
    CHECK(made.text.find("# by = \"Crime type\"") != std::string::npos);
}

TEST_CASE("first project: columns out of order come oldest first, hostile names stay text") {
    const TempDir folder;
    const std::string path =
        folder.file("my \"counts\".csv", "ward name,2022,2021\nBablake,3,1\nFoleshill,5,2\nHenley,1,1\n");
    const Project project = parsed(made_of({path}));
    REQUIRE(project.tables.size() == 1);
    CHECK(project.tables[0].from == "2021");
    CHECK(project.tables[0].to == "2022");
    CHECK(project.tables[0].by.empty());
    CHECK(project.tables[0].file.path.filename() == "my \"counts\".csv");
}

TEST_CASE(
    "first project: a table of which nothing can be made is named with its columns, and alone is an error") {
    const TempDir folder;
    const std::string odd = folder.file("odd.csv", "colour,size\nred,1\nblue,2\n");
    const FirstProject made = made_of({data + "needs_assessment/offences_by_ward.csv", odd});
    REQUIRE(made.problems.all().size() == 1);
    CHECK(made.problems.all()[0].code == "not_used");
    CHECK(made.problems.all()[0].where.file == odd);
    CHECK(made.problems.all()[0].examples[0].find("colour, size") != std::string::npos);
    CHECK_THROWS_AS((void)made_of({odd}), InputError);
}

TEST_CASE("first project: a table that indicators made is no table of people") {
    const TempDir folder;
    const std::string made_before = folder.file("violence.csv",
                                                "area_code,area_name,population,rate,rate_compared,"
                                                "quadrant\nE05001218,Bablake,100,1,lower,low_slower\n");
    const FirstProject made = made_of({data + "needs_assessment/offences_by_ward.csv", made_before});
    CHECK_FALSE(parsed(made).population.has_value());
    REQUIRE(made.problems.all().size() == 1);
    CHECK(made.problems.all()[0].where.file == made_before);
}
