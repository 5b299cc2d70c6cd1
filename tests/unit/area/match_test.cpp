#include "wardmap/area/match.hpp"

#include "support/shapes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace wardmap;

namespace {

AreaSet city() {
    AreaSetParts parts;
    parts.codes = {"E05001218", "E05001219", "E05001230"};
    parts.names = {"Bablake", "Binley and Willenhall", "St Michael's"};
    parts.shapes.assign(3, box_shape(0, 0, 1, 1));
    parts.parents.assign(3, "E08000026");
    parts.whole = "Coventry";
    parts.noun = "ward";
    return AreaSet(parts);
}

/// Two districts with a ward of the same name in each.
AreaSet county() {
    AreaSetParts parts;
    parts.codes = {"E05000001", "E05000002", "E05000003"};
    parts.names = {"Abbey", "Abbey", "Mill"};
    parts.shapes.assign(3, box_shape(0, 0, 1, 1));
    parts.parents = {"E07000001", "E07000002", "E07000002"};
    parts.noun = "ward";
    return AreaSet(parts);
}

Table table_of(const std::string& name, const std::vector<std::string>& cells) {
    TableOrigin origin{.file = "counts.csv"};
    for (std::size_t i = 0; i < cells.size(); ++i) origin.rows.push_back(i + 2);
    return Table({Column::text(name, cells)}, {}, origin);
}

}  // namespace

TEST_CASE("match: codes come first, names are folded, total rows are kept out") {
    const Matched matched = match_rows(
        table_of("ward", {"E05001218", "binley & willenhall", "Saint Michaels", "Total", "Coventry"}),
        city());
    CHECK(matched.area_of_row == std::vector<AreaIndex>{0, 1, 2, no_area, no_area});
    CHECK(matched.row_match[0] == RowMatch::code);
    CHECK(matched.row_match[1] == RowMatch::name);
    CHECK(matched.is_total(3));
    CHECK(matched.is_total(4));
    CHECK(matched.problems.empty());
    CHECK(matched.report.text() ==
          "3 of 3 rows matched (1 by code, 2 by name), 3 of 3 wards have a row; 2 total rows kept out");
    REQUIRE(matched.guesses.size() == 1);
    CHECK(matched.guesses[0] == "column ward holds the names of the wards");
}

TEST_CASE("match: what does not match is counted with its row and the nearest names") {
    const Matched matched = match_rows(table_of("ward", {"Bablak", "Bablake", "", "Foleshill"}), city());
    CHECK(matched.report.unmatched == 3);
    CHECK(matched.problems.count("unmatched_rows") == 2);
    CHECK(matched.problems.count("no_area_name") == 1);
    CHECK(matched.problems.count("areas_without_row") == 2);
    const Problem& first = matched.problems.all()[0];
    CHECK(first.where.text() == "counts.csv, row 2, column ward");
    CHECK(first.examples[0] == "row 2: 'Bablak' (nearest: Bablake)");
    CHECK(matched.report.areas_without_row == std::vector<std::string>{"E05001219", "E05001230"});
    CHECK(matched.report.unmatched_values == std::vector<std::string>{"Bablak", "Foleshill"});
}

TEST_CASE("match: a name of two areas matches neither, unless the district is known") {
    const Matched refused = match_rows(table_of("ward", {"Abbey", "Mill"}), county());
    CHECK(refused.area_of_row == std::vector<AreaIndex>{no_area, 2});
    CHECK(refused.row_match[0] == RowMatch::ambiguous);
    REQUIRE(refused.problems.count("ambiguous_name") == 1);
    CHECK(refused.problems.all()[0].examples[0] == "row 2: 'Abbey' is E05000001 or E05000002");

    const Table with_district(
        {Column::text("ward", {"Abbey", "Abbey"}), Column::text("lad_code", {"E07000002", "E07000001"})});
    CHECK(match_rows(with_district, county(), {.area_column = "ward"}).area_of_row ==
          std::vector<AreaIndex>{1, 0});
    CHECK(match_rows(table_of("ward", {"Abbey"}), county(), {.parent = "E07000002"}).area_of_row ==
          std::vector<AreaIndex>{1});
}

