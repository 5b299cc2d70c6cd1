#include "wardmap/event/event_time.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <ctime>
#include <string>

using namespace wardmap;

namespace {

/// "2014-01", "2014-01-05", "2014-01-05 17:05"; the name of the fault where there is one.
std::string said(std::string_view text, DateOrder order = DateOrder::day_first) {
    const ReadTime read = parse_event_time(text, order);
    switch (read.fault) {
        case DateFault::blank:
            return "blank";
        case DateFault::unreadable:
            return "unreadable";
        case DateFault::impossible:
            return "impossible";
        case DateFault::none:
            break;
    }
    const CalendarDay date = calendar_day(read.time.day);
    std::string out = fmt::format("{:04}-{:02}", date.year, date.month);
    if (read.time.precision == TimePrecision::month) {
        CHECK(date.day == 1);
        return out;
    }
    out += fmt::format("-{:02}", date.day);
    if (read.time.precision == TimePrecision::day) return out;
    REQUIRE(read.time.precision == TimePrecision::minute);
    return out + fmt::format(" {:02}:{:02}", read.time.minute / 60, read.time.minute % 60);
}

}  // namespace

TEST_CASE("event time: a month reads in every form it is sent in") {
    for (const char* text :
         {"2014-01", "2014/01", "2014-1", "201401", "Jan 2014", "JANUARY 2014", "january-2014", "Jan-14",
          "Jan '14", "01/2014", "1/2014", "01-2014", " 2014-01\t", "2014-Jan"}) {
        CAPTURE(text);
        CHECK(said(text) == "2014-01");
    }
    CHECK(said("Sept 2021") == "2021-09");
    CHECK(said("Dec-69") == "2069-12");
    CHECK(said("Dec-70") == "1970-12");
}

TEST_CASE("event time: a day reads in every form it is sent in") {
    for (const char* text : {"2014-01-05",
                             "2014/01/05",
                             "2014/1/5",
                             "2014.01.05",
                             "20140105",
                             "05/01/2014",
                             "5/1/2014",
                             "05-01-2014",
                             "5.1.14",
                             "05/01/14",
                             "5-Jan-2014",
                             "05-JAN-14",
                             "5 January 2014",
                             "5th January 2014",
                             "5 Jan, 2014",
                             "05JAN2014",
                             "2014-Jan-05",
                             "Sun 5 Jan 2014",
                             "Sunday, 5 January 2014",
                             "January 5, 2014",
                             "Jan 5 2014",
                             "\r\n 05/01/2014 \n"}) {
        CAPTURE(text);
        CHECK(said(text) == "2014-01-05");
    }
}

TEST_CASE("event time: which number is the day is the caller's word, never a guess from the numbers") {
    CHECK(said("05/01/2014", DateOrder::month_first) == "2014-05-01");
    CHECK(said("5.1.14", DateOrder::month_first) == "2014-05-01");
    CHECK(said("13/01/2014", DateOrder::day_first) == "2014-01-13");
    CHECK(said("13/01/2014", DateOrder::month_first) == "impossible");
    CHECK(said("01/13/2014", DateOrder::day_first) == "impossible");
    CHECK(said("2014-01-05", DateOrder::month_first) == "2014-01-05");
}

TEST_CASE("event time: numbers of Excel's calendar are days, with a time where they have a fraction") {
    // Microsoft, DATEVALUE: 1 January 2008 is serial 39448; 22 August 2011 is 40777.
    CHECK(said("39448") == "2008-01-01");
    CHECK(said("40777") == "2011-08-22");
    CHECK(said("40777.0") == "2011-08-22");
    CHECK(said("41644.75") == "2014-01-05 18:00");
    CHECK(said("41644.7083333333") == "2014-01-05 17:00");  // Excel's 17:00, just below it
    CHECK(said("41644.9999999") == "2014-01-06 00:00");
    CHECK(said("18264") == "1950-01-01");
    CHECK(said("18263") == "unreadable");
    CHECK(said("73415") == "2100-12-31");
    CHECK(said("73416") == "unreadable");
    CHECK(said("41644.") == "unreadable");
    CHECK(said("41644.5x") == "unreadable");
}

TEST_CASE("event time: a time follows a day, cut to the minute") {
    for (const char* text :
         {"2014-01-05 17:05", "2014-01-05T17:05", "2014-01-05T17:05:30", "2014-01-05 17:05:59.999",
          "05/01/2014 17:05", "05/01/2014, 17:05", "05/01/2014   5:05 pm", "05/01/2014 5:05PM",
          "05/01/2014 05:05 p.m.", "05/01/2014 1705", "20140105T170530", "5 Jan 2014 17:05",
          "Sun, 05 Jan 2014 17:05:30"}) {
        CAPTURE(text);
        CHECK(said(text) == "2014-01-05 17:05");
    }
    CHECK(said("2014-01-05 00:00:00") == "2014-01-05 00:00");
    CHECK(said("2014-01-05 12:30 am") == "2014-01-05 00:30");
    CHECK(said("2014-01-05 12:30 pm") == "2014-01-05 12:30");
    CHECK(said("2014-01-05 5pm") == "2014-01-05 17:00");
    CHECK(said("2014-12-31 24:00") == "2015-01-01 00:00");
    CHECK(said("2016-12-31 23:59:60") == "2016-12-31 23:59");  // a leap second that there was
}

