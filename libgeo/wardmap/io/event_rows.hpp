/// \file
/// Records of delimited text to batches of events: the quick middle of read_events().
#pragma once

#include "wardmap/base/point.hpp"
#include "wardmap/event/event_batch.hpp"
#include "wardmap/io/csv_scan.hpp"
#include "wardmap/io/distinct_texts.hpp"
#include "wardmap/io/event_columns.hpp"
#include "wardmap/io/event_reader.hpp"
#include "wardmap/io/postcodes.hpp"
#include "wardmap/io/row_repeats.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace wardmap {

/// What may be wrong with a row. event_reader.cpp has the words.
enum class RowFault : std::uint8_t {
    wrong_column_count,
    bad_weight,
    bad_date,
    impossible_date,
    bad_coordinate,
    zero_coordinate,
    out_of_range,
    unmatched_postcode,
    terminated_postcode,
    duplicate,
    nul_bytes,
    unclosed_quote,
    stray_quote,
    long_quoted_cell,
};
inline constexpr std::size_t row_faults = 14;

/// One fault in a piece of a file. Rows count from 0, the first record of the piece.
struct FaultTally {
    std::uint64_t count = 0;
    std::uint64_t first_row = 0;
    std::vector<std::pair<std::uint64_t, std::string>> examples{};
};

/// A text that was no UTF-8, where it came first.
struct ForeignText {
    std::string bytes{};
    DistinctTexts::Decoded decoded{};
    std::uint64_t row = 0;
    std::size_t column = 0;
};

/// What one piece came to.
struct PieceTally {
    std::uint64_t records = 0;  ///< with blank lines, and those that are no rows
    std::uint64_t rows = 0;
    std::uint64_t filtered = 0;
    std::uint64_t usable_coordinates = 0;
    std::uint64_t within_degrees = 0;  ///< of them, within 180 by 90
    std::array<FaultTally, row_faults> faults{};
    std::vector<ForeignText> foreign_texts{};
};

/// What every piece of a file shares.
struct EventFilePlan {
    EventFile file{};
    EventColumnPlan columns{};
    Crs crs{};  ///< of the coordinates; unknown where there are none
    bool geographic = false;
    std::uint64_t rows_above = 0;  ///< records in front of the first piece: the header
};

/// Coordinates of the beginning of a file.
struct CoordinateSurvey {
    Box box{};
    std::uint64_t values = 0;
    std::string example{};  ///< the first that cannot be degrees, else the first
};

/// Looks at the whole records of `text`. (0, 0) and what cannot be read count as no value.
CoordinateSurvey survey_coordinates(std::string_view text, char delimiter, const EventColumnPlan& columns);

/// One worker: takes pieces of files and hands on batches.
class EventRowTaker {
public:
    /// What the workers share; all outlive them.
    struct Shared {
        const EventSource* source = nullptr;
        const EventSink* sink = nullptr;
        const Postcodes* postcodes = nullptr;  ///< where columns.postcode is asked for
        RowRepeats* repeats = nullptr;         ///< where they are counted
    };

    EventRowTaker(Shared shared, unsigned worker);

    /// \param text  whole records
    PieceTally take(const EventFilePlan& plan, std::string_view text);
    void finish();  ///< after the last piece

private:
    template <typename Cells>
    void take_rows(const Cells& cells, std::size_t count);
    template <typename Cells>
    void choose_rows(const Cells& cells, std::size_t count);
    template <typename Cells>
    void choose_by_value(const Cells& cells);
    template <typename Cells>
    void choose_by_weight(const Cells& cells);
    template <typename Cells>
    void choose_by_key(const Cells& cells);
    template <typename Cells>
    void take_slice(const Cells& cells, std::size_t from, std::size_t to);
    template <typename Cells>
    void take_points(const Cells& cells, std::size_t from, std::size_t to);
    template <typename Cells>
    void take_postcodes(const Cells& cells, std::size_t from, std::size_t to);
    template <typename Cells>
    void take_times(const Cells& cells, std::size_t from, std::size_t to);
    template <typename Cells>
    void take_texts(const Cells& cells, std::size_t from, std::size_t to, std::size_t column,
                    DistinctTexts& texts, std::vector<std::uint32_t>& codes);
    template <typename Cells>
    void take_records(const Cells& cells, std::size_t from, std::size_t to);

    std::size_t take_split_record(std::string_view text);
    Point unusual_point(std::string_view x, std::string_view y, std::uint64_t row);
    bool holds(std::string_view cell, const std::string& wanted, std::uint64_t row);
    std::string_view without_nul(std::string_view cell, std::uint64_t row);
    void flush();
    void fault(RowFault kind, std::uint64_t row, std::string_view example, std::uint64_t count = 1);

    static constexpr std::size_t longest_known_time = 31;
    struct KnownTime {
        std::array<char, longest_known_time> text{};
        std::uint8_t size = 0;
        ReadTime time{};
    };

    Shared shared_;
    unsigned worker_;
    std::optional<RowRepeats::Feed> feed_{};
    const EventFilePlan* plan_ = nullptr;
    PieceTally tally_{};
    CsvMarks marks_{};
    std::vector<std::uint32_t> kept_{};         ///< rows of what is being taken that are events
    std::vector<std::int64_t> kept_weights_{};  ///< beside kept_

    std::size_t filled_ = 0;
    std::vector<double> x_{};
    std::vector<double> y_{};
    std::vector<EventTime> time_{};
    std::vector<std::int64_t> weight_{};
    std::vector<std::uint32_t> area_codes_{};
    std::vector<std::vector<std::uint32_t>> by_codes_{};
    std::vector<std::vector<std::uint32_t>> marker_codes_{};
    std::vector<std::string_view> records_{};
    std::deque<std::string> decoded_records_{};

    DistinctTexts area_texts_{};
    std::deque<DistinctTexts> by_texts_{};
    std::deque<DistinctTexts> marker_texts_{};
    std::vector<KnownTime> known_times_{};
    std::string scratch_{};
    std::deque<std::string> unquoted_{};      ///< cells with doubled quotation marks, of the rows at hand
    std::unordered_set<std::string> keys_{};  ///< of `dedupe`
};

}  // namespace wardmap
