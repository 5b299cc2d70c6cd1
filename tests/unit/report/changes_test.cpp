#include "wardmap/report/changes.hpp"

#include "wardmap/area/area_set.hpp"
#include "wardmap/report/changes_page.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

using namespace wardmap;

namespace {

/// Columns of text, each its name and then its cells.
EditionTable table_of(const std::string& id, const std::vector<std::vector<std::string>>& columns,
                      TableMeta meta = {}) {
    std::vector<Column> out;
    for (const auto& column : columns)
        out.push_back(Column::text(column.front(), {column.begin() + 1, column.end()}));
    return {id, Table(std::move(out), std::move(meta)), TableFile::as_published};
}

TableMeta years(const std::string& before, const std::string& after) {
    TableMeta meta;
    meta.measure = "robbery";
    meta.period_before = before;
    meta.period_after = after;
    meta.denominator_year = "mid-2020";
    return meta;
}

/// Two wards and their total: counts of two years, the rate and the quadrant.
EditionTable wards(const std::vector<std::string>& before, const std::vector<std::string>& after,
                   const std::vector<std::string>& rate, TableMeta meta,
                   const std::vector<std::string>& quadrant = {"high_faster", "low_slower", ""}) {
    const auto with = [](std::string name, std::vector<std::string> cells) {
        cells.insert(cells.begin(), std::move(name));
        return cells;
    };
    return table_of("robbery",
                    {{"area_code", "E1", "E2", ""},
                     {"area_name", "Foleshill", "Henley", "Total"},
                     with("count_before", before),
                     with("count_after", after),
                     {"population", "1000", "2000", "3000"},
                     with("rate", rate),
                     with("quadrant", quadrant)},
                    std::move(meta));
}

Edition edition_with(EditionTable table) {
    Edition out;
    out.version = "0.1.0";
    out.tables.push_back(std::move(table));
    return out;
}

std::vector<EditionChange> of_kind(const std::vector<EditionChange>& all, ChangeKind kind) {
    std::vector<EditionChange> out;
    std::copy_if(all.begin(), all.end(), std::back_inserter(out),
                 [&](const EditionChange& one) { return one.kind == kind; });
    return out;
}

const TableMeta same_years = years("year to June 2021", "year to June 2022");

}  // namespace

TEST_CASE("changes: two equal editions have none") {
    const Edition one =
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years));
    CHECK(compare_editions(one, one).empty());
    CHECK(changes_table({}).row_count() == 0);
}

TEST_CASE("changes: a revised count is said with table, ward, column, period, old, new and difference") {
    const auto all = compare_editions(
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years)),
        edition_with(wards({"8", "4", "12"}, {"9", "6", "15"}, {"900", "300", "500"}, same_years)));
    REQUIRE(all.size() == 4);  // of Henley and of the total, count and rate
    const EditionChange& count = all[0];
    CHECK(count.kind == ChangeKind::revised);
    CHECK(count.table == "robbery");
    CHECK(count.area_code == "E2");
    CHECK(count.row == "Henley");
    CHECK(count.column == "count_after");
    CHECK(count.period == "year to June 2022");
    CHECK(count.before == "4");
    CHECK(count.after == "6");
    CHECK(count.difference == 2);
    CHECK(all[1].column == "rate");
    CHECK(all[2].row == "Total");
}

TEST_CASE("changes: a difference of arithmetic alone is no revision") {
    CHECK(compare_editions(
              edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years)),
              edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.30000000000001"},
                                 same_years)))
              .empty());
}

TEST_CASE("changes: where the periods moved on, only the year that both editions have is compared") {
    // The later year of the older edition, 9 and 4, is the earlier year of the newer: there Henley has 5.
    const auto all = compare_editions(
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years)),
        edition_with(wards({"9", "5", "14"}, {"20", "30", "50"}, {"2000", "1500", "1666.7"},
                           years("year to June 2022", "year to June 2023"))));
    const auto revised = of_kind(all, ChangeKind::revised);
    REQUIRE(revised.size() == 2);
    CHECK(revised[0].row == "Henley");
    CHECK(revised[0].column == "count_before");
    CHECK(revised[0].period == "year to June 2022");
    CHECK(revised[0].difference == 1);
    CHECK(revised[1].row == "Total");
    CHECK(of_kind(all, ChangeKind::period).size() == 2);
    const auto alone = of_kind(all, ChangeKind::not_compared);
    REQUIRE(alone.size() == 1);
    CHECK(alone[0].after == "count_after;rate");
    CHECK(alone[0].before == "count_before;rate");
}

TEST_CASE("changes: two spellings of one period are one period") {
    const auto all = compare_editions(
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"},
                           years("YT June 2021", "YT June 2022"))),
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years)));
    CHECK(all.empty());
}

