/// \file
/// The options that describe events (contract section 2, "Events").
#pragma once

#include "session.hpp"

#include "wardmap/event/counter.hpp"
#include "wardmap/io/event_reader.hpp"

#include <CLI/App.hpp>

#include <string>
#include <vector>

namespace wardmap {

/// EVENTS and what belongs to them.
struct EventsInput {
    std::vector<std::string> inputs{};
    EventColumns columns{};
    std::string crs{};
    std::string postcodes{};
    std::string date_order{"day-first"};
    std::vector<std::string> where{};
    std::string layer{};
    std::string sheet{};
    double snap_m = 0;

    /// EVENTS, where they lie, --where: what every command on events takes.
    void add_options(CLI::App& app);
    /// All but EVENTS itself, for commands that have another first input.
    void add_place_options(CLI::App& app);
    EventSource source(const Session& session) const;
};

/// The lookup from the small areas of `--area` to the areas counted in. \throws what make_lookup throws
Lookup read_lookup(const std::string& file, const AreaSet& areas, Session& session);

/// Notes what was read, guessed and met, and says where every row went.
void note_events(const EventRead& read, const std::vector<std::string>& guesses, const Ledger& ledger,
                 const Problems& problems, Session& session);

}  // namespace wardmap
