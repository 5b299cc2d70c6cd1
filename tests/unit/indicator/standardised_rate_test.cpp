#include "wardmap/indicator/standardised_rate.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::CsvRow;
using wardmap::testing::number_in;

namespace {

struct Bands {
    std::vector<double> counts{}, populations{}, standard{};
    std::vector<std::string> labels{};
    std::vector<std::vector<double>> persons{{}, {}, {}, {}};
};

/// Areas of a reference file, by name.
std::map<std::string, Bands> bands_in(const std::string& file) {
    std::map<std::string, Bands> out;
    for (const CsvRow& row : csv_rows("../shared/data/reference/" + file)) {
        Bands& bands = out[row.at("area")];
        const auto number = [&](const char* column) {
            const auto cell = row.find(column);
            return cell == row.end() || cell->second.empty() ? std::nan("") : std::stod(cell->second);
        };
        bands.counts.push_back(number("count"));
        bands.populations.push_back(number("population"));
        bands.standard.push_back(number("standard_population"));
        bands.labels.push_back(row.at("age_band"));
        const char* columns[] = {"persons_1_event", "persons_2_events", "persons_3_events",
                                 "persons_4_events"};
        for (std::size_t k = 0; k < 4; ++k) bands.persons[k].push_back(number(columns[k]));
    }
    return out;
}

/// An empty field is "not defined".
void check_same(double ours, const std::string& expected, double tolerance = 1e-9) {
    if (expected.empty()) {
        CHECK(std::isnan(ours));
        return;
    }
    const double value = std::stod(expected);
    CHECK(std::abs(ours - value) <= tolerance * std::max(1.0, std::abs(value)));
}

}  // namespace

TEST_CASE("standardised rate: direct rates and their limits equal the health package's figures") {
    auto areas = bands_in("dsr_inputs.csv");
    for (const CsvRow& row : csv_rows("../shared/data/reference/dsr_expected.csv")) {
        CAPTURE(row.at("area"));
        const Bands& bands = areas.at(row.at("area"));
        StandardisingOptions options{.per = number_in(row, "multiplier")};
        const DirectRate usual = direct_rate(bands.counts, bands.populations, bands.standard, options);
        options.level = 0.998;
        const DirectRate wide = direct_rate(bands.counts, bands.populations, bands.standard, options);
        check_same(usual.rate.value, row.at("dsr"));
        check_same(usual.rate.lower, row.at("lower95"));
        check_same(usual.rate.upper, row.at("upper95"));
        check_same(wide.rate.lower, row.at("lower99_8"));
        check_same(wide.rate.upper, row.at("upper99_8"));
        CHECK(usual.count == number_in(row, "total_count"));
        CHECK(usual.population == number_in(row, "total_population"));
    }
}

TEST_CASE("standardised rate: Fay and Feuer's limits equal those of epitools") {
    auto areas = bands_in("dsr_inputs.csv");
    for (const CsvRow& row : csv_rows("../shared/data/reference/dsr_fay_feuer_expected.csv")) {
        CAPTURE(row.at("area"));
        const Bands& bands = areas.at(row.at("area"));
        const DirectRate rate =
            direct_rate(bands.counts, bands.populations, bands.standard, {.limits = DirectLimits::fay_feuer});
        check_same(rate.rate.value, row.at("dsr"));
        check_same(rate.rate.lower, row.at("fay_feuer_lower95"));
        check_same(rate.rate.upper, row.at("fay_feuer_upper95"));
    }
}

TEST_CASE("standardised rate: with repeat events limits equal the health package's figures") {
    auto areas = bands_in("dsr_repeat_events_inputs.csv");
    for (const CsvRow& row : csv_rows("../shared/data/reference/dsr_repeat_events_expected.csv")) {
        CAPTURE(row.at("area"));
        const Bands& bands = areas.at(row.at("area"));
        const DirectRate usual = direct_rate_of_repeats(bands.persons, bands.populations, bands.standard);
        const DirectRate wide =
            direct_rate_of_repeats(bands.persons, bands.populations, bands.standard, {.level = 0.998});
        check_same(usual.rate.value, row.at("dsr"), 1e-8);
        check_same(usual.rate.lower, row.at("lower95"), 1e-8);
        check_same(usual.rate.upper, row.at("upper95"), 1e-8);
        check_same(wide.rate.lower, row.at("lower99_8"), 1e-8);
        check_same(wide.rate.upper, row.at("upper99_8"), 1e-8);
        CHECK(usual.count == number_in(row, "total_events"));
    }
}

TEST_CASE("standardised rate: indirect ratios and rates equal the health package's figures") {
    auto areas = bands_in("isr_inputs.csv");
    for (const CsvRow& row : csv_rows("../shared/data/reference/isr_expected.csv")) {
        CAPTURE(row.at("area"));
        const Bands& bands = areas.at(row.at("area"));
        const Bands& standard = areas.at("reference");
        const auto made = [&](double level) {
            return indirect_rate(bands.counts, bands.populations, standard.counts, standard.populations,
                                 {.level = level});
        };
        const IndirectRate usual = made(0.95), wide = made(0.998);
        check_same(usual.count, row.at("observed"));
        check_same(usual.expected, row.at("expected"));
        check_same(usual.ratio.value * 100, row.at("ratio_x100"));
        check_same(usual.ratio.lower * 100, row.at("ratio_lower95"));
        check_same(usual.ratio.upper * 100, row.at("ratio_upper95"));
        check_same(wide.ratio.lower * 100, row.at("ratio_lower99_8"));
        check_same(wide.ratio.upper * 100, row.at("ratio_upper99_8"));
        check_same(usual.rate.value, row.at("isr_per_100000"));
        check_same(usual.rate.lower, row.at("isr_lower95"));
        check_same(usual.rate.upper, row.at("isr_upper95"));
    }
}

