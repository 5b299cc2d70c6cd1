#include "wardmap/io/grid_table.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

using Cells = std::vector<std::vector<std::string>>;
using Names = std::vector<std::string>;

GridTable read(const Cells& cells) {
    return table_from_grid(cells, {.file = "t.xlsx", .sheet = "Data", .header_row = {}});
}

}  // namespace

TEST_CASE("grid: a plain table is read without a guess") {
    const GridTable t = read({{"ward", "count"}, {" Bablake ", "31"}, {"Foleshill", ""}});
    CHECK(t.table.names() == Names{"ward", "count"});
    CHECK(t.table.column("ward").text(0) == "Bablake");
    CHECK(t.table.where(1, "count").text() == "t.xlsx, sheet Data, row 3, column count");
    CHECK(t.guesses.empty());
    CHECK(t.problems.empty());
}

TEST_CASE("grid: title and note rows above and below are skipped, counted and kept to be read") {
    const GridTable t = read({{"Table 10.4.7: violence without injury", "", "", ""},
                              {"Source: West Midlands Police", "", "", ""},
                              {"", "", "", ""},
                              {"Ward", "YT June 2021", "YT June\n2022", "Change"},
                              {"Bablake", "31", "32", "1"},
                              {"", "", "", ""},
                              {"Binley and Willenhall", "64", "101", "37"},
                              {"Westwood", "", "", ""},
                              {"Total", "95", "133", "38"},
                              {"", "", "", ""},
                              {"1. Counts are of offences with an alcohol marker", "", "", ""},
                              {"Contact: the analyst", "", "", ""}});
    CHECK(t.header_row == 4);
    CHECK(t.guesses == Names{"header row of t.xlsx, sheet Data: 4"});
    CHECK(t.table.names() == Names{"Ward", "YT June 2021", "YT June 2022", "Change"});
    CHECK(t.table.row_count() == 4);
    CHECK(t.table.column("Ward").text(2) == "Westwood");
    CHECK(t.table.origin().rows == std::vector<std::size_t>{5, 7, 8, 9});
    CHECK(t.problems.count("skipped_rows") == 4);
    CHECK(t.problems.count("blank_rows") == 1);
    CHECK_FALSE(t.problems.serious());
    CHECK(t.texts_above == Names{"Table 10.4.7: violence without injury", "Source: West Midlands Police"});
    CHECK(t.texts_below == Names{"1. Counts are of offences with an alcohol marker", "Contact: the analyst"});
}

TEST_CASE("grid: a note right below the last row is known by its words, an area without figures is not one") {
    const GridTable t = read(
        {{"Ward", "A", "B"}, {"Bablake", "1", "2"}, {"Westwood", "", ""}, {"Source: police, 2022", "", ""}});
    CHECK(t.table.row_count() == 2);
    CHECK(t.texts_below == Names{"Source: police, 2022"});
    CHECK(read({{"Ward", "A", "B"}, {"Bablake", "1", "2"}, {"Westwood", "", ""}}).table.row_count() == 2);
}

TEST_CASE("grid: pairs of words above a narrow table are not its header") {
    const GridTable t = read({{"Source:", "West Midlands Police"},
                              {"Generated", "on Friday"},
                              {"", ""},
                              {"Ward", "Offences"},
                              {"Bablake", "31"},
                              {"Foleshill", "73"}});
    CHECK(t.table.names() == Names{"Ward", "Offences"});
    CHECK(t.texts_above.size() == 2);
}

TEST_CASE("grid: a title with commas does not pass for the header") {
    const GridTable t = read({{"Offences", " by ward", " Coventry"},
                              {"Ward", "2021", "2022", "Change", "Rate"},
                              {"Bablake", "1", "2", "1", "3"},
                              {"Wyken", "1", "2", "1", "3"}});
    CHECK(t.table.names() == Names{"Ward", "2021", "2022", "Change", "Rate"});
    CHECK(t.texts_above == Names{"Offences by ward Coventry"});
}

