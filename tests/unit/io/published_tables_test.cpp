// From the published file to a file of ours, digit for digit.
#include "wardmap/indicator/ward_table.hpp"
#include "wardmap/io/csv_reader.hpp"
#include "wardmap/io/read_table.hpp"
#include "wardmap/io/write_table.hpp"
#include "wardmap/table/read_numbers.hpp"
#include "wardmap/table/select_rows.hpp"
#include "wardmap/table/total_row.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

std::string figures(const std::string& name) {
    return std::string(WARDMAP_SOURCE_DIR) + "/examples/coventry/data/" + name;
}

std::size_t column_at(const std::vector<std::string>& header, const std::string& name) {
    const auto found = std::find(header.begin(), header.end(), name);
    REQUIRE(found != header.end());
    return static_cast<std::size_t>(found - header.begin());
}

}  // namespace

TEST_CASE("the nine published ward tables come out of a file of ours as they are printed, all 171 rows") {
    const Table people = read_table(figures("coventry_ward_population_mid2020.csv")).table;
    const Table all = read_table(figures("needs_assessment/offences_by_ward.csv")).table;
    Problems problems;
    const Column everybody = read_numbers(people, "all_ages", problems);
    std::size_t rows_compared = 0;
    for (const std::string& figure : distinct_values(all, "figure")) {
        CAPTURE(figure);
        const Table printed = rows_where(all, "figure", figure);
        std::vector<std::size_t> wards;
        std::vector<std::size_t> place;  // of each ward in the population table
        for (std::size_t row = 0; row < printed.row_count(); ++row) {
            const std::string& name = printed.column("ward").text(row);
            if (is_total_name(name)) continue;
            wards.push_back(row);
            const auto names = people.column("ward_name").texts();
            const auto found = std::find(names.begin(), names.end(), name);
            REQUIRE(found != names.end());
            place.push_back(static_cast<std::size_t>(found - names.begin()));
        }
        const Table rows = printed.take(wards);
        const Table matched = people.take(place);
        AreaCounts counts;
        counts.codes.assign(matched.column("ward_code").texts().begin(),
                            matched.column("ward_code").texts().end());
        counts.names.assign(rows.column("ward").texts().begin(), rows.column("ward").texts().end());
        counts.before = read_counts(rows, "yt_june_2021", problems);
        counts.after = read_counts(rows, "yt_june_2022", problems);
        counts.population = everybody.take(place);
        const Table table = ward_table(counts, {}, {}, problems);

        const CsvGrid ours =
            read_csv(table_csv(table, {.precision = Precision::published, .wide = {}}), "ours");
        REQUIRE(ours.cells.size() == printed.row_count() + 1);
        const std::vector<std::string>& header = ours.cells[0];
        const std::vector<std::pair<std::string, std::string>> same{{"count_before", "yt_june_2021"},
                                                                    {"count_after", "yt_june_2022"},
                                                                    {"change", "change"},
                                                                    {"change_pct", "pct_change"},
                                                                    {"rate", "rate_per_100k"}};
        for (std::size_t row = 0; row < printed.row_count(); ++row) {
            CAPTURE(printed.column("ward").text(row));
            CHECK(ours.cells[row + 1][column_at(header, "area_name")] == printed.column("ward").text(row));
            for (const auto& [mine, theirs] : same) {
                CAPTURE(mine);
                CHECK(ours.cells[row + 1][column_at(header, mine)] == printed.column(theirs).text(row));
            }
            ++rows_compared;
        }
    }
    CHECK(rows_compared == 171);
    CHECK(problems.count("not_a_number") == 0);
}
