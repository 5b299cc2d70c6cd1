#include "wardmap/report/count_call.hpp"

#include "support/shapes.hpp"
#include "support/temp_dir.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/io/write_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numbers>
#include <string>
#include <tuple>
#include <vector>

using namespace wardmap;

namespace {

const std::string shared = WARDMAP_SOURCE_DIR "/../shared/data/";

bool there(const std::string& path) {
    if (std::filesystem::exists(path)) return true;
    MESSAGE("skipped: ", path, " is not here");
    return false;
}

CountRequest by_month(const std::vector<std::string>& inputs) {
    CountRequest request;
    request.source.inputs = inputs;
    request.areas = read_areas("coventry-wards").areas;
    request.periods = {.bins = PeriodBins::month};
    return request;
}

std::string street(const std::string& month) {
    return shared + "crime/west_midlands/" + month + "-west-midlands-street.csv";
}

double total(const CountCube& cube) {
    double sum = 0;
    for (std::size_t a = 0; a < cube.areas.size(); ++a)
        for (std::size_t p = 0; p < cube.periods.size(); ++p)
            for (std::size_t k = 0; k < cube.kinds.size(); ++k) sum += cube.at(a, p, k);
    return sum;
}

std::vector<std::uint64_t> numbers(const Ledger& ledger) {
    return {ledger.rows_read,   ledger.filtered, ledger.duplicates,    ledger.located, ledger.outside,
            ledger.no_location, ledger.counted,  ledger.out_of_period, ledger.no_date};
}

std::vector<std::tuple<std::string, std::uint64_t, std::vector<std::string>>> said(const Problems& problems) {
    std::vector<std::tuple<std::string, std::uint64_t, std::vector<std::string>>> out;
    for (const Problem& problem : problems.all())
        out.emplace_back(problem.code, problem.count, problem.examples);
    return out;
}

/// Metres from a point to a line, on the plane that touches a ball of the Earth's mean radius there.
double metres_to_line(Point p, Point a, Point b) {
    constexpr double radius = 6371008.8;
    const double degree = radius * std::numbers::pi / 180;
    const double narrow = std::cos(p.y * std::numbers::pi / 180);
    const auto flat = [&](Point q) { return Point{(q.x - p.x) * degree * narrow, (q.y - p.y) * degree}; };
    const Point u = flat(a);
    const Point v = flat(b);
    const double dx = v.x - u.x;
    const double dy = v.y - u.y;
    const double length = dx * dx + dy * dy;
    const double t = length > 0 ? std::clamp(-(u.x * dx + u.y * dy) / length, 0.0, 1.0) : 0.0;
    return std::hypot(u.x + t * dx, u.y + t * dy);
}

const std::string messy =
    "id,Longitude,Latitude,Month,kind,alcohol\n"
    "1,-1.51,52.41,2014-01,a,Y\n"
    "2,-1.51,52.41,2014-02,b,N\n"
    "2,-1.51,52.41,2014-02,b,N\n"
    "3,,,2014-01,a,Y\n"
    "4,0,0,2014-01,a,Y\n"
    "5,-3,52.41,2014-01,a,Y\n"
    "6,-1.51,52.41,2014-13,a,Y\n"
    "7,-1.51,52.41,,a,Y\n"
    "8,-1.51\n"
    "9,-1.51,52.41,2014-03,left out,Y\n"
    "10,-1.51,52.41,2015-06,a,Y\n";

}  // namespace

TEST_CASE("count call: every row of a messy file has its place in the ledger, on any number of threads") {
    const TempDir folder;
    CountRequest request = by_month({folder.file("messy.csv", messy)});
    request.source.dedupe = "id";
    request.source.where = {{"alcohol", "Y"}};
    request.source.columns.by = {"kind"};
    request.periods = parse_period_request(std::vector<std::string>{"2014"}, PeriodBins::month);
    std::vector<std::vector<std::tuple<std::string, std::uint64_t, std::vector<std::string>>>> all_said;
    for (const unsigned threads : {1U, 2U, 5U}) {
        request.source.threads = threads;
        const CountResult made = count_events(request);
        const Ledger& ledger = made.counted.ledger;
        CHECK(ledger.rows_read == 11);
        CHECK(ledger.filtered == 2);
        CHECK(ledger.duplicates == 0);
        CHECK(ledger.rejected ==
              std::vector<std::pair<std::string, std::uint64_t>>{{"wrong_column_count", 1}});
        CHECK(ledger.no_location == 2);
        CHECK(ledger.outside == 1);
        CHECK(ledger.located == 5);
        CHECK(ledger.counted == 2);
        CHECK(ledger.out_of_period == 1);
        CHECK(ledger.no_date == 2);
        CHECK(ledger.balanced());
        CHECK(made.counted.problems.count("impossible_date") + made.counted.problems.count("bad_date") == 1);
        CHECK(made.counted.problems.count("zero_coordinate") == 1);
        all_said.push_back(said(made.counted.problems));
    }
    CHECK(all_said[0] == all_said[1]);
    CHECK(all_said[0] == all_said[2]);
}

