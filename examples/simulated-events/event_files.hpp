/// \file
/// The simulated records as CSV, each labelled as what it is.
#pragma once

#include "simulate.hpp"

#include <span>
#include <string>

namespace wardmap::simulated {

/// Columns incident_id, recorded_at, offence, alcohol, drug, longitude, latitude, note.
std::string events_csv(std::span<const EventRecord> records);

/// Columns find_id, found_on, needles, ward_named, longitude, latitude, note.
std::string finds_csv(std::span<const FindRecord> finds, const AreaSet& wards);

}  // namespace wardmap::simulated