TEST_CASE("standardised rate: ESP2013 is the published standard, whatever the order of bands") {
    const auto rows = csv_rows("../shared/data/weights/european_standard_population_2013.csv");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(european_standard_2013()[i].people == number_in(rows[i], "standard_population"));
        CHECK(european_standard_2013()[i].band.first == number_in(rows[i], "age_from"));
    }
    double all = 0;
    for (const StandardBand& band : european_standard_2013()) all += band.people;
    CHECK(all == 100000);
    const std::vector<std::string> labels{"90+", "age_0_4", "Aged 85-89", "85 and over", "15-64"};
    CHECK(european_standard_of(labels) == std::vector<double>{1000, 5000, 1500, 2500, 64500});
    for (const char* label : {"0-3", "1-4", "85-90", "95+", "all ages", ""}) {
        CAPTURE(label);
        CHECK_THROWS_AS(european_standard_of(std::vector<std::string>{label}), UsageError);
    }
}

TEST_CASE("standardised rate: with the area's own ages as the standard it is the crude rate") {
    const std::vector<double> counts{4, 9, 30}, people{1000, 2000, 500};
    const DirectRate direct = direct_rate(counts, people, people, {.per = 1000});
    CHECK(direct.rate.value == doctest::Approx(1000 * 43 / 3500.0).epsilon(1e-14));
    // Then V/O is 1/n^2 and Dobson's limits are Byar's.
    CHECK(direct.rate.upper == doctest::Approx(rate_limits(43, 3500, 1000).upper).epsilon(1e-12));
    const IndirectRate indirect = indirect_rate(counts, people, counts, people);
    CHECK(indirect.ratio.value == doctest::Approx(1).epsilon(1e-14));
}

TEST_CASE("standardised rate: unknown counts are no events; people that are not there leave no rate") {
    const std::vector<double> people{100, 100}, standard{1, 1};
    const std::vector<double> blank{std::nan(""), 12}, zero{0, 12};
    CHECK(direct_rate(blank, people, standard).rate.value == direct_rate(zero, people, standard).rate.value);
    // Zero population with events, and without.
    for (const double events : {0.0, 5.0}) {
        const std::vector<double> counts{events, 12}, nobody{0, 100};
        const DirectRate rate = direct_rate(counts, nobody, standard);
        CHECK(std::isnan(rate.rate.value));
        CHECK(std::isnan(rate.rate.upper));
        CHECK(rate.count == events + 12);
        CHECK(std::isnan(direct_rate(counts, std::vector<double>{std::nan(""), 100}, standard).rate.value));
    }
    // A band without weight does not matter.
    CHECK(direct_rate(zero, std::vector<double>{0, 100}, std::vector<double>{0, 1}).rate.value ==
          doctest::Approx(12000));
    // Where the standard has nobody but the area has, expected events are not known.
    CHECK(std::isnan(indirect_rate(zero, people, zero, std::vector<double>{0, 100}).ratio.value));
    CHECK(indirect_rate(zero, std::vector<double>{0, 100}, zero, std::vector<double>{0, 100}).ratio.value ==
          doctest::Approx(1));
    // No event expected: no ratio, and no infinity.
    CHECK(std::isnan(indirect_rate(zero, people, std::vector<double>{0, 0}, people).ratio.upper));
}

TEST_CASE("standardised rate: fewer than 10 events make no direct rate, but an indirect one") {
    const std::vector<double> counts{4, 5}, people{100, 100}, standard{1, 1};
    CHECK(std::isnan(direct_rate(counts, people, standard).rate.value));
    CHECK(indirect_rate(counts, people, counts, people).ratio.value == doctest::Approx(1));
    CHECK_FALSE(std::isnan(direct_rate(std::vector<double>{5, 5}, people, standard).rate.value));
}

TEST_CASE("standardised rate: events may outnumber people") {
    const std::vector<double> counts{250, 50}, people{100, 100}, standard{3, 1};
    CHECK(direct_rate(counts, people, standard, {.per = 100}).rate.value == doctest::Approx(200));
}

TEST_CASE("standardised rate: what makes no sense is refused") {
    const std::vector<double> two{10, 20}, three{1, 2, 3}, negative{10, -1}, none{0, 0};
    CHECK_THROWS_AS(direct_rate(two, three, three), UsageError);
    CHECK_THROWS_AS(direct_rate(two, two, three), UsageError);
    CHECK_THROWS_AS(direct_rate(negative, two, two), UsageError);
    CHECK_THROWS_AS(direct_rate(two, negative, two), UsageError);
    CHECK_THROWS_AS(direct_rate(two, two, none), UsageError);
    CHECK_THROWS_AS(direct_rate(two, two, two, {.per = 0}), UsageError);
    CHECK_THROWS_AS(direct_rate(two, two, two, {.level = 1}), UsageError);
    CHECK_THROWS_AS(indirect_rate(two, two, three, two), UsageError);
    CHECK_THROWS_AS(parse_direct_limits("dobsen"), UsageError);
    CHECK(name_of(parse_direct_limits("fay_feuer")) == "fay_feuer");
}
