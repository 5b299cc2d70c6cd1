/// \file
/// Events and needle finds whose counts by ward are those of the printed tables.
#pragma once

#include "clock.hpp"
#include "places.hpp"
#include "published.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace wardmap::simulated {

struct Markers {
    bool alcohol = false;
    bool drug = false;

    bool has(Marker marker) const noexcept { return marker == Marker::alcohol ? alcohol : drug; }
};

/// One record, as it will be written: faulty ones hold texts that no simulated value could give.
struct EventRecord {
    std::string id{};
    Moment moment{};  ///< what the records are sorted by
    std::string recorded_at{};
    std::string offence{};
    Markers markers{};
    std::string longitude{};
    std::string latitude{};
};

/// Records that are read and not counted in any ward and year, so that the ledger has something to say.
struct FaultCounts {
    std::size_t just_outside = 0;      ///< within 55 m of the city
    std::size_t outside = 0;           ///< farther
    std::size_t repeated = 0;          ///< of those outside, that stand twice, id and all
    std::size_t blank_place = 0;       ///< no coordinates
    std::size_t zero_place = 0;        ///< 0, 0
    std::size_t unreadable_place = 0;  ///< a word where the coordinates belong
    std::size_t blank_date = 0;        ///< in a ward, without a date
    std::size_t impossible_date = 0;   ///< in a ward, on 30 February
};
/// What an extract of this size might hold.
inline constexpr FaultCounts usual_faults{.just_outside = 5,
                                          .outside = 35,
                                          .repeated = 3,
                                          .blank_place = 25,
                                          .zero_place = 15,
                                          .unreadable_place = 5,
                                          .blank_date = 10,
                                          .impossible_date = 5};

/// An event can carry both markers, and stands in both tables then. How many did is not printed. Here, of the
/// smaller of an offence's two counts in a ward and year, one in five does, cut to a whole number.
inline constexpr std::uint32_t one_in_how_many_carries_both = 5;

struct SimulatedEvents {
    std::vector<EventRecord> records{};  ///< by date
    std::size_t counted = 0;             ///< of them, in a ward and one of the three years
    std::size_t both = 0;                ///< of those, with both markers
    std::size_t twins = 0;               ///< of those, same in all but the id as another
};

/// \throws InputError if the percentages by calendar month cannot be met
SimulatedEvents simulate_events(const Published& published, const Places& places, const FaultCounts& faults,
                                std::uint64_t seed);

struct FindRecord {
    std::string id{};
    Moment moment{};
    std::uint32_t needles = 0;   ///< in the one find; nothing is printed about how many
    std::size_t ward_named = 0;  ///< by whoever called: near a border sometimes the next one
    GridPlace place{};
};

std::vector<FindRecord> simulate_finds(const Published& published, const Places& places, std::uint64_t seed);

}  // namespace wardmap::simulated
