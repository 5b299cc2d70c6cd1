// The worked examples of docs/methods.md that are of this room.
#include "support/csv_rows.hpp"
#include "wardmap/area/match.hpp"
#include "wardmap/area/name_folding.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/base/number_text.hpp"
#include "wardmap/cluster/empirical_bayes.hpp"
#include "wardmap/cluster/getis_ord.hpp"
#include "wardmap/cluster/local_moran.hpp"
#include "wardmap/cluster/moran.hpp"
#include "wardmap/cluster/scan.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/io/read_areas.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::number_in;

namespace {

void check_said(const std::string& words) {
    std::ifstream file(std::string(WARDMAP_SOURCE_DIR) + "/docs/methods.md");
    std::ostringstream text;
    text << file.rdbuf();
    std::string page = text.str();
    for (char& c : page) {
        if (c == '\n') c = ' ';
    }
    CAPTURE(words);
    CHECK(page.find(words) != std::string::npos);
}

std::string plain(double value, int decimals) {
    return fixed_decimals(value, decimals);
}

/// Alcohol-marked violence without injury in the wards of Coventry: figure 10.4.7.
struct Wards {
    AreaSet areas{};
    Neighbours queen{};
    std::map<std::string, std::size_t> place{};
    std::vector<double> rate{}, count{}, people{};

    Wards() : areas(read_areas("coventry-wards").areas), queen(contiguity(areas, Contiguity::queen)) {
        for (std::size_t i = 0; i < areas.size(); ++i) place[fold_name(areas.names()[i])] = i;
        rate.resize(areas.size());
        count.resize(areas.size());
        people.resize(areas.size());
        for (const auto& row : csv_rows("examples/coventry/data/needs_assessment/offences_by_ward.csv")) {
            if (row.at("marker") != "alcohol" || row.at("offence") != "VIOLENCE WITHOUT INJURY" ||
                row.at("ward") == "Total")
                continue;
            rate[of(row.at("ward"))] = number_in(row, "rate_per_100k");
            count[of(row.at("ward"))] = number_in(row, "yt_june_2022");
        }
        for (const auto& row : csv_rows("examples/coventry/data/coventry_ward_population_mid2020.csv"))
            people[of(row.at("ward_name"))] = number_in(row, "all_ages");
    }
    std::size_t of(const std::string& name) const { return place.at(fold_name(name)); }
};

}  // namespace

TEST_CASE("methods: Moran, local Moran and Getis-Ord of the examples") {
    const Wards wards;
    check_said("have " + std::to_string(wards.queen.indices.size()) + " links by queen, " +
               std::to_string(contiguity(wards.areas, Contiguity::rook).indices.size()) + " by rook");
    const Moran whole = moran(wards.rate, wards.queen);
    check_said("I = " + plain(whole.i, 3) + " (expected " + plain(whole.expected, 3) + ", z " +
               plain(whole.z, 2) + ", p " + plain(whole.p_two_sided, 2) + ")");
    const LocalMoran local = local_moran(wards.rate, wards.queen);
    double mean = 0;
    for (const double rate : wards.rate) mean += rate / 18;
    const std::size_t stoke = wards.of("Upper Stoke"), centre = wards.of("St Michael's");
    check_said("Upper Stoke (384 among neighbours who average " + plain(mean + local.lag[stoke], 0) +
               ") is " + std::string(name_of(local.pattern[stoke])) + " with z " + plain(local.z[stoke], 2));
    check_said("St Michael's (1,116 among " + plain(mean + local.lag[centre], 0) + ") " +
               std::string(name_of(local.pattern[centre])) + " with z " + plain(local.z[centre], 2));
    const std::vector<double> three{1, 2, 6};
    const LocalMoran by_hand = local_moran(three, neighbours_from({0, 1, 3, 4}, {1, 0, 2, 1}));
    check_said("i = " + plain(by_hand.i[0], 3) + ", " + plain(by_hand.i[1], 3) + ", " +
               plain(by_hand.i[2], 3) + "; LL, LH, HL");
    const GetisOrd gathered = getis_ord(wards.rate, wards.queen);
    const std::size_t foleshill = wards.of("Foleshill");
    check_said("only Foleshill (Gi* " + plain(gathered.z[foleshill], 2) + ", p " +
               plain(gathered.p_two_sided[foleshill], 2) + ") and Upper Stoke (" +
               plain(gathered.z[stoke], 2) + ", p " + plain(gathered.p_two_sided[stoke], 2) + ")");
    CHECK(std::count_if(gathered.p_two_sided.begin(), gathered.p_two_sided.end(),
                        [](double p) { return p < 0.05; }) == 2);
}

TEST_CASE("methods: empirical Bayes and the scan of the examples") {
    const Wards wards;
    const SmoothedRates three =
        empirical_bayes(std::vector<double>{10, 10, 40}, std::vector<double>{100, 200, 200});
    check_said("0.10 becomes " + plain(three.rates[0], 4) + ", 0.05 becomes " + plain(three.rates[1], 4) +
               ", 0.20 becomes " + plain(three.rates[2], 4));
    const SmoothedRates smoothed = empirical_bayes(wards.count, wards.people);
    check_said("Wainbody's 70 per 100,000 becomes " + plain(smoothed.rates[wards.of("Wainbody")] * 1e5, 0) +
               ", St Michael's 1,116 becomes " +
               with_thousands(smoothed.rates[wards.of("St Michael's")] * 1e5, 0));
    const AreaSet in_metres = reproject(wards.areas, british_national_grid);
    std::vector<double> x, y;
    for (const MultiPolygon& shape : in_metres.shapes()) {
        x.push_back(centroid(shape).x);
        y.push_back(centroid(shape).y);
    }
    const Scan found = scan(wards.count, wards.people, x, y);
    REQUIRE(found.clusters.size() == 4);
    const auto& first = found.clusters[0];
    check_said("St Michael's has " + plain(first.count, 0) + " where " + plain(first.expected, 1) +
               " are due by its people: rr " + plain(first.rr, 2) + ", llr " + plain(first.llr, 1) + ", p " +
               plain(first.p_value, 3));
    const auto said = [&](std::size_t k) {
        const ScanCluster& one = found.clusters[k];
        return "(" + plain(one.count, 0) + ", " + plain(one.expected, 1) + " due, p " +
               plain(one.p_value, 3) + ")";
    };
    check_said("Then Henley " + said(1) + ", Foleshill with Longford " + said(2) +
               ", Binley and Willenhall " + said(3));
}
