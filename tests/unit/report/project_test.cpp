#include "wardmap/report/project.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <functional>

using namespace wardmap;

namespace {

const std::string head = "[report]\ntitle = 'T'\nareas = 'coventry-wards'\n";
const std::string table =
    "[[table]]\nid = '{marker}-{offence}'\nfile = 'data/offences.csv'\narea = 'ward'\nfrom = 'a'\nto = 'b'\n"
    "by = ['marker', 'offence']\nmeasure = '{marker}-marked {offence}'\n";

std::string message_of(const std::string& toml) {
    try {
        parse_project(toml, "/home/me/city.toml");
    } catch (const Error& error) {
        return error.what();
    }
    return "read without a word";
}

}  // namespace

TEST_CASE("project: the Coventry project reads, and its paths count from where it lies") {
    const Project project = read_project(WARDMAP_SOURCE_DIR "/examples/coventry/coventry.toml");
    CHECK(project.areas == "coventry-wards");
    REQUIRE(project.population);
    CHECK(std::filesystem::exists(project.population->file.path));
    REQUIRE(project.tables.size() == 1);
    CHECK(std::filesystem::exists(project.tables[0].file.path));
    CHECK(project.deprivation.size() == 2);
}

TEST_CASE("project: parts that are left out have their defaults") {
    const Project project = parse_project(head + table, "/home/me/city.toml");
    REQUIRE(project.tables.size() == 1);
    CHECK(project.tables[0].file.path == "/home/me/data/offences.csv");
    CHECK(project.tables[0].draw.size() == 5);
    CHECK(project.per == 100000);
    CHECK(project.small_numbers == "none");
    CHECK_FALSE(project.population);
}

TEST_CASE("project: areas with a dot or slash are a file beside the project, others a built-in name") {
    CHECK(parse_project("[report]\ntitle='T'\nareas='wards.gpkg'\n" + table, "/home/me/p.toml").areas ==
          "/home/me/wards.gpkg");
    CHECK(parse_project(head + table, "/home/me/p.toml").areas == "coventry-wards");
}

TEST_CASE("project: a misspelt key is refused with its line and the nearest key") {
    CHECK(
        message_of(head + "[[table]]\nid = 'x'\nfle = 'a.csv'\nfile='b'\nfrom='a'\nto='b'\nmeasure='m'\n") ==
        "/home/me/city.toml, row 6: 'fle' is no key of [[table]]; did you mean 'file'?");
    CHECK(message_of(head + "[popluation]\nfile = 'p.csv'\n").find("did you mean 'population'") !=
          std::string::npos);
    CHECK(message_of(head + table + "draw = ['rate map']\n").find("rate-map") != std::string::npos);
}

TEST_CASE("project: what is missing or of the wrong kind is said with its line") {
    CHECK(message_of(head + "[[table]]\nid = 'x'\n").find("row 4: [[table]] has no 'file'") !=
          std::string::npos);
    CHECK(message_of(head + "level = '95'\n" + table).find("row 4: 'level' of [report] should be a number") !=
          std::string::npos);
    CHECK(message_of("[report]\ntitle = \n").find("row 2") != std::string::npos);
    CHECK(message_of("title = 'x'").find("[report]") != std::string::npos);
    CHECK(message_of(head).find("names no data") != std::string::npos);
    CHECK(message_of("").find("[report]") != std::string::npos);
}

TEST_CASE("project: one id for several tables is refused") {
    const std::string one_id =
        head + "[[table]]\nid = 'x'\nfile='b'\nfrom='a'\nto='b'\nmeasure='m'\nby='offence'\n";
    CHECK(message_of(one_id).find("put {offence} into it") != std::string::npos);
}

TEST_CASE("project: templates take a group's values, capitals in lower case") {
    const std::vector<std::pair<std::string, std::string>> values{{"marker", "alcohol"},
                                                                  {"offence", "VIOLENCE WITH INJURY"}};
    CHECK(fill_template("{marker}-marked {offence}", values) == "alcohol-marked violence with injury");
    CHECK(fill_template("plain { text", values) == "plain { text");
    CHECK_THROWS_AS(fill_template("{offense}", values), NameUnknown);
    CHECK(fill_template("{x}", {{"x", "St Michael's"}}) == "St Michael's");
}

TEST_CASE("project: ids are plain") {
    CHECK(id_from("alcohol-VIOLENCE WITHOUT INJURY") == "alcohol-violence-without-injury");
    CHECK(id_from("PUBLIC FEAR, ALARM OR DISTRESS ") == "public-fear-alarm-or-distress");
    CHECK(id_from("St Michael's") == "st-michaels");
}

TEST_CASE("project: a file that is not there is a missing file") {
    CHECK_THROWS_AS(read_project("/nowhere/p.toml"), FileMissing);
    CHECK_THROWS_AS(read_project("/"), FileMissing);
}
