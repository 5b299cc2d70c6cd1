/// \file
/// Events of a frame on their way to a Counter.
#pragma once

#include "arrow.hpp"
#include "inputs.hpp"

#include "wardmap/base/problems.hpp"
#include "wardmap/event/counter.hpp"
#include "wardmap/io/distinct_texts.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wardmap {

/// A column of texts of a frame: codes and the texts they stand for, or as Arrow has it.
struct FrameTexts {
    std::string name{};  ///< of the column
    std::optional<ArrowTextColumn> arrow{};
    Array<std::uint32_t> codes{};
    std::vector<std::string> names{};
    std::uint64_t list = 0;       ///< tells the list of names from all others, for the counter to remember
    std::uint64_t nul_bytes = 0;  ///< in the cells of codes; names are without them

    /// \param given  (name, capsule of an Arrow stream) or (name, codes, names)
    /// \throws UsageError for a code that stands for no text
    explicit FrameTexts(const py::handle& given);
    py::ssize_t size() const;
};

/// A column of numbers where the library has it: one array, or the arrays it lies in.
class FrameNumbers {
public:
    /// \param given  a NumPy array or a list of them
    explicit FrameNumbers(const py::handle& given);

    std::size_t size() const noexcept { return size_; }
    /// Rows from `first` to the end of the array it lies in. \pre first < size()
    std::span<const double> from(std::size_t first) const;

private:
    std::vector<Array<double>> arrays_{};
    std::vector<std::size_t> starts_{};  ///< first row of each array
    std::size_t size_ = 0;
};

/// Whole steps of a clock since 1970, as NumPy has times.
enum class TimeUnit : std::uint8_t { day, hour, minute, second, millisecond, microsecond, nanosecond };

/// \param word  NumPy's: "D" "h" "m" "s" "ms" "us" "ns"
TimeUnit time_unit_of(const std::string& word);

/// Times on the clock of the place; the least number of all is none.
struct FrameTimes {
    Array<std::int64_t> steps{};
    TimeUnit unit = TimeUnit::minute;
    bool days_only = false;  ///< all are midnight: no time of day is known
};

/// Events of a frame, with the arrays they lie in. Nothing of the frame is copied.
struct FrameEvents {
    std::size_t size = 0;
    Crs crs{};
    std::optional<FrameNumbers> x{}, y{};
    std::optional<FrameTexts> area{};
    std::optional<FrameTexts> time_texts{};
    DateOrder date_order = DateOrder::day_first;
    std::optional<FrameTimes> times{};
    std::vector<FrameTexts> by{}, markers{};
    std::optional<Array<double>> weight{};

    /// Of what `_event_rows.FrameRows.columns` makes. \throws UsageError for columns of different lengths
    explicit FrameEvents(const py::dict& given);

    /// Counters that are worth a thread each, 1 to as many as `threads` says (0: one a core).
    std::size_t worth_threads(unsigned threads) const;
    /// A part of the events into each, at the same time; needs no interpreter. What is odd about the rows is
    /// added to `problems`, the same for any number of parts.
    void count_into(std::vector<Counter>& parts, unsigned threads, Problems& problems);

private:
    /// Area, date, kinds, markers.
    std::vector<const FrameTexts*> all_texts() const;
    /// The end of a batch from `first` on: coordinates lie in one array each.
    std::size_t batch_end(std::size_t first, std::size_t end) const;
    void check(py::ssize_t column_size) const;
};

}  // namespace wardmap
