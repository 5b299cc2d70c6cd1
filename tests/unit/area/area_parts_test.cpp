#include "wardmap/area/area_parts.hpp"

#include "support/csv_rows.hpp"
#include "support/shapes.hpp"
#include "wardmap/base/error.hpp"
#include "wardmap/geometry/measure.hpp"
#include "wardmap/io/read_areas.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>
#include <string>
#include <vector>

using namespace wardmap;
using wardmap::testing::csv_rows;
using wardmap::testing::number_in;

namespace {

AreaSet boxes(std::vector<MultiPolygon> shapes, const std::string& prefix) {
    AreaSetParts parts;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        parts.codes.push_back(prefix + std::to_string(i));
        parts.names.push_back(prefix + " " + std::to_string(i));
    }
    parts.shapes = std::move(shapes);
    parts.crs = british_national_grid;
    return AreaSet(std::move(parts));
}

/// Somewhere in England, so that no coordinate is outlandish.
MultiPolygon block(double x, double y, double w, double h) {
    return box_shape(400000 + x, 300000 + y, w, h);
}

// Three old wards side by side, each 100 by 100 m; two new ones: the first 150 wide, the second 100, so that
// the last 50 m of the third lie in neither.
AreaSet old_wards() {
    return boxes({block(0, 0, 100, 100), block(100, 0, 100, 100), block(200, 0, 100, 100)}, "old");
}
AreaSet new_wards() {
    return boxes({block(0, 0, 150, 100), block(150, 0, 100, 100)}, "new");
}

std::string shared_file(const std::string& name) {
    return std::string(WARDMAP_SOURCE_DIR) + "/../shared/data/" + name;
}

}  // namespace

TEST_CASE("area parts: surfaces by hand, the same on any number of threads") {
    const AreaParts parts = parts_by_surface(old_wards(), new_wards(), 1);
    REQUIRE(parts.parts.size() == 4);
    CHECK(parts.parts[1].source == 1);
    CHECK(parts.parts[1].target == 0);
    CHECK(parts.parts[1].weight == doctest::Approx(5000));
    CHECK(parts.parts[1].share == doctest::Approx(0.5));
    CHECK(parts.left_out[0] == doctest::Approx(0));
    CHECK(parts.left_out[2] == doctest::Approx(0.5));
    CHECK(parts.source_weight[2] == doctest::Approx(10000));
    const AreaParts more = parts_by_surface(old_wards(), new_wards(), 4);
    for (std::size_t i = 0; i < 4; ++i) CHECK(more.parts[i].weight == parts.parts[i].weight);
    CHECK(largest_part(parts) == std::vector<AreaIndex>{0, 0, 1});  // of equal halves the first
    CHECK(share_in(parts, largest_part(parts))[1] == doctest::Approx(0.5));
}

TEST_CASE("area parts: sums keep their mass, and what lies in no target is said") {
    const AreaParts parts = parts_by_surface(old_wards(), new_wards());
    const std::vector<double> people{100, 200, 300};
    const Interpolated sum = interpolate(people, parts, Interpolation::sum);
    CHECK(sum.values[0] == doctest::Approx(200));
    CHECK(sum.values[1] == doctest::Approx(250));
    CHECK(sum.left_out == doctest::Approx(150));
    CHECK(sum.values[0] + sum.values[1] + sum.left_out == doctest::Approx(600));
    const Interpolated shared = interpolate(people, parts, Interpolation::sum, Rest::shared_out);
    CHECK(shared.values[1] == doctest::Approx(400));
    CHECK(shared.left_out == 0);
    const Interpolated mean = interpolate(std::vector<double>{1, 4, 7}, parts, Interpolation::mean);
    CHECK(mean.values[0] == doctest::Approx(2));    // (10000 x 1 + 5000 x 4) / 15000
    CHECK(mean.values[1] == doctest::Approx(5.5));  // (5000 x 4 + 5000 x 7) / 10000
    CHECK(mean.left_out == doctest::Approx(5000 / 30000.0));
}

TEST_CASE("area parts: values not known make their targets unknown, but slivers do not") {
    const AreaParts parts = parts_by_surface(old_wards(), new_wards());
    const double unknown = std::nan("");
    const Interpolated made = interpolate(std::vector<double>{100, 200, unknown}, parts, Interpolation::sum);
    CHECK(made.values[0] == doctest::Approx(200));
    CHECK(std::isnan(made.values[1]));
    // The second reaches half a metre over the border: 0.5% of it, 0.5% of the target.
    const AreaSet overlapping = boxes({block(0, 0, 100, 100), block(99.5, 0, 100, 100)}, "a");
    const AreaSet target = boxes({block(0, 0, 100, 100)}, "b");
    const Interpolated sliver = interpolate(std::vector<double>{10, unknown},
                                            parts_by_surface(overlapping, target), Interpolation::mean);
    CHECK(sliver.values[0] == doctest::Approx(10));
}

TEST_CASE("area parts: a target that no source lies in has no value, and a source in none is lost whole") {
    const AreaSet far = boxes({block(0, 0, 100, 100), block(5000, 5000, 10, 10)}, "far");
    const AreaParts parts = parts_by_surface(old_wards(), far);
    const Interpolated made =
        interpolate(std::vector<double>{1, 2, 3}, parts, Interpolation::sum, Rest::shared_out);
    CHECK(made.values[0] == doctest::Approx(1));
    CHECK(std::isnan(made.values[1]));
    CHECK(made.left_out == doctest::Approx(5));
    CHECK(largest_part(parts) == std::vector<AreaIndex>{0, no_area, no_area});
    CHECK(target_of_centre(old_wards(), far) == std::vector<AreaIndex>{0, no_area, no_area});
    const AreaParts nothing = parts_by_surface(boxes({}, "none"), far);
    CHECK(std::isnan(interpolate({}, nothing, Interpolation::mean).values[0]));
    CHECK_THROWS_AS(parts_by_surface(AreaSet(), far), CrsError);  // degrees or metres is not known
    CHECK_THROWS_AS(interpolate(std::vector<double>{1}, parts, Interpolation::sum), UsageError);
    CHECK_THROWS_AS(parse_interpolation("median"), UsageError);
}

