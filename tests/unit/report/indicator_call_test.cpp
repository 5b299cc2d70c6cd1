#include "wardmap/report/indicator_call.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

using namespace wardmap;

namespace {

const std::string data = WARDMAP_SOURCE_DIR "/examples/coventry/data/";

Table read(const std::string& file) {
    return read_table(data + file).table;
}

IndicatorRequest offences() {
    IndicatorRequest request;
    request.table = read("needs_assessment/offences_by_ward.csv");
    request.areas = read_areas("coventry-wards").areas;
    request.area_column = "ward";
    request.from = {"yt_june_2021"};
    request.to = {"yt_june_2022"};
    request.by = {"marker", "offence"};
    request.population = PopulationInput{read("coventry_ward_population_mid2020.csv")};
    return request;
}

Table small_table(const std::string& ward, std::vector<std::string> values) {
    return Table({Column::text("ward", {ward, "Wyken"}), Column::text("a", {values[0], "3"}),
                  Column::text("b", {values[1], "4"})});
}

IndicatorRequest small_request(const std::string& ward, std::vector<std::string> values) {
    IndicatorRequest request;
    request.table = small_table(ward, std::move(values));
    request.areas = read_areas("coventry-wards").areas;
    request.from = {"a"};
    request.to = {"b"};
    return request;
}

}  // namespace

TEST_CASE("indicator call: all 171 published rows come out equal, through one call") {
    const IndicatorResult result = make_indicators(offences());
    REQUIRE(result.groups.size() == 9);
    CHECK(result.table.row_count() == 171);
    CHECK(result.problems.serious() == false);
    const Table published = read("needs_assessment/offences_by_ward.csv");
    std::size_t compared = 0;
    for (std::size_t row = 0; row < published.row_count(); ++row) {
        const auto cell = [&](const char* column) { return published.column(column).text(row); };
        for (std::size_t made = 0; made < result.table.row_count(); ++made) {
            const Table& table = result.table;
            if (table.column("marker").text(made) != cell("marker") ||
                table.column("offence").text(made) != cell("offence") ||
                table.column("area_name").text(made) != cell("ward")) {
                continue;
            }
            ++compared;
            CAPTURE(cell("ward"));
            CAPTURE(cell("offence"));
            CHECK(table.column("count_before").number(made) == std::stod(cell("yt_june_2021")));
            CHECK(table.column("count_after").number(made) == std::stod(cell("yt_june_2022")));
            CHECK(table.column("change").number(made) == std::stod(cell("change")));
            CHECK(std::round(table.column("rate").number(made)) == std::stod(cell("rate_per_100k")));
            if (cell("pct_change").empty()) {
                CHECK(table.column("change_pct").state(made) == CellState::undefined);
            } else {
                CHECK(std::abs(table.column("change_pct").number(made) - std::stod(cell("pct_change"))) <=
                      0.5 + 1e-9);
            }
        }
    }
    CHECK(compared == 171);
}

TEST_CASE("indicator call: all 58 published offence rows come out equal, without areas") {
    IndicatorRequest request;
    request.table = read("needs_assessment/offences_by_type.csv");
    request.row_column = "offence";
    request.from = {"yt_june_2021"};
    request.to = {"yt_june_2022"};
    request.by = {"marker"};
    const IndicatorResult result = make_indicators(request);
    const Table published = request.table;
    std::size_t compared = 0;
    for (std::size_t row = 0; row < published.row_count(); ++row) {
        const auto cell = [&](const char* column) { return published.column(column).text(row); };
        const std::string name = cell("offence") == "TOTAL" ? "Total" : cell("offence");
        for (std::size_t made = 0; made < result.table.row_count(); ++made) {
            if (result.table.column("marker").text(made) != cell("marker") ||
                result.table.column("area_name").text(made) != name)
                continue;
            ++compared;
            CHECK(result.table.column("count_after").number(made) == std::stod(cell("yt_june_2022")));
            CHECK(result.table.column("change").number(made) == std::stod(cell("change")));
            if (!cell("pct_change").empty()) {
                CHECK(std::abs(result.table.column("change_pct").number(made) -
                               std::stod(cell("pct_change"))) <= 0.5 + 1e-9);
            }
        }
    }
    CHECK(compared == 58);
}