TEST_CASE("changes: another year of the population is another denominator, its people are no revision") {
    TableMeta later = same_years;
    later.denominator_year = "mid-2021";
    EditionTable now = wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, later);
    now.table = now.table.with(Column::text("population", {"1100", "2100", "3200"}));
    const auto all = compare_editions(
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years)),
        edition_with(now));
    CHECK(of_kind(all, ChangeKind::revised).empty());
    REQUIRE(of_kind(all, ChangeKind::denominator).size() == 1);
    CHECK(of_kind(all, ChangeKind::denominator)[0].before == "mid-2020");
    CHECK(of_kind(all, ChangeKind::not_compared)[0].after == "population");
}

TEST_CASE("changes: another measure under the same id is not compared, and that is said") {
    TableMeta other = same_years;
    other.measure = "burglary";
    const auto all = compare_editions(
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years)),
        edition_with(wards({"1", "2", "3"}, {"4", "5", "9"}, {"400", "250", "300"}, other)));
    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == ChangeKind::not_compared);
    CHECK(all[0].before == "robbery");
    CHECK(all[0].after == "burglary");
}

TEST_CASE("changes: a ward that moved to another quadrant is named") {
    const auto all = compare_editions(
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years)),
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years,
                           {"high_slower", "low_slower", ""})));
    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == ChangeKind::moved);
    CHECK(all[0].row == "Foleshill");
    CHECK(all[0].column == "quadrant");
    CHECK(all[0].before == "high_faster");
    CHECK(all[0].after == "high_slower");
}

TEST_CASE("changes: a number that is withheld now is not repeated from the older edition") {
    const auto all = compare_editions(
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years)),
        edition_with(wards({"8", "[c]", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years)));
    REQUIRE(all.size() == 1);
    CHECK(all[0].after == "[c]");
    CHECK(all[0].before.empty());
    CHECK_FALSE(all[0].difference.has_value());
}

TEST_CASE("changes: a ward that is new is said once, not in every table") {
    const auto two = [](const std::vector<std::string>& codes, const std::vector<std::string>& names,
                        const std::vector<std::string>& counts) {
        const auto column = [](const char* name, std::vector<std::string> cells) {
            cells.insert(cells.begin(), name);
            return cells;
        };
        Edition out;
        for (const char* id : {"a", "b"})
            out.tables.push_back(table_of(
                id, {column("area_code", codes), column("area_name", names), column("total", counts)}));
        return out;
    };
    const auto all = compare_editions(two({"E1", "E2"}, {"Foleshill", "Henley"}, {"1", "2"}),
                                      two({"E1", "E3"}, {"Foleshill East", "Radford"}, {"1", "2"}));
    REQUIRE(all.size() == 3);
    CHECK(of_kind(all, ChangeKind::area).size() == 3);  // called otherwise, gone, new
    CHECK(all[0].note == "called otherwise");
    CHECK(all[1].note == "gone");
    CHECK(all[2].note == "new");
}

TEST_CASE("changes: months are compared row by row, new months are new rows") {
    const auto all = compare_editions(
        edition_with(table_of("m", {{"period", "2022-01", "2022-02"}, {"count", "3", "4"}})),
        edition_with(table_of("m", {{"period", "2022-02", "2022-03"}, {"count", "5", "6"}})));
    REQUIRE(of_kind(all, ChangeKind::revised).size() == 1);
    CHECK(of_kind(all, ChangeKind::revised)[0].row == "2022-02");
    CHECK(of_kind(all, ChangeKind::revised)[0].difference == 1);
    CHECK(of_kind(all, ChangeKind::row).size() == 2);
}

TEST_CASE("changes: words name rows only where nothing else does") {
    // Two kinds a ward: the kind names the row. One row a ward: another remark makes no other row.
    const auto kinds = [](const std::string& count) {
        return edition_with(table_of("k", {{"area_code", "E1", "E1"},
                                           {"area_name", "Henley", "Henley"},
                                           {"kind", "theft", "arson"},
                                           {"count", "3", count}}));
    };
    const auto all = compare_editions(kinds("4"), kinds("5"));
    REQUIRE(all.size() == 1);
    CHECK(all[0].row == "Henley, arson");
    const auto remarks = [](const std::string& remark) {
        return edition_with(table_of(
            "r", {{"area_code", "E1"}, {"area_name", "Henley"}, {"remark", remark}, {"count", "3"}}));
    };
    CHECK(compare_editions(remarks("provisional"), remarks("final")).empty());
}

