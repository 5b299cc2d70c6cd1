#include "wardmap/indicator/month_series.hpp"

#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace wardmap;

namespace {

struct CountTable {
    std::vector<std::string> codes{}, names{}, periods{}, kinds{}, markers{}, counts{};

    void row(const std::string& code, const std::string& name, const std::string& period,
             const std::string& kind, const std::string& marker, const std::string& count) {
        codes.push_back(code);
        names.push_back(name);
        periods.push_back(period);
        kinds.push_back(kind);
        markers.push_back(marker);
        counts.push_back(count);
    }
    Table table() const {
        std::vector<Column> columns{Column::text("area_code", codes), Column::text("area_name", names),
                                    Column::text("period", periods), Column::text("offence", kinds)};
        if (!markers.front().empty()) columns.push_back(Column::text("marker", markers));
        columns.push_back(Column::text("count", counts));
        return Table(columns);
    }
};

/// Two areas; January, February and April 2014; three kinds: Robbery 1 and 10, Theft 2 and 20, Arson 3 and 30
/// in each month.
CountTable two_areas() {
    CountTable made;
    for (const std::string period : {"2014-01", "2014-02", "2014-04"}) {
        made.row("E1", "North", period, "Robbery", "", "1");
        made.row("E1", "North", period, "Theft", "", "2");
        made.row("E1", "North", period, "Arson", "", "3");
        made.row("E2", "South", period, "Robbery", "", "10");
        made.row("E2", "South", period, "Theft", "", "20");
        made.row("E2", "South", period, "Arson", "", "30");
        made.row("", "Outside", period, "Robbery", "", "100");
        made.row("", "Outside", period, "Theft", "", "200");
        made.row("", "Not located", period, "Arson", "", "5");
    }
    return made;
}

}  // namespace

TEST_CASE("the kind, all others and the total add up areas; the month that is not there is missing, not 0") {
    Problems problems;
    const MonthSeries series = month_series(two_areas().table(), {.kind = "Robbery"}, problems);
    REQUIRE(series.months.size() == 4);
    CHECK(series.months[0].month.label() == "2014-01");
    CHECK(series.months[0].kind == known_count(11));
    CHECK(series.months[0].others == known_count(55));
    CHECK(series.months[0].total == known_count(66));
    CHECK_FALSE(series.months[2].in_table());
    CHECK(series.months[2].total.state == CellState::missing);
    CHECK(series.left_out.outside == known_count(900));
    CHECK(series.left_out.not_located == known_count(15));
    CHECK(series.left_out_of_kind.outside == known_count(300));
    CHECK_FALSE(series.left_out_of_kind.not_located.known());
    CHECK(problems.count("month_gap") == 1);
    CHECK(problems.all()[0].examples[0] == "March 2014");
    CHECK(series.find(*parse_period("2014-04")) == 3);
    CHECK_FALSE(series.find(*parse_period("2014-05")).has_value());
}

TEST_CASE("without a kind there is the total alone; the last month may be a part") {
    Problems problems;
    const MonthSeries series = month_series(two_areas().table(), {.last_month = LastMonth::part}, problems);
    CHECK(series.months[0].total == known_count(66));
    CHECK(series.months[0].kind.state == CellState::missing);
    CHECK(series.months[0].whole);
    CHECK_FALSE(series.months[3].whole);
}

TEST_CASE("an unknown kind names the nearest; a kind in two columns asks which") {
    Problems problems;
    CHECK_THROWS_WITH_AS(month_series(two_areas().table(), {.kind = "Robery"}, problems),
                         doctest::Contains("did you mean 'Robbery'?"), NameUnknown);
    CountTable made = two_areas();
    Table table = made.table().with(Column::text("outcome", made.kinds));
    CHECK_THROWS_WITH_AS(month_series(table, {.kind = "Theft"}, problems), doctest::Contains("--kind-column"),
                         UsageError);
    CHECK(month_series(table, {.kind = "Theft", .kind_column = "outcome"}, problems).months[0].kind ==
          known_count(22));
    const std::vector<std::string> few{"area_code", "area_name", "period", "count"};
    CHECK_THROWS_WITH_AS(month_series(table.select(few), {.kind = "Theft"}, problems),
                         doctest::Contains("--by"), InputError);
}

