/// \file
/// What a caller says about events, as the library has it; and the ledger back.
#pragma once

#include "python.hpp"

#include "wardmap/event/counter.hpp"
#include "wardmap/io/event_reader.hpp"

#include <string>

namespace wardmap {

/// \throws UsageError for another word than "day-first" and "month-first"
DateOrder date_order_of(const std::string& text);

/// Of what `_event_rows.event_source` makes.
EventSource source_of(const py::dict& given);

/// The same, with the lookup to these areas.
CounterOptions counter_options(const AreaSet& areas, const py::dict& given, Problems& problems);

py::dict dict_of(const Ledger& ledger);

}  // namespace wardmap
