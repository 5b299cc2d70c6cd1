#include "wardmap/event/event_tally.hpp"

#include "made_events.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

using namespace wardmap;

namespace {

Counted count_by(const std::vector<MadeEvent>& events, const PeriodRequest& request,
                 const CounterOptions& given = {}) {
    CounterOptions options = given;
    options.bins = request.bins;
    Counter counter(three_squares(), options);
    if (!events.empty()) counter.add(MadeEvents(events).batch());
    return counter.finish(request);
}

std::vector<MadeEvent> at_times(const std::vector<std::string>& times) {
    std::vector<MadeEvent> events;
    for (const std::string& time : times) events.push_back({.at = in_ash, .time = time});
    return events;
}

std::vector<double> ash_by_period(const Counted& counted) {
    std::vector<double> out;
    for (std::size_t p = 0; p < counted.cube.periods.size(); ++p) out.push_back(counted.cube.at(0, p, 0));
    return out;
}

std::vector<std::string> incomplete(const Counted& counted) {
    std::vector<std::string> out;
    for (const CountPeriod& period : counted.cube.periods) {
        if (!period.complete) out.push_back(period.label);
    }
    return out;
}

Counted listed(const std::vector<MadeEvent>& events, const std::vector<std::string>& texts,
               MonthGaps gaps = MonthGaps::left_out) {
    PeriodRequest request = parse_period_request(texts, PeriodBins::all);
    request.gaps = gaps;
    return count_by(events, request);
}

using Labels = std::vector<std::string>;
using Numbers = std::vector<double>;

}  // namespace

TEST_CASE("tally: months, with a gap left out and said, or counted as 0") {
    const auto events = at_times({"2013-12", "31/12/2013 23:59", "2014-01-01", "2014-04-30", "", "no date"});
    const Counted left_out = count_by(events, {.bins = PeriodBins::month});
    CHECK(labels_of(left_out) == Labels{"2013-12", "2014-01", "2014-04"});
    CHECK(ash_by_period(left_out) == Numbers{2, 1, 1});
    CHECK(left_out.problems.count("month_gap") == 2);
    CHECK(examples_of(left_out.problems, "month_gap") == Labels{"2014-02 to 2014-03"});
    CHECK(left_out.ledger.no_date == 2);
    CHECK(left_out.ledger.counted == 4);
    CHECK(left_out.without_time == 5);
    const Counted zero = count_by(events, {.bins = PeriodBins::month, .gaps = MonthGaps::zero});
    CHECK(labels_of(zero) == Labels{"2013-12", "2014-01", "2014-02", "2014-03", "2014-04"});
    CHECK(ash_by_period(zero) == Numbers{2, 1, 0, 0, 1});
    CHECK(zero.problems.count("month_gap") == 0);
    CHECK(zero.ledger.counted == 4);
}

TEST_CASE("tally: a single month missing is named alone") {
    const Counted counted = count_by(at_times({"2014-01", "2014-03"}), {.bins = PeriodBins::month});
    CHECK(examples_of(counted.problems, "month_gap") == Labels{"2014-02"});
}

TEST_CASE("tally: events before 1970 have their own months") {
    const Counted counted =
        count_by(at_times({"1969-12-31", "1969-12-01", "1970-01-01"}), {.bins = PeriodBins::month});
    CHECK(labels_of(counted) == Labels{"1969-12", "1970-01"});
    CHECK(ash_by_period(counted) == Numbers{2, 1});
}

TEST_CASE("tally: quarters, with those that are not whole named") {
    const Counted counted = count_by(at_times({"2013-11", "2014-01", "2014-02", "2014-03-31", "2014-04-01"}),
                                     {.bins = PeriodBins::quarter});
    CHECK(labels_of(counted) == Labels{"2013-Q4", "2014-Q1", "2014-Q2"});
    CHECK(ash_by_period(counted) == Numbers{1, 3, 1});
    CHECK(incomplete(counted) == Labels{"2013-Q4", "2014-Q2"});
    CHECK(examples_of(counted.problems, "incomplete_period") ==
          Labels{"2013-Q4 (1 of 3 months)", "2014-Q2 (1 of 3 months)"});
}

