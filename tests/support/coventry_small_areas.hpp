/// \file
/// The small areas of Coventry with their deprivation of 2015, as tools outside were given them.
#pragma once

#include "support/csv_rows.hpp"
#include "wardmap/area/neighbours.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace wardmap::testing {

struct CoventrySmallAreas {
    std::vector<std::string> codes{};
    std::vector<double> scores{};
    Neighbours queen{};
};

/// Empty (with a message) where the shared data are not there.
inline CoventrySmallAreas coventry_small_areas() {
    CoventrySmallAreas out;
    const auto links = csv_rows("../shared/data/reference/contiguity_coventry_lsoa.csv");
    std::map<std::string, AreaIndex> place;
    for (const CsvRow& row : links) {
        place[row.at("id")] = static_cast<AreaIndex>(out.codes.size());
        out.codes.push_back(row.at("id"));
    }
    for (const CsvRow& row : links) {
        std::stringstream list(row.at("queen"));
        std::vector<AreaIndex> neighbours;
        for (std::string code; list >> code;) neighbours.push_back(place.at(code));
        std::sort(neighbours.begin(), neighbours.end());
        out.queen.indices.insert(out.queen.indices.end(), neighbours.begin(), neighbours.end());
        out.queen.indptr.push_back(out.queen.indices.size());
    }
    out.scores.resize(out.codes.size());
    for (const CsvRow& row : csv_rows("../shared/data/imd/coventry_imd2015_lsoa11.csv"))
        out.scores[static_cast<std::size_t>(place.at(row.at("lsoa_code")))] = number_in(row, "imd2015_score");
    return out;
}

}  // namespace wardmap::testing