TEST_CASE("match: area_code is taken unasked, and its empty cells are read by area_name") {
    const Table table({Column::text("area_code", {"e05001218", "", "", ""}),
                       Column::text("area_name", {"Bablake", "Total", "Outside", "Not located"})});
    const Matched matched = match_rows(table, city());
    CHECK(matched.guesses.empty());
    CHECK(matched.area_of_row[0] == 0);
    CHECK(matched.is_total(1));
    CHECK(matched.row_match[2] == RowMatch::outside);
    CHECK(matched.row_match[3] == RowMatch::outside);
    CHECK(matched.report.column == "area_code");
}

TEST_CASE("match: the same ward twice is said with its rows, group by group") {
    const Table table = table_of("ward", {"Bablake", "E05001218", "St Michaels"});
    const Matched matched = match_rows(table, city());
    Problems problems;
    const std::vector<std::size_t> all{0, 1, 2};
    report_repeated_areas(table, city(), matched, all, problems);
    REQUIRE(problems.count("area_twice") == 1);
    CHECK(problems.all()[0].examples[0] == "Bablake: row 2, row 3");
    CHECK(problems.all()[0].where.text() == "counts.csv, row 3, column ward, area E05001218");
    Problems none;
    const std::vector<std::size_t> one_group{1, 2};
    report_repeated_areas(table, city(), matched, one_group, none);
    CHECK(none.empty());
}

TEST_CASE("match: codes of another set are told from mere misspellings") {
    const Matched newer = match_rows(table_of("ward", {"E05001218", "E05015000"}), city());
    REQUIRE(newer.problems.count("code_vintage") == 1);
    const Problem& problem = newer.problems.all().back();
    CHECK(problem.message.find("another year") != std::string::npos);
    CHECK(problem.message.find("after 2020") != std::string::npos);
    const Matched small = match_rows(table_of("ward", {"E05001218", "E01009522"}), city());
    CHECK(small.problems.all().back().message == "these are codes of small areas, but the areas are wards");
}

TEST_CASE("match: a table without areas is refused with its columns") {
    const Table table({Column::text("offence", {"Burglary"}), Column::numbers("count", {3.0})});
    CHECK_THROWS_AS(match_rows(table, city()), InputError);
    try {
        match_rows(table, city());
    } catch (const InputError& error) {
        CHECK(error.what_to_do() == "name it with --area; there are: offence, count");
    }
    CHECK_THROWS_AS(match_rows(table, city(), {.area_column = "offense"}), NameUnknown);
}

TEST_CASE("match: codes that are numbers match too") {
    AreaSetParts parts;
    parts.codes = {"1", "2"};
    parts.names = {"1", "2"};
    parts.shapes.assign(2, box_shape(0, 0, 1, 1));
    const Table table({Column::numbers("beat", {2.0, 1.0})});
    CHECK(match_rows(table, AreaSet(parts), {.area_column = "beat"}).area_of_row ==
          std::vector<AreaIndex>{1, 0});
}

TEST_CASE("match: a national table may hold other places, and that is no fault") {
    const Table by_code =
        table_of("ward_code", {"E05001218", "E05001219", "E05001230", "E05000026", "E05009999"});
    const Matched matched = match_rows(by_code, city());
    CHECK(matched.report.unmatched == 0);
    CHECK(matched.report.outside_rows == 2);
    CHECK(matched.problems.count("rows_elsewhere") == 2);
    CHECK_FALSE(matched.problems.serious());
    CHECK(matched.report.text() ==
          "3 of 3 rows matched by code, 3 of 3 wards have a row; 2 rows of elsewhere or without a place");

    // Another district's ward of the same name is not ours, and has no code here.
    const Table by_name({Column::text("ward_name", {"Bablake", "Bablake", "St Michaels"}),
                         Column::text("lad_code", {"E07000001", "E08000026", "E08000026"})});
    const Matched named = match_rows(by_name, city(), {.area_column = "ward_name"});
    CHECK(named.area_of_row == std::vector<AreaIndex>{no_area, 0, 2});
    CHECK(named.row_match[0] == RowMatch::outside);
}