TEST_CASE("tally: calendar years and financial years, which begin in April") {
    std::vector<std::string> times;
    for (int month = 1; month <= 12; ++month)
        times.push_back("2014-" + std::string(month < 10 ? "0" : "") + std::to_string(month));
    times.insert(times.end(), {"2015-01", "2015-02", "31/03/2015", "01/04/2015"});
    const Counted years = count_by(at_times(times), {.bins = PeriodBins::year});
    CHECK(labels_of(years) == Labels{"2014", "2015"});
    CHECK(ash_by_period(years) == Numbers{12, 4});
    CHECK(incomplete(years) == Labels{"2015"});
    const Counted financial = count_by(at_times(times), {.bins = PeriodBins::financial_year});
    CHECK(labels_of(financial) == Labels{"2013/14", "2014/15", "2015/16"});
    CHECK(ash_by_period(financial) == Numbers{3, 12, 1});
    CHECK(incomplete(financial) == Labels{"2013/14", "2015/16"});
}

TEST_CASE("tally: rolling years need twelve months in a row") {
    std::vector<std::string> times;
    for (int i = 0; i < 14; ++i) {  // January 2014 to February 2015: 1, 2, 3 ... events
        const std::string month =
            std::to_string(2014 + i / 12) + "-" + (i % 12 < 9 ? "0" : "") + std::to_string(i % 12 + 1);
        times.insert(times.end(), static_cast<std::size_t>(i + 1), month);
    }
    const Counted counted = count_by(at_times(times), {.bins = PeriodBins::rolling_year});
    CHECK(labels_of(counted) == Labels{"year to 2014-12", "year to 2015-01", "year to 2015-02"});
    CHECK(ash_by_period(counted) == Numbers{78, 90, 102});  // 1 + ... + 12; + 13 - 1; + 14 - 2
    CHECK(counted.ledger.counted == 105);
    CHECK(counted.ledger.out_of_period == 0);
    // Without September no year is whole.
    times.erase(std::remove(times.begin(), times.end(), "2014-09"), times.end());
    const Counted holed = count_by(at_times(times), {.bins = PeriodBins::rolling_year});
    CHECK(holed.cube.periods.empty());
    CHECK(holed.problems.count("no_whole_year") == 13);
    CHECK(holed.ledger.counted == 0);
    CHECK(holed.ledger.out_of_period == 96);
    const Counted filled =
        count_by(at_times(times), {.bins = PeriodBins::rolling_year, .gaps = MonthGaps::zero});
    CHECK(ash_by_period(filled) == Numbers{69, 81, 93});
}

TEST_CASE("tally: listed periods may overlap, and an event in two is counted once in the ledger") {
    const auto events = at_times({"2013-12", "2014-01", "2014-01-15", "2014-02", "2015-06", ""});
    const Counted counted = listed(events, {"2014-01", "2014", "2014-Q1", "2013/14", "year-to:2014-06"});
    CHECK(labels_of(counted) == Labels{"2014-01", "2014", "2014-Q1", "2013/14", "year to 2014-06"});
    CHECK(ash_by_period(counted) == Numbers{2, 3, 3, 4, 4});
    CHECK(counted.ledger.counted == 4);
    CHECK(counted.ledger.out_of_period == 1);
    CHECK(counted.ledger.no_date == 1);
    CHECK(incomplete(counted) == Labels{"2014", "2014-Q1", "2013/14", "year to 2014-06"});
}

TEST_CASE("tally: a listed period that no event reaches is there with 0, and said") {
    const Counted counted = listed(at_times({"2014-01"}), {"2014-01", "2031"});
    CHECK(ash_by_period(counted) == Numbers{1, 0});
    CHECK(examples_of(counted.problems, "incomplete_period") == Labels{"2031 (0 of 12 months)"});
}