TEST_CASE("indicator call: every row is in one count of the ledger, and meaning comes from the headings") {
    const IndicatorResult result = make_indicators(offences());
    CHECK(result.ledger.balanced());
    CHECK(result.ledger.rows_read == 171);
    CHECK(result.ledger.counted == 162);
    const TableMeta& meta = result.groups.front().table.meta();
    CHECK(meta.period_before == "year to June 2021");
    CHECK(meta.period_after == "year to June 2022");
    CHECK(meta.whole == "Coventry");
    CHECK(meta.denominator_year == "mid-2020");
    CHECK(meta.measure == "alcohol violence without injury");
}

TEST_CASE("indicator call: a template names the measure of each group") {
    IndicatorRequest request = offences();
    request.meta.measure = "{marker}-marked {offence}";
    CHECK(make_indicators(request).groups[8].table.meta().measure == "drug-marked stalking and harassment");
    request.meta.measure = "{offense}";
    CHECK_THROWS_AS(make_indicators(request), NameUnknown);
}

TEST_CASE("indicator call: a total row that is not the sum is said") {
    IndicatorRequest request = small_request("Total", {"99", "4"});
    const IndicatorResult result = make_indicators(request);
    CHECK(result.problems.count("total_differs") == 1);
    CHECK(result.ledger.balanced());
}

TEST_CASE(
    "indicator call: unknown wards and bad numbers are counted, repeated wards refused with both rows") {
    const IndicatorResult unknown = make_indicators(small_request("Atlantis", {"1", "2"}));
    CHECK(unknown.ledger.outside == 1);
    CHECK(unknown.ledger.balanced());
    CHECK(unknown.problems.serious());
    const IndicatorResult bad = make_indicators(small_request("Bablake", {"many", "-2"}));
    CHECK(bad.problems.count("not_a_number") == 1);
    CHECK(bad.problems.count("negative_count") == 1);
    try {
        make_indicators(small_request("wyken ", {"1", "2"}));
        FAIL("the same ward twice was taken");
    } catch (const InputError& error) {
        CHECK(std::string(error.what()).find("Wyken has two rows") != std::string::npos);
        CHECK(std::string(error.what()).find("--by") != std::string::npos);
    }
}

TEST_CASE("indicator call: rows of a ward are added up when asked, and what is withheld stays withheld") {
    IndicatorRequest request = small_request("wyken ", {"1", "[c]"});
    request.several = SeveralRows::added;
    const IndicatorResult added = make_indicators(request);
    const Column& names = added.table.column("area_name");
    for (std::size_t row = 0; row < names.size(); ++row) {
        if (names.text(row) != "Wyken") continue;
        CHECK(added.table.column("count_before").number(row) == 4);
        CHECK(added.table.column("count_after").state(row) == CellState::suppressed);
    }
    CHECK(added.ledger.counted == 2);
    CHECK(added.ledger.balanced());

    // All offences of a marker together: the sums of the published tables, and one total each.
    IndicatorRequest all = offences();
    all.by = {"marker"};
    all.several = SeveralRows::added;
    const IndicatorResult made = make_indicators(all);
    REQUIRE(made.groups.size() == 2);
    double printed = 0;
    const Table& table = all.table;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (table.column("marker").text(row) == "alcohol" && table.column("ward").text(row) == "Total")
            printed += std::stod(table.column("yt_june_2022").text(row));
    }
    const Table& alcohol = made.groups[0].table;
    CHECK(alcohol.column("count_after").number(alcohol.row_count() - 1) == printed);
}

