/// \file
/// Adds events into a cube of area x period x kind x marker, and says where every one of them went.
#pragma once

#include "wardmap/area/area_set.hpp"
#include "wardmap/area/lookup.hpp"
#include "wardmap/base/ledger.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/event/count_cube.hpp"
#include "wardmap/event/event_batch.hpp"
#include "wardmap/event/period_request.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// What decides the area of an event that has both coordinates and an area column.
enum class PlaceBy : std::uint8_t {
    coordinates,
    area_column,
};

struct CounterOptions {
    std::vector<std::string> by{};       ///< names of the columns of kinds, as EventBatch::by has them
    std::vector<std::string> markers{};  ///< names of the marker columns
    PlaceBy place_by = PlaceBy::coordinates;
    /// From the small areas of the area column to the areas counted in.
    std::optional<Lookup> lookup{};
    /// Events outside all areas but nearer than this to one count there; metres. 0: none.
    double snap_m = 0;
    /// The finest time the cube keeps.
    PeriodBins bins = PeriodBins::month;
};

/// Counts events, batch by batch, in memory that grows with the cube and not with the events.
///
/// Typical usage, one counter a thread:
///
///     Counter counter(areas, {.by = {"Crime type"}});
///     for (const EventBatch& batch : batches) counter.add(batch);
///     counter.merge(other_threads_counter);
///     const Counted counted = counter.finish({.bins = PeriodBins::month});
///
/// The result depends neither on the order of the events nor on how they are shared out.
class Counter {
public:
    /// \throws InputError for a set without areas
    Counter(AreaSet areas, CounterOptions options);
    Counter(Counter&&) noexcept;
    Counter& operator=(Counter&&) noexcept;
    ~Counter();

    /// Locates and counts every event of the batch. \throws CrsError where the batch's system does not lead
    /// to the areas'; InputError where a column of kinds has so many different values that it cannot be one
    void add(const EventBatch& batch);
    /// Adds what another counter of the same areas and options holds. \throws UsageError if they
    /// differ, or for itself
    void merge(const Counter& other);

    /// The cube and the ledger for these periods. May be called again, with other periods. \throws UsageError
    /// if the counter keeps no times so fine
    Counted finish(const PeriodRequest& request) const;

    const AreaSet& areas() const noexcept;
    const CounterOptions& options() const noexcept;

    /// All it holds as bytes, for another process; restore() needs the same areas and options.
    std::string state() const;
    void restore(std::string_view state);  ///< \throws InputError if it is not of these areas and options

private:
    struct Data;
    std::unique_ptr<Data> data_;
};

}  // namespace wardmap