TEST_CASE("event time: a moment with a zone is what British clocks showed") {
    CHECK(said("2014-01-05T17:05:00Z") == "2014-01-05 17:05");
    CHECK(said("2014-07-05T17:05:00Z") == "2014-07-05 18:05");
    CHECK(said("2014-07-05 17:05 GMT") == "2014-07-05 18:05");
    CHECK(said("2014-07-05 17:05 BST") == "2014-07-05 17:05");
    CHECK(said("2014-07-05 17:05 utc") == "2014-07-05 18:05");
    CHECK(said("2014-07-05T17:05:00+01:00") == "2014-07-05 17:05");
    CHECK(said("2014-07-05T17:05:00+01") == "2014-07-05 17:05");
    CHECK(said("2014-01-05T17:05-0500") == "2014-01-05 22:05");
    CHECK(said("2014-06-30T23:30:00Z") == "2014-07-01 00:30");
    CHECK(said("2014-01-01T00:30:00+02:00") == "2013-12-31 22:30");
    CHECK(said("1969-12-31T23:59:00Z") == "1969-12-31 23:59");
    // GOV.UK, When do the clocks change: 30 March and 26 October 2014, 31 March and 27 October 2013.
    CHECK(said("2014-03-30T00:59:00Z") == "2014-03-30 00:59");
    CHECK(said("2014-03-30T01:00:00Z") == "2014-03-30 02:00");
    CHECK(said("2014-10-26T00:59:00Z") == "2014-10-26 01:59");
    CHECK(said("2014-10-26T01:00:00Z") == "2014-10-26 01:00");
    CHECK(said("2013-03-31T01:00:00Z") == "2013-03-31 02:00");
    CHECK(said("2013-10-27T00:59:00Z") == "2013-10-27 01:59");
}

TEST_CASE("event time: a day that never was is impossible, not unreadable") {
    for (const char* text :
         {"31/02/2014", "2014-02-29", "2014-13", "2014-00", "2014-01-00", "20140231", "201413", "00/01/2014",
          "0000-00-00", "1900-02-29", "2014/15", "31 April 2014", "05/01/2014 25:10", "05/01/2014 17:60",
          "05/01/2014 24:01", "05/01/2014 13:00 pm", "05/01/2014 0:10 am", "2014-01-05T10:00+15:00"}) {
        CAPTURE(text);
        CHECK(said(text) == "impossible");
    }
    CHECK(said("2016-02-29") == "2016-02-29");
    CHECK(said("2000-02-29") == "2000-02-29");
}

TEST_CASE("event time: what is no date is unreadable, and nothing is blank") {
    for (const char* text : {"x",
                             "unknown",
                             "-",
                             "/",
                             "2014",
                             "14",
                             "123",
                             "5",
                             "Jan",
                             "May",
                             "Sunday",
                             "5 Jan",
                             "17:05",
                             "5.14",
                             "2014.5",
                             "1.2014",
                             "2014-01-05x",
                             "2014-01-05 x",
                             "2014-01 17:05",
                             "2014-01-05 17",
                             "2014-01-05 17:5",
                             "2014-01-05 17:05:",
                             "2014-01-05 17:05:30.",
                             "2014-01-05 17:05 PST",
                             "2014-01-05 17:05 +1",
                             "2014-01-05T17:05Zx",
                             "2014-001-05",
                             "2014-01/05",
                             "5/Foo/2014",
                             "5-Jan-201",
                             "Foo 2014",
                             "100000",
                             "999999",
                             "12345678",
                             "99999999999999999999999999",
                             "2014-Q1",

                             "05/01/20145",
                             "=A1",
                             "E05001218"}) {
        CAPTURE(text);
        CHECK(said(text) == "unreadable");
    }
    for (const char* text : {"", " ", "\t\r\n "}) CHECK(said(text) == "blank");
    CHECK(said(std::string_view("2014-01\0", 8)) == "unreadable");
    CHECK(said("\xC3\xA9t\xC3\xA9 2014") == "unreadable");
}

TEST_CASE("event time: no beginning of a good date is read past its end") {
    const std::string whole = "Sun, 05 Jan 2014 05:05:30.250 p.m. +01:00";
    for (std::size_t n = 0; n <= whole.size(); ++n) {
        const std::string heap(whole, 0, n);  // a sanitizer sees a step past its end
        static_cast<void>(parse_event_time(std::string_view(heap.data(), heap.size())));
    }
    CHECK(said(whole) == "2014-01-05 16:05");
}

TEST_CASE("calendar: days agree with the C library's over eight centuries") {
    const std::int32_t first = day_number(1600, 1, 1), last = day_number(2400, 12, 31);
    CHECK(day_number(1970, 1, 1) == 0);
    for (std::int32_t day = first; day <= last; ++day) {
        const std::time_t seconds = std::time_t{day} * 86400;
        std::tm expected{};
        REQUIRE(gmtime_r(&seconds, &expected) != nullptr);
        const CalendarDay found = calendar_day(day);
        const bool same = found.year == expected.tm_year + 1900 && found.month == expected.tm_mon + 1 &&
                          found.day == expected.tm_mday && weekday_of(day) == (expected.tm_wday + 6) % 7 &&
                          day_number(found.year, found.month, found.day) == day;
        if (!same) FAIL("day " << day);
    }
}

TEST_CASE("calendar: months in a row are numbers in a row") {
    CHECK(month_number(day_number(1970, 1, 31)) == 1970 * 12);
    CHECK(month_number(day_number(2013, 12, 31)) + 1 == month_number(day_number(2014, 1, 1)));
}