TEST_CASE("tally: the order of listed periods is that of the request, and one given twice is one") {
    const Counted counted = listed(at_times({"2014-01", "2014-02"}), {"2014-02", "2014-01", "2014-02"});
    CHECK(labels_of(counted) == Labels{"2014-02", "2014-01"});
}

TEST_CASE("tally: weekdays, with the events that have only a month apart") {
    // 6 January 2014 was a Monday.
    const Counted counted =
        count_by(at_times({"06/01/2014", "2014-01-06 23:59", "2014-01-12", "2014-01", ""}),
                 {.bins = PeriodBins::weekday});
    CHECK(labels_of(counted) ==
          Labels{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "no time"});
    CHECK(ash_by_period(counted) == Numbers{2, 0, 0, 0, 0, 0, 1, 2});
    CHECK(counted.ledger.no_date == 2);
    CHECK(counted.ledger.counted == 3);
    CHECK(counted.without_time == 4);
}

TEST_CASE("tally: hours, and the hours of the week") {
    const auto events = at_times(
        {"2014-01-06 00:00", "2014-01-06 00:59", "2014-01-06 01:00", "2014-01-12 23:59:59", "2014-01-06"});
    const Counted hours = count_by(events, {.bins = PeriodBins::hour});
    REQUIRE(hours.cube.periods.size() == 25);
    CHECK(cell(hours, "Ash", "00") == 2);
    CHECK(cell(hours, "Ash", "01") == 1);
    CHECK(cell(hours, "Ash", "23") == 1);
    CHECK(cell(hours, "Ash", "no time") == 1);
    const Counted week = count_by(events, {.bins = PeriodBins::weekday_hour});
    REQUIRE(week.cube.periods.size() == 169);
    CHECK(cell(week, "Ash", "Monday 00") == 2);
    CHECK(cell(week, "Ash", "Sunday 23") == 1);
    CHECK(cell(week, "Ash", "no time") == 1);
    // Where every event has its time there is no such row.
    CHECK(count_by(at_times({"2014-01-06 00:00"}), {.bins = PeriodBins::hour}).cube.periods.size() == 24);
}

TEST_CASE("tally: all is one period, dated or not") {
    const Counted counted =
        count_by(at_times({"2014-01", "", "1999-05-05 10:00"}), {.bins = PeriodBins::all});
    CHECK(labels_of(counted) == Labels{"all"});
    CHECK(ash_by_period(counted) == Numbers{3});
    CHECK(counted.ledger.no_date == 0);
    // Of a counter of months too.
    Counter counter(three_squares(), {});
    counter.add(MadeEvents(at_times({"2014-01", ""})).batch());
    CHECK(ash_by_period(counter.finish({.bins = PeriodBins::all})) == Numbers{2});
}

TEST_CASE("tally: one counter of months gives every calendar period, and refuses the clock") {
    Counter counter(three_squares(), {.bins = PeriodBins::quarter});
    counter.add(MadeEvents(at_times({"2014-01-06 10:00", "2014-02"})).batch());
    CHECK(labels_of(counter.finish({.bins = PeriodBins::month})) == Labels{"2014-01", "2014-02"});
    CHECK(labels_of(counter.finish({.bins = PeriodBins::year})) == Labels{"2014"});
    CHECK_THROWS_AS(counter.finish({.bins = PeriodBins::hour}), UsageError);
    CHECK_THROWS_AS(counter.finish({.bins = PeriodBins::weekday}), UsageError);
    Counter clock(three_squares(), {.bins = PeriodBins::hour});
    CHECK_THROWS_AS(clock.finish({.bins = PeriodBins::month}), UsageError);
    CHECK_THROWS_AS(clock.finish({.bins = PeriodBins::weekday_hour}), UsageError);
    Counter undated(three_squares(), {.bins = PeriodBins::all});
    CHECK_THROWS_AS(undated.finish({.bins = PeriodBins::month}), UsageError);
}

