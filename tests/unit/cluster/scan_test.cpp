#include "wardmap/cluster/scan.hpp"

#include "support/csv_rows.hpp"
#include "wardmap/base/error.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::number_in;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

struct Places {
    std::vector<double> count{}, population{}, x{}, y{};

    Scan scanned(const ScanOptions& options = {}) const { return scan(count, population, x, y, options); }
};

/// Areas without any pattern, the same on every machine.
Places scattered(std::size_t n, std::uint32_t step) {
    Places out;
    for (std::size_t i = 0; i < n; ++i) {
        const auto k = static_cast<std::uint32_t>(i) * step;
        out.count.push_back(k % 7);
        out.population.push_back(100 + k % 83);
        out.x.push_back(k % 101);
        out.y.push_back(k % 97);
    }
    return out;
}

double log_likelihood_ratio(double c, double e, double total) {
    if (c <= e) return 0;
    return c * std::log(c / e) + (c < total ? (total - c) * std::log((total - c) / (total - e)) : 0);
}

}  // namespace

TEST_CASE("scan: the clusters of leukaemia in upstate New York are SaTScan's, to six decimals") {
    const auto rows = csv_rows("../shared/data/reference/scan_ny_leukemia_inputs.csv");
    if (rows.empty()) return;
    Places places;
    std::vector<std::string> ids;
    for (const auto& row : rows) {
        ids.push_back(row.at("id"));
        places.count.push_back(number_in(row, "cases"));
        places.population.push_back(number_in(row, "population"));
        places.x.push_back(number_in(row, "x"));
        places.y.push_back(number_in(row, "y"));
    }
    std::ifstream file(std::string(WARDMAP_SOURCE_DIR) +
                       "/../shared/data/reference/scan_ny_leukemia_expected.json");
    const nlohmann::json published = nlohmann::json::parse(file);
    for (const auto& run : published["runs"]) {
        ScanOptions options;
        options.max_share = run["max_cluster_population_fraction"];
        options.permutations = 4999;
        const Scan got = places.scanned(options);
        const auto& expected = run["clusters_non_overlapping"];
        REQUIRE(got.clusters.size() >= expected.size());
        for (std::size_t k = 0; k < expected.size(); ++k) {
            CAPTURE(k);
            const auto& one = expected[k];
            const ScanCluster& cluster = got.clusters[k];
            std::set<std::string> members;
            for (const AreaIndex i : cluster.members) members.insert(ids[static_cast<std::size_t>(i)]);
            CHECK(members == one["ids"].get<std::set<std::string>>());
            CHECK(cluster.population == one["population"].get<double>());
            CHECK(cluster.count == one["cases"].get<double>());
            CHECK(cluster.expected == doctest::Approx(one["expected"].get<double>()).epsilon(1e-9));
            CHECK(cluster.rr == doctest::Approx(one["relative_risk"].get<double>()).epsilon(1e-9));
            CHECK(cluster.llr == doctest::Approx(one["llr"].get<double>()).epsilon(1e-9));
            CHECK(cluster.radius == doctest::Approx(one["radius"].get<double>()).epsilon(1e-9));
            CHECK(std::abs(cluster.p_value - one["monte_carlo_p_4999"].get<double>()) < 0.02);
            if (one.contains("satscan_llr"))
                CHECK(std::abs(cluster.llr - one["satscan_llr"].get<double>()) < 1e-6);
            if (one.contains("satscan_p")) {
                // Both are of random replications, SaTScan's of 999: four standard errors of their
                // difference.
                const double p = one["satscan_p"];
                const double error = std::sqrt(p * (1 - p) * (1.0 / 999 + 1.0 / 4999));
                CHECK(std::abs(cluster.p_value - p) < 4 * error + 1.0 / 1000);
            }
        }
    }
}

