#include "wardmap/area/vintage.hpp"

#include "support/shapes.hpp"
#include "wardmap/io/read_areas.hpp"
#include "wardmap/io/read_table.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

using namespace wardmap;

namespace {

const std::string shared = WARDMAP_SOURCE_DIR "/../shared/data/";

std::string vintage_of_column(const std::string& file, const std::string& column) {
    const Table table = read_table(shared + file, {}).table;
    return code_vintage(table.column(column).texts());
}

}  // namespace

TEST_CASE("vintage: codes are told by their form") {
    CHECK(is_ons_code("E05001218"));
    CHECK_FALSE(is_ons_code("E0500121"));
    CHECK_FALSE(is_ons_code("E0500121X"));
    CHECK_FALSE(is_ons_code("X05001218"));
    CHECK_FALSE(is_ons_code(""));
    const auto noun = [](std::vector<std::string> codes) { return area_noun(codes); };
    CHECK(noun({"E05001218", "W05000001"}) == "ward");
    CHECK(noun({"E01009522"}) == "small area");
    CHECK(noun({"E00048204"}) == "output area");
    CHECK(noun({"E08000026", "E06000001"}) == "district");
    CHECK(noun({"E05001218", "E01009522"}) == "area");
    CHECK(noun({"North"}) == "area");
    CHECK(noun({}) == "area");
}

TEST_CASE("vintage: the highest code tells the earliest year, and old codes tell nothing") {
    const std::vector<std::string> coventry{"E05001218", "E05001235"};
    CHECK(code_vintage(coventry).empty());
    const std::vector<std::string> newer{"E05001218", "E05012000"};
    CHECK(code_vintage(newer) == "some of these codes were first used after December 2017");
    const std::vector<std::string> small{"E01009522", "E01033000"};
    CHECK(code_vintage(small) == "some of these codes were first used after the census of 2001");
}

TEST_CASE("vintage: each published list keeps within its own bounds") {
    if (!std::filesystem::exists(shared)) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    CHECK(vintage_of_column("lookups/england_lsoa11_ward2017_bestfit.csv", "ward_code") ==
          "some of these codes were first used after December 2013");
    CHECK(vintage_of_column("lookups/england_lsoa11_ward2017_bestfit.csv", "lsoa_code") ==
          "some of these codes were first used after the census of 2001");
    CHECK(vintage_of_column("population/england_ward2020_mid2020_5year.csv", "ward_code") ==
          "some of these codes were first used after December 2017");
    CHECK(vintage_of_column("lookups/coventry_lsoa11_lsoa21.csv", "lsoa21_code") ==
          "some of these codes were first used after the census of 2011");
    const ReadAreas wards = read_areas(shared + "boundaries/england_wards.fgb");
    CHECK(code_vintage(wards.areas.codes()).empty());
}
