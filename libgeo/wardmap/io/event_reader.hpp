/// \file
/// Files of events, read in pieces: CSV by our own scanner, point layers through GDAL.
#pragma once

#include "wardmap/base/ledger.hpp"
#include "wardmap/base/problems.hpp"
#include "wardmap/event/event_batch.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace wardmap {

/// Which columns to take. Empty: guessed from the header of each file, and the guess is said.
struct EventColumns {
    std::string x{};  ///< guessed: Longitude, Easting, x, lon, lng, long ... (letter case ignored)
    std::string y{};
    std::string area{};      ///< codes or names of areas; never guessed
    std::string postcode{};  ///< never guessed; needs EventSource::postcodes
    std::string date{};      ///< guessed: Month, Date, ... ; "-": take none
    std::string weight{};    ///< never guessed
    std::vector<std::string> by{};
    std::vector<std::string> markers{};
};

enum class RepeatedRows : std::uint8_t { counted, not_counted };
enum class KeepRecords : std::uint8_t { no, yes };

struct EventSource {
    std::vector<std::string>
        inputs{};  ///< files, folders, patterns with * and ?, "-"; .gz and .zip too (event_paths.hpp)
    EventColumns columns{};
    std::string crs{};        ///< of the coordinates; empty: the rule of contract section 2, for each file
    std::string postcodes{};  ///< ONSPD or NSPL file
    DateOrder date_order = DateOrder::day_first;
    std::vector<std::pair<std::string, std::string>>
        where{};  ///< column and value; all must hold, compared as trimmed text
    /// Column whose value must differ: the first row of each value stays, and every row without one. The
    /// values are kept in memory, and one worker reads. Empty: every row counts.
    std::string dedupe{};
    std::string layer{};  ///< of files GDAL reads
    std::string sheet{};  ///< of workbooks
    RepeatedRows repeated_rows = RepeatedRows::counted;
    KeepRecords keep_records =
        KeepRecords::no;   ///< one worker reads; records of layers and workbooks are as CSV would have them
    unsigned threads = 1;  ///< 0: one a core. With 1, batches come in the order of the rows
};

/// One file, as it was read.
struct EventFile {
    std::string
        path{};  ///< "street.zip/2014-01/2014-01-west-midlands-street.csv" for what lies in an archive
    std::uint64_t rows = 0;
    std::string crs{};
    std::string header{};  ///< the header record as it stands, in UTF-8
    char delimiter = ',';
};

/// What reading met. The counts of the ledger that need places and periods are the counter's.
struct EventRead {
    Ledger ledger{};  ///< rows_read, filtered, duplicates, rejected
    Problems problems{};
    std::vector<std::string> guesses{};
    std::vector<EventFile> files{};
    std::uint64_t repeated_rows =
        0;  ///< rows identical in every field to an earlier row; they are counted like any other
    bool repeated_rows_estimated =
        false;  ///< true past some millions of different rows, where memory bounds the search
    std::uint64_t terminated_postcodes = 0;  ///< located by a postcode that is no longer in use
    std::uint64_t unmatched_postcodes = 0;   ///< no_location
};

/// Takes the batches: worker (0 to threads - 1) and the batch. Called by several threads at once, never at
/// once for one worker. An exception ends the reading and comes out of read_events.
using EventSink = std::function<void(unsigned worker, const EventFile& file, const EventBatch& batch)>;

/// Reads all inputs, in their order, in memory that does not grow with the files. A row that cannot be used
/// goes into the ledger and the problems, with examples, and never ends the reading; a file that is no table
/// of events does.
///
/// Problems: `empty_file` `wrong_column_count` `bad_date` `impossible_date` `bad_coordinate`
/// `zero_coordinate` `out_of_range` `degrees_not_metres` `bad_weight` `nul_bytes` `bad_encoding`
/// `unclosed_quote` `stray_quote` `long_quoted_cell` `unmatched_postcode` `not_points` (problems or
/// warnings); `repeated_rows` `terminated_postcode` `duplicates_removed` (notes). Rows are numbered as in a
/// spreadsheet, the header being 1; the features of a layer from 1. What is returned does not depend on the
/// number of threads. \throws FileMissing, InputError, NameUnknown (columns; naming the nearest), CrsError
/// (where the coordinates fit no rule: says to
///         give --crs), Error without the GDAL module
EventRead read_events(const EventSource& source, const EventSink& sink);

/// How many workers `threads` means here.
unsigned worker_count(unsigned threads) noexcept;

}  // namespace wardmap
