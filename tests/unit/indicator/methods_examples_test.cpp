// The worked examples of docs/methods.md that the published figures do not hold already.
#include "support/csv_rows.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/indicator/age_structure.hpp"
#include "wardmap/indicator/change_test.hpp"
#include "wardmap/indicator/concentration.hpp"
#include "wardmap/indicator/deprivation.hpp"
#include "wardmap/indicator/funnel.hpp"
#include "wardmap/indicator/inequality.hpp"
#include "wardmap/indicator/limits.hpp"
#include "wardmap/indicator/quadrant_chances.hpp"
#include "wardmap/indicator/standardised_rate.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
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

namespace {

/// Alcohol-marked violence without injury of the wards, and their people.
struct Violence {
    std::vector<std::string> wards{};
    std::vector<double> before{}, after{}, people{};

    std::size_t place(const std::string& ward) const {
        return static_cast<std::size_t>(std::find(wards.begin(), wards.end(), ward) - wards.begin());
    }
};

Violence violence() {
    std::map<std::string, double> people;
    for (const CsvRow& row : csv_rows("examples/coventry/data/coventry_ward_population_mid2020.csv"))
        people[row.at("ward_name")] = number_in(row, "all_ages");
    Violence out;
    for (const CsvRow& row : csv_rows("examples/coventry/data/needs_assessment/offences_by_ward.csv")) {
        if (row.at("marker") != "alcohol" || row.at("offence") != "VIOLENCE WITHOUT INJURY") continue;
        if (row.at("ward") == "Total") continue;
        out.wards.push_back(row.at("ward"));
        out.before.push_back(number_in(row, "yt_june_2021"));
        out.after.push_back(number_in(row, "yt_june_2022"));
        out.people.push_back(people.at(row.at("ward")));
    }
    return out;
}

}  // namespace

TEST_CASE("methods: standardised rates of the example") {
    std::map<std::string, std::array<std::vector<double>, 4>> areas;
    std::map<std::string, std::vector<std::string>> bands;
    for (const CsvRow& row : csv_rows("examples/statistics/events_by_age.csv")) {
        const char* columns[] = {"events", "people", "city_events", "city_people"};
        for (std::size_t c = 0; c < 4; ++c) areas[row.at("area")][c].push_back(number_in(row, columns[c]));
        bands[row.at("area")].push_back(row.at("age_band"));
    }
    std::string said;
    for (const char* name : {"Student town", "Old village"}) {
        const auto& [events, people, city_events, city_people] = areas.at(name);
        const DirectRate direct = direct_rate(events, people, european_standard_of(bands.at(name)));
        const IndirectRate indirect = indirect_rate(events, people, city_events, city_people);
        said += std::string(said.empty() ? "" : "; ") + name + " " + at(direct.count, 0) + " events among " +
                at(direct.population, 0) + " people, crude " +
                at(100000 * direct.count / direct.population, 0) + " per 100,000, directly standardised " +
                at(direct.rate.value, 0) + " (" + at(direct.rate.lower, 0) + " to " +
                at(direct.rate.upper, 0) + "), observed over expected " + at(indirect.ratio.value, 2);
    }
    check_said(said);
}

TEST_CASE("methods: the funnel of the example") {
    const Violence data = violence();
    const Funnel made = funnel(data.after, data.people, {.per = 100000});
    const auto with = [&](FunnelClass of_area, const std::vector<FunnelClass>& all) {
        return std::to_string(std::count(all.begin(), all.end(), of_area));
    };
    check_said("phi " + at(made.phi, 1) + ": the 18 wards differ far more than chance. Unadjusted " +
               with(FunnelClass::high_998, made.pattern) + " wards are `high_998`, adjusted " +
               with(FunnelClass::high_998, made.pattern_adjusted));
    const std::size_t michael = data.place("St Michael's");
    check_said("At St Michael's 40,850 people the 99.8% lines are at " + at(made.lower998[michael], 0) +
               " and " + at(made.upper998[michael], 0));
}

TEST_CASE("methods: changes and quadrants of the example") {
    const Violence data = violence();
    const auto changes = test_changes(data.before, data.after);
    std::size_t alone = 0, among = 0;
    for (const AreaChange& one : changes) {
        alone += one.ratio.p_value < 0.05 ? 1 : 0;
        among += one.p_adjusted < 0.05 ? 1 : 0;
    }
    check_said("Of the 18 wards " + std::to_string(alone) + " have a p under 0.05, and " +
               std::to_string(among) + " an adjusted p");
    const auto chances = quadrant_chances(data.before, data.after, data.people);
    const auto said = [&](const char* ward, std::size_t quadrant) {
        return at(100 * chances[data.place(ward)][quadrant], 0) + "%";
    };
    check_said("St Michael's is `high_faster` in " + said("St Michael's", 0) +
               " of draws. Henley, whose change is just under "
               "the city's, is `high_slower` in " +
               said("Henley", 1) + " and `high_faster` in " + said("Henley", 0));
}

TEST_CASE("methods: inequality, concentration and harm of the examples") {
    std::vector<double> values, people;
    for (const CsvRow& row : csv_rows("examples/statistics/rate_by_fifth.csv")) {
        values.push_back(number_in(row, "rate"));
        people.push_back(number_in(row, "people"));
    }
    const InequalitySlope slope = inequality_slope(values, people);
    check_said("slope " + at(slope.sii, 0) + " per 100,000, relative index " + at(slope.rii, 2));

    std::vector<double> finds;
    for (const CsvRow& row : csv_rows("examples/coventry/data/needs_assessment/needle_finds_by_ward.csv")) {
        if (row.at("ward") != "Total") finds.push_back(number_in(row, "total"));
    }
    const Concentration made(finds);
    check_said("The " + at(made.events(), 0) + " needle finds in 18 wards: Gini " + at(made.gini(), 2) +
               ", " + at(100 * made.share_in_top(0.1), 0) + "% in the top 10% of wards, half of all in " +
               at(100 * made.places_for(0.5), 0) + "% of wards");
}

TEST_CASE("methods: the errors of each way to bring small areas to wards") {
    const auto rows = csv_rows("../shared/data/checks/coventry_ward_population_by_method.csv");
    if (rows.empty()) return;
    const auto error = [&](const char* column) {
        double sum = 0;
        for (const CsvRow& row : rows)
            sum += std::abs(number_in(row, column) - number_in(row, "ons_ward_estimate"));
        return at(sum / static_cast<double>(rows.size()), 0);
    };
    check_said("official best fit " + error("sum_of_bestfit_lsoa") +
               " people a ward, shares of finer units " + error("oa_count_apportioned") +
               ", largest surface " + error("sum_of_max_area_lsoa") + ", centre " +
               error("sum_of_centroid_lsoa") + ", area weighting " + error("area_weighted"));
}
