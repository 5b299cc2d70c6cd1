#include "wardmap/report/material.hpp"

#include "wardmap/base/error.hpp"
#include "wardmap/indicator/ward_table.hpp"

#include "support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

using Texts = std::vector<std::string>;

std::string repeated(int times, const std::string& row) {
    std::string out;
    for (int i = 0; i < times; ++i) out += row + "\n";
    return out;
}

/// 19 rows: 17 in a ward, of which 15 in one of the two years, 1 before them and 1 without a date; one names
/// no ward, one none that is known.
const std::string rows =
    "ward,date,kind,alcohol\n" + repeated(3, "Wyken,2021-03-10,ROBBERY,Y") +
    repeated(5, "Wyken,2022-03-10,ROBBERY,Y") + repeated(2, "Radford,2020-09-01,ROBBERY,N") +
    repeated(1, "Radford,2022-05-01,ROBBERY,Y") + repeated(4, "Wyken,2022-03-11 22:15,THEFT,N") +
    repeated(1, "Radford,2019-08-01,THEFT,N") + repeated(1, "Elsewhere,2022-01-01,THEFT,N") +
    repeated(1, ",2022-01-01,THEFT,N") + repeated(1, "Wyken,,THEFT,N");

const std::string head = "[report]\ntitle = 'T'\nareas = 'coventry-wards'\n";
const std::string entry =
    "[[events]]\nfiles = 'events.csv'\narea = 'ward'\ndate = 'date'\nsource = 'A log'\nunit = 'offences'\n";
const std::string two_years = "periods = ['year-to:2021-06', 'year-to:2022-06']\n";

Material gathered(const std::string& toml, const std::string& events = rows) {
    const TempDir folder;
    folder.file("events.csv", events);
    return gather(parse_project(head + toml, folder.path() / "project.toml"), 1);
}

std::string message_of(const std::string& toml) {
    try {
        gathered(toml);
    } catch (const Error& error) {
        return error.what();
    }
    return "gathered without a word";
}

double count_of(const Table& table, const std::string& area, const char* column) {
    const auto names = table.column("area_name").texts();
    const auto found = std::find(names.begin(), names.end(), area);
    REQUIRE(found != names.end());
    return table.column(column).number(static_cast<std::size_t>(found - names.begin()));
}

}  // namespace

TEST_CASE("material: two periods of events make a ward table for each kind that has events") {
    const Material made = gathered(entry + "id = 'a-{kind}'\nby = 'kind'\nmeasure = '{kind}'\n" + two_years);
    REQUIRE(made.topics.size() == 2);
    CHECK(made.topics[0].id == "a-robbery");
    CHECK(made.topics[0].table.meta().measure == "robbery");
    CHECK(made.topics[0].table.meta().unit == "offences");
    CHECK(made.topics[0].table.meta().source == "A log");
    CHECK(made.topics[0].table.meta().period_before == "year to June 2021");
    CHECK(made.topics[0].table.row_count() == 19);
    CHECK(count_of(made.topics[0].table, "Wyken", "count_before") == 3);
    CHECK(count_of(made.topics[0].table, "Wyken", "count_after") == 5);
    CHECK(count_of(made.topics[0].table, "Radford", "count_before") == 2);
    CHECK(count_of(made.topics[0].table, "Total", "count_before") == 5);
    CHECK(count_of(made.topics[0].table, "Total", "count_after") == 6);
    CHECK(count_of(made.topics[1].table, "Total", "count_after") == 4);
    CHECK(count_of(made.topics[1].table, "Bablake", "count_after") == 0);
}

TEST_CASE(
    "material: a marker's events have tables of their own, and a kind without any has none and is named") {
    const Material made = gathered(entry +
                                   "id = '{marker}-{kind}'\nby = 'kind'\nmarker = 'alcohol'\n"
                                   "measure = '{marker}-marked {kind}'\nchapter = '{marker}'\n" +
                                   two_years);
    REQUIRE(made.topics.size() == 1);
    CHECK(made.topics[0].id == "alcohol-robbery");
    CHECK(made.topics[0].chapter == "alcohol");
    CHECK(count_of(made.topics[0].table, "Radford", "count_before") == 0);
    CHECK(count_of(made.topics[0].table, "Radford", "count_after") == 1);
    CHECK(made.log.problems.count("empty_group") == 1);
    CHECK(made.log.problems.count("small_cells") > 0);
}

