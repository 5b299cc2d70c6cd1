#include "wardmap/io/read_table.hpp"

#include "support/temp_dir.hpp"
#include "wardmap/io/write_table.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/select_rows.hpp"
#include "wardmap/table/total_row.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

using namespace wardmap;
using Names = std::vector<std::string>;

namespace {

std::string shared(const std::string& name) {
    return std::string(WARDMAP_SOURCE_DIR) + "/../shared/data/" + name;
}
std::string figures(const std::string& name) {
    return std::string(WARDMAP_SOURCE_DIR) + "/examples/coventry/data/" + name;
}

double sum_of(const Table& table, std::string_view column) {
    Problems problems;
    double sum = 0;
    const Column counts = read_counts(table, column, problems);
    for (const double number : counts.numbers()) sum += number;
    CHECK(problems.empty());
    return sum;
}

}  // namespace

TEST_CASE("reading a table: the nine published ward tables") {
    const ReadTable read = read_table(figures("needs_assessment/offences_by_ward.csv"));
    CHECK(read.rows_read == 171);
    CHECK(read.guesses.empty());
    CHECK(read.problems.empty());
    CHECK(read.table.names() == Names{"figure", "marker", "offence", "ward", "yt_june_2021", "yt_june_2022",
                                      "change", "pct_change", "rate_per_100k"});
    CHECK(distinct_values(read.table, "offence").size() + distinct_values(read.table, "marker").size() > 2);
    CHECK(read.sha256.size() == 64);
    Problems problems;
    const Column change = read_numbers(read.table, "pct_change", problems);
    CHECK(problems.empty());
    CHECK(change.size() == 171);
}

TEST_CASE("reading a table: conditions keep rows and count the others") {
    const ReadTable read =
        read_table(figures("needs_assessment/offences_by_ward.csv"),
                   {.sheet = {}, .header_row = {}, .where = {{"figure", "10.4.7"}, {"ward", "Bablake"}}});
    CHECK(read.table.row_count() == 1);
    CHECK(read.rows_filtered == 170);
    CHECK(read.table.column("yt_june_2022").text(0) == "32");
    CHECK_THROWS_AS(read_table(figures("needs_assessment/offences_by_ward.csv"),
                               {.sheet = {}, .header_row = {}, .where = {{"ward", "Bablak"}}}),
                    NameUnknown);
}

TEST_CASE("reading a table: the embedded population adds up to the published city") {
    CHECK(sum_of(read_table(figures("coventry_ward_population_mid2020.csv")).table, "all_ages") == 379387);
}

TEST_CASE("reading a table: real files of public data") {
    if (!std::filesystem::exists(shared("SOURCES.md"))) {
        MESSAGE("the shared data are not here: skipped");
        return;
    }
    const ReadTable wards = read_table(shared("population/england_ward2020_mid2020_5year.csv"));
    CHECK(wards.rows_read == 7098);
    CHECK(wards.guesses.empty());
    CHECK_FALSE(wards.problems.serious());
    CHECK(sum_of(wards.table, "all_ages") == 54943747);
    const ReadTable street = read_table(shared("crime/west_midlands/2014-01-west-midlands-street.csv"));
    CHECK(street.rows_read == 18631);
    CHECK(street.guesses.empty());
    CHECK(street.table.names().front() == "Crime ID");
    CHECK(read_table(shared("crime/west_midlands/2011-02-west-midlands-street.csv")).rows_read == 25558);
    CHECK(read_table(shared("needles/boston_needle_pickup_2015.csv")).rows_read == 622);
    CHECK(read_table(shared("imd/england_imd2019_lsoa11.csv")).rows_read == 32844);
    const ReadTable sexes = read_table(shared("population/coventry_ward2020_mid2020_single_year_by_sex.csv"),
                                       {.sheet = {}, .header_row = {}, .where = {{"sex", "persons"}}});
    CHECK(sexes.table.row_count() == 18);
    CHECK(sum_of(sexes.table, "all_ages") == 379387);
}

TEST_CASE("reading a table: as Excel in Britain saves it, title and notes included") {
    const TempDir dir;
    const std::string path =
        dir.file("offences.csv",
                 "Alcohol-marked offences,,,\r\nSource: West Midlands Police,,,\r\n,,,\r\n"
                 "Ward,YT June 2021,YT June 2022,% change\r\nSt "
                 "Michael\x92s,\"1,189\",155,-87%\r\nBablake,31,[c],-\r\n"
                 "TOTAL,\"1,220\",*,..\r\n,,,\r\n\"Notes: counts of \xA3 offences, as recorded\",,,\r\n");
    const ReadTable read = read_table(path);
    CHECK(read.table.names() == Names{"Ward", "YT June 2021", "YT June 2022", "% change"});
    CHECK(read.rows_read == 3);
    CHECK(read.table.column("Ward").text(0) == "St Michael\u2019s");
    CHECK(is_total_name(read.table.column("Ward").text(2)));
    CHECK(read.table.meta().source == "West Midlands Police");
    CHECK(read.guesses.size() == 3);
    Problems problems;
    CHECK(read_counts(read.table, "YT June 2021", problems).number(0) == 1189);
    CHECK(read_counts(read.table, "YT June 2022", problems).state(1) == CellState::suppressed);
    CHECK(read_numbers(read.table, "% change", problems).state(1) == CellState::undefined);
    CHECK(read_numbers(read.table, "% change", problems).unit() == "%");
    CHECK(problems.empty());
}

TEST_CASE("reading a table: UTF-16 with tabs, as Excel saves Unicode text") {
    std::string bytes = "\xFF\xFE";
    for (const char c : std::string("ward\tcount\r\nBablake\t31\r\n")) {
        bytes += c;
        bytes += '\0';
    }
    const TempDir dir;
    const ReadTable read = read_table(dir.file("t.txt", bytes));
    CHECK(read.table.names() == Names{"ward", "count"});
    CHECK(read.guesses.size() == 2);
}

