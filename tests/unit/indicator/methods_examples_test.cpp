// The worked examples of docs/methods.md that the published figures do not hold already.
#include "support/csv_rows.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/deprivation.hpp"
#include "wardmap/indicator/limits.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::CsvRow;
using wardmap::testing::number_in;

namespace {

std::string methods_page() {
    std::ifstream file(std::string(WARDMAP_SOURCE_DIR) + "/docs/methods.md");
    std::ostringstream text;
    text << file.rdbuf();
    std::string page = text.str();
    for (char& c : page) {
        if (c == '\n') c = ' ';
    }
    return page;
}

void check_said(const std::string& words) {
    static const std::string page = methods_page();
    CAPTURE(words);
    CHECK(page.find(words) != std::string::npos);
}

std::string at(double value, int decimals) {
    return with_thousands(value, decimals);
}

}  // namespace

TEST_CASE("methods: rates, shares and ratios of the examples") {
    const Limits high = rate_limits(456, 40850);
    check_said("St Michael's: 456 offences, 40,850 people: " + at(high.value, 1) + " per 100,000, limits " +
               at(high.lower, 1) + " to " + at(high.upper, 1));
    const Limits low = rate_limits(11, 15706);
    check_said("Wainbody: 11 and 15,706: " + at(low.value, 1) + ", limits " + at(low.lower, 1) + " to " +
               at(low.upper, 1));
    const Limits share = proportion_limits(28, 195);
    check_said("28 of 195 small areas in decile 1: " + at(100 * share.value, 1) + "%, limits " +
               at(100 * share.lower, 1) + "% to " + at(100 * share.upper, 1) + "%");
    const RatioLimits rose = rate_ratio(202, 456);
    check_said("St Michael's 202 to 456: " + at(rose.ratio, 3) + ", limits " + at(rose.lower, 3) + " to " +
               at(rose.upper, 3));
    const RatioLimits fell = rate_ratio(71, 63);
    check_said("Radford 71 to 63: " + at(fell.ratio, 3) + ", limits " + at(fell.lower, 3) + " to " +
               at(fell.upper, 3) + ", p " + at(fell.p_value, 2));
}

TEST_CASE("methods: deprivation and ages of the examples") {
    std::map<std::string, std::string> name_of;
    std::map<std::string, std::pair<double, double>> from_45;  // people, all ages
    for (const CsvRow& row : csv_rows("examples/coventry/data/coventry_ward_population_mid2020.csv")) {
        name_of[row.at("ward_code")] = row.at("ward_name");
        double people = 0;
        for (const auto& [name, value] : row) {
            const auto band = parse_age_column(name);
            if (band && band->first >= 45) people += std::stod(value);
        }
        from_45[row.at("ward_name")] = {people, number_in(row, "all_ages")};
    }
    for (const std::string ward : {"Bablake", "St Michael's"}) {
        const auto [people, all] = from_45.at(ward);
        check_said(ward + " " + at(people, 0) + " of " + at(all, 0) + " (" + at(100 * people / all, 0) +
                   "%)");
    }

    RowsInAreas rows;
    rows.codes = {"1", "2"};
    rows.names = {"Foleshill", "St Michael's"};
    std::vector<double> deciles, people;
    for (const CsvRow& row : csv_rows("examples/coventry/data/coventry_lsoa_deprivation.csv")) {
        const std::string& ward = name_of.at(row.at("ward_code"));
        if (ward != rows.names[0] && ward != rows.names[1]) continue;
        rows.area_of_row.push_back(ward == rows.names[0] ? 0 : 1);
        deciles.push_back(number_in(row, "imd2019_decile"));
        people.push_back(number_in(row, "population_mid2020"));
    }
    SmallAreaDeprivation values;
    values.decile = Column::numbers("decile", deciles);
    values.population = Column::numbers("people", people);
    Problems problems;
    const Table table = deprivation_table(rows, values, {}, problems);
    const auto cell = [&](const char* column, std::size_t row, int decimals) {
        return at(table.column(column).number(row), decimals);
    };
    check_said("Foleshill (IMD 2019): " + cell("small_areas", 0, 0) + " small areas, " +
               cell("small_areas_decile_1", 0, 0) + " of them in decile 1; plain mean " +
               cell("mean_decile", 0, 2) + ", weighted " + cell("mean_decile_weighted", 0, 2));
    check_said("St Michael's: plain " + cell("mean_decile", 1, 2) + ", weighted " +
               cell("mean_decile_weighted", 1, 2));
}