TEST_CASE("count call: more areas are counted in the same reading as if they were asked for alone") {
    const TempDir folder;
    CountRequest request = by_month({folder.file("messy.csv", messy)});
    request.source.columns.by = {"kind"};
    request.source.columns.markers = {"alcohol"};
    AreaSetParts one;
    one.codes = {"box"};
    one.names = {"Box"};
    one.shapes = {box_shape(-1.52, 52.40, 0.02, 0.02)};
    one.crs = Crs("EPSG:4326");
    const AreaSet box(std::move(one));
    for (const unsigned threads : {1U, 3U}) {
        request.source.threads = threads;
        request.also_in = {box, request.areas};
        const CountResult made = count_events(request);
        REQUIRE(made.also_in.size() == 2);
        CHECK(made.also_in[1].cube.counts == made.counted.cube.counts);
        CountRequest alone = request;
        alone.also_in.clear();
        alone.areas = box;
        const CountResult by_itself = count_events(alone);
        CHECK(made.also_in[0].cube.counts == by_itself.counted.cube.counts);
        CHECK(made.also_in[0].ledger.located == by_itself.counted.ledger.located);
        CHECK(made.also_in[0].ledger.balanced());
        CHECK(made.also_in[0].ledger.rows_read == 11);
        CHECK(made.read.files.size() == 1);
    }
}

TEST_CASE("count call: duplicates by a named key are taken out and said") {
    const TempDir folder;
    CountRequest request = by_month({folder.file("messy.csv", messy)});
    request.source.dedupe = "id";
    const CountResult made = count_events(request);
    CHECK(made.counted.ledger.duplicates == 1);
    CHECK(made.counted.problems.count("duplicates_removed") == 1);
    CHECK(made.counted.ledger.balanced());
}

TEST_CASE("count call: kinds and markers are those of the source") {
    const TempDir folder;
    CountRequest request = by_month({folder.file("messy.csv", messy)});
    request.source.columns.by = {"kind"};
    request.source.columns.markers = {"alcohol"};
    request.counter.by = {"another"};
    const CountResult made = count_events(request);
    CHECK(made.counted.cube.by == std::vector<std::string>{"kind"});
    CHECK(made.counted.cube.markers == std::vector<std::string>{"alcohol", "all"});
}

TEST_CASE("count call: periods finer than months are counted as fine as asked for") {
    const TempDir folder;
    CountRequest request = by_month({folder.file("timed.csv",
                                                 "Longitude,Latitude,date\n"
                                                 "-1.51,52.41,2014-01-06 17:30\n"     // a Monday
                                                 "-1.51,52.41,2014-01-12T23:59:59\n"  // a Sunday
                                                 "-1.51,52.41,2014-01-12\n")});
    request.periods = {.bins = PeriodBins::weekday_hour};
    const CountCube cube = count_events(request).counted.cube;
    std::vector<std::string> counted;
    for (std::size_t p = 0; p < cube.periods.size(); ++p) {
        for (std::size_t a = 0; a < cube.areas.size(); ++a)
            if (cube.at(a, p, 0) > 0) counted.push_back(cube.periods[p].label);
    }
    CHECK(counted == std::vector<std::string>{"Monday 17", "Sunday 23", no_time_label});
}

TEST_CASE("count call: files and columns that are not there are errors, with the nearest name") {
    const TempDir folder;
    CHECK_THROWS_AS((void)count_events(by_month({folder.path().string() + "/nowhere.csv"})), FileMissing);
    CountRequest request = by_month({folder.file("messy.csv", messy)});
    request.source.columns.by = {"knid"};
    try {
        (void)count_events(request);
        FAIL("a column that is not there was counted by");
    } catch (const NameUnknown& error) {
        CHECK(std::string(error.what()).find("kind") != std::string::npos);
    }
}

TEST_CASE("ledger in words: only what there is, in the order of the ledger") {
    Ledger ledger;
    CHECK(ledger_words(ledger) == "0 of 0 rows counted");
    ledger.rows_read = 18'631;
    ledger.counted = 2'331;
    ledger.outside = 16'120;
    ledger.no_location = 180;
    CHECK(ledger_words(ledger) ==
          "2,331 of 18,631 rows counted; 16,120 outside all areas; 180 without a location");
    ledger.out_of_period = 1;
    ledger.no_date = 2;
    ledger.filtered = 3;
    ledger.duplicates = 4;
    ledger.reject("wrong_column_count", 5);
    ledger.reject("bad_weight", 6);
    const std::string words = ledger_words(ledger);
    for (const char* part :
         {"1 out of the periods", "2 without a date", "3 left out by --where", "4 duplicates removed",
          "5 rejected (wrong_column_count)", "6 rejected (bad_weight)"})
        CHECK(words.find(part) != std::string::npos);
}