TEST_CASE("indicator call: what is missing from the question is said") {
    IndicatorRequest request = small_request("Bablake", {"1", "2"});
    request.from.clear();
    CHECK_THROWS_AS(make_indicators(request), UsageError);
    request = small_request("Bablake", {"1", "2"});
    request.to = {"bb"};
    CHECK_THROWS_AS(make_indicators(request), NameUnknown);
    request = small_request("Bablake", {"1", "2"});
    request.areas.reset();
    CHECK_THROWS_AS(make_indicators(request), UsageError);
    request = small_request("Bablake", {"1", "2"});
    request.table = Table({Column::text("ward", {}), Column::text("a", {}), Column::text("b", {})});
    CHECK_THROWS_AS(make_indicators(request), InputError);
}

TEST_CASE("indicator call: a long table of counts compares two periods, and rows of others are counted") {
    IndicatorRequest request;
    request.areas = read_areas("coventry-wards").areas;
    request.table =
        Table({Column::text("area_name", {"Wyken", "Wyken", "Wyken", "Radford", "Radford", "Wyken"}),
               Column::text("period", {"2020", "2021", "2022", "2021", "2022", "2022"}),
               Column::text("count", {"9", "5", "6", "1", "0", "4"})});
    request.period_from = {"2021"};
    request.period_to = {"2022"};
    const IndicatorResult result = make_indicators(request);
    const Column& names = result.table.column("area_name");
    for (std::size_t row = 0; row < result.table.row_count(); ++row) {
        if (names.text(row) == "Wyken") {
            CHECK(result.table.column("count_before").number(row) == 5);
            CHECK(result.table.column("count_after").number(row) == 10);
        }
        if (names.text(row) == "Radford") CHECK(result.table.column("change").number(row) == -1);
    }
    CHECK(result.ledger.rows_read == 6);
    CHECK(result.ledger.out_of_period == 1);
    CHECK(result.ledger.balanced());
    request.period_to = {"2032"};
    CHECK_THROWS_AS(make_indicators(request), NameUnknown);
}

TEST_CASE("indicator call: several columns are added up, and a further denominator stands beside the first") {
    IndicatorRequest request = small_request("Bablake", {"1", "2"});
    request.from = {"a", "b"};
    request.to = {"b"};
    request.population = PopulationInput{read("coventry_ward_population_mid2020.csv")};
    request.population_also = {*request.population};
    const IndicatorResult result = make_indicators(request);
    CHECK(result.table.column("count_before").number(0) == 3);
    const Column& rate = result.table.column("rate");
    const Column& also = result.table.column("rate_also");
    for (std::size_t row = 0; row < result.table.row_count(); ++row) {
        if (rate.state(row) == CellState::value) CHECK(also.number(row) == doctest::Approx(rate.number(row)));
    }
}

TEST_CASE("indicator call: the column and the year of people are found by name") {
    CHECK(population_column(Table({Column::text("x", {}), Column::text("Population 2020", {})})) ==
          "Population 2020");
    CHECK(population_column(Table({Column::text("pop", {}), Column::text("all_ages", {})})) == "all_ages");
    CHECK_THROWS_AS(population_column(Table({Column::text("people here", {})})), NameUnknown);
    CHECK(population_year("population_mid2020") == "mid-2020");
    CHECK(population_year("Ward population Mid-2019.csv") == "mid-2019");
    CHECK(population_year("middle.csv").empty());
}

TEST_CASE("indicator call: the small-number rule holds in every group") {
    IndicatorRequest request = offences();
    request.small_numbers = parse_small_numbers("under:5");
    const IndicatorResult result = make_indicators(request);
    for (const char* column : {"count_before", "count_after"}) {
        const Column& counts = result.table.column(column);
        for (std::size_t row = 0; row < counts.size(); ++row) {
            CHECK_FALSE((counts.number(row) > 0 && counts.number(row) < 5));
        }
    }
}