TEST_CASE("tally: events whose source has no dates have none") {
    const MadeEvents made({{.at = in_ash}});
    EventBatch batch = made.batch();
    batch.time = {};
    Counter months(three_squares(), {});
    months.add(batch);
    const Counted counted = months.finish({.bins = PeriodBins::month});
    CHECK(counted.ledger.no_date == 1);
    CHECK(counted.cube.counts.empty());
}

// Markers.

namespace {

Counted marked(const std::vector<std::vector<std::string>>& rows, std::vector<std::string> columns) {
    std::vector<MadeEvent> events;
    for (const auto& row : rows) events.push_back({.at = in_ash, .markers = row});
    return count_by(events, {.bins = PeriodBins::all}, {.markers = std::move(columns)});
}

std::map<std::string, double> ash_by_marker(const Counted& counted) {
    std::map<std::string, double> out;
    for (std::size_t m = 0; m < counted.cube.markers.size(); ++m)
        out[counted.cube.markers[m]] = counted.cube.at(0, 0, 0, m);
    CHECK(out.size() == counted.cube.markers.size());  // no name twice
    return out;
}

using Marks = std::map<std::string, double>;

}  // namespace

TEST_CASE("markers: a yes and no column is one marker, and all events beside it") {
    const Counted counted = marked({{"Y"}, {"n"}, {""}, {"yes"}, {"0"}}, {"Alcohol"});
    CHECK(counted.cube.markers == Labels{"alcohol", "all"});
    CHECK(ash_by_marker(counted) == Marks{{"alcohol", 2}, {"all", 5}});
}

TEST_CASE("markers: of two, both and either are counted, and none is ever added") {
    const Counted counted =
        marked({{"Y", "Y"}, {"Y", "N"}, {"N", "Y"}, {"Y", ""}, {"", ""}}, {"Alcohol", "Drug"});
    CHECK(counted.cube.markers == Labels{"alcohol", "drug", "both", "either", "all"});
    CHECK(ash_by_marker(counted) ==
          Marks{{"alcohol", 3}, {"drug", 2}, {"both", 1}, {"either", 4}, {"all", 5}});
}

TEST_CASE("markers: of three, any is counted") {
    const Counted counted =
        marked({{"1", "0", "0"}, {"1", "1", "1"}, {"0", "0", "0"}}, {"Alcohol", "Drug", "Knife"});
    CHECK(ash_by_marker(counted) == Marks{{"alcohol", 2}, {"drug", 1}, {"knife", 1}, {"any", 2}, {"all", 3}});
}

TEST_CASE("markers: a column that lists them makes one of each, in the order of their names") {
    const Counted counted =
        marked({{"drugs"}, {"Alcohol; Drugs"}, {"none"}, {""}, {"alcohol;alcohol"}}, {"Markers"});
    CHECK(counted.cube.markers == Labels{"alcohol", "drugs", "both", "either", "all"});
    CHECK(ash_by_marker(counted) ==
          Marks{{"alcohol", 2}, {"drugs", 2}, {"both", 1}, {"either", 3}, {"all", 5}});
}

TEST_CASE("markers: the same marker from a list and from a column of its own is one") {
    const Counted counted = marked({{"Y", ""}, {"", "alcohol"}, {"N", "none"}}, {"Alcohol", "Also"});
    CHECK(ash_by_marker(counted) == Marks{{"alcohol", 2}, {"all", 3}});
}

TEST_CASE("markers: one odd cell does not turn yes and no into markers, and is said") {
    const Counted counted = marked({{"Y"}, {"N"}, {"not known"}, {"not known"}, {""}}, {"Alcohol"});
    CHECK(ash_by_marker(counted) == Marks{{"alcohol", 1}, {"all", 5}});
    CHECK(counted.problems.count("bad_marker") == 2);
    CHECK(examples_of(counted.problems, "bad_marker") == Labels{"not known"});
    CHECK(counted.ledger.counted == 5);
}

