/// \file
/// A made-up city of square units for tests of impact areas: every unit alike but for what a test plants.
#pragma once

#include "support/shapes.hpp"
#include "wardmap/base/poisson_draw.hpp"
#include "wardmap/cluster/impact_evidence.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace wardmap {

/// `side` x `side` squares of 500 m, `people` in each, `years` years of one kind with `events` in each unit.
inline ImpactEvidence square_city(std::size_t side, double people, std::size_t years, double events) {
    AreaSetParts parts;
    for (std::size_t row = 0; row < side; ++row)
        for (std::size_t column = 0; column < side; ++column) {
            parts.codes.push_back("U" + std::to_string(row * side + column));
            parts.names.push_back("Row " + std::to_string(row) + ", column " + std::to_string(column));
            parts.shapes.push_back(
                box_shape(500 * static_cast<double>(column), 500 * static_cast<double>(row), 500, 500));
        }
    parts.crs = Crs("EPSG:27700");
    parts.whole = "Squareton";
    ImpactEvidence out;
    out.units = AreaSet(std::move(parts));
    const std::size_t units = side * side;
    out.residents.assign(units, people);
    out.deprived.assign(units, 1);
    for (std::size_t year = 0; year < years; ++year)
        out.years.push_back("year to June " + std::to_string(2020 + year));
    out.kinds = {"Robbery"};
    out.events.assign(units * years, events);
    out.excluded.assign(units, {});
    out.not_located.assign(years, 0);
    out.outside.assign(years, 0);
    return out;
}

/// Counts drawn around `mean` times `factor` of each unit.
inline void draw_events(ImpactEvidence& city, double mean, const std::vector<double>& factor,
                        std::uint64_t seed) {
    for (std::size_t u = 0; u < city.units.size(); ++u)
        for (std::size_t year = 0; year < city.years.size(); ++year) {
            RandomStream stream(seed, u, static_cast<std::uint32_t>(year));
            city.events[u * city.years.size() + year] = poisson_draw(stream, mean * factor[u]);
        }
}

}  // namespace wardmap
