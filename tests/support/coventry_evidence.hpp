/// \file
/// Coventry's small areas as evidence for impact areas, without any event.
#pragma once

#include "support/csv_rows.hpp"
#include "wardmap/area/reproject.hpp"
#include "wardmap/cluster/impact_evidence.hpp"
#include "wardmap/crs/well_known.hpp"
#include "wardmap/io/read_areas.hpp"

#include <filesystem>
#include <string>

namespace wardmap::testing {

/// Coventry's 195 small areas and their people; no units where the shared data are not here.
inline ImpactEvidence coventry_without_events() {
    ImpactEvidence out;
    const std::string file = WARDMAP_SOURCE_DIR "/../shared/data/boundaries/coventry_lsoa11.geojson";
    if (!std::filesystem::exists(file)) return out;
    out.units = reproject(read_areas(file).areas, british_national_grid);
    out.residents.assign(out.units.size(), 0);
    for (const auto& row : csv_rows("../shared/data/population/coventry_lsoa11_mid2020_single_year.csv"))
        out.residents[static_cast<std::size_t>(out.units.index_of(row.at("lsoa_code")))] =
            number_in(row, "all_ages");
    out.years = {"year to June 2022"};
    out.kinds = {"Robbery"};
    out.events.assign(out.units.size(), 0);
    out.excluded.assign(out.units.size(), {});
    out.not_located.assign(1, 0);
    out.outside.assign(1, 0);
    return out;
}

}  // namespace wardmap::testing
