#include "wardmap/indicator/deprivation.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/ward_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::CsvRow;
using wardmap::testing::number_in;

namespace {

struct Coventry {
    RowsInAreas rows{};
    SmallAreaDeprivation values{};
};

Coventry coventry(const std::string& decile) {
    Coventry city;
    std::map<std::string, AreaIndex> index;
    for (const CsvRow& row : csv_rows("examples/coventry/data/coventry_ward_population_mid2020.csv")) {
        index[row.at("ward_code")] = static_cast<AreaIndex>(city.rows.codes.size());
        city.rows.codes.push_back(row.at("ward_code"));
        city.rows.names.push_back(row.at("ward_name"));
    }
    std::vector<double> deciles, people;
    for (const CsvRow& row : csv_rows("examples/coventry/data/coventry_lsoa_deprivation.csv")) {
        city.rows.area_of_row.push_back(index.at(row.at("ward_code")));
        city.rows.row_names.push_back(row.at("lsoa_code"));
        deciles.push_back(number_in(row, decile));
        people.push_back(number_in(row, "population_mid2020"));
    }
    city.values.decile = Column::numbers(decile, deciles);
    city.values.population = Column::numbers("population_mid2020", people);
    return city;
}

std::string claim(const std::string& wanted, const std::string& column) {
    for (const CsvRow& row : csv_rows("examples/coventry/data/needs_assessment/published_claims.csv")) {
        if (row.at("claim") == wanted) return row.at(column);
    }
    FAIL("no such published claim: " << wanted);
    return {};
}

}  // namespace

TEST_CASE("deprivation: 28 and 36 of Coventry's 195 small areas are in decile 1 of 2019 and 2015") {
    Problems problems;
    const Coventry now = coventry("imd2019_decile");
    const Coventry then = coventry("imd2015_decile");
    const Table t2019 = deprivation_table(now.rows, now.values, {}, problems);
    const Table t2015 = deprivation_table(then.rows, then.values, {}, problems);
    const std::size_t total = total_row(t2019).value();
    const std::string note = claim("share of neighbourhoods among the 10% most deprived", "note");
    CHECK(note.find("36 of 195 in the 2015 index (18.5); 28 of 195 in the 2019 index (14.4)") !=
          std::string::npos);
    CHECK(t2019.column("small_areas").number(total) == 195);
    CHECK(t2019.column("small_areas_decile_1").number(total) == 28);
    CHECK(t2015.column("small_areas_decile_1").number(total) == 36);
    CHECK(round_half_away(t2019.column("share_small_areas_decile_1").number(total), 1) == 14.4);
    CHECK(round_half_away(t2015.column("share_small_areas_decile_1").number(total), 1) == 18.5);
    CHECK(t2019.column("people").number(total) ==
          std::stod(claim("population of Coventry mid-2020", "value")));
    CHECK(problems.empty());
}

TEST_CASE("deprivation: counts by decile equal the reference and wards add up to the city") {
    Problems problems;
    const Coventry city = coventry("imd2019_decile");
    const Table table = deprivation_table(city.rows, city.values, {}, problems);
    for (const CsvRow& row : csv_rows("../shared/data/reference/imd2019_coventry_lsoa_counts.csv")) {
        const auto deciles = city.values.decile.numbers();
        CAPTURE(row.at("decile"));
        CHECK(std::count(deciles.begin(), deciles.end(), number_in(row, "decile")) ==
              std::stol(row.at("coventry_lsoas_imd")));
    }
    double people = 0;
    double small_areas = 0;
    for (const std::size_t row : area_rows(table)) {
        people += table.column("people_decile_1_2").number(row);
        small_areas += table.column("small_areas").number(row);
        const double mean = table.column("mean_decile").number(row);
        CHECK(mean >= 1);
        CHECK(mean <= 10);
    }
    const std::size_t total = total_row(table).value();
    CHECK(people == table.column("people_decile_1_2").number(total));
    CHECK(small_areas == 195);
}

