/// \file
/// A piece of many events, in columns: what readers give and the counter takes.
#pragma once

#include "wardmap/crs/crs.hpp"
#include "wardmap/event/event_time.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardmap {

/// A column of texts, each an index into a list of the different ones. From one batch of a reader's worker to
/// the next the list only grows, so what was worked out for a name stays true.
struct CodedColumn {
    std::span<const std::uint32_t> codes{};  ///< one an event
    std::span<const std::string> names{};    ///< UTF-8, trimmed; "" is a name like any other
    /// Tells lists apart: two batches with the same `list` share the beginning of their names. 0: a list of
    /// its own.
    std::uint64_t list = 0;
};

/// Weights are whole millionths, so that sums do not depend on the order of events.
inline constexpr std::int64_t weight_unit = 1'000'000;

/// A view of events. Spans have one entry an event, or are empty where the source has no such column; they
/// hold until the sink returns.
struct EventBatch {
    std::size_t size = 0;
    Crs crs{};                    ///< of x and y
    std::span<const double> x{};  ///< easting or longitude; NaN: no location
    std::span<const double> y{};
    CodedColumn area{};  ///< codes or names of areas, or of small areas
    std::span<const EventTime> time{};
    std::vector<CodedColumn> by{};  ///< in the order they were asked for
    std::vector<CodedColumn>
        markers{};  ///< raw cells ("Y", "alcohol;drugs"), in the order they were asked for
    std::span<const std::int64_t> weight{};  ///< in weight_unit; empty: every event is one
    /// The records as they stand in the file, without line end, in UTF-8; only where the reader was asked to
    /// keep them.
    std::span<const std::string_view> records{};
};

}  // namespace wardmap