TEST_CASE("grid: a header in two rows is joined, period above and measure below") {
    const Names joined{"Ward", "YT June 2021 Count", "YT June 2021 Rate", "YT June 2022 Count",
                       "YT June 2022 Rate"};
    const GridTable a = read({{"Offences", "", "", "", ""},
                              {"", "YT June 2021", "", "YT June 2022", ""},
                              {"Ward", "Count", "Rate", "Count", "Rate"},
                              {"Bablake", "31", "184", "32", "190"},
                              {"Wyken", "40", "184", "32", "190"}});
    CHECK(a.table.names() == joined);
    CHECK(a.header_row == 2);
    CHECK(a.guesses == Names{"header row of t.xlsx, sheet Data: 2 and 3, joined"});
    const GridTable b = read({{"Ward", "YT June 2021", "", "YT June 2022", ""},
                              {"", "Count", "Rate", "Count", "Rate"},
                              {"Bablake", "31", "184", "32", "190"},
                              {"Wyken", "40", "184", "32", "190"}});
    CHECK(b.table.names() == joined);
    const GridTable three = read({{"Ward", "2020", "", "2021", "", "2022", ""},
                                  {"", "Count", "Rate", "Count", "Rate", "Count", "Rate"},
                                  {"Bablake", "31", "184", "32", "190", "1", "2"}});
    CHECK(three.table.names() ==
          Names{"Ward", "2020 Count", "2020 Rate", "2021 Count", "2021 Rate", "2022 Count", "2022 Rate"});
}

TEST_CASE("grid: years and single years of age name columns") {
    CHECK(read({{"Ward", "2021", "2022"}, {"Bablake", "31", "32"}}).table.names() ==
          Names{"Ward", "2021", "2022"});
    const GridTable ages = read({{"Ward", "0", "1", "2", "90+"}, {"Bablake", "31", "32", "5", "6"}});
    CHECK(ages.table.names() == Names{"Ward", "0", "1", "2", "90+"});
    CHECK(ages.problems.empty());
}

TEST_CASE("grid: columns without a name, names that come twice, empty columns") {
    const GridTable t = read({{"", "Count", "Count", "Count_2", ""},
                              {"Bablake", "1", "2", "3", ""},
                              {"Wyken", "1", "2", "3", ""}});
    CHECK(t.table.names() == Names{"column_1", "Count", "Count_2", "Count_2_2"});
    CHECK(t.problems.count("unnamed_column") == 1);
    CHECK(t.problems.count("duplicate_column") == 2);
}

TEST_CASE("grid: rows of the wrong length are counted with their row") {
    const GridTable t = read({{"ward", "a", "b"},
                              {"Bablake", "1"},
                              {"Wyken", "1", "2", "", ""},
                              {"Whoberley", "1", "2", "3"},
                              {"Woodlands", "1", "2"}});
    CHECK(t.table.row_count() == 4);
    CHECK(t.table.column("b").state(0) == CellState::missing);
    CHECK(t.problems.count("short_row") == 1);
    CHECK(t.problems.count("long_row") == 1);
    for (const Problem& p : t.problems.all()) CHECK(p.where.row == (p.code == "short_row" ? 2 : 4));
}

TEST_CASE("grid: a header that comes again is left out and counted") {
    const GridTable t = read({{"ward", "a"}, {"Bablake", "1"}, {"ward", "a"}, {"Wyken", "2"}});
    CHECK(t.table.row_count() == 2);
    CHECK(t.problems.count("repeated_header") == 1);
}

TEST_CASE("grid: figures in the place of the header are warned of") {
    CHECK(read({{"Bablake", "31", "32"}, {"Wyken", "40", "38"}}).problems.count("no_header") == 1);
}