TEST_CASE("material: every row of events is in one count of the ledger") {
    const Material made = gathered(entry + "id = 'a'\nmeasure = 'events'\n" + two_years);
    REQUIRE(made.events.size() == 1);
    const Ledger& ledger = made.events[0].ledger;
    CHECK(ledger.rows_read == 19);
    CHECK(ledger.located == 17);
    CHECK(ledger.no_location == 2);
    CHECK(ledger.counted == 15);
    CHECK(ledger.out_of_period == 1);
    CHECK(ledger.no_date == 1);
    CHECK(ledger.balanced());
    CHECK(made.log.ledger.balanced());
    CHECK(made.log.ledger.rows_read == 19);
    REQUIRE(made.log.inputs.size() == 2);
    CHECK(made.log.inputs[1].path == "events.csv");
    CHECK(made.log.inputs[1].rows == 19);
    CHECK(made.log.inputs[1].sha256.size() == 64);
}

TEST_CASE("material: periods of any other number make counts with shares of the whole") {
    const Material made = gathered(entry + "id = 'a'\nmeasure = 'events'\n" +
                                   "periods = ['year-to:2020-06', 'year-to:2021-06', 'year-to:2022-06']\n");
    REQUIRE(made.finds.size() == 1);
    const FindsTable& finds = made.finds[0];
    CHECK(finds.columns == Texts{"year to 2020-06", "year to 2021-06", "year to 2022-06"});
    CHECK(finds.periods == Texts{"year to June 2020", "year to June 2021", "year to June 2022"});
    CHECK(count_of(finds.table, "Radford", "year to 2020-06") == 1);
    CHECK(count_of(finds.table, "Wyken", "total") == 12);
    CHECK(count_of(finds.table, "Total", "total") == 16);
    CHECK(count_of(finds.table, "Wyken", "share") == 75);
    CHECK(finds.table.meta().notes == Texts{"Not counted here: 2 offences without a known place."});
}

TEST_CASE("material: of one period there is the total alone, and weights count, also those without a place") {
    const Material made = gathered(entry + "id = 'a'\nmeasure = 'clients'\nperiods = 'all'\nweight = 'n'\n",
                                   "ward,date,n\nWyken,,30\nRadford,,10\nNowhere,,7\n");
    REQUIRE(made.finds.size() == 1);
    CHECK(made.finds[0].columns.empty());
    CHECK(made.finds[0].table.names() == Texts{"area_code", "area_name", "total", "share", "rank"});
    CHECK(count_of(made.finds[0].table, "Total", "total") == 40);
    CHECK(count_of(made.finds[0].table, "Wyken", "share") == 75);
    CHECK(made.finds[0].table.meta().notes == Texts{"Not counted here: 7 offences without a known place."});
}

TEST_CASE("material: small numbers of events are withheld in tables and in words") {
    const std::string rule = "small_numbers = 'under:5'\n";
    const Material made =
        gathered(rule + entry + "id = 'a-{kind}'\nby = 'kind'\nmeasure = '{kind}'\n" + two_years);
    CHECK(std::isnan(count_of(made.topics[0].table, "Radford", "count_before")));
    CHECK(made.log.problems.count("small_cells") == 0);
    const Material finds = gathered(rule + entry + "id = 'a'\nmeasure = 'm'\nperiods = 'all'\nweight = 'n'\n",
                                    "ward,date,n\nWyken,,30\nRadford,,10\nNowhere,,3\n");
    CHECK(finds.finds[0].table.meta().notes ==
          Texts{"Not counted here: a withheld number of offences without a known place."});
}

