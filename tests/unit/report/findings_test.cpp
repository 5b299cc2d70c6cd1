#include "wardmap/report/findings.hpp"

#include "wardmap/indicator/ward_table.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

using namespace wardmap;

namespace {

Table table_of(std::vector<double> before, std::vector<double> after, std::vector<double> people) {
    AreaCounts counts;
    const std::vector<std::string> names{"St Michael's", "Radford", "Wyken", "Henley"};
    for (std::size_t i = 0; i < before.size(); ++i) {
        counts.codes.push_back("E0" + std::to_string(i));
        counts.names.push_back(names[i]);
    }
    counts.before = Column::numbers("b", std::move(before));
    counts.after = Column::numbers("a", std::move(after));
    counts.population = Column::numbers("p", std::move(people));
    TableMeta meta;
    meta.measure = "possession of drugs";
    meta.unit = "offences";
    meta.period_before = "year to June 2021";
    meta.period_after = "year to June 2022";
    meta.whole = "Coventry";
    meta.area_noun = "ward";
    Problems problems;
    return ward_table(counts, {}, meta, problems);
}

std::string all_of(const Table& table) {
    std::string out = finding_of(table);
    for (const std::string& sentence : sentences_of(table)) out += " " + sentence;
    for (const std::string& line : quadrant_lines(table)) out += " " + line;
    return out;
}

}  // namespace

TEST_CASE("findings: what fell is said to have fallen, and nothing is called growth") {
    const std::string words = all_of(table_of({189, 29, 12}, {155, 10, 7}, {40848, 22000, 18000}));
    CHECK(words.find("172 offences, 58 fewer than in the year to June 2021 (230, −25%)") !=
          std::string::npos);
    CHECK(words.find("The count fell in 3 wards") != std::string::npos);
    for (const char* wrong : {"grow", "rose", "increase", "emerging"})
        CHECK(words.find(wrong) == std::string::npos);
}

TEST_CASE("findings: the highest is named with the apostrophe of print, ties together") {
    CHECK(finding_of(table_of({10, 10}, {20, 10}, {1000, 1000})) ==
          "St Michael’s has the highest rate of possession of drugs");
    CHECK(finding_of(table_of({10, 10}, {20, 20}, {1000, 1000})) ==
          "St Michael’s and Radford have the highest rate of possession of drugs");
    CHECK(finding_of(table_of({1, 1}, {0, 0}, {1000, 1000})) == "Possession of drugs");
}

TEST_CASE("findings: without people the highest count is the finding, unless one is withheld") {
    const Table table = table_of({1, 1, 1}, {2, 9, 3}, {1000, 1000, 1000});
    const double none = std::nan("");
    const Table no_rates = table.with(Column::numbers("rate", {none, none, none, none}));
    CHECK(finding_of(no_rates) == "Radford has the highest count of possession of drugs");
    const auto value = CellState::value;
    CHECK(finding_of(no_rates.with(Column::numbers("count_after", {2, none, 3, 14},
                                                   {value, CellState::suppressed, value, value}))) ==
          "Possession of drugs");
}

TEST_CASE("findings: what is not clear is not said to differ") {
    const std::string words = all_of(table_of({3, 4, 5}, {4, 5, 5}, {10000, 10000, 10000}));
    CHECK(words.find("In no ward does the change differ clearly") != std::string::npos);
    CHECK(words.find("clearly above Coventry’s in no ward") != std::string::npos);
}

TEST_CASE("findings: counts of one, none and from none read as sentences") {
    const Table table = table_of({0, 2, 5}, {1, 0, 5}, {1000, 1000, 1000});
    CHECK(change_sentence(table, 0) == "there was 1 offence, 1 more than in the year to June 2021 (0)");
    CHECK(change_sentence(table, 1) ==
          "there were no offences, 2 fewer than in the year to June 2021 (2, −100%)");
    CHECK(change_sentence(table, 2) == "there were 5 offences, as many as in the year to June 2021");
}

TEST_CASE("findings: where a ward stands among the tables") {
    const std::vector<Table> tables{table_of({1, 1}, {9, 1}, {1000, 1000}),
                                    table_of({1, 1}, {900, 1}, {1000, 1000})};
    CHECK(standing_of("St Michael's", tables, {0, 0})
              .find("St Michael’s has the highest rate in 2 of the 2 tables") == 0);
    CHECK(standing_of("Radford", tables, {1, 1}).find("Radford has the lowest rate in 2 of the 2 tables") ==
          0);
}

TEST_CASE("findings: ordinals and shares") {
    CHECK(ordinal(1) == "1st");
    CHECK(ordinal(12) == "12th");
    CHECK(ordinal(23) == "23rd");
    CHECK(ordinal(111) == "111th");
    CHECK(share_text(0.447) == "45%");
    CHECK(share_text(0.001) == "under 1%");
    CHECK(share_text(0) == "0%");
}
