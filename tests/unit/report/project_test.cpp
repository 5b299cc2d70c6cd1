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

namespace {

const std::string events =
    "[[events]]\nid = 'e'\nfiles = ['a.csv', 'more/*.csv']\nx = 'lon'\ny = 'lat'\ndate = 'when'\nmeasure = "
    "'m'\n"
    "periods = ['year-to:2021-06', 'year-to:2022-06']\n";
const std::string months = "[[months]]\nid = 'm'\nevents = 'e'\n";

void check_said(const std::string& toml, const std::string& part) {
    const std::string message = message_of(head + toml);
    CAPTURE(message);
    CHECK(message.find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("project: events are read with their places, periods and parts") {
    const Project project =
        parse_project(head + events + "snap = 50\nwhere = { force = 'WM' }\n", "/home/me/city.toml");
    REQUIRE(project.events.size() == 1);
    const ProjectEvents& one = project.events[0];
    CHECK(one.read.inputs == std::vector<std::string>{"/home/me/a.csv", "/home/me/more/*.csv"});
    CHECK(one.read.columns.x == "lon");
    CHECK(one.read.where.size() == 1);
    CHECK(one.snap_m == 50);
    CHECK(compares_two(one));
    CHECK(one.draw.size() == 5);
    CHECK(one.unit == "events");
}

TEST_CASE("project: where nothing needs a date none is looked for") {
    const std::string all = "[[events]]\nid = 'e'\nfiles = 'a.csv'\nmeasure = 'm'\nperiods = 'all'\n";
    CHECK(parse_project(head + all, "p.toml").events[0].read.columns.date == "-");
    CHECK(parse_project(head + all + months, "p.toml").events[0].read.columns.date.empty());
    CHECK(parse_project(head + all, "p.toml").events[0].draw.size() == 3);
}

TEST_CASE("project: months and breaks are read") {
    const Project project =
        parse_project(head + events + months + "kind = 'THEFT'\nbaseline = '2019-07'\n" +
                          "[[event]]\nfrom = '2020-03'\nto = '2020-06'\nnote = 'Lockdown'\n",
                      "p.toml");
    REQUIRE(project.months.size() == 1);
    CHECK(project.months[0].draw ==
          std::vector<ChartKind>{ChartKind::months, ChartKind::index, ChartKind::share, ChartKind::season});
    CHECK(project.months[0].counts.baseline->label() == "2019-07");
    REQUIRE(project.breaks.size() == 1);
    CHECK(project.breaks[0].to.label() == "2020-06");
}

TEST_CASE("project: what is wrong with events is said with its line") {
    check_said(events + "fiels = 'a'\n", "row 12: 'fiels' is no key of [[events]]; did you mean 'files'?");
    check_said("[[events]]\nid = 'e'\n", "row 4: [[events]] has no 'files'");
    check_said("[[events]]\nid = 'e'\nfiles = 'a'\n", "nothing of the events 'e' would be shown");
    check_said("[[events]]\nid = 'e'\nfiles = 'a'\nperiods = 'all'\n", "has no 'measure'");
    check_said("[[events]]\nid = 'e'\nfiles = 'a'\nmeasure = 'm'\nperiods = 'yeer'\n", "row 4");
    check_said("[[events]]\nid = 'e'\nfiles = 'a'\nmeasure = 'm'\nperiods = 'hour'\n", "draw = [\"hours\"]");
    check_said("[[events]]\nid = 'e'\nfiles = 'a'\nmeasure = 'm'\nperiods = ['2022', '2021']\n",
               "2022 stands before 2021");
    check_said(events + "by = 'kind'\n", "put {kind} into it");
    check_said(events + "lookup = 'l.csv'\n", "needs the column of small areas");
    check_said(events + "postcode = 'pc'\n", "'postcode' and 'postcodes' of [[events]] go together");
    check_said(events + "snap = -1\n", "0 or more metres");
    check_said(events + "date_order = 'month-frist'\n", "did you mean 'month-first'?");
    check_said(events + "draw = 'chart'\n", "'chart' in 'draw' of [[events]] cannot be drawn");
    check_said(events + events, "two [[events]] have the id 'e'");
}

TEST_CASE("project: what is wrong with months and breaks is said with its line") {
    check_said(events + "[[months]]\nid = 'm'\n", "row 12: [[months]] take either 'events' or 'file'");
    check_said(events + "[[months]]\nid = 'm'\nevents = 'ev'\n", "no [[events]] have the id 'ev'");
    check_said(events + months + "draw = 'seasn'\n", "did you mean 'season'?");
    check_said(events + months + "draw = 'share'\n", "a share needs a kind");
    check_said(events + months + "draw = ['months', 'months']\n", "stands twice");
    check_said(events + months + "baseline = '2019'\n", "the baseline '2019' is no month");
    check_said(events + months + "kind_name = 'x'\n", "names no kind");
    check_said(events + months + "trend = 'linear'\n", "row 12");
    check_said("[[months]]\nid = 'm'\nfile = 'c.csv'\ndraw = 'hours'\n", "a table of months has no hours");
    check_said("[[events]]\nid = 'e'\nfiles = 'a'\ndate = '-'\nmeasure = 'm'\nperiods = 'all'\n" + months,
               "have no dates, so they have no months");
    check_said(events + "[[event]]\nfrom = '2020'\nnote = 'n'\n", "'from' of [[event]] is no month: '2020'");
    check_said(events + "[[event]]\nfrom = '2020-03'\n", "[[event]] has no 'note'");
    check_said(events + "[[event]]\nfrom = '2020-06'\nto = '2020-03'\nnote = 'n'\n", "row 12");
}

TEST_CASE("project: comparisons are read with their defaults") {
    const Project project = parse_project(
        head +
            "[[comparison]]\nid = 'c'\nfile = 'd.csv'\ndraw = ['compare', 'trend']\nhighlight = 'Coventry'\n"
            "reference = ['England', 'Average']\nkeep = 5\n[[comparison]]\nid = 's'\ntable = 't'\n"
            "deprivation = 'i'\nwhole_lines = 'yes'\ncorrelation = 'none'\n",
        "/home/me/city.toml");
    REQUIRE(project.comparisons.size() == 2);
    const ProjectComparison& districts = project.comparisons[0];
    CHECK(districts.draw == std::vector{ChartKind::compare, ChartKind::trend});
    CHECK(districts.file->path == "/home/me/d.csv");
    CHECK(districts.options.roles.highlight == std::vector<std::string>{"Coventry"});
    CHECK(districts.options.roles.references.size() == 2);
    CHECK(districts.options.keep == 5);
    CHECK(districts.chapter == "Beside other places");
    const ProjectComparison& scatter = project.comparisons[1];
    CHECK(scatter.draw == std::vector{ChartKind::scatter});
    CHECK(scatter.options.y == "rate");
    CHECK(scatter.options.whole_lines == WholeLines::yes);
    CHECK_FALSE(scatter.options.correlation.has_value());
}

TEST_CASE("project: what is wrong with comparisons is said with its line") {
    const std::string comparison = "[[comparison]]\nid = 'c'\n";
    check_said(comparison, "row 4: [[comparison]] takes either 'file' or 'table'");
    check_said(comparison + "file = 'a'\ntable = 'b'\n", "takes either 'file' or 'table'");
    check_said(comparison + "file = 'a'\ndraw = 'comapre'\n", "did you mean 'compare'?");
    check_said(comparison + "table = 't'\ndraw = 'trend'\n", "a ward table of the report has no trend");
    check_said(comparison + "file = 'a'\ndeprivation = 'i'\n", "joins a 'table' of the report");
    check_said(comparison + "file = 'a'\nx_scale = 'cube'\n", "'x_scale' of [[comparison]] cannot be 'cube'");
    check_said(comparison + "file = 'a'\ncorrelation = 'kendall'\n", "there is no correlation 'kendall'");
    check_said(comparison + "file = 'a'\nhighlights = 'b'\n", "did you mean 'highlight'?");
}

TEST_CASE("project: facets are maps of several tables, named as 'draw' names them") {
    CHECK(parse_project(head + table, "/home/me/city.toml").tables[0].facets.empty());
    const Project project =
        parse_project(head + table + "facets = ['quadrant-map', 'rate-map']\n", "/home/me/city.toml");
    CHECK(project.tables[0].facets == std::vector<TablePart>{TablePart::quadrant_map, TablePart::rate_map});
    CHECK(parse_project(head + table + "facets = 'count-map'\n", "/home/me/city.toml").tables[0].facets ==
          std::vector<TablePart>{TablePart::count_map});
}

TEST_CASE("project: facets that cannot be drawn are refused with file, line, key and remedy") {
    const std::string one =
        "[[table]]\nid = 'robbery'\nfile = 'data/offences.csv'\nfrom = 'a'\nto = 'b'\nmeasure = 'robbery'\n";
    const std::string of_one = message_of(head + one + "facets = 'rate-map'\n");
    for (const char* part : {"city.toml", "10", "'facets' of [[table]]", "by = ["}) {
        CAPTURE(part);
        CHECK(of_one.find(part) != std::string::npos);
    }
    CHECK(message_of(head + table + "facets = 'rate-mop'\n").find("rate-map") != std::string::npos);
    CHECK(message_of(head + table + "facets = 'quadrant'\n").find("'facets'") != std::string::npos);
    CHECK(message_of(head + table + "facets = ['rate-map', 'rate-map']\n").find("stands twice") !=
          std::string::npos);
    const std::string of_years =
        "[[events]]\nid = '{offence}'\nfiles = 'e.csv'\nby = 'offence'\nmeasure = '{offence}'\n"
        "periods = 'year'\nfacets = 'rate-map'\n";
    CHECK(message_of(head + of_years).find("two 'periods'") != std::string::npos);
}

TEST_CASE("project: a misspelt key that is needed is found where it stands") {
    const std::string message =
        message_of(head + "[[table]]\nid = 'x'\nfile='b'\nfrom='a'\nto='b'\nmesure='m'\n");
    CHECK(message ==
          "/home/me/city.toml, row 9: [[table]] has no 'measure'; 'mesure' stands here: is that meant?");
    CHECK(message_of("[report]\ntitle = 'T'\nares = 'coventry-wards'\n").find("row 3") != std::string::npos);
    CHECK(message_of(head + "[[table]]\nid = 'x'\nfile='b'\nfrom='a'\nto='b'\n")
              .find("add it: measure = ...") != std::string::npos);
}

TEST_CASE("project: a misspelt column of 'by' is set against those that the id names") {
    const std::string by = "by = ['marker', 'offence']";
    std::string text = table;
    text.replace(text.find(by), by.size(), "by = ['marker', 'ofence']");
    const std::string message = message_of(head + text);
    CHECK(message.find("put {ofence} into it, or 'offence' into 'by'") != std::string::npos);
}

TEST_CASE("project: a part that stands twice in 'draw', or none, is refused") {
    CHECK(message_of(head + table + "draw = ['table', 'table']\n").find("stands twice in 'draw'") !=
          std::string::npos);
    CHECK(message_of(head + table + "draw = []\n").find("'draw' of [[table]] is empty") != std::string::npos);
}