TEST_CASE("material: months of the same reading, a month without rows is missing and not 0") {
    const Material made = gathered(entry + "id = 'a'\nby = 'kind'\n[[months]]\nid = 'm'\nevents = 'a'\n" +
                                   "kind = 'ROBBERY'\nkind_name = 'robbery, invented'\ndraw = 'months'\n");
    CHECK(made.topics.empty());
    REQUIRE(made.months.size() == 1);
    const Table& series = *made.months[0].series;
    CHECK(series.names() == Texts{"period", "count", "others", "all", "share"});
    CHECK(series.column("period").text(0) == "2019-08");
    CHECK(series.row_count() == 34);  // August 2019 to May 2022
    CHECK(series.column("count").number(0) == 0);
    CHECK(series.column("others").number(0) == 1);
    CHECK(series.column("count").state(1) == CellState::missing);
    CHECK(series.column("count").number(31) == 5);  // March 2022
    CHECK(series.column("all").number(31) == 9);
    CHECK(series.meta().measure == "robbery, invented");
    CHECK(series.meta().unit == "offences");
    CHECK(made.months[0].kind == "robbery, invented");
    CHECK(made.events[0].ledger.balanced());
    CHECK(made.events[0].ledger.out_of_period == 0);
}

TEST_CASE("material: hours are counted in the same reading, and what has no time is said") {
    const Material made =
        gathered(entry + "id = 'a'\nmeasure = 'm'\n" + two_years +
                 "[[months]]\nid = 'm'\nevents = 'a'\ndraw = ['months', 'hours']\nhours = 'day'\n");
    const Table& hours = *made.months[0].hour_counts;
    CHECK(hours.names() == Texts{"hour", "count"});
    REQUIRE(hours.row_count() == 25);
    CHECK(hours.column("hour").text(22) == "22");
    CHECK(hours.column("count").number(22) == 4);
    CHECK(hours.column("hour").text(24) == "no time");
    CHECK(hours.column("count").number(24) > 0);
    CHECK(count_of(made.topics[0].table, "Total", "count_after") == 10);
    CHECK(made.log.ledger.rows_read == 19);
}

TEST_CASE("material: a table that was counted before is drawn by month too") {
    const Material made =
        gathered("[[months]]\nid = 'm'\nfile = 'events.csv'\nmarker = 'alcohol'\ndraw = 'months'\n",
                 "area_code,area_name,period,marker,count\n"
                 "E05001235,Wyken,2022-01,alcohol,4\nE05001235,Wyken,2022-01,all,9\n"
                 "E05001235,Wyken,2022-02,alcohol,5\nE05001235,Wyken,2022-02,all,9\n");
    const Table& series = *made.months[0].series;
    CHECK(series.names() == Texts{"period", "count"});
    CHECK(series.column("count").number(0) == 4);
    CHECK(series.column("count").number(1) == 5);
    CHECK(series.meta().measure == "alcohol-marked events");
    CHECK(made.log.ledger.balanced());
}

TEST_CASE("material: what the project names and the events have not is said with the project's line") {
    const std::string a = entry + "id = 'a'\nmeasure = 'm'\n";
    const auto has = [](const std::string& text, const std::string& part) {
        CAPTURE(text);
        CHECK(text.find(part) != std::string::npos);
    };
    has(message_of(entry + "id = 'a{knd}'\nmeasure = 'm'\n" + two_years + "by = 'knd'\n"),
        "did you mean 'kind'?");
    has(message_of("[[events]]\nid = 'a'\nmeasure = 'm'\nfiles = 'evnts.csv'\narea = 'ward'\n" + two_years),
        "paths count from the project file's folder");
    has(message_of("[[events]]\nid = 'a'\nmeasure = 'm'\nfiles = 'events.csv'\narea = 'wrd'\n" + two_years),
        "did you mean 'ward'?");
    has(message_of(a + "periods = ['year-to:1999-06', 'year-to:2000-06']\n"), "no events of 'a' lie in");
    has(message_of(a + "periods = 'month'\ngaps = 'zero'\n"), "give 34 columns of counts");
    const std::string months =
        entry + "id = 'a'\nby = 'kind'\n[[months]]\nid = 'm'\nevents = 'a'\ndraw = 'months'\n";
    has(message_of(months + "kind = 'ROBERY'\n"),
        "row 12: no row has the kind 'ROBERY'; did you mean 'ROBBERY'?");
    has(message_of(months + "marker = 'drug'\n"), "the events have no markers");
}

TEST_CASE("material: two entries of one id are refused, of whatever sort they are") {
    CHECK(message_of(entry + "id = 'a'\nmeasure = 'm'\n" + two_years +
                     "[[months]]\nid = 'a'\nevents = 'a'\ndraw = 'months'\n")
              .find("two tables have the id 'a'") != std::string::npos);
}