TEST_CASE("grid: a sheet of words alone keeps its header") {
    const GridTable t = read({{"lsoa", "ward"}, {"Coventry 001A", "Bablake"}, {"Coventry 001B", "Wyken"}});
    CHECK(t.table.names() == Names{"lsoa", "ward"});
    CHECK(t.table.row_count() == 2);
}

TEST_CASE("grid: one column is a table too") {
    const GridTable t = read({{""}, {"ward"}, {"Bablake"}, {"Wyken"}});
    CHECK(t.table.names() == Names{"ward"});
    CHECK(t.table.row_count() == 2);
}

TEST_CASE("grid: the row of the header can be named") {
    const Cells cells{{"a", "b"}, {"c", "d"}, {"", ""}, {"1", "2"}};
    CHECK(table_from_grid(cells, {.file = "t", .sheet = {}, .header_row = 2}).table.names() ==
          Names{"c", "d"});
    CHECK_THROWS_AS(table_from_grid(cells, {.file = "t", .sheet = {}, .header_row = 0}), InputError);
    CHECK_THROWS_AS(table_from_grid(cells, {.file = "t", .sheet = {}, .header_row = 3}), InputError);
    CHECK_THROWS_AS(table_from_grid(cells, {.file = "t", .sheet = {}, .header_row = 5}), InputError);
    CHECK_THROWS_AS(table_from_grid(cells, {.file = "t", .sheet = {}, .header_row = 4}), InputError);
}

TEST_CASE("grid: nothing and a header alone are refused") {
    CHECK_THROWS_AS(read({}), InputError);
    CHECK_THROWS_AS(read({{"", ""}, {}}), InputError);
    CHECK_THROWS_WITH_AS(read({{"ward", "count"}, {"", ""}}),
                         "t.xlsx, sheet Data: there are column names in row 1 but no rows below; is it the "
                         "right file or sheet? --header-row N "
                         "says where the names are",
                         InputError);
}

TEST_CASE("grid: a month that the spreadsheet made a date is a month again") {
    const GridTable t =
        read({{"Ward", "2022-05-01", "2022-06-01", "2022-06-15"}, {"Bablake", "3", "4", "1"}});
    CHECK(t.table.names() == Names{"Ward", "May 2022", "June 2022", "2022-06-15"});
    CHECK(t.guesses == Names{"heading 2022-05-01 of t.xlsx, sheet Data: May 2022",
                             "heading 2022-06-01 of t.xlsx, sheet Data: June 2022"});
    const Cells cells{{"Ward", "2022-06-01"}, {"Bablake", "3"}};
    CHECK(table_from_grid(cells, {.file = "t.csv", .sheet = {}, .header_row = {}}).table.names() ==
          Names{"Ward", "2022-06-01"});
}

TEST_CASE("grid: no filled row is lost, whatever the sheet looks like") {
    std::mt19937 random(20220630);
    const std::vector<std::string> words{"",      "",      "",      "Ward", "Bablake",      "31",
                                         "1,234", "[c]",   "-",     "2021", "YT June 2022", "Source: police",
                                         "Total", "Note.", "\u00a0"};
    std::size_t tables = 0;
    for (int round = 0; round < 3000; ++round) {
        Cells cells(random() % 12);
        for (auto& row : cells) {
            row.resize(random() % 6);
            for (auto& cell : row) cell = words[random() % words.size()];
        }
        std::size_t filled = 0;
        for (const auto& row : cells) {
            bool any = false;
            for (const auto& cell : row) any = any || (!cell.empty() && cell != "\u00a0");
            filled += any ? 1U : 0U;
        }
        try {
            const GridTable t = read(cells);
            ++tables;
            const bool two_rows = !t.guesses.empty() && t.guesses[0].find("joined") != std::string::npos;
            CHECK(filled == t.texts_above.size() + (two_rows ? 2U : 1U) + t.table.row_count() +
                                t.texts_below.size() + t.problems.count("repeated_header"));
        } catch (const InputError&) {
            continue;  // nothing in it, or a header alone
        }
    }
    CHECK(tables > 1000);
}