TEST_CASE("of several markers the rows of all are taken; without them one must be chosen") {
    CountTable made;
    for (const std::string marker : {"alcohol", "drug", "both", "either", "all"}) {
        const std::string count = marker == "all" ? "9" : marker == "either" ? "5" : "3";
        made.row("E1", "North", "2014-01", "Robbery", marker, count);
    }
    Problems problems;
    MonthSeries series = month_series(made.table(), {}, problems);
    CHECK(series.marker == "all");
    CHECK(series.months[0].total == known_count(9));
    const Table all = made.table();
    const std::vector<std::size_t> two{0, 1};
    CHECK_THROWS_WITH_AS(month_series(all.take(two), {}, problems),
                         doctest::Contains("--where marker=alcohol"), InputError);
    const std::vector<std::size_t> one{1};
    series = month_series(all.take(one), {}, problems);
    CHECK(series.marker == "drug");
    CHECK(series.months[0].total == known_count(3));
}

TEST_CASE(
    "a withheld cell withholds the month's sums that hold it, and no others; an unknown one makes them "
    "missing") {
    CountTable made = two_areas();
    made.counts[0] = "[c]";  // Robbery, North, January
    made.counts[10] = "x";   // Theft, North, February
    Problems problems;
    const MonthSeries series = month_series(made.table(), {.kind = "Robbery"}, problems);
    CHECK(series.months[0].kind.state == CellState::suppressed);
    CHECK(series.months[0].others == known_count(55));
    CHECK(series.months[0].total.state == CellState::suppressed);
    CHECK(series.months[1].kind == known_count(11));
    CHECK(series.months[1].others.state == CellState::missing);
    CHECK(series.months[1].total.state == CellState::missing);
    CHECK(series.months[1].in_table());
    CHECK(problems.count("unknown_count") == 1);
}

TEST_CASE(
    "rows of totals are left out and said; rows that are no months are refused with the command to run") {
    CountTable made = two_areas();
    made.row("", "Total", "2014-01", "Robbery", "", "11");
    Problems problems;
    CHECK(month_series(made.table(), {.kind = "Robbery"}, problems).months[0].kind == known_count(11));
    CHECK(problems.count("total_rows") == 1);
    made.row("E1", "North", "2014-Q2", "Robbery", "", "11");
    CHECK_THROWS_WITH_AS(month_series(made.table(), {}, problems), doctest::Contains("--period month"),
                         InputError);
    CHECK_THROWS_AS(month_series(made.table().take(std::vector<std::size_t>{}), {}, problems), InputError);
    CHECK_THROWS_AS(month_series(Table({Column::text("period", {"2014-01"})}), {}, problems), NameUnknown);
}

TEST_CASE("the small-number rule withholds small months and what would give them away") {
    CountTable made;
    const std::vector<std::string> robbery{"3", "12", "15", "9"};
    const std::vector<std::string> theft{"40", "41", "42", "43"};
    for (std::size_t i = 0; i < 4; ++i) {
        const std::string period = "2014-0" + std::to_string(i + 1);
        made.row("E1", "North", period, "Robbery", "", robbery[i]);
        made.row("E1", "North", period, "Theft", "", theft[i]);
    }
    Problems problems;
    const MonthSeries series =
        month_series(made.table(), {.kind = "Robbery", .small_numbers = {.under = 5}}, problems);
    CHECK(series.months[0].kind.state == CellState::suppressed);
    // Shown together with its total, Theft of that month would give Robbery away.
    CHECK(series.months[0].total.state == CellState::suppressed);
    std::size_t withheld = 0;
    for (const MonthCounts& month : series.months) withheld += month.kind.state == CellState::suppressed;
    CHECK(withheld >= 2);  // the sum over the months must not give the one away
    CHECK(problems.count("withheld") > 0);
    // Events in no area stand alone: small ones are withheld too.
    made.row("", "Outside", "2014-01", "Robbery", "", "2");
    made.row("", "Not located", "2014-01", "Robbery", "", "7");
    const LeftOut out =
        month_series(made.table(), {.kind = "Robbery", .small_numbers = {.under = 5}}, problems).left_out;
    CHECK(out.outside.state == CellState::suppressed);
    CHECK(out.not_located == known_count(7));
}

TEST_CASE("months are named in runs") {
    std::vector<Period> months;
    for (const char* label : {"2014-12", "2015-01", "2015-02", "2015-06", "2016-03", "2016-04"})
        months.push_back(*parse_period(label));
    CHECK(month_runs(months) ==
          std::vector<std::string>{"December 2014 to February 2015", "June 2015", "March to April 2016"});
    CHECK(month_of_number(month_number(*parse_period("2014-12")) + 1).label() == "2015-01");
}