TEST_CASE("reading a table: what is not there or not a table is refused with a remedy") {
    const TempDir dir;
    dir.file("counts.csv", "a,b\n1,2\n");
    const std::string folder = dir.path().string();
    CHECK_THROWS_WITH_AS(read_table(folder + "/count.csv"),
                         (folder + "/count.csv: there is no such file; did you mean 'counts.csv'?").c_str(),
                         FileMissing);
    CHECK_THROWS_AS(read_table(folder + "/none/count.csv"), FileMissing);
    CHECK_THROWS_AS(read_table(folder), InputError);
    CHECK_THROWS_AS(read_table(dir.file("empty.csv", "")), InputError);
    CHECK_THROWS_AS(read_table(dir.file("head.csv", "a,b\n")), InputError);
    CHECK_THROWS_AS(read_table(dir.file("page.csv", "<html><body>Sign in</body></html>")), InputError);
    CHECK_THROWS_AS(read_table(dir.file("broken.xlsx", "PK\x03\x04 not a workbook")), Error);
    CHECK_THROWS_AS(read_table(dir.file("empty.xlsx", "")), InputError);
}

TEST_CASE("reading a table: the metadata beside it comes back") {
    const TempDir dir;
    TableMeta meta;
    meta.measure = "robbery";
    meta.source = "Police";
    const Table table(
        {Column::text("area_name", {"Bablake", "Wyken"}),
         Column::numbers("rate", {1.5, 0}, {CellState::value, CellState::suppressed}, "per 100,000")},
        meta);
    const std::string path = (dir.path() / "t.csv").string();
    CHECK(write_table(path, table, {}, Overwrite::refuse).size() == 2);
    const ReadTable read = read_table(path);
    CHECK(read.table.meta() == meta);
    Problems problems;
    const Column rate = read_numbers(read.table, "rate", problems);
    CHECK(rate.unit() == "per 100,000");
    CHECK(rate.state(1) == CellState::suppressed);
    CHECK(rate.number(0) == 1.5);
    dir.file("t.csv-metadata.json", "{broken");
    CHECK(read_table(path).problems.count("bad_metadata") == 1);
}

TEST_CASE(
    "reading a workbook: the sheet of figures is found among the others, its header joined, its words read") {
    const std::string path = WARDMAP_SOURCE_DIR "/tests/data/tables/as_sent.xlsx";
    const ReadTable read = read_table(path);
    CHECK(read.table.names() == Names{"Ward", "YT June 2021 Offences", "YT June 2021 Rate",
                                      "YT June 2022 Offences", "YT June 2022 Rate"});
    CHECK(read.guesses ==
          Names{"sheet of " + path + ": By ward (of Cover, Contents, By ward, Lookup, Months)",
                "header row of " + path + ", sheet By ward: 4 and 5, joined",
                "source of " + path + ": West Midlands Police"});
    CHECK(read.table.origin().rows == std::vector<std::size_t>{6, 7, 8, 9, 10});
    CHECK(read.problems.count("skipped_rows") == 4);
    CHECK_FALSE(read.problems.serious());
    CHECK(read.texts_below == Names{"1. [c] is a count under five.", "2. Contact the analyst."});
    Problems problems;
    const Column before = read_counts(read.table, "YT June 2021 Offences", problems);
    const Column after = read_counts(read.table, "YT June 2022 Offences", problems);
    CHECK(before.number(1) == 1189);
    CHECK(after.number(0) == 32);
    CHECK(before.state(2) == CellState::suppressed);
    CHECK(after.state(2) == CellState::suppressed);
    CHECK(before.state(3) == CellState::missing);
    CHECK(read_numbers(read.table, "YT June 2022 Rate", problems).state(2) == CellState::undefined);
    CHECK(problems.empty());
}

TEST_CASE("reading a workbook: a sheet by its name, by its number, and one that is not there") {
    const std::string path = WARDMAP_SOURCE_DIR "/tests/data/tables/as_sent.xlsx";
    const ReadTable words = read_table(path, {.sheet = "lookup", .header_row = {}, .where = {}});
    CHECK(words.table.names() == Names{"LSOA", "Ward"});
    CHECK(words.rows_read == 2);
    CHECK(read_table(path, {.sheet = "4", .header_row = {}, .where = {}}).table.names() ==
          Names{"LSOA", "Ward"});
    CHECK(read_table(path, {.sheet = "Months", .header_row = {}, .where = {}}).table.names() ==
          Names{"Ward", "May 2022", "June 2022"});
    CHECK_THROWS_WITH_AS(read_table(path, {.sheet = "By wards", .header_row = {}, .where = {}}),
                         (path + ": there is no sheet 'By wards'; did you mean 'By ward'?").c_str(),
                         NameUnknown);
    CHECK_THROWS_AS(read_table(path, {.sheet = "Cover", .header_row = 9, .where = {}}), InputError);
}

TEST_CASE("reading a workbook: OpenDocument, with spanned and repeated cells") {
    const ReadTable read = read_table(WARDMAP_SOURCE_DIR "/tests/data/tables/as_sent.ods");
    CHECK(read.table.names() == Names{"Ward", "YT July 2021", "YT July 2022"});
    CHECK(read.table.origin().rows == std::vector<std::size_t>{5, 6, 7});
    CHECK(read.texts_below == Names{"Note: reported by the public"});
    Problems problems;
    CHECK(read_counts(read.table, "YT July 2021", problems).number(1) == 1052);
    CHECK(read_numbers(read.table, "YT July 2022", problems).state(1) == CellState::undefined);
    CHECK(problems.empty());
}
