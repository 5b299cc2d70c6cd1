#include "wardmap/io/event_reader.hpp"

#include "support/temp_dir.hpp"
#include "unit/io/packed_files.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/io/write_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace wardmap;
using namespace std::string_literals;

namespace {

const std::string crime = WARDMAP_SOURCE_DIR "/../shared/data/crime/";
const std::string needles = WARDMAP_SOURCE_DIR "/../shared/data/needles/boston_needle_pickup_2015.csv";

bool there(const std::string& path) {
    if (std::filesystem::exists(path)) return true;
    MESSAGE("skipped: the shared data are not here");
    return false;
}

struct Event {
    double x = 0;
    double y = 0;
    EventTime time{};
    std::string area{};
    std::vector<std::string> by{};
    std::vector<std::string> markers{};
    std::int64_t weight = weight_unit;
    std::string record{};
    std::string crs{};

    bool located() const { return !std::isnan(x) && !std::isnan(y); }
    auto key() const {
        return std::tuple(located() ? x : -1e9, located() ? y : -1e9, time.day, time.minute, area, by,
                          markers, weight);
    }
};

struct Read {
    EventRead read{};
    std::vector<Event> events{};

    std::uint64_t faults(std::string_view code) const { return read.problems.count(code); }
    const Problem& fault(std::string_view code) const {
        const auto all = read.problems.all();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Problem& p) { return p.code == code; });
        REQUIRE(found != all.end());
        return *found;
    }
    std::size_t located() const {
        return static_cast<std::size_t>(
            std::count_if(events.begin(), events.end(), [](const Event& event) { return event.located(); }));
    }
    std::uint64_t rejected(std::string_view reason) const {
        for (const auto& [name, count] : read.ledger.rejected) {
            if (name == reason) return count;
        }
        return 0;
    }
};

std::string name_of_code(const CodedColumn& column, std::size_t i) {
    return column.codes.empty() ? std::string() : column.names[column.codes[i]];
}

Read read(const EventSource& source) {
    Read out;
    std::mutex lock;
    out.read = read_events(source, [&](unsigned worker, const EventFile&, const EventBatch& batch) {
        const std::lock_guard<std::mutex> held(lock);
        CHECK(worker < std::max(source.threads, 1U));
        for (std::size_t i = 0; i < batch.size; ++i) {
            Event event;
            event.x = batch.x.empty() ? std::nan("") : batch.x[i];
            event.y = batch.y.empty() ? std::nan("") : batch.y[i];
            if (!batch.time.empty()) event.time = batch.time[i];
            event.area = name_of_code(batch.area, i);
            for (const CodedColumn& column : batch.by) event.by.push_back(name_of_code(column, i));
            for (const CodedColumn& column : batch.markers) event.markers.push_back(name_of_code(column, i));
            if (!batch.weight.empty()) event.weight = batch.weight[i];
            if (!batch.records.empty()) event.record = batch.records[i];
            event.crs = batch.crs.definition;
            out.events.push_back(event);
        }
    });
    const Ledger& ledger = out.read.ledger;
    std::uint64_t gone = ledger.filtered + ledger.duplicates;
    for (const auto& [reason, count] : ledger.rejected) gone += count;
    CHECK(ledger.rows_read == gone + out.events.size());
    return out;
}

Read read_text(const std::string& text, EventSource source = {}) {
    const TempDir folder;
    source.inputs = {folder.file("events.csv", text)};
    return read(source);
}

/// All that an EventRead says, as text: to compare two.
std::string said(const EventRead& read) {
    std::string out = std::to_string(read.ledger.rows_read) + " " + std::to_string(read.ledger.filtered) +
                      " " + std::to_string(read.repeated_rows) + "\n";
    for (const auto& [reason, count] : read.ledger.rejected)
        out += reason + " " + std::to_string(count) + "\n";
    for (const Problem& problem : read.problems.all()) {
        out += problem.code + " " + std::to_string(problem.count) + " " + problem.where.text() +
               problem.message + "\n";
        for (const std::string& example : problem.examples) out += "  " + example + "\n";
    }
    for (const std::string& guess : read.guesses) out += guess + "\n";
    for (const EventFile& file : read.files)
        out += file.path + " " + std::to_string(file.rows) + " " + file.crs + "\n";
    return out;
}

}  // namespace