TEST_CASE("scan: its strongest circle is the strongest of all, looked at one by one") {
    for (const std::uint32_t step : {7919U, 104729U, 1299709U}) {
        const Places places = scattered(40, step);
        double total = 0, people = 0;
        for (std::size_t i = 0; i < 40; ++i) {
            total += places.count[i];
            people += places.population[i];
        }
        double best = 0;
        for (std::size_t centre = 0; centre < 40; ++centre) {
            for (std::size_t edge = 0; edge < 40; ++edge) {
                const auto square = [&](std::size_t i) {
                    const double dx = places.x[i] - places.x[centre], dy = places.y[i] - places.y[centre];
                    return dx * dx + dy * dy;
                };
                double count = 0, within = 0;
                for (std::size_t i = 0; i < 40; ++i) {
                    if (square(i) > square(edge)) continue;
                    count += places.count[i];
                    within += places.population[i];
                }
                if (within <= people / 4)
                    best = std::max(best, log_likelihood_ratio(count, total * within / people, total));
            }
        }
        ScanOptions options;
        options.max_share = 0.25;
        options.permutations = 0;
        const Scan got = places.scanned(options);
        REQUIRE(!got.clusters.empty());
        CHECK(got.clusters[0].llr == doctest::Approx(best).epsilon(1e-12));
        CHECK(std::isnan(got.clusters[0].p_value));
        // Clusters do not overlap, hold more than expected, and weaken.
        std::set<AreaIndex> seen;
        for (std::size_t k = 0; k < got.clusters.size(); ++k) {
            const ScanCluster& one = got.clusters[k];
            for (const AreaIndex i : one.members) CHECK(seen.insert(i).second);
            CHECK(one.count > one.expected);
            CHECK(one.population <= people / 4);
            if (k > 0) CHECK(one.llr <= got.clusters[k - 1].llr);
        }
    }
}

TEST_CASE("scan: p is the share of all ways to deal the events out") {
    // Three events among five areas in a row: 5^3 ways, each as likely as its areas' people.
    Places places;
    places.count = {0, 0, 2, 1, 0};
    places.population = {10, 30, 20, 15, 25};
    places.x = {0, 1, 2.2, 3.1, 4.5};
    places.y = {0, 0, 0, 0, 0};
    ScanOptions options;
    options.permutations = 0;
    const double observed = places.scanned(options).clusters.at(0).llr;
    double chance = 0;
    for (std::size_t a = 0; a < 5; ++a) {
        for (std::size_t b = 0; b < 5; ++b) {
            for (std::size_t c = 0; c < 5; ++c) {
                Places dealt = places;
                dealt.count = {0, 0, 0, 0, 0};
                for (const std::size_t i : {a, b, c}) dealt.count[i] += 1;
                const Scan one = dealt.scanned(options);
                if (one.clusters.empty() || one.clusters[0].llr < observed * (1 - 1e-9)) continue;
                chance += places.population[a] * places.population[b] * places.population[c] / 1e6;
            }
        }
    }
    options.permutations = 39'999;
    CHECK(places.scanned(options).clusters.at(0).p_value == doctest::Approx(chance).epsilon(0.02));
}

TEST_CASE("scan: the same on any number of threads, early end or not") {
    const Places places = scattered(120, 7919);
    for (const std::uint32_t stop_after : {0U, 20U}) {
        ScanOptions options;
        options.permutations = 400;
        options.stop_after = stop_after;
        options.threads = 1;
        const Scan one = places.scanned(options);
        for (const unsigned threads : {2U, 5U}) {
            options.threads = threads;
            const Scan more = places.scanned(options);
            REQUIRE(more.clusters.size() == one.clusters.size());
            CHECK(more.replications == one.replications);
            for (std::size_t k = 0; k < one.clusters.size(); ++k) {
                CHECK(more.clusters[k].members == one.clusters[k].members);
                CHECK(more.clusters[k].p_value == one.clusters[k].p_value);
            }
        }
    }
}

TEST_CASE("scan: an early end gives exactly the p of the replications made") {
    const Places places = scattered(120, 7919);
    ScanOptions options;
    options.permutations = 999;
    const Scan all = places.scanned(options);
    REQUIRE(all.clusters.at(0).p_value > 0.1);
    options.stop_after = 20;
    const Scan ended = places.scanned(options);
    CHECK(ended.replications < 999);
    CHECK(ended.clusters.at(0).p_value == 20.0 / ended.replications);
    CHECK(ended.clusters[0].p_value == doctest::Approx(all.clusters[0].p_value).epsilon(0.5));
    CHECK(ended.method.find("ended early at the 20th") != std::string::npos);
    // The replications are the first of those without an end.
    options.stop_after = 0;
    options.permutations = ended.replications;
    CHECK(places.scanned(options).clusters.at(0).p_value == 21.0 / (ended.replications + 1));
}

