#include "wardmap/indicator/shares.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/number_text.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::CsvRow;
using wardmap::testing::number_in;

namespace {

double claim(const std::string& wanted) {
    for (const CsvRow& row : csv_rows("examples/coventry/data/needs_assessment/published_claims.csv")) {
        if (row.at("claim") == wanted) return number_in(row, "value");
    }
    FAIL("no such published claim: " << wanted);
    return 0;
}

}  // namespace

TEST_CASE("shares: the needle table comes out equal: 322 finds, St Michael's 45%, Foleshill 16%") {
    const auto rows = csv_rows("examples/coventry/data/needs_assessment/needle_finds_by_ward.csv");
    PeriodCounts counts;
    std::vector<double> y20, y21, y22;
    for (const CsvRow& row : rows) {
        if (row.at("ward") == "Total") continue;
        counts.codes.push_back("code of " + row.at("ward"));
        counts.names.push_back(row.at("ward"));
        y20.push_back(number_in(row, "yt_july_2020"));
        y21.push_back(number_in(row, "yt_july_2021"));
        y22.push_back(number_in(row, "yt_july_2022"));
    }
    counts.periods = {Column::numbers("yt_july_2020", y20), Column::numbers("yt_july_2021", y21),
                      Column::numbers("yt_july_2022", y22)};
    TableMeta meta;
    meta.unit = "finds";
    Problems problems;
    const Table ours = period_table(counts, meta, problems);
    REQUIRE(ours.row_count() == rows.size());
    REQUIRE(rows.size() == 19);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        CAPTURE(rows[row].at("ward"));
        CHECK(ours.column("area_name").text(row) == rows[row].at("ward"));
        for (const char* name : {"yt_july_2020", "yt_july_2021", "yt_july_2022", "total"}) {
            CHECK(ours.column(name).number(row) == number_in(rows[row], name));
        }
        if (rows[row].at("ward") == "St Michael's") {
            CHECK(round_half_away(ours.column("share").number(row), 0) ==
                  claim("St Michael's share of needle finds over three years"));
            CHECK(ours.column("rank").number(row) == 1);
        }
        if (rows[row].at("ward") == "Foleshill") {
            CHECK(round_half_away(ours.column("share").number(row), 0) ==
                  claim("Foleshill's share of needle finds over three years"));
        }
    }
    CHECK(ours.column("total").number(18) == 322);
    CHECK(ours.column("yt_july_2022").number(18) == claim("needle finds year to July 2022"));
    CHECK(ours.column("share").number(18) == 100);
    CHECK(problems.empty());
}

TEST_CASE("shares: the five largest types hold 82% of alcohol-marked and 66% of drug-marked offences") {
    std::map<std::string, std::vector<double>> markers;
    for (const CsvRow& row : csv_rows("examples/coventry/data/needs_assessment/offences_by_type.csv")) {
        if (row.at("offence") != "TOTAL") markers[row.at("marker")].push_back(number_in(row, "yt_june_2022"));
    }
    for (const std::string marker : {"alcohol", "drug"}) {
        const LargestShare five = largest_share(Column::numbers("n", markers.at(marker)), 5);
        CHECK(round_half_away(five.share_pct, 0) ==
              claim("share of " + marker + "-marked offences in the five largest types"));
        CHECK(five.rows.size() == 5);
        const double all = std::accumulate(markers.at(marker).begin(), markers.at(marker).end(), 0.0);
        CHECK(all == claim(marker + "-marked offences year to June 2022"));
    }
}

TEST_CASE("shares: unknown and impossible counts are never numbers") {
    PeriodCounts counts;
    counts.codes = {"E1", "E2", "E3"};
    counts.names = {"One", "Two", "Three"};
    const double missing = std::numeric_limits<double>::quiet_NaN();
    counts.periods = {Column::numbers("2020", {1, -2, 3}),
                      Column::numbers("2021", {1, 1, missing},
                                      {CellState::value, CellState::value, CellState::suppressed})};
    Problems problems;
    const Table ours = period_table(counts, {}, problems);
    CHECK(problems.count("negative_count") == 1);
    CHECK(ours.column("total").state(1) == CellState::missing);
    CHECK(ours.column("share").state(2) == CellState::suppressed);
    CHECK(ours.column("rank").number(0) == 1);
    counts.periods.clear();
    CHECK_THROWS_AS(period_table(counts, {}, problems), std::invalid_argument);
    CHECK(std::isnan(largest_share(Column::numbers("n", {0, 0}), 5).share_pct));
}

TEST_CASE("shares: rounded by the largest remainder they print as 100") {
    const std::vector<double> thirds{1, 1, 1};
    CHECK(rounded_shares(thirds, 0) == std::vector<double>{34, 33, 33});
    const std::vector<double> uneven{905, 3, 3, 89};
    const std::vector<double> whole = rounded_shares(uneven, 0);
    CHECK(std::accumulate(whole.begin(), whole.end(), 0.0) == 100);
    const std::vector<double> tenths = rounded_shares(thirds, 1);
    CHECK(tenths[0] == doctest::Approx(33.4));
    const std::vector<double> zeros{0, 0};
    CHECK(std::isnan(rounded_shares(zeros, 0)[0]));
}