TEST_CASE("events: police.uk in its present form, everything guessed and said") {
    const Read got = read_text(
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime "
        "type,Last "
        "outcome category,Context\r\n"
        ",2014-01,WMP,WMP,-1.850056,52.591108,On or near Walsall Road,E01009417,Birmingham 001A,Anti-social "
        "behaviour,,\r\n"
        "ab,2014-02,WMP,WMP,,,No Location,,,Burglary,Under investigation,\r\n",
        {.columns = {.by = {"Crime type", "Context"}}});
    REQUIRE(got.events.size() == 2);
    CHECK(got.events[0].x == -1.850056);
    CHECK(got.events[0].y == 52.591108);
    CHECK(got.events[0].time.day == day_number(2014, 1, 1));
    CHECK(got.events[0].time.precision == TimePrecision::month);
    CHECK(got.events[0].by == std::vector<std::string>{"Anti-social behaviour", ""});
    CHECK_FALSE(got.events[1].located());
    CHECK(got.events[1].by[0] == "Burglary");
    CHECK(got.read.files[0].crs == "EPSG:4326");
    CHECK(got.read.files[0].rows == 2);
    CHECK(got.read.files[0].header.substr(0, 14) == "Crime ID,Month");
    CHECK(got.read.problems.empty());
    CHECK(got.read.guesses ==
          std::vector<std::string>{"x and y: columns Longitude and Latitude", "date: column Month",
                                   "coordinate system: EPSG:4326, for all values lie within 180 by 90"});
}

TEST_CASE("events: police.uk of 2011 in eastings and northings") {
    const Read got = read_text(
        "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n"
        "2011-02,WMP,WMP,408811.0,284398.0,On or near Alfred Road,Robbery,\n");
    REQUIRE(got.events.size() == 1);
    CHECK(got.events[0].x == 408811);
    CHECK(got.events[0].y == 284398);
    CHECK(got.events[0].crs == "EPSG:27700");
}

TEST_CASE("events: files of different headers go together, and only what differs is said again") {
    const TempDir folder;
    const std::string one = folder.file("1.csv", "Month,Longitude,Latitude,Kind\n2014-01,-1.5,52.4,a\n");
    const std::string two = folder.file("2.csv", "Kind;Northing;Easting;Month\nb;279000;433000;2011-02\n");
    const std::string three = folder.file("3.csv", "Month,Longitude,Latitude,Kind\n2014-02,-1.5,52.4,b\n");
    const Read got = read({.inputs = {one, two, three}, .columns = {.by = {"kind"}}});
    REQUIRE(got.events.size() == 3);
    CHECK(got.events[1].x == 433000);
    CHECK(got.events[1].y == 279000);
    CHECK(got.events[1].crs == "EPSG:27700");
    CHECK(got.events[2].by[0] == "b");
    CHECK(got.read.files[1].delimiter == ';');
    CHECK(std::count_if(got.read.guesses.begin(), got.read.guesses.end(),
                        [](const std::string& guess) { return guess.substr(0, 7) == "x and y"; }) == 2);

    try {
        read({.inputs = {one, two}, .columns = {.by = {"Crime type"}}});
        FAIL("a column that is not there");
    } catch (const NameUnknown& error) {
        CHECK(error.where().file == one);
    }
    const std::string other = folder.file("4.csv", "Month,Longitude,Latitude,Kinds\n2014-01,-1.5,52.4,a\n");
    try {
        read({.inputs = {one, other}, .columns = {.by = {"Kind"}}});
        FAIL("a column that is not there");
    } catch (const NameUnknown& error) {
        CHECK(error.where().file == other);
        CHECK(error.what_to_do().find("Kinds") != std::string::npos);
    }
}

TEST_CASE("events: coordinates that no rule fits ask for --crs with a value of theirs") {
    for (const std::string text : {"x,y\n433000,279000\n", "Longitude,Latitude\n-1.5,52.4\n433000,279000\n",
                                   "Easting,Northing\n9433000,279000\n"}) {
        CAPTURE(text);
        try {
            read_text(text);
            FAIL("no rule fits");
        } catch (const CrsError& error) {
            CHECK(std::string(error.what()).find("279000") != std::string::npos);
            CHECK(error.what_to_do().find("--crs EPSG:27700") != std::string::npos);
        }
    }
    CHECK(read_text("x,y\n433000,279000\n", {.crs = "EPSG:27700"}).events[0].x == 433000);
    CHECK(read_text("x,y\n-1.5,52.4\n").events[0].crs == "EPSG:4326");
    CHECK_THROWS_AS(read_text("x,y\n1,2\n", {.crs = "EPSG:nonsense"}), CrsError);
}

