#include "wardmap/indicator/ward_table.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/limits.hpp"
#include "wardmap/indicator/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::CsvRow;
using wardmap::testing::number_in;

namespace {

const std::string published_data = "examples/coventry/data/";

struct Ward {
    std::string code;
    double people;
};

std::map<std::string, Ward> coventry_wards() {
    std::map<std::string, Ward> wards;
    for (const CsvRow& row : csv_rows(published_data + "coventry_ward_population_mid2020.csv")) {
        wards[row.at("ward_name")] = {row.at("ward_code"), number_in(row, "all_ages")};
    }
    return wards;
}

/// The rows of each figure, the total among them, in the order printed.
std::vector<std::vector<CsvRow>> published_tables() {
    std::vector<std::vector<CsvRow>> tables;
    std::string figure;
    for (const CsvRow& row : csv_rows(published_data + "needs_assessment/offences_by_ward.csv")) {
        if (row.at("figure") != figure) tables.emplace_back();
        figure = row.at("figure");
        tables.back().push_back(row);
    }
    return tables;
}

AreaCounts counts_of(const std::vector<CsvRow>& rows, const std::map<std::string, Ward>& wards) {
    AreaCounts counts;
    std::vector<double> before, after, people;
    for (const CsvRow& row : rows) {
        if (row.at("ward") == "Total") continue;
        counts.names.push_back(row.at("ward"));
        counts.codes.push_back(wards.at(row.at("ward")).code);
        before.push_back(number_in(row, "yt_june_2021"));
        after.push_back(number_in(row, "yt_june_2022"));
        people.push_back(wards.at(row.at("ward")).people);
    }
    counts.before = Column::numbers("yt_june_2021", before);
    counts.after = Column::numbers("yt_june_2022", after);
    counts.population = Column::numbers("all_ages", people);
    return counts;
}

/// Areas A, B, ... with the given counts; populations are left out where empty.
AreaCounts small_city(std::vector<double> before, std::vector<double> after,
                      std::vector<double> people = {}) {
    AreaCounts counts;
    for (std::size_t i = 0; i < before.size(); ++i) {
        counts.codes.push_back("E0" + std::to_string(i + 1));
        counts.names.push_back(std::string(1, static_cast<char>('A' + i)));
    }
    counts.before = Column::numbers("before", std::move(before));
    counts.after = Column::numbers("after", std::move(after));
    if (!people.empty()) counts.population = Column::numbers("people", std::move(people));
    return counts;
}

Table table_of(const AreaCounts& counts, const IndicatorOptions& options = {}) {
    Problems problems;
    return ward_table(counts, options, {}, problems);
}

IndicatorOptions with_cuts(std::string_view text) {
    IndicatorOptions options;
    options.cuts = parse_cuts(text);
    return options;
}

std::vector<std::string> texts(const Table& table, std::string_view column) {
    const auto cells = table.column(column).texts();
    return {cells.begin(), cells.end()};
}

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("ward table: all 171 rows of the nine published tables come out equal") {
    const auto wards = coventry_wards();
    int rows_compared = 0;
    for (const auto& published : published_tables()) {
        const Table ours = table_of(counts_of(published, wards));
        REQUIRE(ours.row_count() == published.size());
        for (std::size_t row = 0; row < published.size(); ++row) {
            const CsvRow& expected = published[row];
            CAPTURE(expected.at("figure"));
            CAPTURE(expected.at("ward"));
            CHECK(ours.column("area_name").text(row) == expected.at("ward"));
            CHECK(ours.column("count_before").number(row) == number_in(expected, "yt_june_2021"));
            CHECK(ours.column("count_after").number(row) == number_in(expected, "yt_june_2022"));
            CHECK(ours.column("change").number(row) == number_in(expected, "change"));
            CHECK(round_half_away(ours.column("rate").number(row), 0) ==
                  number_in(expected, "rate_per_100k"));
            const Column& pct = ours.column("change_pct");
            if (expected.at("pct_change").empty())
                CHECK(pct.state(row) == CellState::undefined);
            else
                CHECK(round_half_away(pct.number(row), 0) == number_in(expected, "pct_change"));
            ++rows_compared;
        }
    }
    CHECK(rows_compared == 171);
}

TEST_CASE("ward table: the 58 published offence rows come out equal, without areas and people") {
    int rows_compared = 0;
    std::map<std::string, std::vector<CsvRow>> markers;
    for (const CsvRow& row : csv_rows(published_data + "needs_assessment/offences_by_type.csv")) {
        markers[row.at("marker")].push_back(row);
    }
    for (const auto& [marker, rows] : markers) {
        AreaCounts counts;
        std::vector<double> before, after;
        for (const CsvRow& row : rows) {
            if (row.at("offence") == "TOTAL") continue;
            counts.codes.emplace_back();
            counts.names.push_back(row.at("offence"));
            before.push_back(number_in(row, "yt_june_2021"));
            after.push_back(number_in(row, "yt_june_2022"));
        }
        counts.before = Column::numbers("yt_june_2021", before);
        counts.after = Column::numbers("yt_june_2022", after);
        const Table ours = table_of(counts);
        REQUIRE(ours.row_count() == rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row) {
            CAPTURE(rows[row].at("offence"));
            CHECK(ours.column("count_before").number(row) == number_in(rows[row], "yt_june_2021"));
            CHECK(ours.column("count_after").number(row) == number_in(rows[row], "yt_june_2022"));
            CHECK(ours.column("change").number(row) == number_in(rows[row], "change"));
            if (rows[row].at("pct_change").empty()) {
                CHECK(ours.column("change_pct").state(row) == CellState::undefined);
                CHECK(ours.column("flags").text(row) == "from_zero;small");
                CHECK(std::isinf(ours.column("rate_ratio").number(row)));
            } else {
                CHECK(round_half_away(ours.column("change_pct").number(row), 0) ==
                      number_in(rows[row], "pct_change"));
            }
            CHECK(ours.column("rate").state(row) == CellState::undefined);
            ++rows_compared;
        }
        CHECK(texts(ours, "quadrant")[0] == "none");
        CHECK(ours.meta().per == 0);
    }
    CHECK(rows_compared == 58);
}

TEST_CASE("ward table: 81 of 162 published rates and 15 of 162 changes are clear of the city's") {
    const auto wards = coventry_wards();
    int rates = 0;
    int changes = 0;
    int falls_in_faster = 0;
    for (const auto& published : published_tables()) {
        const Table ours = table_of(counts_of(published, wards));
        for (const std::size_t row : area_rows(ours)) {
            if (ours.column("rate_compared").text(row) != "similar") ++rates;
            if (ours.column("change_compared").text(row) != "similar") ++changes;
            const bool both = ours.column("rate_compared").text(row) != "similar" &&
                              ours.column("change_compared").text(row) != "similar";
            CHECK(ours.column("certainty").text(row) == (both ? "clear" : "uncertain"));
            const bool faster = ours.column("quadrant").text(row).find("faster") != std::string::npos;
            if (faster && ours.column("direction").text(row) == "fell") ++falls_in_faster;
        }
    }
    CHECK(rates == 81);
    CHECK(changes == 15);
    CHECK(falls_in_faster > 0);  // why "growth" is never said of a quadrant
}

TEST_CASE("ward table: the first published table has the quadrants of the mock and its city's cuts") {
    const auto wards = coventry_wards();
    const auto published = published_tables();
    REQUIRE(published.size() == 9);
    TableMeta meta;
    meta.whole = "Coventry";
    Problems problems;
    const Table ours = ward_table(counts_of(published[0], wards), {}, meta, problems);
    CHECK(problems.empty());
    CHECK(*ours.meta().cut_rate == doctest::Approx(1e5 * 1526 / 379387));
    CHECK(*ours.meta().cut_change_pct == doctest::Approx(100.0 * 593 / 933));
    CHECK(ours.meta().cuts == "total");
    CHECK(ours.meta().level == 0.95);
    std::map<std::string, int> sizes;
    for (const std::string& code : texts(ours, "quadrant")) ++sizes[code];
    CHECK(sizes["high_faster"] == 1);
    CHECK(sizes["high_slower"] == 4);
    CHECK(sizes["low_faster"] == 5);
    CHECK(sizes["low_slower"] == 8);
    CHECK(sizes[""] == 1);  // the total is in no quadrant
    const std::vector<std::string> names = texts(ours, "area_name");
    const auto row_of = [&](const char* name) {
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    CHECK(ours.column("change_compared").text(row_of("St Michael's")) == "higher");
    CHECK(ours.column("change_compared").text(row_of("Radford")) == "lower");
    CHECK(ours.column("rank").number(row_of("St Michael's")) == 1);
    CHECK(ours.column("rank").number(row_of("Wainbody")) == 18);
    const std::size_t total = total_row(ours).value();
    CHECK(total == 18);
    CHECK(ours.column("share").number(total) == 100);
    CHECK(ours.column("population").number(total) == 379387);
    CHECK(ours.column("area_code").text(total).empty());
    CHECK(cut_words(ours.meta()) == "Coventry\u2019s rate (402 per 100,000) and change (+64%)");
    CHECK(quadrant_words("high_faster", ours.meta()) == "Higher rate, change above Coventry\u2019s");
    CHECK(describe_change(ours, row_of("Radford")) == "fell by 11%");
    CHECK(emerging_words(ours, row_of("Westwood")) == "a possible emerging issue");
    CHECK(emerging_words(ours, row_of("St Michael's")).empty());
}

TEST_CASE("ward table: St Michael's possession of drugs fell and no word says otherwise") {
    const auto wards = coventry_wards();
    for (const auto& published : published_tables()) {
        if (published[0].at("offence") != "POSSESSION OF DRUGS") continue;
        TableMeta meta;
        meta.whole = "Coventry";
        Problems problems;
        const Table ours = ward_table(counts_of(published, wards), {}, meta, problems);
        for (const std::size_t row : area_rows(ours)) {
            if (ours.column("area_name").text(row) != "St Michael's") continue;
            CHECK(ours.column("quadrant").text(row) == "high_faster");  // -18% against the city's -22%
            CHECK(ours.column("direction").text(row) == "fell");
            CHECK(describe_change(ours, row) == "fell by 18%");
            CHECK(emerging_words(ours, row).empty());
            CHECK(quadrant_words("high_faster", ours.meta()).find("grow") == std::string::npos);
            CHECK(change_text(ours, row) == "\u221218%");
        }
    }
}

TEST_CASE("ward table: the columns are those of the contract, in its order") {
    const Table ours = table_of(small_city({1}, {2}, {100}));
    const std::vector<std::string> expected{
        "area_code",        "area_name",        "count_before", "count_after", "change",
        "change_pct",       "direction",        "population",   "rate_before", "rate",
        "rate_lower",       "rate_upper",       "share",        "rank",        "rate_ratio",
        "rate_ratio_lower", "rate_ratio_upper", "p_value",      "quadrant",    "rate_compared",
        "change_compared",  "certainty",        "flags"};
    CHECK(ours.names() == expected);
}

TEST_CASE("ward table: a value equal to its cut is higher and faster, to the last digit") {
    // Every area has the city's own rate (1 in 7) and change (5/3), in other numbers.
    const Table ours = table_of(small_city({3, 9, 30}, {5, 15, 50}, {35, 105, 350}));
    for (const std::size_t row : area_rows(ours)) CHECK(ours.column("quadrant").text(row) == "high_faster");
    // One person more or one event less is on the other side, also where doubles round alike.
    const double many = 4503599627370496.0;
    const Table near = table_of(small_city({10, 10}, {10, 10}, {many, many + 1}));
    CHECK(near.column("quadrant").text(0) == "high_slower");
    CHECK(near.column("quadrant").text(1) == "low_slower");
}

TEST_CASE("ward table: with a zero cut an unchanged count is slower, and the city's rate divides") {
    const AreaCounts counts = small_city({5, 5, 5, 0}, {5, 6, 4, 0}, {10, 100, 100, 100});
    const std::vector<std::string> expected{"high_slower", "high_faster", "low_slower", "low_slower", ""};
    CHECK(texts(table_of(counts, with_cuts("zero")), "quadrant") == expected);
    CHECK(*table_of(counts, with_cuts("zero")).meta().cut_change_pct == 0);
    // The city itself is unchanged here: its cut is zero too.
    CHECK(texts(table_of(counts), "quadrant") == expected);
    CHECK(texts(table_of(counts, with_cuts("4838.7,0")), "quadrant") == expected);
    TableMeta zero;
    zero.cuts = "zero";
    CHECK(quadrant_words("low_slower", zero) == "Lower rate, count did not rise");
}

TEST_CASE("ward table: medians and fixed numbers divide as they say") {
    const AreaCounts counts = small_city({10, 10, 10}, {10, 20, 30}, {100, 100, 100});
    const Table median = table_of(counts, with_cuts("median"));
    CHECK(texts(median, "quadrant") ==
          std::vector<std::string>{"low_slower", "high_faster", "high_faster", ""});
    CHECK(*median.meta().cut_rate == 20000);
    CHECK(*median.meta().cut_change_pct == 100);
    CHECK(quadrant_words("low_faster", median.meta()) == "Lower rate, change above the median");
    const Table fixed = table_of(counts, with_cuts("30000,200"));
    CHECK(texts(fixed, "quadrant") ==
          std::vector<std::string>{"low_slower", "low_slower", "high_faster", ""});
    CHECK(quadrant_words("low_faster", fixed.meta()) == "Lower rate, change above +200%");
    CHECK_THROWS_AS(parse_cuts("medain"), UsageError);
    CHECK_THROWS_AS(parse_cuts("10"), UsageError);
    CHECK_THROWS_AS(parse_cuts("10,-101"), UsageError);
}

TEST_CASE("ward table: from zero, to zero and none have their own rules") {
    const Table ours = table_of(small_city({0, 12, 0, 20}, {3, 0, 0, 20}, {100, 100, 100, 100}));
    CHECK(texts(ours, "direction") == std::vector<std::string>{"from_zero", "fell", "none", "same", "fell"});
    CHECK(texts(ours, "flags") ==
          std::vector<std::string>{"from_zero;small", "to_zero;small", "no_events;small", "", ""});
    CHECK(ours.column("quadrant").text(0) == "low_faster");
    CHECK(ours.column("quadrant").text(2) == "low_slower");
    CHECK(ours.column("change_pct").state(0) == CellState::undefined);
    CHECK(ours.column("change_pct").number(1) == -100);
    CHECK(std::isinf(ours.column("rate_ratio").number(0)));
    CHECK(ours.column("rate_ratio_lower").number(0) == doctest::Approx(rate_ratio(0, 3).lower));
    CHECK(ours.column("rate_ratio").number(1) == 0);
    for (const char* name : {"change_pct", "rate_ratio", "rate_ratio_lower", "rate_ratio_upper", "p_value"}) {
        CHECK(ours.column(name).state(2) == CellState::undefined);
    }
    CHECK(ours.column("change_compared").text(2) == "similar");
    CHECK(describe_change(ours, 0) == "rose from none to 3");
    CHECK(describe_change(ours, 1) == "fell to none from 12");
    CHECK(describe_change(ours, 2) == "none in either period");
    CHECK(describe_change(ours, 3) == "unchanged");
    CHECK(change_text(ours, 0) == "from zero");
    CHECK(change_text(ours, 3) == "0%");
    CHECK(emerging_words(ours, 0) == "a possible emerging issue");
}

TEST_CASE(
    "ward table: an area whose change is clearly above the city's and whose rate is low is an emerging "
    "issue") {
    const Table ours = table_of(small_city({10, 500}, {90, 500}, {10000, 10000}));
    CHECK(ours.column("quadrant").text(0) == "low_faster");
    CHECK(ours.column("certainty").text(0) == "clear");
    CHECK(emerging_words(ours, 0) == "an emerging issue");
}

TEST_CASE("ward table: no events anywhere leaves everything undefined and nothing infinite") {
    const Table ours = table_of(small_city({0, 0}, {0, 0}, {100, 100}));
    CHECK(ours.column("share").state(0) == CellState::undefined);
    CHECK(ours.column("quadrant").text(0) == "high_slower");  // a rate of 0 equals the city's 0
    CHECK_FALSE(ours.meta().cut_change_pct.has_value());
    CHECK(table_of(AreaCounts{{}, {}, Column::numbers("a", {}), Column::numbers("b", {}), {}, {}, {}})
              .row_count() == 1);
}

TEST_CASE("ward table: areas without people are none, flagged, counted, and not in the city's rate") {
    Problems problems;
    AreaCounts counts = small_city({10, 10, 10}, {10, 20, 30}, {100, 0, missing});
    counts.origin = {"people.csv", "", {2, 3, 4}};
    const Table ours = ward_table(counts, {}, {}, problems);
    CHECK(texts(ours, "quadrant") == std::vector<std::string>{"high_slower", "none", "none", ""});
    CHECK(texts(ours, "flags") ==
          std::vector<std::string>{"", "no_population", "no_population", "no_population"});
    CHECK(texts(ours, "certainty")[1].empty());
    CHECK(ours.column("rate").state(1) == CellState::undefined);
    CHECK(ours.column("rate").state(2) == CellState::missing);
    CHECK(ours.column("rate").number(3) == 10000);
    CHECK(ours.column("count_after").number(3) == 60);
    CHECK(problems.count("no_population") == 2);
    CHECK(problems.all()[0].where.text() == "people.csv, row 3, column people, area E02");
}

TEST_CASE("ward table: withheld and unknown counts go through every column they would make") {
    AreaCounts counts = small_city({10, 10, 10}, {10, 20, 30}, {100, 100, 100});
    counts.before = Column::numbers("before", {10, missing, 10},
                                    {CellState::value, CellState::suppressed, CellState::value});
    counts.after = Column::numbers("after", {10, 20, missing});
    Problems problems;
    const Table ours = ward_table(counts, {}, {}, problems);
    for (const char* name : {"change", "change_pct", "rate_before", "rate_ratio", "p_value"}) {
        CHECK(ours.column(name).state(1) == CellState::suppressed);
    }
    for (const char* name : {"change", "change_pct", "rate", "rate_lower", "share", "rank", "rate_ratio"}) {
        CHECK(ours.column(name).state(2) == CellState::missing);
    }
    CHECK(texts(ours, "quadrant") == std::vector<std::string>{"low_slower", "none", "none", ""});
    CHECK(texts(ours, "flags") ==
          std::vector<std::string>{"", "suppressed", "no_data", "suppressed;no_data"});
    CHECK(describe_change(ours, 1) == "withheld");
    CHECK(describe_change(ours, 2) == "not known");
    CHECK(problems.count("total_incomplete") == 2);
}

TEST_CASE(
    "ward table: a negative count is a problem with row and column, never a number; a weighted one is used "
    "and noted") {
    Problems problems;
    AreaCounts counts = small_city({-1, 2.5, 3}, {1, 2, 3}, {100, 100, -5});
    counts.origin = {"counts.csv", "", {2, 3, 4}};
    const Table ours = ward_table(counts, {}, {}, problems);
    CHECK(problems.count("negative_count") == 1);
    CHECK(problems.count("weighted_counts") == 1);
    CHECK(problems.count("negative_population") == 1);
    CHECK(problems.all()[0].where.text() == "counts.csv, row 2, column before, area E01");
    CHECK(problems.all()[0].examples == std::vector<std::string>{"A: -1"});
    CHECK(ours.column("count_before").state(0) == CellState::missing);
    CHECK(ours.column("flags").text(0) == "small;no_data");
    CHECK(ours.column("change_pct").number(1) == -20);
}

TEST_CASE("ward table: options out of range and columns that do not fit are refused") {
    const AreaCounts counts = small_city({1}, {2}, {100});
    IndicatorOptions options;
    options.level = 95;
    CHECK_THROWS_AS(table_of(counts, options), UsageError);
    options = {};
    options.per = 0;
    CHECK_THROWS_AS(table_of(counts, options), UsageError);
    options = {};
    options.pool = 0;
    CHECK_THROWS_AS(table_of(counts, options), UsageError);
    AreaCounts short_one = counts;
    short_one.names.clear();
    CHECK_THROWS_AS(table_of(short_one), std::invalid_argument);
    AreaCounts only_before = counts;
    only_before.population.reset();
    only_before.population_before = Column::numbers("people", {100});
    CHECK_THROWS_AS(table_of(only_before), UsageError);
}

TEST_CASE("ward table: ranks fall with the rate and ties share the smallest") {
    const Table ours = table_of(small_city({1, 1, 1, 1}, {5, 9, 5, 1}, {100, 100, 100, 100}));
    const auto ranks = ours.column("rank").numbers();
    CHECK(std::vector<double>(ranks.begin(), ranks.begin() + 4) == std::vector<double>{2, 1, 2, 4});
    CHECK(ours.column("rank").state(4) == CellState::not_applicable);
    // Without people by the count.
    CHECK(table_of(small_city({1, 1}, {5, 9})).column("rank").number(1) == 1);
}

TEST_CASE("ward table: an earlier population gives the earlier rate and the ratio of rates") {
    AreaCounts counts = small_city({10}, {20}, {4000});
    counts.population_before = Column::numbers("people_before", {1000});
    const Table ours = table_of(counts);
    CHECK(ours.column("rate_before").number(0) == 1000);
    CHECK(ours.column("rate").number(0) == 500);
    CHECK(ours.column("rate_ratio").number(0) == doctest::Approx(0.5));
    CHECK(ours.column("p_value").number(0) == doctest::Approx(rate_ratio(10, 20, 1000, 4000).p_value));
}

TEST_CASE("ward table: pooled years are added up and rates stay per year") {
    const std::vector<Column> years{Column::numbers("a", {1, 2}), Column::numbers("b", {3, missing})};
    const Column sum = pool_columns(years, "both");
    CHECK(sum.number(0) == 4);
    CHECK(sum.state(1) == CellState::missing);
    CHECK(sum.name() == "both");
    IndicatorOptions options;
    options.pool = 2;
    const Table ours = table_of(small_city({20, 20}, {40, 60}, {1000, 1000}), options);
    CHECK(ours.column("rate").number(0) == 2000);
    CHECK(*ours.meta().cut_rate == 2500);
    CHECK(ours.column("population").number(0) == 1000);
    CHECK(ours.column("rate_lower").number(0) == doctest::Approx(rate_limits(40, 2000).lower));
    CHECK_THROWS_AS(pool_columns({}, "x"), std::invalid_argument);
}

TEST_CASE("ward table: small cells are counted") {
    CHECK(small_cells(Column::numbers("n", {0, 1, 4, 5, missing})) == 2);
}

TEST_CASE("ward table: groups stand below each other with their names first") {
    Problems problems;
    TableMeta robbery;
    robbery.measure = "robbery";
    TableMeta theft;
    theft.measure = "theft";
    const std::vector<GroupTable> groups{
        {{"ROBBERY"}, ward_table(small_city({1}, {2}, {100}), {}, robbery, problems)},
        {{"THEFT"}, ward_table(small_city({3}, {4}, {100}), {}, theft, problems)}};
    const std::vector<std::string> by{"offence"};
    const Table all = stack_groups(by, groups);
    CHECK(all.row_count() == 4);
    CHECK(all.names().front() == "offence");
    CHECK(texts(all, "offence") == std::vector<std::string>{"ROBBERY", "ROBBERY", "THEFT", "THEFT"});
    CHECK(all.column("count_after").number(2) == 4);
    CHECK(all.meta().measure.empty());
    CHECK(all.meta().per == 100000);
    CHECK_FALSE(all.meta().cut_rate.has_value());
    CHECK(area_rows(all) == std::vector<std::size_t>{0, 2});
}
