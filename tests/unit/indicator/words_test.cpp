#include "wardmap/indicator/words.hpp"

#include "wardmap/indicator/ward_table.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

Table city(std::vector<double> before, std::vector<double> after, std::string_view cuts = "total") {
    AreaCounts counts;
    std::vector<double> people;
    for (std::size_t i = 0; i < before.size(); ++i) {
        counts.codes.push_back("E" + std::to_string(i));
        counts.names.push_back("Ward " + std::to_string(i));
        people.push_back(1000);
    }
    counts.before = Column::numbers("before", std::move(before));
    counts.after = Column::numbers("after", std::move(after));
    counts.population = Column::numbers("people", std::move(people));
    IndicatorOptions options;
    options.cuts = parse_cuts(cuts);
    TableMeta meta;
    meta.whole = "Coventry";
    meta.area_noun = "ward";
    Problems problems;
    return ward_table(counts, options, meta, problems);
}

}  // namespace

TEST_CASE("words: names are owned as English does it") {
    CHECK(possessive("Coventry") == "Coventry\u2019s");
    CHECK(possessive("St Albans") == "St Albans\u2019");
}

TEST_CASE("words: quadrants are named by what holds of them and by their cut") {
    const TableMeta total = city({10, 20}, {30, 20}).meta();
    CHECK(quadrant_words("high_faster", total) == "Higher rate, change above Coventry\u2019s");
    CHECK(quadrant_words("low_slower", total) == "Lower rate, change below Coventry\u2019s");
    CHECK(quadrant_words("high_slower", {}) == "Higher rate, change below the whole area\u2019s");
    CHECK(quadrant_words("none", total) == "Not placed");
    CHECK(quadrant_words("high", total).empty());
    const TableMeta zero = city({10, 20}, {30, 20}, "zero").meta();
    CHECK(quadrant_words("high_faster", zero) == "Higher rate, count rose");
    CHECK(quadrant_words("high_slower", zero) == "Higher rate, count did not rise");
    CHECK(quadrant_change_words("low_faster", city({10, 20}, {30, 20}, "median").meta()) ==
          "change above the median");
    CHECK(quadrant_change_words("low_slower", city({10, 20}, {30, 20}, "90,-12").meta()) ==
          "change below \u221212%");
}

TEST_CASE("words: cuts are said with their numbers") {
    CHECK(cut_words(city({10, 20}, {30, 20}).meta()) ==
          "Coventry\u2019s rate (2,500 per 100,000) and change (+67%)");
    CHECK(cut_words(city({10, 20}, {30, 20}, "zero").meta()) ==
          "Coventry\u2019s rate (2,500 per 100,000) and no change");
    CHECK(cut_words(city({10, 20}, {30, 20}, "median").meta()) ==
          "the medians of the wards: a rate of 2,500 per 100,000 and a change of +100%");
    CHECK(cut_words(city({10, 20}, {30, 20}, "90,-12").meta()) ==
          "a rate of 90 per 100,000 and a change of \u221212%");
    CHECK(cut_words({}).empty());
}

TEST_CASE("words: changes are described by what happened to the count") {
    const Table table = city({1000, 1000, 1000, 0, 5, 0, 7}, {1640, 996, 4, 3, 0, 0, 7});
    const std::vector<std::string> described{
        "rose by 64%",         "fell by 0.4%",          "fell by 99.6%", "rose from none to 3",
        "fell to none from 5", "none in either period", "unchanged"};
    const std::vector<std::string> shown{"+64%",       "\u22120.4%", "\u221299.6%", "from zero",
                                         "\u2212100%", "none",       "0%"};
    for (std::size_t row = 0; row < described.size(); ++row) {
        CHECK(describe_change(table, row) == described[row]);
        CHECK(change_text(table, row) == shown[row]);
    }
}

TEST_CASE("words: withheld and unknown counts say so") {
    AreaCounts counts;
    counts.codes = {"a", "b"};
    counts.names = {"A", "B"};
    const double none = std::numeric_limits<double>::quiet_NaN();
    counts.before = Column::numbers("before", {none, none}, {CellState::suppressed, CellState::missing});
    counts.after = Column::numbers("after", {7, 8});
    Problems problems;
    const Table table = ward_table(counts, {}, {}, problems);
    CHECK(describe_change(table, 0) == "withheld");
    CHECK(change_text(table, 0) == "[c]");
    CHECK(describe_change(table, 1) == "not known");
    CHECK(change_text(table, 1).empty());
}

TEST_CASE("words: only what rose from a lower rate is called emerging") {
    // City: 100 to 200. Ward 0 rose clearly more, ward 1 a little more; both have low rates.
    const Table table = city({5, 4, 91}, {40, 9, 151});
    CHECK(table.column("quadrant").text(0) == "low_faster");
    CHECK(emerging_words(table, 0) == "an emerging issue");
    CHECK(emerging_words(table, 1) == "a possible emerging issue");
    CHECK(emerging_words(table, 2).empty());
    // All fell, this one less than the city: faster by code, no issue by words.
    const Table falling = city({10, 100}, {9, 50});
    CHECK(falling.column("quadrant").text(0) == "low_faster");
    CHECK(emerging_words(falling, 0).empty());
}

TEST_CASE("words: years and months are named as they are, stretches of time with their article") {
    CHECK(in_period("year to June 2022") == "in the year to June 2022");
    CHECK(in_period("2022") == "in 2022");
    CHECK(in_period("July 2022") == "in July 2022");
    CHECK(in_period("2019/20") == "in 2019/20");
}