TEST_CASE("events: places that are none are named, counted and without location") {
    const Read got = read_text(
        "x,y,n\n-1.5,52.4,1\n0,0,2\n0.0,-0.000,3\nNaN,52,4\ninf,52,5\nabc,52.4,6\n,,7\n ,52.4,8\n1e400,52,9\n"
        " -1.5 , "
        "52.4,10\n+1.5,5.24e1,11\n-1.5.0,52,12\n--1,52,13\n1234567890123456789.5,1,14\n-,52,15\n.,52,16\n",
        {.crs = "EPSG:4326"});
    CHECK(got.read.ledger.rows_read == 16);
    CHECK(got.events.size() == 16);
    CHECK(got.located() == 3);
    CHECK(got.events[9].x == -1.5);
    CHECK(got.events[10].y == 52.4);
    CHECK(got.faults("zero_coordinate") == 2);
    CHECK(got.fault("zero_coordinate").where.row == 3U);
    CHECK(got.fault("bad_coordinate").where.row == 5U);
    CHECK(got.faults("bad_coordinate") == 8);
    CHECK(got.fault("bad_coordinate").examples[2] == "row 7: abc, 52.4");
    CHECK(got.faults("out_of_range") == 1);
}

TEST_CASE("events: metres where degrees are declared, and the reverse") {
    const Read metres = read_text("x,y\n433000,279000\n-1.5,52.4\n", {.crs = "EPSG:4326"});
    CHECK(metres.faults("out_of_range") == 1);
    CHECK(metres.located() == 1);
    CHECK(metres.fault("out_of_range").message.find("metres") != std::string::npos);
    const Read degrees = read_text("x,y\n-1.5,52.4\n-1.6,52.3\n", {.crs = "EPSG:27700"});
    CHECK(degrees.faults("degrees_not_metres") == 1);
    CHECK(degrees.located() == 2);
    CHECK(read_text("x,y\n-1.5,52.4\n433000,279000\n", {.crs = "EPSG:27700"}).faults("degrees_not_metres") ==
          0);
}