TEST_CASE("markers: no in a column of lists is no marker called no") {
    const Counted counted = marked({{"alcohol"}, {"No"}, {"drugs"}, {"N"}}, {"Marker"});
    CHECK(ash_by_marker(counted) ==
          Marks{{"alcohol", 1}, {"drugs", 1}, {"both", 0}, {"either", 2}, {"all", 4}});
    CHECK(counted.problems.empty());
}

TEST_CASE("markers: those of the data that are called like a sum keep their own rows") {
    const Counted two = marked({{"both"}, {"alcohol"}, {"both;alcohol"}, {""}}, {"Marker"});
    CHECK(ash_by_marker(two) == Marks{{"alcohol", 2}, {"both_", 2}, {"both", 1}, {"either", 3}, {"all", 4}});
    const Counted one = marked({{"all"}, {""}}, {"Marker"});
    CHECK(ash_by_marker(one) == Marks{{"all_", 1}, {"all", 2}});
}

TEST_CASE("markers: a column that marks nothing still has its column in the table") {
    const Counted blank = marked({{""}, {""}}, {"Alcohol"});
    CHECK(ash_by_marker(blank) == Marks{{"alcohol", 0}, {"all", 2}});
    const Counted none = marked({{"none"}, {"-"}}, {"Marker"});
    CHECK(ash_by_marker(none) == Marks{{"all", 2}});
    const Counted nobody = marked({}, {"Alcohol"});
    CHECK(nobody.cube.markers == Labels{"alcohol", "all"});
}

TEST_CASE("markers: an empty cell beside yes and no was left open, and so was one that is neither") {
    const Counted counted =
        marked({{"Y", "N"}, {"N", ""}, {"", "Y"}, {" ", "no"}, {"not known", "Y"}}, {"Alcohol", "Drug"});
    CHECK(counted.cube.marker_cells == std::vector{MarkerCells::yes_or_no, MarkerCells::yes_or_no});
    CHECK(counted.cube.open_at(0, 0, 0, 0) == 3);
    CHECK(counted.cube.open_at(0, 0, 0, 1) == 1);
    CHECK(counted.cube.open_at(1, 0, 0, 0) == 0);  // another area
    CHECK(ash_by_marker(counted) ==
          Marks{{"alcohol", 1}, {"drug", 2}, {"both", 0}, {"either", 3}, {"all", 5}});
}

TEST_CASE("markers: where no cell says no, or markers are listed, an empty cell is no") {
    const Counted flagged = marked({{"x"}, {""}, {""}}, {"Alcohol"});
    CHECK(flagged.cube.marker_cells == std::vector{MarkerCells::flagged});
    CHECK(flagged.cube.open_at(0, 0, 0, 0) == 0);
    const Counted listed = marked({{"drugs"}, {"Alcohol; Drugs"}, {""}}, {"Markers"});
    CHECK(listed.cube.marker_cells == std::vector{MarkerCells::listed, MarkerCells::listed});
    CHECK(listed.cube.open_at(0, 0, 0, 1) == 0);
    // A column that says nothing at all, and one that says no and never yes.
    CHECK(marked({{""}, {" "}}, {"Alcohol"}).cube.open_at(0, 0, 0, 0) == 2);
    CHECK(marked({{""}, {"N"}}, {"Alcohol"}).cube.open_at(0, 0, 0, 0) == 1);
}

TEST_CASE("markers: a yes from a list closes what the marker's own column left open") {
    const Counted counted = marked({{"", "alcohol"}, {"", ""}, {"N", ""}, {"Y", ""}}, {"Alcohol", "Also"});
    CHECK(ash_by_marker(counted) == Marks{{"alcohol", 2}, {"all", 4}});
    CHECK(counted.cube.open_at(0, 0, 0, 0) == 1);
}

TEST_CASE("markers: seventeen are refused, naming the way out") {
    std::string many = "a";
    for (char c = 'b'; c <= 'q'; ++c) many += std::string(";") + c;
    CHECK_THROWS_AS(marked({{many}}, {"Marker"}), InputError);
    CHECK(marked({{many.substr(0, many.size() - 2)}}, {"Marker"}).cube.markers.size() == 18);
}