TEST_CASE("changes: a table under another id is known by its measure and columns") {
    Edition before =
        edition_with(wards({"8", "4", "12"}, {"9", "4", "13"}, {"900", "200", "433.3"}, same_years));
    Edition now = before;
    now.tables[0].id = "street-robbery";
    const auto all = compare_editions(before, now);
    REQUIRE(all.size() == 1);
    CHECK(all[0].kind == ChangeKind::table);
    CHECK(all[0].before == "robbery");
    CHECK(all[0].after == "street-robbery");
}

TEST_CASE("changes: files, boundaries, settings, the program, tables and figures are compared") {
    Edition before;
    before.version = "0.1.0";
    before.inputs = {{"wards.geojson", "aa", 18}, {"data/counts.csv", "bb", 10}, {"old.csv", "cc", 1}};
    before.parameters = {{"areas", {"wards"}}, {"cuts", {"total"}}, {"png_dpi", {"300"}}};
    before.figures = {"a.map", "b.map"};
    Edition now = before;
    now.version = "0.2.0";
    now.inputs = {{"wards.geojson", "dd", 19}, {"new/counts.csv", "ee", 10}};
    now.parameters = {{"areas", {"wards"}}, {"cuts", {"median"}}};
    now.figures = {"a.map", "c.map"};
    now.tables.push_back(table_of("t", {{"period", "2022-01"}, {"count", "1"}}));
    const auto all = compare_editions(before, now);
    const auto boundaries = of_kind(all, ChangeKind::boundaries);
    REQUIRE(boundaries.size() == 2);
    CHECK(boundaries[0].column == "rows");
    CHECK(boundaries[0].difference == 1);
    CHECK(boundaries[1].column == "sha256");
    const auto inputs = of_kind(all, ChangeKind::input);
    REQUIRE(inputs.size() == 2);  // counts.csv in another folder, old.csv gone
    CHECK(inputs[0].row == "new/counts.csv");
    CHECK(inputs[0].after == "ee");
    CHECK(inputs[1].note == "gone");
    const auto methods = of_kind(all, ChangeKind::method);
    REQUIRE(methods.size() == 2);
    CHECK(methods[0].column == "cuts");
    CHECK(methods[1].after == "wardmap 0.2.0");
    CHECK(of_kind(all, ChangeKind::figure).size() == 2);
    CHECK(of_kind(all, ChangeKind::table).size() == 1);
}

TEST_CASE("changes: kinds stand in their order whatever the order of the tables") {
    Edition before;
    Edition now;
    for (const char* id : {"b", "a"}) {
        before.tables.push_back(table_of(id, {{"period", "2022-01"}, {"count", "1"}}));
        now.tables.insert(now.tables.begin(), table_of(id, {{"period", "2022-01"}, {"count", "2"}}));
    }
    now.figures = {"f"};
    const auto all = compare_editions(before, now);
    REQUIRE(all.size() == 3);
    CHECK(all[0].table == "a");
    CHECK(all[1].table == "b");
    CHECK(all[2].kind == ChangeKind::figure);
}

TEST_CASE("changes page: sums up first, names the wards that moved, and says how many rows it leaves out") {
    const std::size_t n = 60;
    std::vector<std::string> codes{"area_code"}, names{"area_name"}, old_counts{"total"}, counts{"total"};
    for (std::size_t i = 0; i < n; ++i) {
        codes.push_back("E" + std::to_string(100 + i));
        names.push_back("Ward " + std::to_string(i));
        old_counts.push_back("10");
        counts.push_back(std::to_string(11 + i));
    }
    const Edition before = edition_with(table_of("finds", {codes, names, old_counts}));
    const Edition now = edition_with(table_of("finds", {codes, names, counts}));
    const auto all = compare_editions(before, now);
    const Places places{AreaSet{}};
    CHECK(changes_line(all, places).find("60 counts were revised") != std::string::npos);
    const std::vector<Section> page = changes_page(all, before, now, places);
    REQUIRE(page.size() == 2);
    CHECK(page[0].short_name == "Changes since the last edition");
    const Grid& grid = std::get<Grid>(page[1].blocks.front().content);
    CHECK(grid.rows.size() == 20);
    CHECK(grid.rows.front()[1].text == "Ward 59");  // the largest first: 10 to 70
    CHECK(grid.rows.front()[5].text == "+60");
    CHECK(grid.notes.back() == "And 40 more in tables/changes.csv.");
}

TEST_CASE("changes page: says so where nothing changed") {
    const Places places{AreaSet{}};
    const std::vector<Section> page = changes_page({}, {}, {}, places);
    REQUIRE(page.size() == 1);
    CHECK(page[0].heading == "Changes since the last edition: none");
    CHECK(changes_line({}, places) == "Nothing changed since the last edition.");
}
