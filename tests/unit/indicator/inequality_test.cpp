#include "wardmap/indicator/inequality.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::number_in;

TEST_CASE("inequality: slope and relative index equal the health package's figures") {
    std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> cases;
    double last = 0;
    for (const auto& row : csv_rows("../shared/data/reference/sii_inputs.csv")) {
        auto& [values, people] = cases[row.at("case")];
        CHECK((values.empty() || number_in(row, "quantile") > last));  // in order
        last = number_in(row, "quantile");
        values.push_back(number_in(row, "value"));
        people.push_back(number_in(row, "population"));
    }
    for (const auto& row : csv_rows("../shared/data/reference/sii_expected.csv")) {
        CAPTURE(row.at("case"));
        const auto& [values, people] = cases.at(row.at("case"));
        const InequalitySlope made = inequality_slope(values, people);
        CHECK(made.sii == doctest::Approx(number_in(row, "sii")).epsilon(1e-9));
        CHECK(made.rii == doctest::Approx(number_in(row, "rii")).epsilon(1e-9));
        CHECK(made.intercept == doctest::Approx(number_in(row, "intercept")).epsilon(1e-9));
    }
}

TEST_CASE("inequality: values on a line give that line, whatever the people") {
    // Middles of 10, 30 and 60 people of 100: 0.05, 0.25, 0.7; value 20 - 10 x.
    const std::vector<double> people{10, 30, 60}, values{19.5, 17.5, 13.0};
    const InequalitySlope made = inequality_slope(values, people);
    CHECK(made.sii == doctest::Approx(-10));
    CHECK(made.intercept == doctest::Approx(20));
    CHECK(made.rii == doctest::Approx(0.5));
}

TEST_CASE("inequality: all equal has no slope; groups not known or without people have no part") {
    const InequalitySlope flat = inequality_slope(std::vector<double>{7, 7, 7}, std::vector<double>{1, 2, 3});
    CHECK(flat.sii == doctest::Approx(0));
    CHECK(flat.rii == doctest::Approx(1));
    const double unknown = std::nan("");
    const InequalitySlope with_gaps = inequality_slope(std::vector<double>{19.5, unknown, 17.5, 99, 13},
                                                       std::vector<double>{10, 500, 30, 0, 60});
    CHECK(with_gaps.sii == doctest::Approx(-10));
    CHECK(std::isnan(inequality_slope(std::vector<double>{3}, std::vector<double>{10}).sii));
    CHECK(std::isnan(inequality_slope(std::vector<double>{3, 4}, std::vector<double>{0, 10}).rii));
    CHECK(std::isnan(inequality_slope({}, {}).intercept));
    // A line that starts at 0 has no relative index, and no infinity.
    const InequalitySlope from_zero =
        inequality_slope(std::vector<double>{0.25, 0.75}, std::vector<double>{1, 1});
    CHECK(from_zero.sii == doctest::Approx(1));
    CHECK(std::isnan(inequality_slope(std::vector<double>{0, 10}, std::vector<double>{1, 1}).rii));
}

TEST_CASE("inequality: what makes no sense is refused") {
    CHECK_THROWS_AS(inequality_slope(std::vector<double>{1, 2}, std::vector<double>{1}), UsageError);
    CHECK_THROWS_AS(inequality_slope(std::vector<double>{1, 2}, std::vector<double>{1, -1}), UsageError);
}