// Kinds.

namespace {

/// So many events of a kind in every month from one to another of 2014.
void add_kind(std::vector<MadeEvent>& events, const std::string& kind, int first, int last,
              std::size_t each) {
    for (int month = first; month <= last; ++month) {
        events.insert(
            events.end(), each,
            {.at = in_ash, .time = (month < 10 ? "2014-0" : "2014-") + std::to_string(month), .by = {kind}});
    }
}

std::uint64_t renamed(const std::vector<MadeEvent>& events) {
    return count_by(events, {.bins = PeriodBins::month}, {.by = {"kind"}}).problems.count("kind_renamed");
}

}  // namespace

TEST_CASE("kinds: one that ends where another of like size begins is said") {
    std::vector<MadeEvent> events;
    add_kind(events, "Burglary", 1, 12, 4);
    add_kind(events, "Violent crime", 1, 6, 10);
    add_kind(events, "Violence and sexual offences", 7, 12, 12);
    const Counted counted = count_by(events, {.bins = PeriodBins::month}, {.by = {"kind"}});
    CHECK(examples_of(counted.problems, "kind_renamed") ==
          Labels{"'Violent crime' to 2014-06, 'Violence and sexual offences' from 2014-07"});
}

TEST_CASE("kinds: a gap, another size, or a month or two is no renaming") {
    std::vector<MadeEvent> sizes, gap, short_lived;
    add_kind(sizes, "Burglary", 1, 12, 4);
    add_kind(sizes, "Old", 1, 6, 10);
    add_kind(sizes, "New", 7, 12, 31);
    CHECK(renamed(sizes) == 0);
    add_kind(gap, "Burglary", 1, 12, 4);
    add_kind(gap, "Old", 1, 5, 10);
    add_kind(gap, "New", 7, 12, 10);
    CHECK(renamed(gap) == 0);
    add_kind(short_lived, "Burglary", 1, 12, 4);
    add_kind(short_lived, "Old", 1, 10, 10);
    add_kind(short_lived, "New", 11, 12, 10);
    CHECK(renamed(short_lived) == 0);
}

TEST_CASE("kinds: two columns of kinds make every pair that came, sorted") {
    const Counted counted = count_by({{.at = in_ash, .by = {"b", "y"}},
                                      {.at = in_beech, .by = {"a", "z"}},
                                      {.at = far_outside, .by = {"a", "y"}},
                                      {.at = in_ash, .by = {"b", "y"}}},
                                     {.bins = PeriodBins::all}, {.by = {"one", "two"}});
    CHECK(counted.cube.kinds == std::vector<std::vector<std::string>>{{"a", "y"}, {"a", "z"}, {"b", "y"}});
    CHECK(cell(counted, "Ash", "all", {"b", "y"}) == 2);
    CHECK(cell(counted, "Beech", "all", {"a", "z"}) == 1);
    CHECK(cell(counted, "Outside", "all", {"a", "y"}) == 1);
    CHECK(cell(counted, "Cedar", "all", {"a", "y"}) == 0);
}

TEST_CASE("markers: with kinds, each kind has its own") {
    const Counted counted = count_by({{.at = in_ash, .by = {"a"}, .markers = {"Y"}},
                                      {.at = in_ash, .by = {"b"}, .markers = {"N"}},
                                      {.at = in_ash, .by = {"b"}, .markers = {"Y"}},
                                      {.at = in_ash, .by = {"c"}, .markers = {"N"}}},
                                     {.bins = PeriodBins::all}, {.by = {"kind"}, .markers = {"Alcohol"}});
    CHECK(counted.cube.markers == Labels{"alcohol", "all"});
    std::vector<double> ash;  // a, b, c: alcohol, all
    for (std::size_t kind = 0; kind < 3; ++kind) {
        for (std::size_t marker = 0; marker < 2; ++marker) ash.push_back(counted.cube.at(0, 0, kind, marker));
    }
    CHECK(ash == std::vector<double>{1, 1, 1, 2, 0, 1});
}
