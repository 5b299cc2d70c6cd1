#include "wardmap/figure/ward_words.hpp"

#include "published_wards.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace wardmap;

namespace {

WardRows rows_of(const std::vector<double>& before, const std::vector<double>& after,
                 const IndicatorOptions& options = {}) {
    AreaCounts counts;
    for (std::size_t i = 0; i < before.size(); ++i) {
        counts.codes.push_back(std::to_string(i));
        counts.names.push_back(std::string(1, static_cast<char>('A' + i)));
    }
    counts.before = Column::numbers("b", before);
    counts.after = Column::numbers("a", after);
    counts.population = Column::numbers("p", std::vector<double>(before.size(), 1000));
    Problems problems;
    WardRows rows =
        read_ward_rows(ward_table(counts, options, testing::coventry_meta("drug", "ROBBERY"), problems));
    sort_by_rate(rows.areas);
    return rows;
}

}  // namespace

TEST_CASE("words: titles count and name what is above, for any table") {
    CHECK(both_higher_title(rows_of({10, 10, 10}, {40, 12, 11})) ==
          "Only A is above Coventry in both rate and change");
    CHECK(both_higher_title(rows_of({10, 10, 10}, {15, 15, 15})) ==
          "A, B and C are at or above Coventry in both rate and change");
    CHECK(both_higher_title(rows_of({10, 50}, {30, 40})) ==
          "No ward is above Coventry in both rate and change");
    CHECK(higher_rate_title(rows_of({10, 10, 10}, {40, 12, 11})) == "Only A exceeds the Coventry rate");
    CHECK(higher_rate_title(rows_of({10, 10, 10, 10}, {40, 30, 1, 1})) ==
          "Two wards exceed the Coventry rate, A the most");
    CHECK(higher_rate_title(rows_of({10, 10}, {5, 5})) == "No ward exceeds the Coventry rate");
}

TEST_CASE("words: a change is said as what happened") {
    const WardRows rows = rows_of({10, 20, 5, 0, 4, 0}, {15, 10, 5, 3, 0, 0});
    std::map<std::string, std::string> words;
    for (const WardRow& row : rows.areas) {
        words[row.name] = change_words(row);
    }
    CHECK(words["A"] == "up 50% (10 to 15)");
    CHECK(words["B"] == "down 50% (20 to 10)");
    CHECK(words["C"] == "unchanged (5)");
    CHECK(words["D"] == "from none to 3");
    CHECK(words["E"] == "from 4 to none");
    CHECK(change_decimals(-99.6) == 1);
    CHECK(change_decimals(-100) == 0);
    CHECK(change_decimals(0.3) == 1);
    CHECK(change_decimals(63.6) == 0);
    CHECK(words["F"] == "none in either period");
}