TEST_CASE("scan: areas at one place are never told apart") {
    Places twins;
    twins.x = {0, 0, 10, 20, 30};
    twins.y = {0, 0, 0, 0, 0};
    twins.population.assign(5, 100);
    twins.count = {8, 0, 1, 1, 1};
    ScanOptions options;
    options.max_population = 200;
    options.permutations = 0;
    const Scan found = twins.scanned(options);
    REQUIRE(!found.clusters.empty());
    CHECK(found.clusters[0].members == std::vector<AreaIndex>{0, 1});
    CHECK(found.clusters[0].radius == 0);
    CHECK(found.circles == 5);  // the twins; 10 alone; 20 alone; 30, and 30 with 20
}

TEST_CASE("scan: no people, missing numbers, events where nobody lives") {
    Places places;
    places.x = {0, 1, 2, 3, 4, 5};
    places.y.assign(6, 0);
    places.population = {100, 0, 100, 100, 0, 100};
    places.count = {9, 0, 1, 1, 4, missing};
    const Scan got = places.scanned();
    REQUIRE(!got.clusters.empty());
    CHECK(got.clusters[0].count == 9);
    CHECK(got.clusters[0].members.front() == 0);
    CHECK(got.clusters[0].expected == doctest::Approx(11.0 / 3));
    CHECK(got.method.find("1 area has a missing number and is left out") != std::string::npos);
    CHECK(got.method.find("1 area with events and no people is left out, and 4 events with it") !=
          std::string::npos);
    places.count.assign(6, 0);
    CHECK(places.scanned().clusters.empty());
    CHECK(places.scanned().method.find("there are no events") != std::string::npos);
    places.population.assign(6, 0);
    CHECK(places.scanned().method.find("there are no people") != std::string::npos);
    CHECK(scan({}, {}, {}, {}).clusters.empty());
    const std::vector<double> one{3};
    CHECK(scan(one, one, one, one).method.find("one area has no others") != std::string::npos);
}

TEST_CASE("scan: more events than people, and every event in one area") {
    Places places;
    places.x = {0, 1, 2, 3};
    places.y.assign(4, 0);
    places.population = {5, 5, 5, 5};
    places.count = {400, 0, 0, 0};
    const Scan got = places.scanned();
    REQUIRE(got.clusters.size() >= 1);
    CHECK(got.clusters[0].members == std::vector<AreaIndex>{0});
    CHECK(std::isinf(got.clusters[0].rr));
    CHECK(got.clusters[0].llr == doctest::Approx(400 * std::log(4.0)));
    CHECK(got.clusters[0].p_value == 0.001);
}

TEST_CASE("scan: what makes no sense is refused, with what to do") {
    Places places = scattered(10, 7919);
    ScanOptions options;
    for (const double share : {0.0, 0.51, -1.0, missing}) {
        options.max_share = share;
        CHECK_THROWS_AS(places.scanned(options), UsageError);
    }
    options = {};
    options.max_population = 50;
    CHECK_THROWS_WITH_AS(places.scanned(options), doctest::Contains("no place has at most 50 people"),
                         UsageError);
    options.max_population = 0;
    CHECK_THROWS_AS(places.scanned(options), UsageError);
    options = {};
    places.count[3] = 1.5;
    CHECK_THROWS_WITH_AS(places.scanned(), doctest::Contains("input 3"), UsageError);
    places.count[3] = -1;
    CHECK_THROWS_AS(places.scanned(), UsageError);
    places.count[3] = 1;
    places.population[2] = -1;
    CHECK_THROWS_AS(places.scanned(), UsageError);
    places.x.pop_back();
    CHECK_THROWS_AS(places.scanned(), UsageError);
}
