/// \file
/// The tables of impact areas.
#pragma once

#include "wardmap/report/impact_call.hpp"

namespace wardmap {

/// One row an area, then "All impact areas", "Rest", "Not located" and "Total", which add up. Columns: area,
/// name, spans, events, event_share_pct, harm, harm_share_pct, needle_finds, needle_share_pct, residents,
/// resident_share_pct, square_km, area_share_pct, events_to_residents, pai, harm_pai, rate_ratio,
/// rate_ratio_lower, rate_ratio_upper, p_value, p_adjusted, scan_p, funnel, funnel_adjusted, events_first,
/// events_last, change_ratio, change_lower, change_upper, change, deprived_pct, deciles_1_2_pct to
/// deciles_9_10_pct, a column a band of ages (age_0_14_pct); of each marker its share of the events where it
/// is recorded (alcohol_pct), of how many that is (alcohol_recorded_pct; not where an empty cell is no), and
/// what both are made of (alcohol_yes, alcohol_no, alcohol_not_recorded); years_in, lasting, probability,
/// chosen_pct, standing, gravest_kind, gravest_pct, flags. Columns that nothing is known for are left out.
Table impact_table(const ImpactResult& result);

/// One row a unit: unit_code, unit_name, area (empty outside), events, harm, residents, square_km, score,
/// borderline ("just in", "just out"), margin_pct, probability, chosen_pct, deprived_pct; without a
/// small-number rule also what the figures of areas are made of: of each year its events and whether the unit
/// is chosen on it alone, people by decile and age, events by marker; nominated, excluded, given_up.
Table impact_units_table(const ImpactResult& result);

/// One row a variation: varied, to, areas, resident_share_pct, event_share_pct, overlap, list (what its areas
/// would be called; empty where the units vary); without a small-number rule units (codes, and of a unit of
/// which a part is chosen the share of its surface: "U0;U8:0.25").
Table impact_scenarios_table(const ImpactResult& result);

/// One row a figure of all areas together: figure, of, value, what.
Table impact_summary_table(const ImpactResult& result);

}  // namespace wardmap
