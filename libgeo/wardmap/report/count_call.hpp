/// \file
/// The "events to counts" call that the command, Python and reports share.
#pragma once

#include "wardmap/event/counter.hpp"
#include "wardmap/io/event_reader.hpp"

#include <string>
#include <vector>

namespace wardmap {

struct CountRequest {
    EventSource source{};
    AreaSet areas{};
    CounterOptions counter{};  ///< `by` and `markers` are the source's
    PeriodRequest periods{};
    /// More counts of the same reading: months for charts beside years for tables, hours.
    std::vector<PeriodRequest> also{};
    /// More areas, counted by `periods` in the same reading.
    std::vector<AreaSet> also_in{};
};

struct CountResult {
    Counted counted{};            ///< the ledger is that of the whole run
    EventRead read{};             ///< its problems and ledger are in `counted` too
    std::vector<Counted> also{};  ///< beside CountRequest::also; problems are those of their periods alone
    /// Beside CountRequest::also_in; ledgers are of the whole run, problems those of their areas alone.
    std::vector<Counted> also_in{};
    std::vector<std::string> guesses{};
};

/// Reads the events once, locates and counts on source.threads threads, one counter each (and one more for
/// periods of another sort: hours beside months). The result does not depend on how
/// many. \throws what read_events and Counter throw
CountResult count_events(const CountRequest& request);

/// "2,331 of 18,631 rows counted; 16,120 outside all areas; 180 without a location": the ledger as a
/// sentence, zero counts left out.
std::string ledger_words(const Ledger& ledger);

/// "152 of 2,332 events lie in another ward by the area column than by their coordinates"; empty if nothing
/// was compared.
std::string difference_words(const Counted& counted);

}  // namespace wardmap
