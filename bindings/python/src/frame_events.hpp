/// \file
/// Events of a frame on their way to a Counter.
#pragma once

#include "inputs.hpp"

#include "wardmap/base/problems.hpp"
#include "wardmap/event/counter.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wardmap {

/// A column of a frame: codes, and the texts they stand for.
struct FrameTexts {
    Array<std::uint32_t> codes{};
    std::vector<std::string> names{};
    std::uint64_t list = 0;  ///< tells the list of names from all others, for the counter to remember

    /// \param given  (codes, names) \throws UsageError for a code that stands for no text
    explicit FrameTexts(const py::handle& given);
    CodedColumn column() const { return {.codes = span_of(codes), .names = names, .list = list}; }
};

/// Events of a frame, with the arrays they lie in.
struct FrameEvents {
    std::size_t size = 0;
    Crs crs{};
    std::optional<Array<double>> x{}, y{};
    std::optional<FrameTexts> area{};
    std::optional<FrameTexts> time_texts{};
    std::optional<Array<std::int64_t>> minutes{};
    bool days_only = false;
    DateOrder date_order = DateOrder::day_first;
    std::string date_column{};
    std::vector<FrameTexts> by{}, markers{};
    std::optional<Array<double>> weight{};

    std::vector<EventTime> times{};
    std::vector<std::int64_t> weights{};

    /// Of what `_event_rows.FrameRows.columns` makes. \throws UsageError for columns of different lengths
    explicit FrameEvents(const py::dict& given);

    /// Times and weights; needs no interpreter. What is odd about them is added to `problems`.
    void read(Problems& problems);
    EventBatch batch(std::size_t first, std::size_t count) const;
    /// Counters that are worth a thread each, 1 to as many as `threads` says (0: one a core).
    std::size_t worth_threads(unsigned threads) const;
    /// A part of the events into each, at the same time; needs no interpreter.
    void count_into(std::vector<Counter>& parts, unsigned threads) const;

private:
    void check(py::ssize_t column_size) const;
};

}  // namespace wardmap