TEST_CASE("deprivation: plain and weighted means, scores and shares by hand") {
    RowsInAreas rows;
    rows.codes = {"E1", "E2"};
    rows.names = {"One", "Two"};
    rows.area_of_row = {0, 0, 0, 1};
    SmallAreaDeprivation values;
    values.decile = Column::numbers("decile", {1, 2, 6, 10});
    values.population = Column::numbers("people", {3000, 1000, 0, 2000});
    values.score = Column::numbers("score", {40, 20, 10, 1});
    Problems problems;
    const Table table = deprivation_table(rows, values, {}, problems);
    CHECK(table.column("mean_decile").number(0) == 3);
    CHECK(table.column("mean_decile_weighted").number(0) == 1.25);
    CHECK(table.column("mean_score").number(0) == 35);
    CHECK(table.column("share_people_decile_1").number(0) == 75);
    CHECK(table.column("share_people_decile_1_2").number(0) == 100);
    CHECK(table.column("share_small_areas_decile_1_2").number(2) == 50);
    CHECK(table.column("area_name").text(2) == "Total");
    values.population.reset();
    values.score.reset();
    const Table plain = deprivation_table(rows, values, {}, problems);
    CHECK(plain.column("mean_decile_weighted").state(0) == CellState::undefined);
    CHECK(plain.column("people").state(0) == CellState::undefined);
    CHECK(plain.column("mean_decile").number(0) == 3);
}

TEST_CASE("deprivation: rows that cannot be used are counted, not averaged") {
    RowsInAreas rows;
    rows.codes = {"E1", "E2"};
    rows.names = {"One", "Two"};
    rows.area_of_row = {0, 0, no_area, 0};
    rows.row_names = {"a", "b", "c", "d"};
    SmallAreaDeprivation values;
    values.decile = Column::numbers("rank", {4, 32844, 5, std::numeric_limits<double>::quiet_NaN()});
    Problems problems;
    const Table table = deprivation_table(rows, values, {}, problems);
    CHECK(table.column("mean_decile").number(0) == 4);
    CHECK(table.column("mean_decile").state(1) == CellState::undefined);
    CHECK(problems.count("decile_impossible") == 1);
    CHECK(problems.count("rows_in_no_area") == 1);
    CHECK(problems.count("value_missing") == 1);
}

TEST_CASE("deprivation: published deciles equal the index's, and the OHID rule differs at eight ranks") {
    for (const CsvRow& row : csv_rows("../shared/data/reference/imd2019_rank_to_decile.csv")) {
        CAPTURE(row.at("rank_1_most_deprived"));
        const double rank = number_in(row, "rank_1_most_deprived");
        CHECK(published_decile(rank, 32844) == std::stoi(row.at("published_decile")));
        CHECK(area_quantile(static_cast<std::size_t>(rank), 32844, 10) ==
              std::stoi(row.at("ohid_quantile_formula")));
    }
    std::vector<std::size_t> differ;
    for (std::size_t rank = 1; rank <= 32844; ++rank) {
        if (area_quantile(rank, 32844, 10) != published_decile(static_cast<double>(rank), 32844))
            differ.push_back(rank);
    }
    CHECK(differ == std::vector<std::size_t>{3285, 6569, 9854, 13138, 19707, 22991, 26276, 29560});
    CHECK_THROWS_AS(published_decile(0, 10), UsageError);
    CHECK_THROWS_AS(published_decile(11, 10), UsageError);
    CHECK_THROWS_AS(area_quantile(5, 4, 2), UsageError);
    Problems problems;
    const Column deciles =
        published_deciles(Column::numbers("rank", {1, 32844, 40000}), 32844, "decile", problems);
    CHECK(deciles.number(1) == 10);
    CHECK(deciles.state(2) == CellState::missing);
    CHECK(problems.count("rank_impossible") == 1);
}

TEST_CASE("deprivation: quantile groups of values, ties together, none where areas are too few") {
    const std::vector<double> values{4, 1, 2, 3};
    CHECK(area_quantiles(values, 2, QuantileOrder::low_first) == std::vector<int>{2, 1, 1, 2});
    CHECK(area_quantiles(values, 2, QuantileOrder::high_first) == std::vector<int>{1, 2, 2, 1});
    CHECK(area_quantiles(values, 5, QuantileOrder::low_first) == std::vector<int>{0, 0, 0, 0});
    const std::vector<double> tied{1, 1, std::numeric_limits<double>::quiet_NaN(), 5};
    CHECK(area_quantiles(tied, 2, QuantileOrder::low_first) == std::vector<int>{1, 1, 0, 2});
}
