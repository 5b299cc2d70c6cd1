#include "wardmap/table/read_numbers.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace wardmap;

namespace {

Table wards(std::vector<std::string> counts) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < counts.size(); ++i) rows.push_back(i + 2);
    return Table({Column::text("count", std::move(counts))}, {}, {"counts.csv", "", rows});
}

}  // namespace

TEST_CASE("reading numbers: text that is no number is counted with file, row and column, and is missing") {
    Problems problems;
    const Column c = read_numbers(wards({"31", "n/a", "thirty", "32", "abc"}), "count", problems);
    CHECK(c.number(0) == 31);
    CHECK(c.state(1) == CellState::missing);
    CHECK(c.state(2) == CellState::missing);
    CHECK(c.number(3) == 32);
    CHECK(problems.count("not_a_number") == 2);
    REQUIRE(problems.all().size() == 1);
    CHECK(problems.all()[0].severity == Severity::problem);
    CHECK(problems.all()[0].where.text() == "counts.csv, row 4, column count");
    CHECK(problems.all()[0].examples == std::vector<std::string>{"thirty", "abc"});
}

TEST_CASE("reading numbers: the four kinds of no number stay apart and are no fault") {
    Problems problems;
    const Column c = read_numbers(wards({"", "-", "[c]", "[z]"}), "count", problems);
    CHECK(c.state(0) == CellState::missing);
    CHECK(c.state(1) == CellState::undefined);
    CHECK(c.state(2) == CellState::suppressed);
    CHECK(c.state(3) == CellState::not_applicable);
    CHECK(problems.empty());
}

TEST_CASE("reading numbers: a column of percentages has that unit, a mixed one is warned of") {
    Problems problems;
    CHECK(read_numbers(wards({"12%", "-", "3%"}), "count", problems).unit() == "%");
    CHECK(problems.empty());
    CHECK(read_numbers(wards({"12%", "0.03"}), "count", problems).unit().empty());
    CHECK(problems.count("mixed_percent") == 1);
}

TEST_CASE("reading numbers: numbers come back as they are; an unknown column is refused") {
    Problems problems;
    const Table t({Column::numbers("rate", {1.5}, "%")});
    CHECK(read_numbers(t, "rate", problems).number(0) == 1.5);
    CHECK_THROWS_AS(read_numbers(t, "ratte", problems), NameUnknown);
}

TEST_CASE("reading counts: below zero is a problem and not used, a fraction is a warning and used") {
    Problems problems;
    const Column c = read_counts(wards({"31", "\u22125", "2.5", "[c]", "x y"}), "count", problems);
    CHECK(c.number(0) == 31);
    CHECK(c.state(1) == CellState::missing);
    CHECK(c.number(2) == 2.5);
    CHECK(c.state(3) == CellState::suppressed);
    CHECK(problems.count("negative_count") == 1);
    CHECK(problems.count("fractional_count") == 1);
    CHECK(problems.count("not_a_number") == 1);
    for (const Problem& p : problems.all()) {
        if (p.code == "negative_count") CHECK(p.where.row == 3);
        if (p.code == "fractional_count") CHECK(p.severity == Severity::warning);
    }
}

TEST_CASE("a column looks numeric if half of what is in it reads as numbers") {
    CHECK(looks_numeric(Column::text("a", {"1", "", "-", "3"})));
    CHECK(looks_numeric(Column::text("a", {"1", "x y"})));
    CHECK_FALSE(looks_numeric(Column::text("a", {"Bablake", "Binley", "3"})));
    CHECK_FALSE(looks_numeric(Column::text("a", {"-", "[c]"})));
    CHECK_FALSE(looks_numeric(Column::text("a", {})));
    CHECK(looks_numeric(Column::numbers("a", {1})));
}