TEST_CASE("events: numbers of every plain form are read to the nearest double") {
    std::mt19937 random(7);
    std::string text = "x,y\n";
    std::vector<double> wanted;
    for (int i = 0; i < 3000; ++i) {
        std::string number = random() % 2 == 0 ? "-" : "";
        const auto whole = random() % 180;
        number += std::to_string(whole);
        const auto decimals = random() % 17;
        if (decimals > 0) number += ".";
        for (std::size_t d = 0; d < decimals; ++d) number += static_cast<char>('0' + random() % 10);
        wanted.push_back(std::stod(number));
        text += number + ",1.5\n";
    }
    const Read got = read_text(text, {.crs = "EPSG:4326"});
    REQUIRE(got.events.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(got.events[i].x == wanted[i]);
}

TEST_CASE("events: dates of every kind, bad and impossible ones counted") {
    const Read got = read_text(
        "x,y,when\n1,2,05/01/2014\n1,2,2014-01-05 "
        "17:05\n1,2,\n1,2,soon\n1,2,31/02/2014\n1,2,soon\n1,2,2014-01\n"
        "1,2,Wednesday the 5th of January in the year 2014\n",
        {.columns = {.date = "when"}});
    REQUIRE(got.events.size() == 8);
    CHECK(got.events[0].time.day == day_number(2014, 1, 5));
    CHECK(got.events[1].time.minute == 17 * 60 + 5);
    CHECK(got.events[2].time.precision == TimePrecision::none);
    CHECK(got.faults("bad_date") == 3);
    CHECK(got.fault("bad_date").examples[0] == "row 5: soon");
    CHECK(got.faults("impossible_date") == 1);
    CHECK(read_text("x,y,when\n1,2,05/01/2014\n",
                    {.columns = {.date = "when"}, .date_order = DateOrder::month_first})
              .events[0]
              .time.day == day_number(2014, 5, 1));
    const Read none = read_text("x,y,date\n1,2,05/01/2014\n", {.columns = {.date = "-"}});
    CHECK(none.events[0].time.precision == TimePrecision::none);
}

TEST_CASE("events: weights are whole millionths; a row with a bad one is rejected") {
    const Read got =
        read_text("x,y,n\n1,2,3\n1,2,0.25\n1,2,\n1,2,-1\n1,2,many\n1,2,0\n1,2,nan\n1,2,0.0000005\n",
                  {.columns = {.weight = "n"}});
    REQUIRE(got.events.size() == 4);
    CHECK(got.events[0].weight == 3'000'000);
    CHECK(got.events[1].weight == 250'000);
    CHECK(got.events[2].weight == 0);
    CHECK(got.events[3].weight == 1);
    CHECK(got.faults("bad_weight") == 4);
    CHECK(got.rejected("bad_weight") == 4);
    CHECK(got.read.ledger.rows_read == 8);
}

TEST_CASE("events: rows of another width are rejected with their number, empty cells behind are not") {
    const Read got = read_text("x,y,kind\n1,2,a\n1,2\n1,2,a,\n1,2,a, ,\n\n1,2,a,b\n   \n1,2,a\r\r\n", {});
    CHECK(got.events.size() == 4);
    CHECK(got.read.ledger.rows_read == 6);
    CHECK(got.rejected("wrong_column_count") == 2);
    CHECK(got.fault("wrong_column_count").where.row == 3U);
    CHECK(got.fault("wrong_column_count").examples[1] == "row 7: 4 columns: 1,2,a,b");
    CHECK(read_text("x,y,,\n1,2\n1,2,,\n1,2,,,\n1\n").rejected("wrong_column_count") == 1);
}

TEST_CASE("events: quotation marks, quoted line ends and every line end mean what they do in tables") {
    const Read got = read_text(
        "x,y,\"kind\"\r\n1,2,\"a, b\"\r\n3,4,\"a \"\"b\"\"\"\n5,6,\"two\nlines\"\r7,8,plain\r\n9,10, \"c\" "
        "\n\"11\",\"12\",d\"e\n",
        {.columns = {.by = {"kind"}}});
    REQUIRE(got.events.size() == 6);
    CHECK(got.events[0].by[0] == "a, b");
    CHECK(got.events[1].by[0] == "a \"b\"");
    CHECK(got.events[2].by[0] == "two\nlines");
    CHECK(got.events[3].by[0] == "plain");
    CHECK(got.events[4].by[0] == "c");
    CHECK(got.events[5].by[0] == "d\"e");
    CHECK(got.events[5].x == 11);
    CHECK(got.read.problems.empty());
}

TEST_CASE("events: a quotation mark that is never closed, or closed far away, is said") {
    const Read open = read_text("x,y,kind\n1,2,a\n1,2,\"b\n1,2,c\n", {.columns = {.by = {"kind"}}});
    CHECK(open.events.size() == 3);
    CHECK(open.events[1].by[0] == "\"b");
    CHECK(open.faults("unclosed_quote") == 1);
    CHECK(open.fault("unclosed_quote").where.row == 3U);
    std::string text = "x,y,kind\n1,2,\"a\n";
    for (int i = 0; i < 30; ++i) text += "1,2,b\n";
    const Read far = read_text(text + "1,2,\"c\n1,2,d\n", {.columns = {.by = {"kind"}}});
    CHECK(far.faults("long_quoted_cell") == 1);
    CHECK(read_text("x,y,kind\n1,2,\"a\"b\n").faults("stray_quote") == 1);
}

TEST_CASE("events: a file cut off in the middle of a row") {
    const Read got = read_text("x,y,kind\n1,2,a\n1,2,b\n1,");
    CHECK(got.events.size() == 2);
    CHECK(got.rejected("wrong_column_count") == 1);
    const Read quoted = read_text("x,y,kind\n1,2,a\n1,2,\"b");
    CHECK(quoted.events.size() == 2);
    CHECK(quoted.faults("unclosed_quote") == 1);
}

TEST_CASE("events: NUL bytes are dropped from what is used, and counted") {
    const Read got =
        read_text("x,y,kind,date,rest\n1,2,a\0b,2014-01,\0\n1\0,2,ab,2014\0-02,\n1,2,a\0b,2014\0-02,\n"s,
                  {.columns = {.by = {"kind"}}});
    REQUIRE(got.events.size() == 3);
    CHECK(got.events[0].by[0] == "ab");
    CHECK(got.events[1].by[0] == "ab");
    CHECK(got.events[1].x == 1);
    CHECK(got.events[2].time.day == day_number(2014, 2, 1));
    CHECK(got.faults("nul_bytes") == 5);
    CHECK(got.fault("nul_bytes").where.row == 2U);
}

TEST_CASE("events: texts in UTF-8 with a mark, UTF-16 and Windows-1252 are the same") {
    const std::string plain = "Longitude,Latitude,Kind\n-1.5,52.4,Café\n-1.6,52.3,x\n";
    const auto utf16 = [&](bool big, bool mark) {
        std::string out = mark ? (big ? "\xFE\xFF" : "\xFF\xFE") : "";
        for (const char32_t c :
             std::u32string(U"Longitude,Latitude,Kind\n-1.5,52.4,Caf\u00E9\n-1.6,52.3,x\n")) {
            const char low = static_cast<char>(static_cast<unsigned char>(c));
            out += big ? std::string{'\0', low} : std::string{low, '\0'};
        }
        return out;
    };
    const std::string latin = "Longitude,Latitude,Kind\n-1.5,52.4,Caf\xE9\n-1.6,52.3,x\n";
    for (const std::string& text : {plain, "\xEF\xBB\xBF" + plain, utf16(false, true), utf16(true, true),
                                    utf16(false, false), utf16(true, false), latin}) {
        for (const unsigned threads : {1U, 3U}) {
            const Read got = read_text(text, {.columns = {.by = {"Kind"}}, .threads = threads});
            REQUIRE(got.events.size() == 2);
            CHECK(got.events[0].by[0] == "Café");
            CHECK(got.events[0].x == -1.5);
            CHECK_FALSE(got.read.problems.serious());
        }
    }
    CHECK(read_text(latin, {.columns = {.by = {"Kind"}}}).read.guesses.back().find("Windows-1252") !=
          std::string::npos);
    CHECK(read_text(latin, {.columns = {.by = {"Kind"}}, .where = {{"Kind", "Café"}}}).events.size() == 1);
    const Read mixed = read_text("x,y,k\n1,2,Caf\xE9 \xC3\xA9\n", {.columns = {.by = {"k"}}});
    CHECK(mixed.events[0].by[0] == "Café é");
    CHECK(mixed.faults("bad_encoding") == 1);
}

TEST_CASE("events: UTF-16 in pieces keeps pairs of units together") {
    std::string text = "\xFF\xFE";
    const auto put = [&](char16_t c) {
        text += static_cast<char>(static_cast<unsigned char>(c));
        text += static_cast<char>(static_cast<unsigned char>(c >> 8));
    };
    for (const char16_t c : std::u16string(u"x,y,kind\n")) put(c);
    for (int i = 0; i < 120'000; ++i) {
        for (const char16_t c : std::u16string(i % 2 == 0 ? u"1,2,\U0001F489a\n" : u"1,2,\U0001F489\n"))
            put(c);
    }
    const Read got = read_text(text, {.columns = {.by = {"kind"}}, .threads = 2});
    REQUIRE(got.events.size() == 120'000);
    for (const Event& event : got.events) {
        if (event.by[0] != "\U0001F489" && event.by[0] != "\U0001F489a") FAIL_CHECK(event.by[0]);
    }
}

TEST_CASE("events: conditions keep rows; conditions on a column that is not there are an error") {
    const std::string text = "x,y,kind,year\n1,2,a,2014\n1,2,b ,2014\n1,2,b,2015\n1,2,B,2014\n";
    const Read got = read_text(text, {.where = {{"kind", "b"}, {"year", " 2014"}}});
    CHECK(got.events.size() == 1);
    CHECK(got.read.ledger.filtered == 3);
    CHECK(got.read.ledger.rows_read == 4);
    CHECK_THROWS_AS(read_text(text, {.where = {{"sort", "b"}}}), NameUnknown);
}

TEST_CASE("events: rows of a key are taken once, rows without one always") {
    const Read got =
        read_text("id,x,y\na,1,2\nb,1,2\na,3,4\n,1,2\n,1,2\n a,1,2\n", {.dedupe = "id", .threads = 3});
    CHECK(got.events.size() == 4);
    CHECK(got.read.ledger.duplicates == 2);
    CHECK(got.faults("duplicates_removed") == 2);
    CHECK_FALSE(got.read.problems.serious());
}

TEST_CASE("events: rows identical in every field are counted, across files too, and kept") {
    const TempDir folder;
    const std::string one = folder.file("1.csv", "x,y,k\n1,2,a\n1,2,a\n1,2,b\n");
    const std::string two = folder.file("2.csv", "x,y,k\r\n1,2,a\r\n1,2,c\r\n");
    const Read got = read({.inputs = {one, two}});
    CHECK(got.events.size() == 5);
    CHECK(got.read.repeated_rows == 2);
    CHECK_FALSE(got.read.repeated_rows_estimated);
    CHECK(got.faults("repeated_rows") == 2);
    CHECK(read({.inputs = {one, two}, .repeated_rows = RepeatedRows::not_counted}).read.repeated_rows == 0);
}

TEST_CASE("events: empty files among others are named, and nothing but empty files is an error") {
    const TempDir folder;
    const std::string full = folder.file("full.csv", "x,y\n1,2\n");
    const std::string nothing = folder.file("nothing.csv", "");
    const std::string blanks = folder.file("blanks.csv", "\n \n");
    const std::string header = folder.file("header.csv", "other,columns\n\n");
    const Read got = read({.inputs = {nothing, full, header, blanks}});
    CHECK(got.events.size() == 1);
    CHECK(got.faults("empty_file") == 3);
    CHECK_THROWS_AS(read({.inputs = {nothing, header}}), InputError);
}

TEST_CASE("events: what is no text is refused") {
    CHECK_THROWS_AS(read_text("\x7F"
                              "ELF\x02\x01\x01\n\x03,\x04\n"),
                    InputError);
}

TEST_CASE("events: areas instead of coordinates, or beside them") {
    const Read alone =
        read_text("ward,month\nE05001218,2014-01\n Bablake ,2014-01\n", {.columns = {.area = "ward"}});
    REQUIRE(alone.events.size() == 2);
    CHECK(alone.events[0].area == "E05001218");
    CHECK(alone.events[1].area == "Bablake");
    const Read both = read_text("ward,x,y\nBablake,1,2\n", {.columns = {.area = "ward"}});
    CHECK(both.events[0].located());
    const Read unknown = read_text("ward,x,y\nBablake,433000,279000\n", {.columns = {.area = "ward"}});
    CHECK_FALSE(unknown.events[0].located());
    CHECK(unknown.read.guesses.back().find("not used") != std::string::npos);
    CHECK_THROWS_AS(read_text("ward,month\nBablake,2014-01\n"), InputError);
}

TEST_CASE("events: markers come as their cells stand") {
    const Read got = read_text("x,y,drink,both\n1,2,Y,alcohol;drugs\n1,2,N,\n",
                               {.columns = {.markers = {"drink", "both"}}});
    CHECK(got.events[0].markers == std::vector<std::string>{"Y", "alcohol;drugs"});
    CHECK(got.events[1].markers == std::vector<std::string>{"N", ""});
}

TEST_CASE("events: columns that do not go together are refused") {
    CHECK_THROWS_AS(read_text("p,x,y\nCV1 5FB,1,2\n", {.columns = {.postcode = "p"}}), UsageError);
    CHECK_THROWS_AS(read_text("x,x,y\n1,1,2\n", {.columns = {.x = "x"}}), InputError);
    CHECK_THROWS_AS(read_text("a,b\n1,2\n", {.columns = {.x = "a"}}), InputError);
}

TEST_CASE("events: records are kept as they stand, in order and in UTF-8, for one worker") {
    const Read got = read_text("x,y,k\r\n1,2,\"a\r\nb\"\r\n3,4,Caf\xE9\r\n5,6,c",
                               {.keep_records = KeepRecords::yes, .threads = 4});
    REQUIRE(got.events.size() == 3);
    CHECK(got.events[0].record == "1,2,\"a\r\nb\"");
    CHECK(got.events[1].record == "3,4,Café");
    CHECK(got.events[2].record == "5,6,c");
    CHECK(got.read.files[0].header == "x,y,k");
}

TEST_CASE("events: a first line sep=; and blank lines above the header") {
    const Read got = read_text("sep=;\r\n\r\nx;y\r\n1,5;2\r\n1;2\r\n");
    CHECK(got.events.size() == 2);
    CHECK(got.fault("bad_coordinate").where.row == 4U);
}

TEST_CASE(
    "events: a layer of points is read with its own system, its features that are no points are named") {
    const TempDir folder;
    const std::string layer = folder.file(
        "finds.geojson",
        R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"features":[
        {"type":"Feature","properties":{"kind":"needle, one","when":"2014-01-05"},"geometry":{"type":"Point","coordinates":[433000.25,279000]}},
        {"type":"Feature","properties":{"kind":"a \"b\"","when":"2014-02-05"},"geometry":null},
        {"type":"Feature","properties":{"kind":"line","when":"soon"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]})");
    const std::string plain = folder.file("more.csv", "kind,x,y,when\nneedle,-1.5,52.4,2014-03\n");
    const Read got =
        read({.inputs = {layer, plain}, .columns = {.date = "when", .by = {"kind"}}, .threads = 2});
    REQUIRE(got.events.size() == 4);
    CHECK(got.located() == 2);
    const auto first = std::find_if(got.events.begin(), got.events.end(),
                                    [](const Event& event) { return event.crs == "EPSG:27700"; });
    REQUIRE(first != got.events.end());
    CHECK(first->x == 433000.25);
    CHECK(first->by[0] == "needle, one");
    CHECK(std::any_of(got.events.begin(), got.events.end(),
                      [](const Event& event) { return event.by[0] == "a \"b\""; }));
    CHECK(got.faults("not_points") == 1);
    CHECK(got.fault("bad_date").examples[0] == "row 3: soon");
    CHECK(got.read.files[0].crs == "EPSG:27700");
    CHECK(got.read.files[0].rows == 3);
}

TEST_CASE("events: a Shapefile in an archive is the same as beside it; rows in the archive come first") {
    const TempDir folder;
    const std::string layers = WARDMAP_SOURCE_DIR "/tests/data/layers/finds";
    std::vector<ZipMember> members;
    for (const char* ending : {".shp", ".shx", ".dbf", ".prj"}) {
        std::ifstream in(layers + ending, std::ios::binary);
        members.push_back({std::string("finds/finds") + ending, {std::istreambuf_iterator<char>(in), {}}});
    }
    const Read plain = read({.inputs = {layers + ".shp"}, .columns = {.date = "-"}});
    const Read packed =
        read({.inputs = {folder.file("finds.zip", zipped(members))}, .columns = {.date = "-"}});
    REQUIRE(plain.events.size() > 0);
    REQUIRE(packed.events.size() == plain.events.size());
    for (std::size_t i = 0; i < plain.events.size(); ++i) {
        CHECK((packed.events[i].x == plain.events[i].x || std::isnan(plain.events[i].x)));
        CHECK(packed.events[i].crs == plain.events[i].crs);
    }
    members.push_back({"readme.csv", "x,y\n-1.5,52.4\n"});
    const Read rows = read({.inputs = {folder.file("both.zip", zipped(members))}, .columns = {.date = "-"}});
    CHECK(rows.events.size() == 1);
}

TEST_CASE("events: a sheet of a workbook") {
    const TempDir folder;
    const std::string path = (folder.path() / "finds.xlsx").string();
    write_table(
        path,
        Table({Column::text("kind", {"needle", "pipe"}), Column::numbers("easting", {433000.5, 434000}),
               Column::numbers("northing", {279000, 280000}),
               Column::text("date", {"2014-01-05", "31/02/2014"})}),
        {}, Overwrite::refuse);
    const Read got = read({.inputs = {path}, .columns = {.by = {"kind"}}});
    REQUIRE(got.events.size() == 2);
    CHECK(got.events[0].x == 433000.5);
    CHECK(got.events[0].crs == "EPSG:27700");
    CHECK(got.events[1].by[0] == "pipe");
    CHECK(got.faults("impossible_date") == 1);
}

TEST_CASE("events: packed files are read like plain ones") {
    if (!there(crime)) return;
    const TempDir folder;
    const std::string plain = crime + "west_midlands/2014-01-west-midlands-street.csv";
    const std::string packed = (folder.path() / "street.csv.gz").string();
    REQUIRE(std::system(("gzip -c '" + plain + "' > '" + packed + "'").c_str()) == 0);
    const Read got = read({.inputs = {packed}, .columns = {.by = {"Crime type"}}, .threads = 2});
    CHECK(got.read.ledger.rows_read == 18'631);
    CHECK(got.read.repeated_rows == 1'384);
}

TEST_CASE("events: postcodes from a directory, terminated and unmatched ones counted") {
    const TempDir folder;
    const std::string directory = folder.file(
        "onspd.csv", "pcd,doterm,oseast1m,osnrth1m\nCV1 5FB,,433500,279100\nCV1 1AA,201001,433600,279200\n");
    const Read got =
        read_text("postcode,clients\ncv15fb,3\nCV1 1AA,2\nCV9 9ZZ,1\n,4\n",
                  {.columns = {.postcode = "postcode", .weight = "clients"}, .postcodes = directory});
    REQUIRE(got.events.size() == 4);
    CHECK(got.events[0].x == 433500);
    CHECK(got.events[0].crs == "EPSG:27700");
    CHECK(got.events[1].located());
    CHECK(got.located() == 2);
    CHECK(got.read.terminated_postcodes == 1);
    CHECK(got.read.unmatched_postcodes == 1);
    CHECK(got.fault("unmatched_postcode").examples[0] == "row 4: CV9 9ZZ");
}

TEST_CASE("events: an exception of the sink ends the reading") {
    const TempDir folder;
    EventSource source{.inputs = {folder.file("a.csv", "x,y\n1,2\n")}};
    for (const unsigned threads : {1U, 3U}) {
        source.threads = threads;
        CHECK_THROWS_AS(read_events(source, [](unsigned, const EventFile&,
                                               const EventBatch&) { throw Cancelled("enough"); }),
                        Cancelled);
    }
}

TEST_CASE("events: one thread and many say the same of a large file with everything wrong in it") {
    std::mt19937 random(11);
    const std::vector<std::string> odd{"1,2,a\n",
                                       "0,0,\"b, c\",2014-01\n",
                                       "x,2,b,2014-01\n",
                                       "1,2,c,31/02/2014\n",
                                       "1,2,\"two\nlines\",2014-01\n",
                                       "\n",
                                       "300,2,d,soon\n",
                                       "1,2,Caf\xE9,2014-02\r\n",
                                       "1,2,\"e\"f,2014-02\r",
                                       ",,g,\n",
                                       "1,2,h,2014-03,,\n"};
    const auto text_of = [&](std::size_t rows) {
        std::string text = "x,y,kind,month\n";
        for (std::size_t i = 0; i < rows; ++i) {
            if (random() % 50 == 0) {
                text += odd[random() % odd.size()];
            } else {
                text += "-1." + std::to_string(random() % 1000) + ",52." + std::to_string(random() % 1000) +
                        ",kind " + std::to_string(random() % 30) + ",2014-0" +
                        std::to_string(1 + random() % 9) + "\n";
            }
        }
        return text;
    };
    const TempDir folder;
    const std::string one = folder.file("1.csv", text_of(150'000));
    const std::string two = folder.file("2.csv", text_of(10));
    const std::string three = folder.file("3.csv", text_of(60'000));
    EventSource source{.inputs = {one, two, three}, .columns = {.by = {"kind"}}, .crs = "EPSG:4326"};
    Read first = read(source);
    CHECK(first.read.ledger.rows_read > 200'000);
    CHECK(first.faults("wrong_column_count") > 100);
    const auto keys = [](const Read& from) {
        std::vector<decltype(Event{}.key())> all;
        for (const Event& event : from.events) all.push_back(event.key());
        std::sort(all.begin(), all.end());
        return all;
    };
    const auto wanted = keys(first);
    for (const unsigned threads : {2U, 7U}) {
        source.threads = threads;
        const Read again = read(source);
        CHECK(said(again.read) == said(first.read));
        CHECK((keys(again) == wanted));
    }
}

TEST_CASE("events: the West Midlands' files, as their sources count them") {
    if (!there(crime)) return;
    const std::string folder = crime + "west_midlands/";
    const auto of = [&](const std::string& month) {
        return read(
            {.inputs = {folder + month + "-west-midlands-street.csv"}, .columns = {.by = {"Crime type"}}});
    };
    const Read old = of("2011-02");
    CHECK(old.read.ledger.rows_read == 25'558);
    CHECK(old.read.files[0].crs == "EPSG:27700");
    const Read january = of("2014-01");
    CHECK(january.read.ledger.rows_read == 18'631);
    CHECK(january.read.repeated_rows == 1'384);
    CHECK(january.read.ledger.rejected.empty());
    const Read february = of("2014-02");
    CHECK(february.read.ledger.rows_read == 17'639);
    CHECK(february.read.repeated_rows == 1'257);
    std::map<std::string, int> kinds;
    for (const Event& event : february.events) ++kinds[event.by[0]];
    CHECK(kinds.size() == 14);
    for (const unsigned threads : {1U, 2U, 7U}) {
        const Read all = read({.inputs = {folder}, .columns = {.by = {"Crime type"}}, .threads = threads});
        CHECK(all.read.ledger.rows_read == 25'558 + 18'631 + 17'639);
        CHECK(all.read.files.size() == 3);
        CHECK(all.read.files[0].rows == 25'558);
    }
}

TEST_CASE("events: Warrington's 25 months") {
    if (!there(crime)) return;
    const Read got =
        read({.inputs = {crime + "warrington"}, .columns = {.by = {"Crime type"}}, .threads = 2});
    CHECK(got.read.files.size() == 25);
    CHECK(got.read.ledger.rows_read == 16'534 + 20'021 + 1'477);
    CHECK(got.located() == got.events.size());
    CHECK(got.read.guesses.size() == 3);
}

TEST_CASE("events: needles found in Boston in 2015") {
    if (!there(needles)) return;
    const Read got = read({.inputs = {needles}, .columns = {.by = {"closure_class"}}});
    CHECK(got.read.ledger.rows_read == 622);
    std::map<std::string, int> closed;
    for (const Event& event : got.events) ++closed[event.by[0]];
    CHECK(closed["test"] == 7);
    CHECK(closed["duplicate"] == 2);
    CHECK(closed["invalid"] == 9);
    CHECK(std::count_if(got.events.begin(), got.events.end(),
                        [](const Event& event) { return event.x == -71.0587 && event.y == 42.3594; }) == 49);
    CHECK(got.events.front().time.day == day_number(2015, 5, 15));
    CHECK(got.events.front().time.precision == TimePrecision::minute);
    CHECK(got.faults("bad_date") == 0);
}
