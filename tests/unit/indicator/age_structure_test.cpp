#include "wardmap/indicator/age_structure.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/ward_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_cells;
using wardmap::testing::csv_rows;
using wardmap::testing::CsvRow;
using wardmap::testing::number_in;

namespace {

AgeCounts coventry() {
    AgeCounts counts;
    const auto rows = csv_rows("examples/coventry/data/coventry_ward_population_mid2020.csv");
    for (const CsvRow& row : rows) {
        counts.codes.push_back(row.at("ward_code"));
        counts.names.push_back(row.at("ward_name"));
    }
    for (const auto& [name, unused] : rows.at(0)) {
        const bool all = name == "all_ages";
        if (!all && !parse_age_column(name)) continue;
        std::vector<double> cells;
        for (const CsvRow& row : rows) cells.push_back(number_in(row, name));
        if (all)
            counts.all_ages = Column::numbers(name, cells);
        else
            counts.ages.push_back(Column::numbers(name, cells));
    }
    return counts;
}

double claim(const std::string& wanted) {
    for (const CsvRow& row : csv_rows("examples/coventry/data/needs_assessment/published_claims.csv")) {
        if (row.at("claim") == wanted) return number_in(row, "value");
    }
    FAIL("no such published claim: " << wanted);
    return 0;
}

AgeCounts one_ward(std::vector<std::string> names, std::vector<double> people) {
    AgeCounts counts;
    counts.codes = {"E1"};
    counts.names = {"One"};
    for (std::size_t i = 0; i < names.size(); ++i)
        counts.ages.push_back(Column::numbers(names[i], {people[i]}));
    return counts;
}

}  // namespace

TEST_CASE("age structure: 46% of Bablake and 11% of St Michael's are 45 and over, of 379,387 people") {
    Problems problems;
    const Table table =
        age_structure(coventry(), parse_age_bands("0-14,15-24,25-44,45-64,65+"), {}, problems);
    CHECK(problems.empty());
    const std::size_t total = total_row(table).value();
    CHECK(table.column("all_ages").number(total) == claim("population of Coventry mid-2020"));
    for (const std::size_t row : area_rows(table)) {
        const double share =
            100 * people_from_age(table, row, 45).value() / table.column("all_ages").number(row);
        const std::string& ward = table.column("area_name").text(row);
        if (ward == "Bablake") CHECK(round_half_away(share, 0) == claim("share aged 45 and over in Bablake"));
        if (ward == "St Michael's")
            CHECK(round_half_away(share, 0) == claim("share aged 45 and over in St Michael's"));
        double people = 0;
        double shares = 0;
        for (const AgeBand& band : bands_of(table)) {
            people += table.column("age_" + band.key()).number(row);
            shares += table.column("share_" + band.key()).number(row);
        }
        CHECK(people == table.column("all_ages").number(row));
        CHECK(shares == doctest::Approx(100));
    }
    CHECK(table.find("share_65_plus") != nullptr);
    CHECK_FALSE(people_from_age(table, 0, 50).has_value());
    const Table own = age_structure(coventry(), {}, {}, problems);
    CHECK(bands_of(own).size() == 19);
    CHECK(bands_of(own).front() == AgeBand{0, 4});
}

TEST_CASE("age structure: a band that five-year groups cannot make is refused with the nearest they can") {
    Problems problems;
    const AgeCounts counts = coventry();
    try {
        age_structure(counts, parse_age_bands("0-15,16-24,25-64,65+"), {}, problems);
        FAIL("0-15 cannot be made of five-year groups");
    } catch (const UsageError& error) {
        CHECK(error.what_happened() == "the table's age groups cannot make 0-15");
        CHECK(error.what_to_do() == "the nearest bands they make are 0-14, 15-24, 25-64, 65+");
    }
}

TEST_CASE("age structure: single years make any band") {
    std::vector<std::string> names;
    std::vector<double> people;
    for (int age = 0; age < 90; ++age) {
        names.push_back("age_" + std::to_string(age));
        people.push_back(age);
    }
    names.push_back("age_90_plus");
    people.push_back(7);
    Problems problems;
    const Table table =
        age_structure(one_ward(names, people), parse_age_bands("0-15,16-24,90+"), {}, problems);
    CHECK(table.column("age_0_15").number(0) == 120);
    CHECK(table.column("age_16_24").number(0) == 180);
    CHECK(table.column("age_90_plus").number(0) == 7);
}

TEST_CASE("age structure: ages that do not add up, overlap or are not there are said") {
    Problems problems;
    AgeCounts counts = one_ward({"age_0_4", "age_5_plus"}, {10, 20});
    counts.all_ages = Column::numbers("all_ages", {31});
    counts.origin = {"pop.csv", "", {2}};
    const Table table = age_structure(counts, {}, {}, problems);
    CHECK(problems.count("ages_do_not_add_up") == 1);
    CHECK(problems.all()[0].where.text() == "pop.csv, row 2, column all_ages, area E1");
    CHECK(problems.all()[0].examples[0] == "One: 30 and 31");
    CHECK(table.column("all_ages").number(0) == 30);
    CHECK_THROWS_AS(age_structure(one_ward({"age_0_4", "age_3"}, {1, 2}), {}, {}, problems), UsageError);
    CHECK_THROWS_AS(age_structure(one_ward({}, {}), {}, {}, problems), UsageError);
    const Table gap = age_structure(
        one_ward({"age_0_4", "age_5_plus"}, {std::numeric_limits<double>::quiet_NaN(), 5}), {}, {}, problems);
    CHECK(gap.column("share_0_4").state(0) == CellState::missing);
}

TEST_CASE("age structure: columns of ages are known by many names") {
    const AgeBand young{0, 4};
    const AgeBand old{90, std::nullopt};
    for (const char* name :
         {"age_0_4", "Aged 0-4", "0-4", "0 to 4", "Age 0 to 4", "0\u20134", "aged 4 years and under"}) {
        CAPTURE(name);
        CHECK(parse_age_column(name) == young);
    }
    for (const char* name :
         {"age_90_plus", "90+", "Aged 90 and over", "Age 90+", "90 and over", "Aged 90 years and over"}) {
        CAPTURE(name);
        CHECK(parse_age_column(name) == old);
    }
    CHECK(parse_age_column("age_7") == AgeBand{7, 7});
    for (const char* name : {"2020", "2020_2021", "all_ages", "ward", "7", "age", "", "rate_2", "age_9_3"}) {
        CAPTURE(name);
        CHECK_FALSE(parse_age_column(name).has_value());
    }
    CHECK(AgeBand{65, std::nullopt}.label() == "65 and over");
    CHECK(AgeBand{0, 14}.label() == "0 to 14");
    CHECK(AgeBand{7, 7}.key() == "7");
    CHECK_THROWS_AS(parse_age_bands("0-15,10-20"), UsageError);
    CHECK_THROWS_AS(parse_age_bands("young"), UsageError);
    CHECK_THROWS_AS(parse_age_bands(""), UsageError);
}