TEST_CASE("difference in words: nothing where nothing was compared") {
    Counted counted;
    CHECK(difference_words(counted).empty());
    counted.difference = PlaceDifference{};
    CHECK(difference_words(counted).empty());
}

TEST_CASE("count call: Coventry by polygon, and by the best fit of LSOAs, as SOURCES.md has them") {
    if (!there(street("2014-01"))) return;
    const ReadTable best_fit = read_table(shared + "lookups/england_lsoa11_ward2017_bestfit.csv");
    for (const auto& [month, counted, different] :
         std::vector<std::tuple<std::string, std::uint64_t, std::uint64_t>>{{"2014-01", 2331, 152},
                                                                            {"2014-02", 2051, 112}}) {
        CountRequest request = by_month({street(month)});
        CHECK(count_events(request).counted.ledger.counted == counted);
        request.source.columns.area = "LSOA code";
        Problems problems;
        request.counter.lookup = make_lookup(best_fit.table, {}, problems, nullptr, &request.areas);
        const CountResult made = count_events(request);
        REQUIRE(made.counted.difference);
        CHECK(made.counted.ledger.counted == counted);
        // Of 2014-01, one lies outside all wards and in an LSOA of Coventry: it is one of the 152.
        CHECK(made.counted.difference->different == different);
        CHECK(made.counted.difference->compared == counted + (month == "2014-01" ? 1U : 0U));
        CHECK(difference_words(made.counted).find("another ward") != std::string::npos);
        CHECK(made.counted.ledger.balanced());
    }
}

TEST_CASE(
    "count call: the one event of 2014-01 just outside all wards is outside, 2.5 m by another measure") {
    if (!there(street("2014-01"))) return;
    CountRequest request = by_month({street("2014-01")});
    // The built-in wards are drawn with fewer corners, and lie 2.9 m away.
    request.areas = read_areas(shared + "boundaries/coventry_wards.geojson").areas;
    const CountResult made = count_events(request);
    REQUIRE(made.counted.problems.count("just_outside") >= 1);
    const AreaSet& areas = request.areas;
    double nearest = std::numeric_limits<double>::infinity();
    const ReadTable table = read_table(street("2014-01"));
    std::size_t found = 0;
    for (std::size_t row = 0; row < table.table.row_count(); ++row) {
        if (table.table.column("LSOA code").text(row) != "E01009523" ||
            table.table.column("Location").text(row).find("Stone House Lane") == std::string::npos)
            continue;
        ++found;
        const Point p{std::stod(table.table.column("Longitude").text(row)),
                      std::stod(table.table.column("Latitude").text(row))};
        for (const MultiPolygon& shape : areas.shapes())
            for (std::size_t r = 0; r < shape.ring_count(); ++r)
                for (std::size_t i = 0; i + 1 < shape.ring(r).size(); ++i)
                    nearest = std::min(nearest, metres_to_line(p, shape.ring(r)[i], shape.ring(r)[i + 1]));
    }
    CHECK(found >= 1);
    CHECK(nearest == doctest::Approx(2.5).epsilon(0.04));
    std::string example;
    for (const Problem& problem : made.counted.problems.all()) {
        if (problem.code == "just_outside") example = problem.examples.at(0);
    }
    CHECK(std::abs(std::stod(example) - nearest) < 0.1);

    request.counter.snap_m = 3;
    const CountResult snapped = count_events(request);
    CHECK(snapped.counted.ledger.counted == 2332);
    CHECK(snapped.counted.snapped == 1);
    CHECK(snapped.counted.problems.count("snapped") == 1);
    request.counter.snap_m = 2;
    CHECK(count_events(request).counted.ledger.counted == 2331);
}

TEST_CASE("count call: both formats of police.uk and Warrington's folder, on one thread and on three") {
    if (!there(street("2011-02")) || !there(shared + "crime/warrington")) return;
    CountRequest request = by_month({street("2011-02"), street("2014-01"), street("2014-02")});
    request.source.columns.by = {"Crime type"};
    request.source.threads = 3;
    const CountResult three = count_events(request);
    request.source.threads = 1;
    const CountResult one = count_events(request);
    CHECK(one.counted.ledger.counted == 3316 + 2331 + 2051);
    CHECK(total(one.counted.cube) == 3316 + 2331 + 2051);
    CHECK(numbers(one.counted.ledger) == numbers(three.counted.ledger));
    CHECK(one.counted.cube.counts == three.counted.cube.counts);
    CHECK(said(one.counted.problems) == said(three.counted.problems));

    CountRequest warrington = by_month({shared + "crime/warrington"});
    warrington.source.columns.by = {"Crime type"};
    warrington.areas = read_areas(shared + "boundaries/warrington_wards.geojson").areas;
    const CountResult made = count_events(warrington);
    CHECK(made.counted.ledger.rows_read == 16'534 + 20'021 + 1'477);
    CHECK(made.counted.ledger.counted == made.counted.ledger.rows_read);
    CHECK(made.counted.problems.count("month_gap") > 0);
}
