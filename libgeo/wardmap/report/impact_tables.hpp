/// \file
/// The tables of impact areas.
#pragma once

#include "wardmap/report/impact_call.hpp"

namespace wardmap {

/// One row an area, then "All impact areas", "Rest", "Not located" (events that could not be placed, or lie
/// outside all units) and "Total", which add up. Columns: area, name, spans, events, event_share_pct, harm,
/// harm_share_pct, needle_finds, needle_share_pct, residents, resident_share_pct, square_km, area_share_pct,
/// pai, harm_pai, rate_ratio, rate_ratio_lower, rate_ratio_upper, p_value, change, deprived_pct, a column a
/// marker (alcohol_pct), years_in, lasting, probability, chosen_pct, standing, gravest_kind, gravest_pct,
/// flags. Columns that nothing is known for are left out.
Table impact_table(const ImpactResult& result);

/// One row a unit: unit_code, unit_name, area (empty outside), events, harm, residents, score, probability,
/// chosen_pct, deprived_pct, nominated, excluded, given_up.
Table impact_units_table(const ImpactResult& result);

/// One row a variation: varied, to, areas, resident_share_pct, event_share_pct, overlap.
Table impact_scenarios_table(const ImpactResult& result);

}  // namespace wardmap