TEST_CASE("area parts: finer units weigh by their people, or each the same") {
    const std::vector<AreaIndex> source{0, 0, 0, 1, no_area}, target{0, 1, 1, no_area, 0};
    const std::vector<double> people{50, 30, 20, 40, 99};
    const AreaParts parts = parts_by_units(source, target, people, 2, 2);
    CHECK(parts.parts[0].share == doctest::Approx(0.5));
    CHECK(parts.left_out == std::vector<double>{0, 1});
    CHECK(largest_part(parts)[0] == 0);
    const AreaParts alike = parts_by_units(source, target, {}, 2, 2);
    CHECK(alike.parts[1].share == doctest::Approx(2 / 3.0));
    CHECK(largest_part(alike)[0] == 1);
    CHECK_THROWS_AS(parts_by_units(source, target, std::vector<double>{1, 1, 1, 1, -1}, 2, 2), UsageError);
    CHECK_THROWS_AS(parts_by_units(source, std::vector<AreaIndex>{0}, {}, 2, 2), std::invalid_argument);
}

TEST_CASE("area parts: centres of people lie where the people are") {
    const std::vector<Point> centres{{0, 0}, {10, 0}, {4, 8}};
    const std::vector<double> people{30, 10, 5};
    const auto made = weighted_centres(centres, people, std::vector<AreaIndex>{0, 0, 1}, 3);
    CHECK(made[0].x == doctest::Approx(2.5));
    CHECK(made[1].y == doctest::Approx(8));
    CHECK(std::isnan(made[2].x));
    CHECK_THROWS_AS(
        weighted_centres(centres, std::vector<double>{1, 1, -1}, std::vector<AreaIndex>{0, 0, 1}, 2),
        UsageError);
}

TEST_CASE("area parts: Coventry's wards by every method have the people that were worked out elsewhere") {
    const auto expected = csv_rows("../shared/data/checks/coventry_ward_population_by_method.csv");
    const std::string lsoa_file = shared_file("boundaries/coventry_lsoa11.geojson");
    if (expected.empty() || !std::filesystem::exists(lsoa_file)) return;
    const AreaSet lsoa = read_areas(lsoa_file).areas;
    const AreaSet wards = read_areas(shared_file("boundaries/coventry_wards.geojson")).areas;
    const AreaSet units = read_areas(shared_file("boundaries/coventry_oa11.geojson")).areas;
    std::map<std::string, double> people_of;
    for (const auto& row : csv_rows("../shared/data/population/coventry_lsoa11_mid2020_single_year.csv"))
        people_of[row.at("lsoa_code")] = number_in(row, "all_ages");
    std::vector<double> people;
    for (const std::string& code : lsoa.codes()) people.push_back(people_of.at(code));

    const AreaParts by_surface = parts_by_surface(lsoa, wards);
    const auto sums = [&](const std::vector<AreaIndex>& ward_of) {
        std::vector<double> out(wards.size(), 0.0);
        for (std::size_t i = 0; i < ward_of.size(); ++i)
            out.at(static_cast<std::size_t>(ward_of[i])) += people[i];
        return out;
    };
    const auto by_largest = sums(largest_part(by_surface));
    const auto by_centre = sums(target_of_centre(lsoa, wards));
    const Interpolated weighted = interpolate(people, by_surface, Interpolation::sum, Rest::shared_out);
    const Interpolated strict = interpolate(people, by_surface, Interpolation::sum);
    CHECK(std::accumulate(strict.values.begin(), strict.values.end(), strict.left_out) ==
          doctest::Approx(379387).epsilon(1e-12));

    std::map<std::string, AreaIndex> lsoa_of_unit, ward_of_unit;
    for (const auto& row : csv_rows("../shared/data/lookups/coventry_oa11_ward_derived.csv")) {
        lsoa_of_unit[row.at("oa_code")] = lsoa.index_of(row.at("lsoa_code"));
        ward_of_unit[row.at("oa_code")] = wards.index_of(row.at("ward_code"));
    }
    std::vector<AreaIndex> unit_lsoa, unit_ward;
    const auto largest_ward_of_unit = largest_part(parts_by_surface(units, wards));
    std::size_t differ = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        unit_lsoa.push_back(lsoa_of_unit.at(units.codes()[i]));
        unit_ward.push_back(ward_of_unit.at(units.codes()[i]));
        differ += unit_ward.back() != largest_ward_of_unit[i] ? 1 : 0;
    }
    CHECK(differ == 0);  // the file's own method: derived_max_area_overlap
    const Interpolated apportioned = interpolate(
        people, parts_by_units(unit_lsoa, unit_ward, {}, lsoa.size(), wards.size()), Interpolation::sum);

    for (const auto& row : expected) {
        CAPTURE(row.at("ward_name"));
        const auto ward = static_cast<std::size_t>(wards.index_of(row.at("ward_code")));
        CHECK(by_largest[ward] == number_in(row, "sum_of_max_area_lsoa"));
        CHECK(by_centre[ward] == number_in(row, "sum_of_centroid_lsoa"));
        CHECK(std::abs(apportioned.values[ward] - number_in(row, "oa_count_apportioned")) <= 0.5);
        CHECK(std::abs(weighted.values[ward] - number_in(row, "area_weighted")) <= 1);
    }
}
